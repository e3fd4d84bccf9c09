// The receiving end of the telecommand link. See sdd.md.
import { farmModes } from '../../ccsds/cop1/farm1-state.ts';
import { linkSecurityModes } from '../../ccsds/sdls/link-security.ts';
import type { LinkStatus } from '../../hal/byte-link.ts';
import { channel, declare, event, inlet, outlet } from '../../kernel/declare.ts';
import { enumOf, flag, text, u8, u16, u32, u48 } from '../../kernel/field.ts';
import type { ClcwReport } from '../clcw-report.ts';
import type { ReceivedPacket, ReleasedBuffer } from '../received-packet.ts';
import { eachRefusal, refusals } from './refusals.ts';

const FIRST_REFUSAL_ID = 32;
const FIRST_SECURITY_ID = 128;

const refusalChannels = eachRefusal((name, at) =>
  channel(FIRST_REFUSAL_ID + at, u32({ doc: `discarded: ${refusals[name]}` })),
);

export const TcReceiver = declare('TcReceiver', {
  inlets: {
    octets: inlet<Uint8Array>({ depth: 256, full: 'dropNewest' }),
    link: inlet<LinkStatus>({ depth: 1, full: 'latest' }),
    released: inlet<ReleasedBuffer>({ depth: 4096, full: 'dropNewest' }),
    tick: inlet<number>({ depth: 1, full: 'block' }),
  },
  outlets: { packet: outlet<ReceivedPacket>(), clcw: outlet<ClcwReport>() },
  events: {
    Refused: event(0, 'low', { reason: text(40) }, 'discarded: {reason}'),
    LockedOut: event(1, 'medium', { virtualChannel: u8() }, 'virtual channel {virtualChannel} is locked out'),
    Unlocked: event(2, 'info', { virtualChannel: u8() }, 'virtual channel {virtualChannel} is unlocked'),
    SequenceSet: event(3, 'info', { virtualChannel: u8(), vr: u8() }, 'virtual channel {virtualChannel}: V(R) = {vr}'),
    Waiting: event(4, 'low', { virtualChannel: u8() }, 'virtual channel {virtualChannel} has no buffer free'),
    LinkLoss: event(5, 'low', { dropped: u32() }, 'the link below has dropped {dropped} units', {
      throttle: { count: 1, windowUs: 10_000_000 },
    }),
    ClearLink: event(6, 'medium', {}, 'no link security, a bench in clear mode: commands are taken from anyone'),
    SecurityRefused: event(
      7,
      'medium',
      { reason: text(40), spi: u16({ doc: 'the association that the frame named, 0: none' }) },
      'link security has refused a frame of association {spi}: {reason}',
    ),
    SealedTwice: event(
      8,
      'high',
      { virtualChannel: u8() },
      'virtual channel {virtualChannel}: valid MAC, impossible content: has the sender sealed a frame twice?',
    ),
  },
  channels: {
    linkUp: channel(0, flag({ doc: 'the link below says that it can hear' })),
    cltus: channel(1, u32({ doc: 'units searched for frames' })),
    correctedBits: channel(2, u32({ doc: 'bits mended by the BCH code' })),
    cutUnits: channel(3, u32({ doc: 'units that a bad code block cut short' })),
    framesAccepted: channel(4, u32()),
    framesRejected: channel(5, u32()),
    packets: channel(6, u32({ doc: 'packets handed on' })),
    linkDropped: channel(7, u32({ doc: 'units that the link below heard and lost' })),
    vc0Mode: channel(8, enumOf(farmModes)),
    vc0Vr: channel(9, u8()),
    vc0FarmB: channel(10, u8()),
    vc0Lockout: channel(11, flag()),
    vc0Wait: channel(12, flag()),
    vc0Retransmit: channel(13, flag()),
    vc0Buffers: channel(14, u16({ doc: 'packets that wait for their user' })),
    vc0Accepted: channel(15, u32()),
    vc1Mode: channel(16, enumOf(farmModes)),
    vc1Vr: channel(17, u8()),
    vc1FarmB: channel(18, u8()),
    vc1Lockout: channel(19, flag()),
    vc1Wait: channel(20, flag()),
    vc1Retransmit: channel(21, flag()),
    vc1Buffers: channel(22, u16({ doc: 'packets that wait for their user' })),
    vc1Accepted: channel(23, u32()),
    ...refusalChannels,
    linkSecurity: channel(FIRST_SECURITY_ID, enumOf(linkSecurityModes, { doc: 'clear: a bench that takes any frame' })),
    framesVerified: channel(FIRST_SECURITY_ID + 1, u32({ doc: 'frames that link security has passed' })),
    securityRefusals: channel(FIRST_SECURITY_ID + 2, u32({ doc: 'frames that link security has refused' })),
    securityAlarm: channel(FIRST_SECURITY_ID + 3, flag({ doc: 'frame security report: a frame was refused' })),
    badSequence: channel(FIRST_SECURITY_ID + 4, flag({ doc: 'frame security report: of the last frame' })),
    badMacFlag: channel(FIRST_SECURITY_ID + 5, flag({ doc: 'frame security report: of the last frame' })),
    badAssociation: channel(FIRST_SECURITY_ID + 6, flag({ doc: 'frame security report: of the last frame' })),
    lastSpi: channel(FIRST_SECURITY_ID + 7, u16({ doc: 'frame security report: association of the last frame' })),
    lastCounter: channel(FIRST_SECURITY_ID + 8, u8({ doc: 'frame security report: low octet of its counter' })),
    highestCounter: channel(FIRST_SECURITY_ID + 9, u48({ doc: 'counters below it are used, on virtual channel 0' })),
  },
});
