// The shape of every codec of the house: a value with a name, composed and never inherited.
import type { Result } from './result.ts';

export interface Codec<T> {
  readonly name: string;
  /** Octets on the wire when that is fixed. */
  readonly size?: number;
  /** Throws a RangeError for a value that the layout cannot hold: that is a mistake of the caller. */
  encode(value: T): Uint8Array;
  /** Never throws, on any octets. Views into the input are allowed; the caller owns the buffer. */
  decode(octets: Uint8Array): Result<T>;
}
