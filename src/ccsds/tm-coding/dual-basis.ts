// Berlekamp's representation of Reed-Solomon symbols, 131.0-B-5 clause 4.3.9 and annex F: the octet on the channel
// holds z_i = Tr(u * alpha^(117 i)), z_0 first, where u is the field element in the conventional polynomial basis.
// Both tables are built from that trace; nothing is transcribed.
import { multiply, powerOfAlpha } from './galois-field.ts';

export type SymbolBasis = 'dual' | 'conventional';

const dualGenerator = 117;

/** Tr(u) = u + u^2 + u^4 + ... + u^128, which is 0 or 1. */
const trace = (element: number): number => {
  let sum = 0;
  let square = element;
  for (let k = 0; k < 8; k++) {
    sum ^= square;
    square = multiply(square, square);
  }
  return sum;
};

/** Channel octet of each field element. */
export const dualOfConventional = new Uint8Array(256);
/** Field element of each channel octet. */
export const conventionalOfDual = new Uint8Array(256);

for (let element = 0; element < 256; element++) {
  let octet = 0;
  for (let i = 0; i < 8; i++) octet = (octet << 1) | trace(multiply(element, powerOfAlpha(dualGenerator * i)));
  dualOfConventional[element] = octet;
  conventionalOfDual[octet] = element;
}

const identity = Uint8Array.from({ length: 256 }, (_, v) => v);

/** Channel octet -> field element. */
export const fromBasis = (basis: SymbolBasis): Uint8Array => (basis === 'dual' ? conventionalOfDual : identity);

/** Field element -> channel octet. */
export const toBasis = (basis: SymbolBasis): Uint8Array => (basis === 'dual' ? dualOfConventional : identity);
