// A bounded reader over octets, for decoders: reading past the end never throws, it marks the cursor as short and
// gives zero, so that a decoder reads a whole layout and asks once. Big-endian, as all of CCSDS.
import { type Refused, refuse } from './result.ts';

const EMPTY = new Uint8Array(0);

export class Cursor {
  readonly #octets: Uint8Array;
  readonly #end: number;
  #at: number;
  #short = false;

  /** Reads [start, end) of the array; the end is clipped to the array. */
  constructor(octets: Uint8Array, start = 0, end = octets.length) {
    this.#octets = octets;
    this.#end = Math.max(0, Math.min(end, octets.length));
    this.#at = Math.max(0, Math.min(start, this.#end));
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  /** True once any read went past the end; all later reads give zeros. */
  get short(): boolean {
    return this.#short;
  }

  /** What a decoder returns when `short`: the offset is where the octets ended. */
  refusal(reason = 'too short'): Refused {
    return refuse(reason, this.#at);
  }

  #take(count: number): boolean {
    if (this.#short || count < 0 || this.#end - this.#at < count) {
      this.#short = true;
      return false;
    }
    this.#at += count;
    return true;
  }

  u8(): number {
    return this.#take(1) ? this.#octets[this.#at - 1]! : 0;
  }

  u16(): number {
    if (!this.#take(2)) return 0;
    return (this.#octets[this.#at - 2]! << 8) | this.#octets[this.#at - 1]!;
  }

  u24(): number {
    return this.unsigned(3);
  }

  u32(): number {
    return this.unsigned(4);
  }

  /** An unsigned integer of 0..6 octets: always exact. */
  unsigned(octetCount: number): number {
    if (!this.#take(octetCount)) return 0;
    let value = 0;
    for (let at = this.#at - octetCount; at < this.#at; at++) value = value * 256 + this.#octets[at]!;
    return value;
  }

  /** A view of the next octets, not a copy; empty when there are fewer. */
  octets(count: number): Uint8Array {
    return this.#take(count) ? this.#octets.subarray(this.#at - count, this.#at) : EMPTY;
  }

  /** A view of everything that is left. */
  rest(): Uint8Array {
    return this.octets(this.left);
  }

  skip(count: number): void {
    this.#take(count);
  }
}
