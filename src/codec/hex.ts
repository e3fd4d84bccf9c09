// Octets as text: two hexadecimal digits each, in lower case.
import { ok, type Result, refuse } from './result.ts';

const digits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

export const toHex = (octets: Uint8Array, separator = ''): string => {
  const parts: string[] = new Array(octets.length);
  for (let index = 0; index < octets.length; index++) parts[index] = digits[octets[index]!]!;
  return parts.join(separator);
};

const digitOf = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

/** Strict: digits only, an even number of them, either case. `at` is the place in the text. */
export const fromHex = (text: string): Result<Uint8Array> => {
  const octets = new Uint8Array(text.length >> 1);
  for (let index = 0; index < text.length; index++) {
    const digit = digitOf(text.charCodeAt(index));
    if (digit < 0) return refuse('not hexadecimal', index);
    octets[index >> 1] = (octets[index >> 1]! << 4) | digit;
  }
  return text.length % 2 === 1 ? refuse('odd number of digits', text.length) : ok(octets);
};

/** For constants of the program: white space is allowed, anything else that is not hexadecimal throws. */
export const hexOctets = (text: string): Uint8Array => {
  const made = fromHex(text.replace(/\s+/g, ''));
  if (!made.ok) throw new RangeError(`hexOctets: expected pairs of hexadecimal digits, got ${made.reason}`);
  return made.value;
};
