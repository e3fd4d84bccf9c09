// The sending end of COP-1 on the ground: commands to PUS packets, packets to TC frames under FOP-1, frames to CLTUs.
import { fopModes } from '../../ccsds/cop1/fop1-state.ts';
import { linkSecurityModes } from '../../ccsds/sdls/link-security.ts';
import { channel, declare, event, inlet, outlet, timer } from '../../kernel/declare.ts';
import { enumOf, flag, text, u8, u32, u48 } from '../../kernel/field.ts';
import type { Cltu, Radiated } from '../station/declaration.ts';
import type { UplinkProgress } from '../verification/track.ts';
import type { DirectiveAnswer, UplinkRequest } from './request.ts';

/** Commands that may wait for FOP-1; a further one is refused. */
export const MAX_WAITING_COMMANDS = 256;

export const Uplink = declare('Uplink', {
  inlets: {
    request: inlet<UplinkRequest>({ depth: 256, full: 'dropNewest' }),
    /** The operational control field of each good frame: a CLCW, or another word that is passed over. */
    controlWord: inlet<number>({ depth: 64, full: 'dropOldest' }),
    radiated: inlet<Radiated>({ depth: 128, full: 'fault' }),
    refused: inlet<Cltu>({ depth: 128, full: 'fault' }),
  },
  outlets: {
    cltu: outlet<Cltu>(),
    progress: outlet<UplinkProgress>(),
    answer: outlet<DirectiveAnswer>(),
  },
  events: {
    Alert: event(0, 'high', { code: text(16) }, 'FOP-1 alert: {code}; AD is closed until it is initiated anew'),
    Suspended: event(1, 'medium', { state: u8() }, 'FOP-1 is suspended in state {state}: resume it or start anew'),
    LockedOut: event(2, 'high', {}, 'the spacecraft reports lockout: unlock it'),
    Unlocked: event(3, 'info', {}, 'the spacecraft reports that lockout has ended'),
    Started: event(4, 'info', { vs: u8() }, 'FOP-1 is active, the next frame is {vs}'),
    Retransmission: event(5, 'low', { sequence: u8() }, 'frame {sequence} is sent again'),
    NotSealed: event(8, 'high', { reason: text(40) }, 'a frame could not be protected and was not sent: {reason}'),
    DirectiveRefused: event(6, 'low', { directive: text(40), reason: text(60) }, '{directive} is refused: {reason}'),
    Unattended: event(7, 'medium', {}, 'the spacecraft makes frames wait, and no timer watches them: AD is ended'),
  },
  channels: {
    mode: channel(0, enumOf(fopModes)),
    nextSequence: channel(1, u8()),
    oldestUnacknowledged: channel(2, u8()),
    framesInFlight: channel(3, u8()),
    commandsWaiting: channel(4, u32()),
    framesSent: channel(5, u32()),
    framesRepeated: channel(6, u32()),
    controlWords: channel(7, u32()),
    spacecraftExpects: channel(8, u8()),
    lockout: channel(9, flag()),
    wait: channel(10, flag()),
    retransmit: channel(11, flag()),
    farmB: channel(12, u8()),
    suspendState: channel(13, u8()),
    windowWidth: channel(14, u8({ doc: 'K: AD frames on their way at most' })),
    timerInitialUs: channel(15, u48({ unit: 'us', doc: 'T1_Initial' })),
    transmissionLimit: channel(16, u8({ doc: 'TL' })),
    timeoutType: channel(17, u8({ min: 0, max: 1, doc: 'TT: 0 alerts at the limit, 1 suspends' })),
    linkSecurity: channel(18, enumOf(linkSecurityModes)),
    framesSealed: channel(19, u32()),
  },
  timers: { t1: timer() },
});
