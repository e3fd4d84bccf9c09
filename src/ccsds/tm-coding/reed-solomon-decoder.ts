// Correction of one Reed-Solomon codeword, CCSDS 131.0-B-5 clause 4.3: syndromes, Berlekamp-Massey, the search of the
// places (Chien), the values (Forney). The syndromes come from the parity difference (2E symbols) instead of from the
// whole codeword, since both have the same remainder modulo g(x). Erasures are left out: nothing here marks them.
//
// What it returns is always a codeword: places and values that explain all 2E syndromes, or a refusal. More than E
// symbol errors may still lie within E of another codeword (about 1 in E! of them); no decoder can tell.
import { fromBasis, toBasis } from './dual-basis.ts';
import { exponential as exponentialTable, groupOrder, logarithm as logarithmTable } from './galois-field.ts';
import type { ReedSolomonCode } from './reed-solomon-code.ts';

/** Where the codeword stands: symbol k at `codeblock[codeword + k * interleaving]`, `symbols` of them transmitted. */
export interface CodewordPlace {
  readonly codeblock: Uint8Array;
  readonly difference: Uint8Array;
  readonly codeword: number;
  readonly interleaving: number;
  readonly symbols: number;
}

/** The codeword has more symbol errors than E. It was left as it came. */
export const uncorrectable = -1;

// Bound to this module: development loaders reach imported bindings through an accessor, which costs tenfold here.
const exponential = exponentialTable;
const logarithm = logarithmTable;
const order = groupOrder;

const maximumParity = 32;
const syndromes = new Uint8Array(maximumParity);
const previous = new Uint8Array(maximumParity + 1);
const held = new Uint8Array(maximumParity + 1);
const locator = new Uint8Array(maximumParity + 1);
const evaluator = new Uint8Array(maximumParity + 1);
const sums = new Uint8Array(order);
const places = new Uint8Array(maximumParity);
const values = new Uint8Array(maximumParity);

const computeSyndromes = (code: ReedSolomonCode, place: CodewordPlace): void => {
  const { paritySymbols, firstRoot } = code;
  const from = fromBasis(code.basis);
  syndromes.fill(0);
  for (let k = 0; k < paritySymbols; k++) {
    const coefficient = from[place.difference[k * place.interleaving + place.codeword]!]!;
    if (coefficient === 0) continue;
    const power = paritySymbols - 1 - k;
    let e = (logarithm[coefficient]! + firstRoot * power) % order;
    for (let s = 0; s < paritySymbols; s++) {
      syndromes[s]! ^= exponential[e]!;
      e += power;
      if (e >= order) e -= order;
    }
  }
};

/** target -= scale * source * x^shift, all of degree at most `paritySymbols`. */
const subtractScaled = (target: Uint8Array, source: Uint8Array, scale: number, shift: number, last: number): void => {
  for (let i = 0; i + shift <= last; i++) {
    const s = source[i]!;
    if (s !== 0) target[i + shift]! ^= exponential[logarithm[s]! + scale]!;
  }
};

const discrepancyAt = (n: number, length: number): number => {
  let delta = syndromes[n]!;
  for (let i = 1; i <= length; i++) {
    const a = locator[i]!;
    const s = syndromes[n - i]!;
    if (a !== 0 && s !== 0) delta ^= exponential[logarithm[a]! + logarithm[s]!]!;
  }
  return delta;
};

/** Berlekamp-Massey: the shortest recurrence of the syndromes goes to `locator`. Returns its length, E at most, or -1. */
const findLocator = (paritySymbols: number): number => {
  locator.fill(0);
  previous.fill(0);
  locator[0] = 1;
  previous[0] = 1;
  let length = 0;
  let shift = 1;
  let previousDelta = 0; // logarithm of 1
  for (let n = 0; n < paritySymbols; n++) {
    const delta = discrepancyAt(n, length);
    if (delta === 0) {
      shift++;
      continue;
    }
    const scale = (logarithm[delta]! + order - previousDelta) % order;
    if (2 * length <= n) {
      held.set(locator);
      subtractScaled(locator, previous, scale, shift, paritySymbols);
      previous.set(held);
      length = n + 1 - length;
      previousDelta = logarithm[delta]!;
      shift = 1;
      if (2 * length > paritySymbols) return uncorrectable;
    } else {
      subtractScaled(locator, previous, scale, shift, paritySymbols);
      shift++;
    }
  }
  return locator[length] === 0 ? uncorrectable : length;
};

/** Chien: evaluates the locator at beta^-p for every place p that was transmitted. True when all roots are there. */
const findPlaces = (count: number, symbols: number): boolean => {
  sums.fill(1, 0, symbols); // the locator's constant term
  for (let i = 1; i <= count; i++) {
    const coefficient = locator[i]!;
    if (coefficient === 0) continue;
    let e = logarithm[coefficient]!;
    for (let p = 0; p < symbols; p++) {
      sums[p]! ^= exponential[e]!;
      e -= i;
      e += (e >> 31) & order;
    }
  }
  let found = 0;
  for (let p = 0; p < symbols; p++) if (sums[p] === 0) places[found++] = p;
  return found === count;
};

/** Forney: the error value at each place. False when the derivative vanishes, which no true locator does. */
const findValues = (count: number, firstRoot: number): boolean => {
  for (let k = 0; k < count; k++) {
    let sum = 0;
    for (let i = 0; i <= k; i++) {
      const a = locator[i]!;
      const s = syndromes[k - i]!;
      if (a !== 0 && s !== 0) sum ^= exponential[logarithm[a]! + logarithm[s]!]!;
    }
    evaluator[k] = sum;
  }
  for (let n = 0; n < count; n++) {
    const inverse = order - places[n]!; // logarithm of 1 / X
    let numerator = 0;
    let denominator = 0;
    for (let k = 0; k < count; k++) {
      const w = evaluator[k]!;
      if (w !== 0) numerator ^= exponential[(logarithm[w]! + inverse * k) % order]!;
      const a = k & 1 ? 0 : locator[k + 1]!; // the derivative keeps odd terms
      if (a !== 0) denominator ^= exponential[(logarithm[a]! + inverse * k) % order]!;
    }
    if (denominator === 0 || numerator === 0) return false;
    const scaled = logarithm[numerator]! + order - logarithm[denominator]! + inverse * (firstRoot - 1);
    values[n] = exponential[scaled % order]!;
  }
  return true;
};

/** Corrects one codeword in place. Returns the number of symbols changed, or `uncorrectable`. */
export const correctCodeword = (code: ReedSolomonCode, place: CodewordPlace): number => {
  computeSyndromes(code, place);
  const count = findLocator(code.paritySymbols);
  if (count === uncorrectable) return uncorrectable;
  if (!findPlaces(count, place.symbols) || !findValues(count, code.firstRoot)) return uncorrectable;
  const to = toBasis(code.basis);
  for (let n = 0; n < count; n++) {
    const symbol = place.symbols - 1 - places[n]!; // the first symbol is the highest power
    place.codeblock[place.codeword + symbol * place.interleaving]! ^= to[values[n]!]!;
  }
  return count;
};
