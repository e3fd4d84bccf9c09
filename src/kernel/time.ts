// Simulation time: integer microseconds since the start of a run. A plain number, so that arithmetic stays readable;
// 2^53 us are 285 years, and 687 days in nanoseconds would not fit.

/** Integer microseconds: an instant counted from the start of the run, or a delay. */
export type Micros = number;

export const MICROS_PER_SECOND = 1_000_000;

export const seconds = (count: number): Micros => Math.round(count * MICROS_PER_SECOND);

export const milliseconds = (count: number): Micros => Math.round(count * 1000);
