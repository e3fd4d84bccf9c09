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
const termSteps = new Uint8Array(maximumParity);
const termLogs = new Uint8Array(maximumParity);
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
      e += power - order;
      e += (e >> 31) & order; // modulo 255 without a branch
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

/** Berlekamp-Massey: the shortest recurrence of the syndromes goes to `locator`. Its length, E at most, or -1. */
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

/** Adds four terms of the locator to the sums at all places: four chains of exponents hide each other's delay. */
const addFourTerms = (first: number, symbols: number): void => {
  const a = termSteps[first]!;
  const b = termSteps[first + 1]!;
  const c = termSteps[first + 2]!;
  const d = termSteps[first + 3]!;
  let e = termLogs[first]!;
  let f = termLogs[first + 1]!;
  let g = termLogs[first + 2]!;
  let h = termLogs[first + 3]!;
  for (let p = 0; p < symbols; p++) {
    sums[p]! ^= exponential[e]! ^ exponential[f]! ^ exponential[g]! ^ exponential[h]!;
    e -= a;
    e += (e >> 31) & order;
    f -= b;
    f += (f >> 31) & order;
    g -= c;
    g += (g >> 31) & order;
    h -= d;
    h += (h >> 31) & order;
  }
};

const addTerm = (term: number, symbols: number): void => {
  const step = termSteps[term]!;
  let e = termLogs[term]!;
  for (let p = 0; p < symbols; p++) {
    sums[p]! ^= exponential[e]!;
    e -= step;
    e += (e >> 31) & order;
  }
};

/** Chien: evaluates the locator at beta^-p for every place p that was transmitted. True when all roots are there. */
const findPlaces = (count: number, symbols: number): boolean => {
  let terms = 0;
  for (let i = 1; i <= count; i++) {
    if (locator[i] === 0) continue;
    termSteps[terms] = i;
    termLogs[terms++] = logarithm[locator[i]!]!;
  }
  sums.fill(1, 0, symbols); // the locator's constant term
  let term = 0;
  for (; term + 4 <= terms; term += 4) addFourTerms(term, symbols);
  for (; term < terms; term++) addTerm(term, symbols);
  let found = 0;
  for (let p = 0; p < symbols; p++) if (sums[p] === 0) places[found++] = p;
  return found === count;
};

const computeEvaluator = (count: number): void => {
  for (let k = 0; k < count; k++) {
    let sum = 0;
    for (let i = 0; i <= k; i++) {
      const a = locator[i]!;
      const s = syndromes[k - i]!;
      if (a !== 0 && s !== 0) sum ^= exponential[logarithm[a]! + logarithm[s]!]!;
    }
    evaluator[k] = sum;
  }
};

/** Horner's scheme over the coefficients first, first - stride, ... at the element whose logarithm is given. */
const evaluate = (polynomial: Uint8Array, first: number, stride: number, log: number): number => {
  let sum = 0;
  for (let k = first; k >= 0; k -= stride) sum = (sum === 0 ? 0 : exponential[logarithm[sum]! + log]!) ^ polynomial[k]!;
  return sum;
};

/** Forney: the error value at each place. False when the derivative vanishes, which no true locator does. */
const findValues = (count: number, firstRoot: number): boolean => {
  computeEvaluator(count);
  const lastOdd = count - 1 + (count & 1); // the derivative keeps the odd terms, one power lower
  for (let n = 0; n < count; n++) {
    const inverse = order - places[n]!; // logarithm of 1 / X
    const numerator = evaluate(evaluator, count - 1, 1, inverse);
    const denominator = evaluate(locator, lastOdd, 2, (2 * inverse) % order);
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
