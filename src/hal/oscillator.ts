// The oscillator and its free-running counter: the only clock that flight software owns.
// Counting starts when power comes; what a count means as a date is the business of the timekeeper.
import { channel, declare, inlet, outlet } from '../kernel/declare.ts';
import { u48 } from '../kernel/field.ts';

/** One latch of the counter. */
export interface OscillatorReading {
  /** Whole periods of nominally 1 µs since power came: never below 0, and 2^48 of them fill nine years. */
  readonly counts: number;
}

/**
 * Timing contract: each message on `latch` is answered by exactly one `reading`, in the same instant, with the counter
 * as it stood then; its number means nothing, so that a tick will do. A reading that is smaller than the one before, or
 * far from it, is a fault that users must expect.
 */
export const Oscillator = declare('Oscillator', {
  inlets: { latch: inlet<number>({ depth: 4, full: 'dropNewest' }) },
  outlets: { reading: outlet<OscillatorReading>() },
  channels: { counts: channel(0, u48({ unit: 'us', doc: 'counter at the last latch' })) },
});
