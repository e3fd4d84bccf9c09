// A link that carries units of octets to one peer and back: a datagram socket, a stream socket, a simulated path.
// This is the declaration only; every twin in src/devices answers to test/contract/byte-link.ts.
import { declare, inlet, outlet } from '../kernel/declare.ts';

/** What a link says of itself: when its state changes, and when units were lost since it last spoke. */
export interface LinkStatus {
  readonly state: 'up' | 'down';
  /** Stable words: 'listening', 'connected', 'peer closed', 'connection refused', 'outage', ... */
  readonly reason: string;
  /** Units that were handed over by `transmit` and not sent, since the link was attached. */
  readonly transmitDropped: number;
  /** Units that arrived and were not handed over by `received`, since the link was attached. */
  readonly receiveDropped: number;
}

/**
 * Timing contract. A unit given to `transmit` is taken at once and leaves later or never: the link keeps no promise, as
 * a radio keeps none. A unit leaves `received` no earlier than it was sent; units of one instant leave in the order of
 * their arrival. A datagram link keeps the boundaries of units, a stream link keeps only their octets and order, so
 * that what reads a stream must find the boundaries by itself. A link never holds its sender back and never fails:
 * beyond a bound of its own it drops the newest unit, counts it and says so in `status`.
 *
 * Octets belong to the link once given, and to the receiver once received: both are copies that nobody else writes to.
 */
export const ByteLink = declare('ByteLink', {
  inlets: { transmit: inlet<Uint8Array>({ depth: 64, full: 'dropNewest' }) },
  outlets: { received: outlet<Uint8Array>(), status: outlet<LinkStatus>() },
});
