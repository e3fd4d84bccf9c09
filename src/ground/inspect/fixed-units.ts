// Cuts a stream of octets that comes in chunks of any size into units of one length. A unit within one chunk is a view
// of it; one that spans chunks is put together in a buffer that the next such unit takes again.

export type UnitSink = (octets: Uint8Array, offset: number) => void;

export class FixedUnits {
  readonly #skip: number;
  readonly #stride: number;
  readonly #sink: UnitSink;
  readonly #carry: Uint8Array;
  #carried = 0;
  /** Place in the stream of the first octet that is not part of a unit handed out. */
  #offset = 0;

  /** `skip` octets stand before each unit and are passed over. */
  constructor(unitOctets: number, skip: number, sink: UnitSink) {
    this.#skip = skip;
    this.#stride = unitOctets + skip;
    this.#sink = sink;
    this.#carry = new Uint8Array(this.#stride);
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    if (this.#carried > 0) {
      at = Math.min(chunk.length, this.#stride - this.#carried);
      this.#carry.set(chunk.subarray(0, at), this.#carried);
      this.#carried += at;
      if (this.#carried < this.#stride) return;
      this.#carried = 0;
      this.#hand(this.#carry, 0);
    }
    for (; at + this.#stride <= chunk.length; at += this.#stride) this.#hand(chunk, at);
    if (at === chunk.length) return;
    this.#carry.set(chunk.subarray(at));
    this.#carried = chunk.length - at;
  }

  #hand(source: Uint8Array, at: number): void {
    this.#sink(source.subarray(at + this.#skip, at + this.#stride), this.#offset + this.#skip);
    this.#offset += this.#stride;
  }

  /** Octets behind the last whole unit. */
  end(): number {
    return this.#carried;
  }
}
