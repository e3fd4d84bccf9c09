// The instant at which a frame that a time report speaks of went out. ECSS-E-ST-70-41C (PUS-C), clause 6.9: the report
// holds the on-board time of the last frame whose count is a multiple of the reporting rate.

export interface TimeMark {
  /** Kernel time at which the frame left, microseconds. */
  readonly atUs: number;
  /** A time report for every 2^exponent frames of the virtual channel. */
  readonly rateExponent: number;
  /** Virtual channel frame count of the frame. */
  readonly frameCount: number;
}
