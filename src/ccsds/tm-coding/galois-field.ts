// The field of the CCSDS Reed-Solomon code, 131.0-B-5 clause 4.3.3: GF(256) modulo x^8 + x^7 + x^2 + x + 1.
// Logarithms are taken to the base beta = alpha^11, the element whose powers are the roots of the code generator
// (4.3.4) and mark the places of a codeword: so roots and places are plain integers everywhere else.

const fieldPolynomial = 0x187;
const alphaPowerOfBeta = 11;

/** The order of the multiplicative group: exponents are counted modulo 255. */
export const groupOrder = 255;

/** beta^k for k from 0 to 509, so that a sum of two logarithms needs no reduction. */
export const exponential = new Uint8Array(2 * groupOrder);

/** k with beta^k = v. Entry 0 has no meaning. */
export const logarithm = new Uint8Array(256);

const alphaPowers = new Uint8Array(groupOrder);
for (let k = 0, v = 1; k < groupOrder; k++) {
  alphaPowers[k] = v;
  v <<= 1;
  if (v & 0x100) v ^= fieldPolynomial;
}
for (let k = 0; k < groupOrder; k++) {
  const v = alphaPowers[(k * alphaPowerOfBeta) % groupOrder]!;
  exponential[k] = v;
  exponential[k + groupOrder] = v;
  logarithm[v] = k;
}

/** alpha^k: the powers of the primitive element itself, for the dual basis. */
export const powerOfAlpha = (k: number): number => alphaPowers[k % groupOrder]!;

export const multiply = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : exponential[logarithm[a]! + logarithm[b]!]!;
