// On-board time as a line: one reading of the oscillator, and the nominal rate from there to the next reading.
// Epoch: TAI 1958-01-01, as CUC counts it (CCSDS 301.0-B-4, clause 3.2).

export interface ClockState {
  /** Kernel time of the reading, microseconds since the start of the run. */
  readonly readAtUs: number;
  /** On-board time at the reading, whole microseconds since 1958-01-01 TAI, below 2^32 s. */
  readonly onBoardUs: number;
}

/** Four octets of seconds: the clock begins again after that, as any counter does, whatever it has been set to. */
const ROUND_US = 2 ** 32 * 1_000_000;

export const wrapClock = (us: number): number => ((us % ROUND_US) + ROUND_US) % ROUND_US;

/** On-board time now, microseconds since 1958-01-01 TAI. Between readings (1 s) the drift is far below a CUC step. */
export const onBoardTimeUs = (clock: ClockState, nowUs: number): number =>
  wrapClock(clock.onBoardUs + (nowUs - clock.readAtUs));
