// What happened, as data: the last deliveries in their order, and every input from outside. The inputs alone give the
// same run again, in virtual time.
import type { Micros } from './time.ts';

/** A message from outside, with its stamp. `port` is the kind and name of a slot, e.g. `out.received` of a driver. */
export interface Input {
  readonly time: Micros;
  readonly instance: string;
  readonly port: string;
  readonly payload: unknown;
}

export interface Delivered {
  readonly time: Micros;
  readonly instance: string;
  readonly port: string;
  readonly payload: unknown;
}

/** A ring of the last deliveries. */
export class Trace {
  readonly #ring: Delivered[] = [];
  readonly #capacity: number;
  #count = 0;

  constructor(capacity = 1024) {
    this.#capacity = capacity;
  }

  /** All that were ever added. */
  get count(): number {
    return this.#count;
  }

  add(delivered: Delivered): void {
    this.#ring[this.#count++ % this.#capacity] = delivered;
  }

  /** Oldest first. */
  all(): Delivered[] {
    const oldest = this.#count > this.#capacity ? this.#count % this.#capacity : 0;
    return [...this.#ring.slice(oldest), ...this.#ring.slice(0, oldest)];
  }
}

const lengthOctets = ({ payload }: Input): number => (payload instanceof Uint8Array ? payload.length : 0);

/** Every input in the order of arrival. Bounded: the oldest give way, and then the log no longer replays from 0. */
export class InputLog {
  readonly #capacity: number;
  readonly #capacityOctets: number;
  /** What stands before `#from` has given way, and is taken out now and then. */
  #kept: (Input | undefined)[] = [];
  #from = 0;
  #octets = 0;
  #position = 0;

  /** Both bounds hold: whoever sends large datagrams fills no memory that small ones would not. */
  constructor(capacity = 1_000_000, capacityOctets = 64 * 2 ** 20) {
    this.#capacity = capacity;
    this.#capacityOctets = capacityOctets;
  }

  /** How many inputs there ever were. */
  get position(): number {
    return this.#position;
  }

  /** The number of the first input that is still kept. */
  get firstKept(): number {
    return this.#position - this.#count;
  }

  add(input: Input): void {
    this.#position++;
    this.#kept.push(input);
    this.#octets += lengthOctets(input);
    while (this.#count > this.#capacity || (this.#octets > this.#capacityOctets && this.#count > 1)) this.#forget();
    if (this.#from < 1024 || this.#from * 2 < this.#kept.length) return;
    this.#kept = this.#kept.slice(this.#from);
    this.#from = 0;
  }

  /** From that position on. */
  since(position = 0): readonly Input[] {
    if (position < this.firstKept)
      throw new RangeError(`input log: expected a position from ${this.firstKept}, got ${position}`);
    return this.#kept.slice(this.#from + position - this.firstKept) as Input[];
  }

  /** For snapshots: the log goes on from that position, and keeps nothing of before. */
  restart(position: number): void {
    this.#kept = [];
    this.#from = 0;
    this.#octets = 0;
    this.#position = position;
  }

  get #count(): number {
    return this.#kept.length - this.#from;
  }

  #forget(): void {
    this.#octets -= lengthOctets(this.#kept[this.#from]!);
    this.#kept[this.#from++] = undefined;
  }
}
