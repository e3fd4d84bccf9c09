// The one bounded FIFO of an instance. Messages of all its inlets wait here in the order of posting; how many of one
// inlet may wait, and what gives way, is the inlet's declaration and is decided in sending.ts.

export interface Mail {
  readonly slot: number;
  readonly edge: number;
  readonly payload: unknown;
}

export class Mailbox {
  /** By slot: waiting now, and the most that ever waited. */
  readonly used: Int32Array;
  readonly highWater: Int32Array;
  #slots = new Int32Array(8);
  #edges = new Int32Array(8);
  #payloads: unknown[] = new Array(8).fill(undefined);
  #head = 0;
  #count = 0;

  constructor(slotCount: number) {
    this.used = new Int32Array(slotCount);
    this.highWater = new Int32Array(slotCount);
  }

  get length(): number {
    return this.#count;
  }

  get firstSlot(): number {
    return this.#slots[this.#head]!;
  }

  get firstEdge(): number {
    return this.#edges[this.#head]!;
  }

  push(slot: number, edge: number, payload: unknown): void {
    if (this.#count === this.#slots.length) this.#grow();
    const at = (this.#head + this.#count++) & (this.#slots.length - 1);
    this.#slots[at] = slot;
    this.#edges[at] = edge;
    this.#payloads[at] = payload;
    const used = ++this.used[slot]!;
    if (used > this.highWater[slot]!) this.highWater[slot] = used;
  }

  /** The payload that is first; there must be one. */
  shift(): unknown {
    const at = this.#head;
    const payload = this.#payloads[at];
    this.#payloads[at] = undefined;
    this.used[this.#slots[at]!]!--;
    this.#head = (at + 1) & (this.#slots.length - 1);
    this.#count--;
    return payload;
  }

  /** The last message of the slot gives its place to a newer one. Returns the edge of the message that was lost. */
  replaceLast(slot: number, edge: number, payload: unknown): number {
    const mask = this.#slots.length - 1;
    for (let i = this.#count - 1; i >= 0; i--) {
      const at = (this.#head + i) & mask;
      if (this.#slots[at] !== slot) continue;
      const lost = this.#edges[at]!;
      this.#edges[at] = edge;
      this.#payloads[at] = payload;
      return lost;
    }
    throw new Error(`mailbox: expected a message of slot ${slot}, got none`);
  }

  /** Takes out the first message of the slot. Returns the edge of the message that was lost. */
  dropFirst(slot: number): number {
    const mask = this.#slots.length - 1;
    for (let i = 0; i < this.#count; i++) {
      const at = (this.#head + i) & mask;
      if (this.#slots[at] !== slot) continue;
      const lost = this.#edges[at]!;
      for (let k = i; k > 0; k--) this.#move((this.#head + k) & mask, (this.#head + k - 1) & mask);
      this.#payloads[this.#head] = undefined;
      this.#head = (this.#head + 1) & mask;
      this.#count--;
      this.used[slot]!--;
      return lost;
    }
    throw new Error(`mailbox: expected a message of slot ${slot}, got none`);
  }

  clear(): void {
    this.#payloads.fill(undefined);
    this.used.fill(0);
    this.#head = 0;
    this.#count = 0;
  }

  all(): Mail[] {
    return Array.from({ length: this.#count }, (_, i) => {
      const at = (this.#head + i) & (this.#slots.length - 1);
      return { slot: this.#slots[at]!, edge: this.#edges[at]!, payload: this.#payloads[at] };
    });
  }

  #move(to: number, from: number): void {
    this.#slots[to] = this.#slots[from]!;
    this.#edges[to] = this.#edges[from]!;
    this.#payloads[to] = this.#payloads[from];
  }

  /** Bounded by the depths of the slots, which the sender's side enforces. */
  #grow(): void {
    const all = this.all();
    const length = this.#slots.length * 2;
    this.#slots = new Int32Array(length);
    this.#edges = new Int32Array(length);
    this.#payloads = new Array(length).fill(undefined);
    this.#head = 0;
    all.forEach((mail, at) => {
      this.#slots[at] = mail.slot;
      this.#edges[at] = mail.edge;
      this.#payloads[at] = mail.payload;
    });
  }
}
