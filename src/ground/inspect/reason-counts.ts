// Counters that are keyed by stable words.

export class ReasonCounts {
  readonly #counts = new Map<string, number>();

  add(reason: string, count = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  /** In the order in which the reasons first came up. */
  record(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
