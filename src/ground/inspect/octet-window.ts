// A growing window over a stream, for units that tell their own length: a reader takes whole units from its front, and
// what is left waits for the next chunk. It holds at most one unit and one chunk.

export class OctetWindow {
  #octets: Uint8Array = new Uint8Array(0);
  #from = 0;
  #offset = 0;

  /** Adds the next chunk, and copies only what is left of earlier ones. */
  push(chunk: Uint8Array): void {
    const left = this.#octets.length - this.#from;
    if (left === 0) this.#octets = chunk;
    else {
      const joined = new Uint8Array(left + chunk.length);
      joined.set(this.#octets.subarray(this.#from));
      joined.set(chunk, left);
      this.#octets = joined;
    }
    this.#from = 0;
  }

  /** Copies what is left out of the caller's chunk, which may be used again after that. */
  keep(): void {
    this.#octets = this.#octets.slice(this.#from);
    this.#from = 0;
  }

  /** The octets that wait, a view. */
  get octets(): Uint8Array {
    return this.#octets.subarray(this.#from);
  }

  get length(): number {
    return this.#octets.length - this.#from;
  }

  /** Place in the stream of the first octet that waits. */
  get offset(): number {
    return this.#offset;
  }

  take(count: number): void {
    this.#from += count;
    this.#offset += count;
  }
}
