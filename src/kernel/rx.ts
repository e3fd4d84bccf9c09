// RxJS on the kernel's time: a scheduler to hand to timer, interval, delay, debounceTime and their like. For the
// ground, consoles and tests; never in flight software, because what such operators remember is in no snapshot.
import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import type { Kernel } from './kernel.ts';

const MICROS_PER_MILLISECOND = 1000;

/** RxJS counts in milliseconds; the kernel in microseconds. */
export const scheduler = (kernel: Kernel): SchedulerLike => ({
  now: () => kernel.now / MICROS_PER_MILLISECOND,
  schedule: <T>(work: (this: SchedulerAction<T>, state?: T) => void, delayMs = 0, state?: T): Subscription => {
    const action = new KernelAction(kernel, work);
    action.schedule(state, delayMs);
    return action;
  },
});

class KernelAction<T> extends Subscription implements SchedulerAction<T> {
  readonly #kernel: Kernel;
  readonly #work: (this: SchedulerAction<T>, state?: T) => void;
  #cancel: (() => void) | undefined;

  constructor(kernel: Kernel, work: (this: SchedulerAction<T>, state?: T) => void) {
    super(() => this.#cancel?.());
    this.#kernel = kernel;
    this.#work = work;
  }

  /** Of an action that is scheduled already: moves it. */
  schedule(state?: T, delayMs = 0): Subscription {
    if (this.closed) return this;
    this.#cancel?.();
    this.#cancel = this.#kernel.schedule(delayMs * MICROS_PER_MILLISECOND, () => {
      this.#cancel = undefined;
      this.#work.call(this, state);
      // An action that does not schedule itself again is over.
      if (this.#cancel === undefined) this.unsubscribe();
    });
    return this;
  }
}
