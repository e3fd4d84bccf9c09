// One figure of speed, as a bench file measures it, as the verb `bench` prints it and as scripts read it.

/** Measured against something of the same run: a ratio says more than a number that each machine has of its own. */
export interface Figure {
  /** Unique, in words with slashes: `kernel/deliveries/digest on`. */
  readonly name: string;
  /** Of `ours` and `reference`, e.g. `deliveries/s`. Larger is better. */
  readonly unit: string;
  readonly ours: number;
  /** What `reference` is. */
  readonly against: string;
  readonly reference: number;
  /** ours / reference. */
  readonly ratio: number;
  /** What `ours` must reach, in the unit. */
  readonly goal: number;
  readonly holds: boolean;
}
