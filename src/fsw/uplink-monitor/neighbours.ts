// How far a window is from all that nominal weeks have shown: distance to the k nearest of at most 512 reference
// vectors, and the robust z of its farthest coordinate (median and median absolute deviation). References are chosen by
// the farthest-point rule (Gonzalez, 1985), which keeps what is rare and does not repeat what is common.

export interface NeighbourModel {
  readonly length: number;
  readonly k: number;
  readonly medians: Float64Array;
  readonly scales: Float64Array;
  /** Scaled vectors one after the other. */
  readonly references: Float32Array;
}

const median = (sorted: Float64Array): number => {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** Median and 1.4826 times the median absolute deviation; where that is too small, a part of the deviation itself. */
export const robustScale = (values: readonly number[]): { readonly middle: number; readonly scale: number } => {
  if (values.length === 0) return { middle: 0, scale: 1 };
  const middle = median(Float64Array.from(values).sort());
  const away = Float64Array.from(values, (value) => Math.abs(value - middle)).sort();
  const square = away.reduce((sum, each) => sum + each * each, 0) / away.length;
  return { middle, scale: Math.max(1.4826 * median(away), Math.sqrt(square), 0.25) };
};

const scaled = (vectors: readonly Float64Array[], middles: Float64Array, scales: Float64Array): Float32Array[] =>
  vectors.map((vector) => Float32Array.from(vector, (value, i) => (value - middles[i]!) / scales[i]!));

const squareDistance = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  return sum;
};

/** Indexes of at most `most` vectors, each as far as possible from those before it; the first is the first. */
export const farthestPoints = (vectors: readonly Float32Array[], most: number): number[] => {
  if (vectors.length === 0) return [];
  const nearest = new Float64Array(vectors.length).fill(Infinity);
  const chosen: number[] = [];
  let next = 0;
  while (chosen.length < Math.min(most, vectors.length)) {
    chosen.push(next);
    const newest = vectors[next]!;
    let farthest = -1;
    for (let i = 0; i < vectors.length; i++) {
      nearest[i] = Math.min(nearest[i]!, squareDistance(vectors[i]!, newest));
      if (nearest[i]! > farthest) {
        farthest = nearest[i]!;
        next = i;
      }
    }
    if (farthest === 0) break;
  }
  return chosen;
};

/** Training: scales from all vectors, references among them. */
export const neighbourModel = (vectors: readonly Float64Array[], k: number, most: number): NeighbourModel => {
  const length = vectors[0]?.length ?? 0;
  const columns = Array.from({ length }, (_, i) => robustScale(vectors.map((vector) => vector[i]!)));
  const medians = Float64Array.from(columns, ({ middle }) => middle);
  const scales = Float64Array.from(columns, ({ scale }) => scale);
  const all = scaled(vectors, medians, scales);
  const chosen = farthestPoints(all, most);
  const references = new Float32Array(chosen.length * length);
  chosen.forEach((index, i) => void references.set(all[index]!, i * length));
  return { length, k, medians, scales, references };
};

/** Scales `vector` in place and gives the largest |z| of its coordinates. */
export const standardise = (model: NeighbourModel, vector: Float64Array): number => {
  let most = 0;
  for (let i = 0; i < model.length; i++) {
    vector[i] = (vector[i]! - model.medians[i]!) / model.scales[i]!;
    most = Math.max(most, Math.abs(vector[i]!));
  }
  return most;
};

const MOST_K = 8;
const best = new Float64Array(MOST_K);

/** Mean distance of a scaled vector to its k nearest references, k at most 8; 0 where there are no references. */
export const neighbourDistance = (model: NeighbourModel, vector: Float64Array): number => {
  const { length, references } = model;
  const count = length === 0 ? 0 : references.length / length;
  const k = Math.min(model.k, MOST_K, count);
  if (k === 0) return 0;
  best.fill(Infinity);
  for (let each = 0, at = 0; each < count; each++, at += length) {
    const limit = best[k - 1]!;
    let sum = 0;
    for (let i = 0; i < length && sum < limit; i++) {
      const away = vector[i]! - references[at + i]!;
      sum += away * away;
    }
    if (sum >= limit) continue;
    let place = k - 1;
    for (; place > 0 && best[place - 1]! > sum; place--) best[place] = best[place - 1]!;
    best[place] = sum;
  }
  let mean = 0;
  for (let i = 0; i < k; i++) mean += Math.sqrt(best[i]!);
  return mean / k;
};
