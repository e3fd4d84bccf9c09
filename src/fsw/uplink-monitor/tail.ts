// Calibrated tails: how rarely the highest score of a nominal day comes so far, empirical up to a knee, exponential in
// the mean excess beyond it. And the conformal threshold (Vovk et al., 2005): with n nominal days of calibration, the
// k-th highest daily maximum is exceeded on the next nominal day with a probability of at most k / (n + 1).

export interface Tail {
  /** Daily maxima of nominal days in ascending order. */
  readonly sorted: Float64Array;
  readonly knee: number;
  /** Part of the days above the knee. */
  readonly kneeProbability: number;
  readonly meanExcess: number;
}

const KNEE = 0.8;
const MOST_DAYS = 512;

/**
 * Of more than 512 days evenly chosen ranks are kept. A heavy tail, in which the highest day would be rarer than one in
 * all days, takes the excess at which it is just that.
 */
export const fitTail = (maxima: readonly number[]): Tail => {
  const all = Float64Array.from(maxima).sort();
  const kept = Math.min(all.length, MOST_DAYS);
  const sorted = Float64Array.from({ length: kept }, (_, i) => all[Math.floor(((i + 1) * all.length) / kept) - 1]!);
  const at = Math.floor(KNEE * (sorted.length - 1));
  const knee = sorted[at] ?? 0;
  const above = sorted.subarray(at + 1);
  const excess = above.reduce((sum, each) => sum + each - knee, 0) / Math.max(1, above.length);
  const kneeProbability = (above.length + 1) / (sorted.length + 1);
  const days = kneeProbability * (sorted.length + 1);
  const reach = days > 1 ? ((sorted.at(-1) ?? knee) - knee) / Math.log(days) : 0;
  return { sorted, knee, kneeProbability, meanExcess: Math.max(excess, reach, 1e-6, Math.abs(knee) * 1e-3) };
};

/** -log10 of the probability that a nominal day reaches this score. */
export const rarity = (tail: Tail, score: number): number => {
  const { sorted, knee, kneeProbability, meanExcess } = tail;
  if (score > knee) return -Math.log10(kneeProbability) + (score - knee) / meanExcess / Math.LN10;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return -Math.log10((sorted.length - low + 1) / (sorted.length + 1));
};

export interface ConformalThreshold {
  /** An alarm is a score above this. */
  readonly threshold: number;
  /** Probability of an alarm on a nominal day that is exchangeable with those of calibration. */
  readonly falseAlarmsADay: number;
}

/**
 * The threshold for at most `wantedADay` false alarms a day; a RangeError when there are too few days to promise that.
 */
export const conformalThreshold = (maxima: readonly number[], wantedADay: number): ConformalThreshold => {
  const rank = Math.floor((maxima.length + 1) * wantedADay);
  if (rank < 1) throw new RangeError(`${maxima.length} nominal days: expected at least ${Math.ceil(1 / wantedADay)}`);
  const sorted = Float64Array.from(maxima).sort();
  return { threshold: sorted[sorted.length - rank]!, falseAlarmsADay: rank / (maxima.length + 1) };
};
