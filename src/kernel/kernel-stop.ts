// The one error that a run ends with.
import type { Micros } from './time.ts';

/** The kernel has stopped for good: who, when, with which seed, and the cause. */
export class KernelStop extends Error {
  readonly instance: string;
  readonly timeUs: Micros;
  readonly seed: string;

  constructor(instance: string, timeUs: Micros, seed: string, cause: unknown) {
    super(`${instance} at ${timeUs} us, seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = 'KernelStop';
    this.instance = instance;
    this.timeUs = timeUs;
    this.seed = seed;
  }
}
