// Cuts a stream into units that tell their own length in a header: space and encapsulation packets, USLP frames. A
// header that cannot be right is passed over to the next place from which headers follow each other again, so that one
// damaged length costs one unit and not the rest of the file.
import { OctetWindow } from './octet-window.ts';

export interface Delimiter {
  /** Octets of header that `lengthAt` wants to see. */
  readonly headerOctets: number;
  /** The longest unit. */
  readonly mostOctets: number;
  /**
   * Octets of the unit whose header stands at `at`; 0: more octets are needed; -1: no unit starts like this.
   * Reads nothing behind the array.
   */
  lengthAt(octets: Uint8Array, at: number): number;
  /** Whether the unit proves itself, by a check; then nothing needs to follow it. Absent: the first header is believed. */
  proves?(unit: Uint8Array): boolean;
}

export interface DelimitedSink {
  unit(octets: Uint8Array, offset: number): void;
  /** Octets between units that are none. */
  passedOver(octets: number, offset: number): void;
}

export class SelfDelimited {
  readonly #delimiter: Delimiter;
  readonly #skip: number;
  readonly #sink: DelimitedSink;
  readonly #window = new OctetWindow();
  #lost = 0;
  #lostFrom = 0;

  constructor(delimiter: Delimiter, skip: number, sink: DelimitedSink) {
    this.#delimiter = delimiter;
    this.#skip = skip;
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    this.#window.push(chunk);
    this.#run(false);
    this.#window.keep();
  }

  /** Returns the octets at the end that are no whole unit. */
  end(): number {
    this.#run(true);
    const left = this.#window.length;
    if (this.#lost > 0) this.#sink.passedOver(this.#lost, this.#lostFrom);
    this.#lost = 0;
    return left;
  }

  #run(ended: boolean): void {
    const octets = this.#window.octets;
    const base = this.#window.offset;
    const reach = this.#skip + this.#delimiter.headerOctets;
    let at = 0;
    while (octets.length - at >= reach) {
      const length = this.#delimiter.lengthAt(octets, at + this.#skip);
      const believed = length > 0 && this.#believed(octets, at + this.#skip, length, ended);
      if (length === 0 || (believed && at + this.#skip + length > octets.length)) {
        if (!ended) break;
        if (this.#lost === 0) break;
      } else if (believed) {
        if (this.#lost > 0) this.#sink.passedOver(this.#lost, this.#lostFrom);
        this.#lost = 0;
        const start = at + this.#skip;
        this.#sink.unit(octets.subarray(start, start + length), base + start);
        at = start + length;
        continue;
      }
      if (this.#lost === 0) this.#lostFrom = base + at;
      this.#lost++;
      at++;
    }
    this.#window.take(at);
  }

  /** A unit without a proof of its own is believed if another header, or the end, stands behind it. */
  #believed(octets: Uint8Array, start: number, length: number, ended: boolean): boolean {
    const { proves } = this.#delimiter;
    if (proves === undefined && this.#lost === 0) return true;
    if (proves !== undefined && start + length <= octets.length && proves(octets.subarray(start, start + length)))
      return true;
    return this.#follows(octets, start + length, ended);
  }

  #follows(octets: Uint8Array, end: number, ended: boolean): boolean {
    if (end === octets.length) return true;
    const next = end + this.#skip;
    if (next + this.#delimiter.headerOctets > octets.length) return !ended || end < octets.length;
    return this.#delimiter.lengthAt(octets, next) >= 0;
  }
}
