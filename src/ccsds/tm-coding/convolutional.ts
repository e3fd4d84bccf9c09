// Convolutional encoder, CCSDS 131.0-B-5 clause 3: constraint length 7, rate 1/2, G1 = 171 and G2 = 133 (octal), C2
// inverted; punctured to 2/3, 3/4, 5/6 and 7/8 without inversion (3.4). It runs over the stream of CADUs, markers
// included, and never restarts between them.
import { integerIn } from '../../codec/assert.ts';

export type ConvolutionalRate = '1/2' | '2/3' | '3/4' | '5/6' | '7/8';

export const constraintLength = 7;
/** Tap k belongs to the bit that entered 6 - k bits ago: the newest bit is the most significant (figure 3-1). */
export const firstGenerator = 0o171;
export const secondGenerator = 0o133;

/** Which of C1, C2 leave, for each input bit of the puncturing period (table 3-1). */
export interface PuncturePattern {
  readonly first: readonly (0 | 1)[];
  readonly second: readonly (0 | 1)[];
}

export const puncturePatterns: Readonly<Record<ConvolutionalRate, PuncturePattern>> = {
  '1/2': { first: [1], second: [1] },
  '2/3': { first: [1, 0], second: [1, 1] },
  '3/4': { first: [1, 0, 1], second: [1, 1, 0] },
  '5/6': { first: [1, 0, 1, 0, 1], second: [1, 1, 0, 1, 0] },
  '7/8': { first: [1, 0, 0, 0, 1, 0, 1], second: [1, 1, 1, 1, 0, 1, 0] },
};

/** Whether C2 is inverted: yes at rate 1/2 (3.3.1), no when punctured (3.4.1). */
export const invertsSecond = (rate: ConvolutionalRate): boolean => rate === '1/2';

/** For one period of puncturing, in order of transmission: 0 for a C1 symbol, 1 for C2, and the bit it belongs to. */
export const transmittedSymbols = (rate: ConvolutionalRate): readonly { bit: number; generator: 0 | 1 }[] => {
  const { first, second } = puncturePatterns[rate];
  return first.flatMap((kept, bit) => [
    ...(kept ? [{ bit, generator: 0 as const }] : []),
    ...(second[bit] ? [{ bit, generator: 1 as const }] : []),
  ]);
};

const parityOfSeven = Uint8Array.from({ length: 128 }, (_, v) => {
  let ones = 0;
  for (let k = 0; k < 7; k++) ones ^= (v >> k) & 1;
  return ones;
});

/** Both symbols of a register of seven bits, newest bit first: C1 << 1 | C2, without inversion. */
export const branchSymbols = (register: number): number =>
  (parityOfSeven[register & firstGenerator]! << 1) | parityOfSeven[register & secondGenerator]!;

/** What an encoder remembers between two pieces of its stream: plain data, the register clear at first. */
export interface ConvolutionalMemory {
  /** The last six bits, newest first. */
  readonly state: number;
  /** Bits since the start of the puncturing period. */
  readonly phase: number;
}

export const convolutionalStart: ConvolutionalMemory = { state: 0, phase: 0 };

export interface ConvolutionalOutput {
  /** One octet per channel symbol: 0 or 1. */
  readonly symbols: Uint8Array;
  readonly memory: ConvolutionalMemory;
}

/** Encodes `octets`, most significant bit first. `memory` is what the last call returned. */
export const convolve = (
  octets: Uint8Array,
  rate: ConvolutionalRate = '1/2',
  memory: ConvolutionalMemory = convolutionalStart,
): ConvolutionalOutput => {
  const { first, second } = puncturePatterns[rate];
  const flip = invertsSecond(rate) ? 1 : 0;
  const symbols = new Uint8Array(octets.length * 16);
  let state = integerIn('convolutional encoder state', memory.state, 0, 63);
  let phase = integerIn('puncturing phase', memory.phase, 0, first.length - 1);
  let at = 0;
  for (const octet of octets) {
    for (let k = 7; k >= 0; k--) {
      const register = (((octet >> k) & 1) << 6) | state;
      const pair = branchSymbols(register);
      if (first[phase]) symbols[at++] = pair >> 1;
      if (second[phase]) symbols[at++] = (pair & 1) ^ flip;
      state = register >> 1;
      phase = phase + 1 === first.length ? 0 : phase + 1;
    }
  }
  return { symbols: symbols.slice(0, at), memory: { state, phase } };
};
