// Frame Header Error Control of AOS, 732.0-B-4 4.1.2.6: a Reed-Solomon code (10,6) over GF(16), x^4 + x + 1, whose
// generator has the roots a^6 to a^9. Its six information symbols are the first two octets and the sixth octet of the
// header, high half first; the four parity symbols are the field. Two wrong symbols of the ten can be mended.

const INFORMATION_SYMBOLS = 6;
const PARITY_SYMBOLS = 4;
const SYMBOLS = INFORMATION_SYMBOLS + PARITY_SYMBOLS;
const FIRST_ROOT = 6;
const ORDER = 15;

const exponential = new Uint8Array(2 * ORDER);
const logarithm = new Uint8Array(16);
for (let k = 0, v = 1; k < ORDER; k++) {
  exponential[k] = v;
  exponential[k + ORDER] = v;
  logarithm[v] = k;
  v = v & 8 ? (v << 1) ^ 0x13 : v << 1;
}

const multiply = (a: number, b: number): number => (a && b ? exponential[logarithm[a]! + logarithm[b]!]! : 0);
const divide = (a: number, b: number): number => (a ? exponential[logarithm[a]! + ORDER - logarithm[b]!]! : 0);

/** Parity of one information symbol at each place: the code is linear, so that parities of symbols add up. */
const parityOf = ((): Uint16Array => {
  const generator = new Uint8Array(PARITY_SYMBOLS + 1);
  generator[0] = 1;
  for (let r = 0; r < PARITY_SYMBOLS; r++)
    for (let i = r + 1; i >= 0; i--)
      generator[i] = (i > 0 ? generator[i - 1]! : 0) ^ multiply(exponential[FIRST_ROOT + r]!, generator[i]!);
  const table = new Uint16Array(INFORMATION_SYMBOLS * 16);
  for (let place = 0; place < INFORMATION_SYMBOLS; place++)
    for (let value = 0; value < 16; value++) {
      const register = new Uint8Array(PARITY_SYMBOLS);
      for (let k = place; k < INFORMATION_SYMBOLS; k++) {
        const feedback = register[PARITY_SYMBOLS - 1]! ^ (k === place ? value : 0);
        for (let i = PARITY_SYMBOLS - 1; i >= 0; i--)
          register[i] = (i > 0 ? register[i - 1]! : 0) ^ multiply(feedback, generator[i]!);
      }
      table[place * 16 + value] = (register[3]! << 12) | (register[2]! << 8) | (register[1]! << 4) | register[0]!;
    }
  return table;
})();

/** The field for a header whose first, second and sixth octets are given: 16 bits. */
export const headerErrorControl = (first: number, second: number, sixth: number): number =>
  parityOf[first >> 4]! ^
  parityOf[16 + (first & 15)]! ^
  parityOf[32 + (second >> 4)]! ^
  parityOf[48 + (second & 15)]! ^
  parityOf[64 + (sixth >> 4)]! ^
  parityOf[80 + (sixth & 15)]!;

/** Whether the header of the frame at `at` agrees with its error control field, the two octets behind it. */
export const headerIsClean = (octets: Uint8Array, at = 0): boolean =>
  headerErrorControl(octets[at]!, octets[at + 1]!, octets[at + 5]!) === ((octets[at + 6]! << 8) | octets[at + 7]!);

/** Which octet of the frame holds the symbol, and whether its high half. */
const PLACES = [0, 0, 1, 1, 5, 5, 6, 6, 7, 7] as const;

const symbolAt = (octets: Uint8Array, at: number, symbol: number): number =>
  symbol % 2 === 0 ? octets[at + PLACES[symbol]!]! >> 4 : octets[at + PLACES[symbol]!]! & 15;

const add = (octets: Uint8Array, at: number, symbol: number, value: number): void => {
  octets[at + PLACES[symbol]!]! ^= symbol % 2 === 0 ? value << 4 : value;
};

/** a^((FIRST_ROOT + row) * power of x of the symbol): what an error of 1 there adds to that syndrome. */
const weight = (row: number, symbol: number): number =>
  exponential[((FIRST_ROOT + row) * (SYMBOLS - 1 - symbol)) % ORDER]!;

const explains = (syndromes: Uint8Array, i: number, x: number, j: number, y: number): boolean => {
  for (let row = 0; row < PARITY_SYMBOLS; row++)
    if ((multiply(x, weight(row, i)) ^ multiply(y, weight(row, j))) !== syndromes[row]) return false;
  return true;
};

/**
 * Mends the header of the frame at `at` in place, its eight octets being there. Returns the number of symbols mended,
 * 0 to 2, or -1 when more than two are wrong; then nothing was changed.
 */
export const correctHeader = (octets: Uint8Array, at = 0): number => {
  if (headerIsClean(octets, at)) return 0;
  const syndromes = new Uint8Array(PARITY_SYMBOLS);
  for (let row = 0; row < PARITY_SYMBOLS; row++)
    for (let s = 0; s < SYMBOLS; s++) syndromes[row]! ^= multiply(symbolAt(octets, at, s), weight(row, s));
  for (let i = 0; i < SYMBOLS; i++) {
    const x = divide(syndromes[0]!, weight(0, i));
    if (x === 0 || !explains(syndromes, i, x, i, 0)) continue;
    add(octets, at, i, x);
    return 1;
  }
  for (let i = 0; i < SYMBOLS; i++)
    for (let j = i + 1; j < SYMBOLS; j++) {
      const determinant = multiply(weight(0, i), weight(1, j)) ^ multiply(weight(1, i), weight(0, j));
      const x = multiply(syndromes[0]!, weight(1, j)) ^ multiply(syndromes[1]!, weight(0, j));
      const y = multiply(syndromes[1]!, weight(0, i)) ^ multiply(syndromes[0]!, weight(1, i));
      const ex = divide(x, determinant);
      const ey = divide(y, determinant);
      if (ex === 0 || ey === 0 || !explains(syndromes, i, ex, j, ey)) continue;
      add(octets, at, i, ex);
      add(octets, at, j, ey);
      return 2;
    }
  return -1;
};
