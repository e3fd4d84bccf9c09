// The baseline that the monitor is compared with: streaming half-space trees (Tan, Ting and Liu, 2011), 25 trees of
// depth 8, over the same vectors of the last half hour, masses from the nominal weeks that the monitor learns from.
import { Random } from '../../src/kernel/random.ts';

const TREES = 25;
const DEPTH = 8;
const NODES = (1 << (DEPTH + 1)) - 1;
const SIZE_LIMIT = 25;

type Vectors = readonly Float64Array[];

export class HalfSpaceTrees {
  readonly #dimensions = new Uint8Array(TREES * NODES);
  readonly #splits = new Float64Array(TREES * NODES);
  readonly #mass = new Float64Array(TREES * NODES);

  constructor(seed: string, vectors: Vectors) {
    const random = new Random(`half-space trees ${seed}`);
    const length = vectors[0]!.length;
    const low = Array.from({ length }, (_, i) => vectors.reduce((least, each) => Math.min(least, each[i]!), Infinity));
    const high = Array.from({ length }, (_, i) => vectors.reduce((most, each) => Math.max(most, each[i]!), -Infinity));
    for (let tree = 0; tree < TREES; tree++) this.#grow(random, tree, 0, 0, low, high);
    for (const vector of vectors) this.#walk(vector, (at) => void this.#mass[at]!++);
  }

  #grow(random: Random, tree: number, node: number, depth: number, low: number[], high: number[]): void {
    if (depth === DEPTH) return;
    const at = tree * NODES + node;
    const dimension = random.below(low.length);
    const split = (low[dimension]! + high[dimension]!) / 2;
    this.#dimensions[at] = dimension;
    this.#splits[at] = split;
    this.#grow(random, tree, 2 * node + 1, depth + 1, low, high.with(dimension, split));
    this.#grow(random, tree, 2 * node + 2, depth + 1, low.with(dimension, split), high);
  }

  #walk(vector: Float64Array, visit: (at: number, depth: number) => unknown): void {
    for (let tree = 0; tree < TREES; tree++)
      for (let node = 0, depth = 0; depth <= DEPTH; depth++) {
        const at = tree * NODES + node;
        if (visit(at, depth) === false) break;
        node = 2 * node + (vector[this.#dimensions[at]!]! < this.#splits[at]! ? 1 : 2);
      }
  }

  /** More is more unusual: minus the mass of the node where a vector ends, weighted by depth, as a logarithm. */
  score(vector: Float64Array): number {
    let sum = 0;
    this.#walk(vector, (at, depth) => {
      if (depth < DEPTH && this.#mass[at]! > SIZE_LIMIT) return true;
      sum += this.#mass[at]! * 2 ** depth;
      return false;
    });
    return -Math.log1p(sum);
  }
}
