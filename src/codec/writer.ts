// A growing buffer of big-endian octets, for encoders. A value that does not fit its width is a mistake of the caller.
import { integerIn } from './assert.ts';

export class Writer {
  #octets: Uint8Array;
  #at = 0;

  constructor(expectedOctets = 64) {
    this.#octets = new Uint8Array(expectedOctets);
  }

  get length(): number {
    return this.#at;
  }

  #room(count: number): number {
    const start = this.#at;
    const needed = start + count;
    if (needed > this.#octets.length) {
      const grown = new Uint8Array(Math.max(needed, this.#octets.length * 2));
      grown.set(this.#octets.subarray(0, start));
      this.#octets = grown;
    }
    this.#at = needed;
    return start;
  }

  /** An unsigned integer in 0..6 octets. Throws a RangeError that names the subject. */
  unsigned(value: number, octetCount: number, subject = 'value'): this {
    integerIn(subject, value, 0, 2 ** (8 * octetCount) - 1);
    const start = this.#room(octetCount);
    let left = value;
    for (let at = start + octetCount - 1; at >= start; at--) {
      this.#octets[at] = left % 256;
      left = Math.floor(left / 256);
    }
    return this;
  }

  u8(value: number, subject?: string): this {
    return this.unsigned(value, 1, subject);
  }

  u16(value: number, subject?: string): this {
    return this.unsigned(value, 2, subject);
  }

  u24(value: number, subject?: string): this {
    return this.unsigned(value, 3, subject);
  }

  u32(value: number, subject?: string): this {
    return this.unsigned(value, 4, subject);
  }

  octets(octets: Uint8Array): this {
    const start = this.#room(octets.length);
    this.#octets.set(octets, start);
    return this;
  }

  /** `count` equal octets. */
  fill(octet: number, count: number): this {
    const start = this.#room(count);
    this.#octets.fill(octet, start, start + count);
    return this;
  }

  /** A copy of what was written; the writer may be used further. */
  finish(): Uint8Array {
    return this.#octets.slice(0, this.#at);
  }
}
