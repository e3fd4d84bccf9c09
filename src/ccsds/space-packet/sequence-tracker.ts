// What a modulo count tells about a stream: gaps, how many units are missing, repeats. For the counts of frames
// (8 or 24 bits) and packets (14 bits). A gap of a whole modulus or more cannot be seen, that is the nature of a count.

export interface SequenceState {
  /** Units observed, repeats included. */
  readonly seen: number;
  /** The first and the last count observed; -1 before any. */
  readonly first: number;
  readonly last: number;
  /** Discontinuities of the count. */
  readonly gaps: number;
  /** Units that the count says are missing, summed over the gaps; a step back adds none, see `isStepBack`. */
  readonly lost: number;
  /** Units whose count equals the one before. */
  readonly duplicates: number;
}

export const sequenceReset: SequenceState = { seen: 0, first: -1, last: -1, gaps: 0, lost: 0, duplicates: 0 };

/** Units missing between two counts, or -1 when the second repeats the first. */
export const missingBetween = (last: number, count: number, modulus: number): number =>
  count === last ? -1 : (count - last - 1 + modulus) % modulus;

/**
 * A long count takes hours to years for half of its round: a break by more than that is a replay, a reset or frames
 * out of order, and nothing is missing before it. Eight bits pass half a round in one fade, and say nothing of the
 * kind.
 */
const isStepBack = (missing: number, modulus: number): boolean => modulus > 256 && missing >= modulus / 2;

export class SequenceTracker {
  readonly modulus: number;
  #seen: number;
  #first: number;
  #last: number;
  #gaps: number;
  #lost: number;
  #duplicates: number;

  constructor(modulus: number, from: SequenceState = sequenceReset) {
    this.modulus = modulus;
    this.#seen = from.seen;
    this.#first = from.first;
    this.#last = from.last;
    this.#gaps = from.gaps;
    this.#lost = from.lost;
    this.#duplicates = from.duplicates;
  }

  /** False while every count was the same: until then it may be no count at all. */
  get moves(): boolean {
    return this.#seen - this.#duplicates > 1;
  }

  /** 0: in order (or the first); n > 0: by the count n are missing before it; -1: it repeats the one before. */
  observe(count: number): number {
    this.#seen++;
    if (this.#last < 0) {
      this.#first = count;
      this.#last = count;
      return 0;
    }
    const missing = missingBetween(this.#last, count, this.modulus);
    if (missing < 0) this.#duplicates++;
    else if (missing > 0) {
      this.#gaps++;
      if (!isStepBack(missing, this.modulus)) this.#lost += missing;
    }
    this.#last = count;
    return missing;
  }

  save(): SequenceState {
    return {
      seen: this.#seen,
      first: this.#first,
      last: this.#last,
      gaps: this.#gaps,
      lost: this.#lost,
      duplicates: this.#duplicates,
    };
  }
}

/** The same as one step on data, for state that a cell owns. */
export const observeSequence = (state: SequenceState, count: number, modulus: number): SequenceState => {
  const tracker = new SequenceTracker(modulus, state);
  tracker.observe(count);
  return tracker.save();
};
