// Operational control fields in the order of the frames, as runs of equal values: how the CLCW went through a pass.
import { integerIn } from '../../codec/assert.ts';

export interface OcfRun {
  /** 32 bits, unsigned. */
  readonly value: number;
  readonly count: number;
}

export class OcfRuns {
  readonly #bound: number;
  readonly #values: number[] = [];
  readonly #counts: number[] = [];
  #unlisted = 0;

  /** At most `bound` runs are kept, the first ones; fields of later runs are only counted. */
  constructor(bound = 1_000_000) {
    this.#bound = integerIn('OCF runs', bound, 1, 1 << 30);
  }

  /** Fields that came after the bound was reached and continue no run. */
  get unlisted(): number {
    return this.#unlisted;
  }

  observe(value: number): void {
    const last = this.#values.length - 1;
    if (last >= 0 && this.#unlisted === 0 && this.#values[last] === value) this.#counts[last]!++;
    else if (last + 1 === this.#bound) this.#unlisted++;
    else {
      this.#values.push(value);
      this.#counts.push(1);
    }
  }

  runs(): OcfRun[] {
    return this.#values.map((value, index) => ({ value, count: this.#counts[index]! }));
  }
}
