// The ground station's end of the link: CLTUs out at the uplink's bit rate, transfer frames in with their time of
// arrival.
import type { LinkStatus } from '../../hal/byte-link.ts';
import { channel, declare, event, inlet, outlet, param, timer } from '../../kernel/declare.ts';
import { enumOf, text, u32 } from '../../kernel/field.ts';

/**
 * What a CLTU carries, so that its end of radiation can be answered: the frame types of COP-1, or octets as they
 * are.
 */
export type CltuKind = 'AD' | 'BC' | 'BD' | 'raw';

export interface Cltu {
  /** Given by whoever made it; comes back in `radiated` and `refused`. */
  readonly id: number;
  readonly kind: CltuKind;
  readonly octets: Uint8Array;
}

export interface Radiated {
  readonly id: number;
  readonly kind: CltuKind;
  /** Time of the first bit and of the end of the last. */
  readonly startUs: number;
  readonly endUs: number;
}

export interface ReceivedFrame {
  readonly receivedUs: number;
  readonly octets: Uint8Array;
}

/** CLTUs that may wait for the transmitter; a further one is answered by `refused`. */
export const MAX_WAITING_CLTUS = 64;

export const Station = declare('Station', {
  inlets: {
    cltu: inlet<Cltu>({ depth: 128, full: 'dropNewest' }),
    received: inlet<Uint8Array>({ depth: 256, full: 'dropNewest' }),
    /** Training: so many of the next CLTUs are radiated into nowhere. */
    loseNext: inlet<number>({ depth: 8, full: 'dropNewest' }),
    link: inlet<LinkStatus>({ depth: 8, full: 'dropOldest' }),
  },
  outlets: {
    transmit: outlet<Uint8Array>(),
    frame: outlet<ReceivedFrame>(),
    radiated: outlet<Radiated>(),
    refused: outlet<Cltu>(),
  },
  params: {
    /** 0 is no limit: a CLTU takes no time. */
    bitRateBps: param(0, u32({ unit: 'bit/s' }), 0),
  },
  events: {
    LinkUp: event(0, 'info', { reason: text(40) }, 'the link to the spacecraft is up: {reason}'),
    LinkLoss: event(1, 'medium', { transmit: u32(), receive: u32() }, 'the link dropped {transmit} out, {receive} in'),
    CltuLost: event(2, 'info', { left: u32() }, 'a CLTU was radiated into nowhere for training, {left} to go'),
    QueueFull: event(3, 'medium', {}, 'a CLTU was refused: too many wait for the transmitter'),
    LinkDown: event(4, 'medium', { reason: text(40) }, 'the link to the spacecraft is down: {reason}'),
  },
  channels: {
    cltusRadiated: channel(0, u32()),
    octetsRadiated: channel(1, u32({ unit: 'octet' })),
    cltusWaiting: channel(2, u32()),
    cltusLost: channel(3, u32()),
    framesReceived: channel(4, u32()),
    octetsReceived: channel(5, u32({ unit: 'octet' })),
    linkState: channel(6, enumOf(['unknown', 'up', 'down'])),
    /** On a stream: octets in which no frame started. */
    octetsSkipped: channel(7, u32({ unit: 'octet' })),
  },
  timers: { radiated: timer() },
});
