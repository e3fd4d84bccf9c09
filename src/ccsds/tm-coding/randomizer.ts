// Pseudo-randomizer of telemetry, CCSDS 131.0-B-5 clause 10: XOR with a sequence that restarts at every codeblock.
// 'long' is the 131071-bit sequence that issue 5 recommends (10.4.1), 'short' the 255-bit one kept for older
// spacecraft (10.4.2). The attached sync marker is never randomized (10.3.4). Applying it twice gives the input back.
//
// How sure 'long' is: polynomial, seed and the order in which the register leaves agree in five independent public
// implementations, and the opening octets with the prefix that the standard prints; no recording was at hand.

export type RandomizerSequence = 'short' | 'long';

interface Register {
  readonly stages: number;
  /** Bit k set: stage k feeds back. Bit 0 is the stage that leaves, so bit k stands for the term x^k. */
  readonly taps: number;
  readonly seed: number;
}

const registers: Readonly<Record<RandomizerSequence, Register>> = {
  short: { stages: 8, taps: 0b1010_1001, seed: 0xff }, // 10.4.2: x^8 + x^7 + x^5 + x^3 + 1, all ones
  long: { stages: 17, taps: (1 << 14) | 1, seed: 0x18e38 }, // 10.4.1: x^17 + x^14 + 1, preset 11000111000111000
};

const tables: Record<RandomizerSequence, Uint8Array> = { short: new Uint8Array(0), long: new Uint8Array(0) };

const parity = (word: number): number => {
  let folded = word ^ (word >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return (0x6996 >>> (folded & 15)) & 1;
};

const generate = ({ stages, taps, seed }: Register, length: number): Uint8Array => {
  const octets = new Uint8Array(length);
  let register = seed;
  for (let i = 0; i < length; i++) {
    let octet = 0;
    for (let bit = 0; bit < 8; bit++) {
      octet = (octet << 1) | (register & 1);
      register = (register >>> 1) | (parity(register & taps) << (stages - 1));
    }
    octets[i] = octet;
  }
  return octets;
};

/** The first octets of a sequence, at least `length` of them: a table that grows to the longest codeblock asked for. */
export const randomizerOctets = (sequence: RandomizerSequence, length: number): Uint8Array => {
  let table = tables[sequence];
  if (table.length < length) {
    table = generate(registers[sequence], Math.max(2048, 1 << Math.ceil(Math.log2(length))));
    tables[sequence] = table;
  }
  return table;
};

/** Randomizes or derandomizes `octets` (one codeblock or frame, without its marker) in place. */
export const randomize = (sequence: RandomizerSequence, octets: Uint8Array): void => {
  const table = randomizerOctets(sequence, octets.length);
  const length = octets.length;
  let i = 0;
  if ((octets.byteOffset & 3) === 0) {
    const words = new Int32Array(octets.buffer, octets.byteOffset, length >>> 2);
    const masks = new Int32Array(table.buffer, 0, words.length);
    for (let w = 0; w < words.length; w++) words[w]! ^= masks[w]!;
    i = words.length << 2;
  }
  for (; i < length; i++) octets[i]! ^= table[i]!;
};
