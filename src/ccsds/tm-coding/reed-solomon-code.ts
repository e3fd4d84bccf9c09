// The two Reed-Solomon codes of CCSDS 131.0-B-5 clause 4.3 and the feedback tables by which they are encoded.
// Symbols stay in the representation of the channel: the tables are built through the basis, so that encoding and
// checking in the dual basis cost what they cost in the conventional one.
import { fromBasis, type SymbolBasis, toBasis } from './dual-basis.ts';
import { exponential, multiply } from './galois-field.ts';

/** E, the symbol errors that a codeword can lose and still be restored: 16 is (255,223), 8 is (255,239). */
export type CorrectableSymbols = 8 | 16;

export interface ReedSolomonCode {
  readonly correctable: CorrectableSymbols;
  readonly basis: SymbolBasis;
  readonly paritySymbols: number;
  /** Exponent of the first root: the roots are beta^firstRoot .. beta^(firstRoot + paritySymbols - 1). */
  readonly firstRoot: number;
  /**
   * Four tables of 256 rows of `paritySymbols / 4` big-endian words. Row v of table k is v * x^(2E + k) mod g(x),
   * in channel representation: one step divides four symbols at once, table 3 belonging to the first of them.
   */
  readonly feedback: Int32Array;
}

export const codewordSymbols = 255;

/** g(x) of 4.3.4, coefficient of x^i at index i, monic. The first root is 128 - E, which makes g its own mirror. */
export const generatorPolynomial = (correctable: CorrectableSymbols): Uint8Array => {
  const degree = 2 * correctable;
  const polynomial = new Uint8Array(degree + 1);
  polynomial[0] = 1;
  for (let k = 0; k < degree; k++) {
    const root = exponential[(128 - correctable + k) % 255]!;
    for (let i = k + 1; i > 0; i--) polynomial[i] = polynomial[i - 1]! ^ multiply(root, polynomial[i]!);
    polynomial[0] = multiply(root, polynomial[0]!);
  }
  return polynomial;
};

const buildFeedback = (correctable: CorrectableSymbols, basis: SymbolBasis): Int32Array => {
  const degree = 2 * correctable;
  const words = degree / 4;
  const generator = generatorPolynomial(correctable);
  const from = fromBasis(basis);
  const to = toBasis(basis);
  const feedback = new Int32Array(4 * 256 * words);
  const remainder = new Uint8Array(degree); // index 0 holds the highest power
  for (let v = 0; v < 256; v++) {
    for (let i = 0; i < degree; i++) remainder[i] = multiply(from[v]!, generator[degree - 1 - i]!);
    for (let k = 0; k < 4; k++) {
      for (let w = 0; w < words; w++) {
        const at = 4 * w;
        feedback[(k * 256 + v) * words + w] =
          (to[remainder[at]!]! << 24) |
          (to[remainder[at + 1]!]! << 16) |
          (to[remainder[at + 2]!]! << 8) |
          to[remainder[at + 3]!]!;
      }
      const top = remainder[0]!; // times x, modulo g
      for (let i = 0; i < degree; i++) {
        const next = i + 1 < degree ? remainder[i + 1]! : 0;
        remainder[i] = next ^ multiply(top, generator[degree - 1 - i]!);
      }
    }
  }
  return feedback;
};

const built = new Map<string, ReedSolomonCode>();

/** One of the four codes (E and basis), its tables built at first use (about 2 ms, 16 or 32 KiB). */
export const reedSolomonCode = (correctable: CorrectableSymbols, basis: SymbolBasis): ReedSolomonCode => {
  const key = `${correctable} ${basis}`;
  let code = built.get(key);
  if (code === undefined) {
    code = {
      correctable,
      basis,
      paritySymbols: 2 * correctable,
      firstRoot: 128 - correctable,
      feedback: buildFeedback(correctable, basis),
    };
    built.set(key, code);
  }
  return code;
};
