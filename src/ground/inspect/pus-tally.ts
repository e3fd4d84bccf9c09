// What the secondary headers of one APID look like when they are read as PUS headers. Any mission's seconds can
// counterfeit the version of PUS for months, so that single packets prove nothing: what counts is gathered here and
// judged at the end (see packet-evidence.ts).
import { recognisePus } from '../../ccsds/pus/recognise.ts';

export type PusStandard = 'PUS-A' | 'PUS-C';

/** Services of the standards; above 127 a mission defines its own (ECSS-E-ST-70-41C 5.3.4). */
const LAST_STANDARD_SERVICE = 23;
/** No message subtype of the standard services is larger. */
const LAST_STANDARD_SUBTYPE = 48;
/** A report counter that steps on by so few may have lost packets between; one made of time bits is all over. */
const LARGEST_STEP = 16;
/** More kinds of messages than any APID has: such a header is a time field. */
const MOST_KINDS = 1024;

interface Kind {
  count: number;
  /** The message type counter of PUS-C, the third field of its header. */
  counter: number;
}

export interface KindCount {
  readonly service: number;
  readonly subtype: number;
  readonly count: number;
}

export class PusTally {
  readonly standard: PusStandard;
  readonly #kinds = new Map<number, Kind>();
  #matching = 0;
  #usual = 0;
  #steps = 0;
  #stands = 0;
  #jumps = 0;
  #returns = 0;
  #latest = -1;

  constructor(standard: PusStandard) {
    this.standard = standard;
  }

  /** Packets that have a header of this standard. */
  get matching(): number {
    return this.#matching;
  }

  /** Of these, packets of a standard service and subtype. */
  get usual(): number {
    return this.#usual;
  }

  /** Too many kinds of messages for any mission. */
  get scattered(): boolean {
    return this.#kinds.size >= MOST_KINDS;
  }

  /** How the counter of each kind went on: by a small step, not at all, otherwise. */
  get counter(): { readonly steps: number; readonly stands: number; readonly jumps: number } {
    return { steps: this.#steps, stands: this.#stands, jumps: this.#jumps };
  }

  /**
   * How often a smaller service and subtype followed a larger one: seconds only grow, messages come and go.
   */
  get returns(): number {
    return this.#returns;
  }

  /** How far apart the smallest and the largest service are. */
  get spread(): number {
    const services = this.kinds().map(({ service }) => service);
    return services.length === 0 ? 0 : services.at(-1)! - services[0]!;
  }

  observe(packet: Uint8Array, service: number, subtype: number): void {
    this.#matching++;
    if (service <= LAST_STANDARD_SERVICE && subtype <= LAST_STANDARD_SUBTYPE) this.#usual++;
    const key = (service << 8) | subtype;
    if (key < this.#latest) this.#returns++;
    this.#latest = key;
    const counter = ((packet[9] ?? 0) << 8) | (packet[10] ?? 0);
    const kind = this.#kinds.get(key);
    if (kind === undefined) {
      if (this.#kinds.size < MOST_KINDS) this.#kinds.set(key, { count: 1, counter });
      return;
    }
    const step = this.#stepOf((counter - kind.counter) & 0xffff);
    if (step === 0) this.#stands++;
    else if (step <= LARGEST_STEP) this.#steps++;
    else this.#jumps++;
    kind.count++;
    kind.counter = counter;
  }

  /** PUS-A may have a subcounter of one octet there, before an octet that stands still. */
  #stepOf(difference: number): number {
    return this.standard === 'PUS-A' && (difference & 0xff) === 0 ? difference >> 8 : difference;
  }

  /** Adds what another channel saw of the same APID. */
  merge(other: PusTally): void {
    this.#matching += other.#matching;
    this.#usual += other.#usual;
    this.#steps += other.#steps;
    this.#stands += other.#stands;
    this.#jumps += other.#jumps;
    this.#returns += other.#returns;
    for (const [key, { count, counter }] of other.#kinds) {
      const kind = this.#kinds.get(key);
      if (kind !== undefined) kind.count += count;
      else if (this.#kinds.size < MOST_KINDS) this.#kinds.set(key, { count, counter });
    }
  }

  /** By service, then by subtype. */
  kinds(): KindCount[] {
    return [...this.#kinds]
      .sort(([a], [b]) => a - b)
      .map(([key, { count }]) => ({ service: key >> 8, subtype: key & 0xff, count }));
  }
}

/** Files a packet under the standard that its header fits, if any. */
export const tallyPus = (packet: Uint8Array, c: PusTally, a: PusTally): void => {
  const guess = recognisePus(packet);
  if (guess === undefined) return;
  (guess.standard === 'PUS-C' ? c : a).observe(packet, guess.service, guess.subtype);
};
