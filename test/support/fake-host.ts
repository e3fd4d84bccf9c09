// A host whose clock moves when a test says so, and work that may arrive late, as it does on a busy machine.
import type { Host } from '../../src/kernel/host.ts';

interface Waking {
  readonly atUs: number;
  readonly work: () => void;
}

export class FakeHost implements Host {
  #nowUs = 0;
  #waking: Waking[] = [];

  nowUs(): number {
    return this.#nowUs;
  }

  wake(delayUs: number, work: () => void): void {
    this.#waking.push({ atUs: this.#nowUs + Math.max(1, delayUs), work });
  }

  /** How many wakes are still to come. */
  get waiting(): number {
    return this.#waking.length;
  }

  /** The clock moves on and nobody is woken, as when the machine is suspended. */
  sleep(delayUs: number): void {
    this.#nowUs += delayUs;
  }

  /** The clock moves on; each wake is done at its time, or `lateUs` after it. */
  pass(delayUs: number, lateUs = 0): void {
    const endUs = this.#nowUs + delayUs;
    for (;;) {
      const next = this.#waking.reduce<Waking | undefined>(
        (first, each) => (first === undefined || each.atUs < first.atUs ? each : first),
        undefined,
      );
      if (next === undefined || next.atUs + lateUs > endUs) break;
      this.#waking = this.#waking.filter((each) => each !== next);
      this.#nowUs = Math.max(this.#nowUs, next.atUs + lateUs);
      next.work();
    }
    this.#nowUs = endUs;
  }
}
