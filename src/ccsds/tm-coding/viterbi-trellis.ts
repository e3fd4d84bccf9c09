// The trellis of the K = 7 code of CCSDS 131.0-B-5 clause 3, plain reference: forward recursion with 8-bit metrics,
// then the best path back. `viterbi.as.ts` is the WebAssembly twin; one suite holds both equal, bit for bit.
//
// Metrics are sums of 0..12 a symbol. From the best state any other is six branches of at most 24 away, so metrics stay
// within 144 of the smallest; that is subtracted every eight steps, in which it grows by 12 a step at most: 144 + 96
// fits into eight bits, and saturation never decides.
import { branchSymbols } from './convolutional.ts';

/** Steps by which the bits come late, so that all paths have merged: 18 constraint lengths, enough for rate 7/8. */
export const viterbiDepth = 128;
/** The longest run of one call. */
export const viterbiMostSteps = 4096;

/** What a decoder carries from run to run, written in place. */
export interface TrellisMemory {
  readonly metrics: Uint8Array;
  /** Eight octets a step, little-endian: bit s is the oldest bit of the better path into state s. */
  readonly decisions: Uint8Array;
  /** By how much the smallest metric grew in the last run. */
  growth: number;
  /** By how much it had to grow in the last run because the symbols were not sure: 0..12 a step. */
  doubt: number;
}

export const trellisMemory = (): TrellisMemory => ({
  metrics: new Uint8Array(64),
  decisions: new Uint8Array(viterbiDepth * 8),
  growth: 0,
  doubt: 0,
});

/**
 * Runs the trellis over `symbols` (two soft symbols a step, 0 a sure zero, 255 a sure one; a multiple of 8 steps,
 * `viterbiMostSteps` at most; C2 inverted or not) and writes steps / 8 octets to `bits`: those `viterbiDepth` steps
 * back.
 */
export type TrellisRun = (memory: TrellisMemory, symbols: Uint8Array, bits: Uint8Array, invertSecond: boolean) => void;

/** The steps of a run over these symbols, or a RangeError: both versions have room for no others. */
export const stepsOf = (symbols: Uint8Array): number => {
  const count = symbols.length / 2;
  if (count % 8 !== 0 || count > viterbiMostSteps)
    throw new RangeError(`trellis run: expected a multiple of 8 steps up to ${viterbiMostSteps}, got ${count}`);
  return count;
};

/** 0..12 in equal bins of the soft symbol; 6 is the middle and says nothing. */
export const quantised = (soft: number): number => (soft * 13) >> 8;

// Symbols of the branch from state 2j with input 0. Both generators tap the newest and the oldest bit, so the branch
// from 2j + 1 and the one with input 1 carry the complement, and the one with both the same again.
const branches = Uint8Array.from({ length: 32 }, (_, j) => branchSymbols(2 * j));
const steps = new Uint8Array((viterbiDepth + viterbiMostSteps) * 64);
let current = new Uint8Array(64);
let next = new Uint8Array(64);
const costs = new Uint8Array(4);

/** One step: `current` to `next`, and which predecessor was better (a tie takes the odd one) to `steps` from `at`. */
const advance = (first: number, second: number, at: number): void => {
  costs[0] = first + second;
  costs[1] = first + 12 - second;
  costs[2] = 12 - first + second;
  costs[3] = 24 - first - second;
  const from = current;
  const to = next;
  for (let j = 0; j < 32; j++) {
    const cost = costs[branches[j]!]!;
    const even = from[2 * j]!;
    const odd = from[2 * j + 1]!;
    const zero = even + cost;
    const zeroGain = odd + 24 - cost - zero; // the odd predecessor wins when not positive
    const zeroOdd = (zeroGain - 1) >> 31;
    to[j] = zero + (zeroGain & zeroOdd);
    steps[at + j] = -zeroOdd;
    const one = even + 24 - cost;
    const oneGain = odd + cost - one;
    const oneOdd = (oneGain - 1) >> 31;
    to[j + 32] = one + (oneGain & oneOdd);
    steps[at + j + 32] = -oneOdd;
  }
  current = to;
  next = from;
};

const subtractSmallest = (): number => {
  let smallest = 255;
  for (let s = 0; s < 64; s++) smallest = Math.min(smallest, current[s]!);
  for (let s = 0; s < 64; s++) current[s]! -= smallest;
  return smallest;
};

/** Follows the best path back from the last of `count` steps; the oldest `bits.length * 8` of them are output. */
const trace = (count: number, bits: Uint8Array): void => {
  let state = 0;
  for (let s = 1; s < 64; s++) if (current[s]! < current[state]!) state = s;
  for (let t = count - 1; t >= 0; t--) {
    if (t < bits.length * 8) bits[t >> 3]! |= (state >> 5) << (7 - (t & 7));
    state = ((state << 1) & 63) | steps[t * 64 + state]!;
  }
};

export const runTrellis: TrellisRun = (memory, symbols, bits, invertSecond) => {
  const flip = invertSecond ? 255 : 0;
  const count = stepsOf(symbols);
  for (let t = 0; t < viterbiDepth; t++)
    for (let s = 0; s < 64; s++) steps[t * 64 + s] = (memory.decisions[t * 8 + (s >> 3)]! >> (s & 7)) & 1;
  current.set(memory.metrics);
  memory.growth = 0;
  memory.doubt = 0;
  for (let t = 0; t < count; t++) {
    const first = quantised(symbols[2 * t]!);
    const second = quantised(symbols[2 * t + 1]! ^ flip);
    memory.doubt += Math.min(first, 12 - first) + Math.min(second, 12 - second);
    advance(first, second, (viterbiDepth + t) * 64);
    if ((t & 7) === 7) memory.growth += subtractSmallest();
  }
  bits.fill(0);
  trace(viterbiDepth + count, bits);
  memory.metrics.set(current);
  for (let t = 0; t < viterbiDepth; t++)
    for (let octet = 0; octet < 8; octet++) {
      let packed = 0;
      for (let s = 0; s < 8; s++) packed |= steps[(count + t) * 64 + octet * 8 + s]! << s;
      memory.decisions[t * 8 + octet] = packed;
    }
};
