// What real time needs of the host: a monotonic clock, and to be woken. The node implementation is in devices/real.
import type { Micros } from './time.ts';

export interface Host {
  /** Monotonic microseconds from an arbitrary origin. */
  nowUs(): number;
  /** Does the work once, not before the delay has passed, and never from within this call. */
  wake(delayUs: Micros, work: () => void): void;
}
