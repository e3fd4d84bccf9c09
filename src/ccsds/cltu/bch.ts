// The modified BCH code of telecommand, CCSDS 231.0-B-4 section 3: (63,56), g(x) = x^7 + x^6 + x^2 + 1, its parity
// complemented, and a filler bit 0 that makes a code block eight octets. One table look-up an octet.
// The distance is 4: a decoder detects three wrong bits (TED) or mends one and detects two (SEC).

export const BLOCK_OCTETS = 8;
export const INFORMATION_OCTETS = 7;

/** Triple error detection, or single error correction. */
export type BchMode = 'TED' | 'SEC';

const GENERATOR = 0x45;
const UNCORRECTABLE = 0xff;

/** The seven-bit remainder, kept left aligned in an octet, after one more octet. */
const remainders = ((): Uint8Array => {
  const table = new Uint8Array(256);
  for (let octet = 0; octet < 256; octet++) {
    let register = octet;
    for (let bit = 0; bit < 8; bit++) register = register & 0x80 ? (register ^ GENERATOR) << 1 : register << 1;
    table[octet] = register & 0xff;
  }
  return table;
})();

const remainder = (octets: Uint8Array, at: number): number => {
  let register = remainders[octets[at]!]!;
  for (let index = at + 1; index < at + INFORMATION_OCTETS; index++) register = remainders[register ^ octets[index]!]!;
  return register;
};

/** The last octet of the code block whose seven information octets start at `at`. */
export const bchParity = (octets: Uint8Array, at = 0): number => ~remainder(octets, at) & 0xfe;

/** Zero for a codeword; else the sum of what its wrong bits add. The filler bit is no part of the code. */
const syndromeOf = (octets: Uint8Array, at: number): number =>
  (remainder(octets, at) ^ ~octets[at + INFORMATION_OCTETS]!) & 0xfe;

/** Which of the 63 bits alone makes a syndrome (half of it, an octet has a zero in its last bit). */
const wrongBit = ((): Uint8Array => {
  const table = new Uint8Array(128).fill(UNCORRECTABLE);
  for (let bit = 0; bit < 63; bit++) {
    const block = new Uint8Array(BLOCK_OCTETS);
    block[INFORMATION_OCTETS] = 0xfe;
    block[bit >> 3] = block[bit >> 3]! ^ (0x80 >> (bit & 7));
    table[syndromeOf(block, 0) >> 1] = bit;
  }
  return table;
})();

/**
 * Judges the code block at `at` and, in SEC mode, mends it in place. Returns the number of bits mended (0 or 1), or -1
 * for a block that holds more errors than the mode can answer for.
 */
export const bchCorrect = (octets: Uint8Array, at: number, mode: BchMode): -1 | 0 | 1 => {
  const syndrome = syndromeOf(octets, at);
  if (syndrome === 0) return 0;
  if (mode === 'TED') return -1;
  const bit = wrongBit[syndrome >> 1]!;
  if (bit === UNCORRECTABLE) return -1;
  const index = at + (bit >> 3);
  octets[index] = octets[index]! ^ (0x80 >> (bit & 7));
  return 1;
};
