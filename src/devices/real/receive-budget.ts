// How much a peer may make us work: a token bucket over units and octets, so that a flood is counted, not computed.

export interface BudgetOptions {
  readonly unitsPerSecond: number;
  readonly octetsPerSecond: number;
}

export const defaultBudget: BudgetOptions = { unitsPerSecond: 50_000, octetsPerSecond: 64 * 2 ** 20 };

/** Both buckets hold a quarter of a second's worth. */
const BURST_SECONDS = 0.25;

export class ReceiveBudget {
  readonly #options: BudgetOptions;
  readonly #nowMs: () => number;
  #units: number;
  #octets: number;
  #filledMs: number;

  constructor(options: BudgetOptions, nowMs: () => number = () => performance.now()) {
    this.#options = options;
    this.#nowMs = nowMs;
    this.#units = options.unitsPerSecond * BURST_SECONDS;
    this.#octets = options.octetsPerSecond * BURST_SECONDS;
    this.#filledMs = nowMs();
  }

  /** Takes a unit out of the budget. False: it is above the budget, and nothing was taken. */
  take(lengthOctets: number): boolean {
    this.#fill();
    if (this.#units < 1 || this.#octets < lengthOctets) return false;
    this.#units -= 1;
    this.#octets -= lengthOctets;
    return true;
  }

  /** Takes octets that have been read already. Returns how long to read nothing more, for a stream that can wait. */
  owe(lengthOctets: number): number {
    this.#fill();
    this.#octets -= lengthOctets;
    this.#units -= 1;
    const octetsMs = (-this.#octets / this.#options.octetsPerSecond) * 1000;
    const unitsMs = (-this.#units / this.#options.unitsPerSecond) * 1000;
    return Math.max(0, octetsMs, unitsMs);
  }

  #fill(): void {
    const nowMs = this.#nowMs();
    const seconds = Math.max(0, nowMs - this.#filledMs) / 1000;
    const { unitsPerSecond, octetsPerSecond } = this.#options;
    this.#filledMs = nowMs;
    this.#units = Math.min(unitsPerSecond * BURST_SECONDS, this.#units + seconds * unitsPerSecond);
    this.#octets = Math.min(octetsPerSecond * BURST_SECONDS, this.#octets + seconds * octetsPerSecond);
  }
}
