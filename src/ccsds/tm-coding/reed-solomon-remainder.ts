// Encoding and clean check of Reed-Solomon codeblocks, plain reference: the remainder of division by g(x), four
// symbols a step. A clean codeword needs no syndromes: encode its information again and compare the parity.
// `reed-solomon-remainder.as.ts` is the WebAssembly twin; one suite holds both equal.
import type { ReedSolomonCode } from './reed-solomon-code.ts';

/**
 * Divides every codeword of an interleaved codeblock (symbol k of codeword i stands at k * interleaving + i) and
 * writes received parity minus computed parity, interleaved alike, to `difference` (2E * interleaving octets).
 * Returns the number of codewords that differ: 0 means a clean codeblock. Parity octets of zero make it an encoder.
 */
export type ParityDifference = (
  code: ReedSolomonCode,
  interleaving: number,
  codeblock: Uint8Array,
  difference: Uint8Array,
) => number;

const state = new Int32Array(8);

/** The first one to four symbols as a word, as if zeros stood before them: what is left is a multiple of four. */
const firstWord = (o: Uint8Array, start: number, stride: number, count: number): number => {
  let word = 0;
  for (let k = 0; k < count; k++) word = (word << 8) | o[start + k * stride]!;
  return word;
};

/** `information` symbols from `start`, `stride` apart; the remainder goes to `state`, highest power first. */
const divideByDegree32 = (table: Int32Array, o: Uint8Array, start: number, stride: number, information: number) => {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  const first = ((information - 1) & 3) + 1;
  const second = 2 * stride;
  const third = 3 * stride;
  const end = start + information * stride;
  let next = firstWord(o, start, stride, first);
  for (let at = start + first * stride; ; at += 4 * stride) {
    const w = s0 ^ next;
    const a = ((w >>> 24) + 768) << 3;
    const b = (((w >>> 16) & 255) + 512) << 3;
    const c = (((w >>> 8) & 255) + 256) << 3;
    const d = (w & 255) << 3;
    s0 = s1 ^ table[a]! ^ table[b]! ^ table[c]! ^ table[d]!;
    s1 = s2 ^ table[a + 1]! ^ table[b + 1]! ^ table[c + 1]! ^ table[d + 1]!;
    s2 = s3 ^ table[a + 2]! ^ table[b + 2]! ^ table[c + 2]! ^ table[d + 2]!;
    s3 = s4 ^ table[a + 3]! ^ table[b + 3]! ^ table[c + 3]! ^ table[d + 3]!;
    s4 = s5 ^ table[a + 4]! ^ table[b + 4]! ^ table[c + 4]! ^ table[d + 4]!;
    s5 = s6 ^ table[a + 5]! ^ table[b + 5]! ^ table[c + 5]! ^ table[d + 5]!;
    s6 = s7 ^ table[a + 6]! ^ table[b + 6]! ^ table[c + 6]! ^ table[d + 6]!;
    s7 = table[a + 7]! ^ table[b + 7]! ^ table[c + 7]! ^ table[d + 7]!;
    if (at >= end) break;
    next = (o[at]! << 24) | (o[at + stride]! << 16) | (o[at + second]! << 8) | o[at + third]!;
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
  state[4] = s4;
  state[5] = s5;
  state[6] = s6;
  state[7] = s7;
};

/** The same for E = 8: four words of state. */
const divideByDegree16 = (table: Int32Array, o: Uint8Array, start: number, stride: number, information: number) => {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const first = ((information - 1) & 3) + 1;
  const second = 2 * stride;
  const third = 3 * stride;
  const end = start + information * stride;
  let next = firstWord(o, start, stride, first);
  for (let at = start + first * stride; ; at += 4 * stride) {
    const w = s0 ^ next;
    const a = ((w >>> 24) + 768) << 2;
    const b = (((w >>> 16) & 255) + 512) << 2;
    const c = (((w >>> 8) & 255) + 256) << 2;
    const d = (w & 255) << 2;
    s0 = s1 ^ table[a]! ^ table[b]! ^ table[c]! ^ table[d]!;
    s1 = s2 ^ table[a + 1]! ^ table[b + 1]! ^ table[c + 1]! ^ table[d + 1]!;
    s2 = s3 ^ table[a + 2]! ^ table[b + 2]! ^ table[c + 2]! ^ table[d + 2]!;
    s3 = table[a + 3]! ^ table[b + 3]! ^ table[c + 3]! ^ table[d + 3]!;
    if (at >= end) break;
    next = (o[at]! << 24) | (o[at + stride]! << 16) | (o[at + second]! << 8) | o[at + third]!;
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
};

export const parityDifference: ParityDifference = (code, interleaving, codeblock, difference) => {
  const { feedback, paritySymbols } = code;
  const divide = paritySymbols === 32 ? divideByDegree32 : divideByDegree16;
  const parityStart = codeblock.length - paritySymbols * interleaving;
  const information = parityStart / interleaving;
  let dirty = 0;
  for (let i = 0; i < interleaving; i++) {
    divide(feedback, codeblock, i, interleaving, information);
    let any = 0;
    for (let k = 0; k < paritySymbols; k++) {
      const at = k * interleaving + i;
      const d = codeblock[parityStart + at]! ^ ((state[k >> 2]! >>> (24 - 8 * (k & 3))) & 255);
      difference[at] = d;
      any |= d;
    }
    if (any !== 0) dirty++;
  }
  return dirty;
};
