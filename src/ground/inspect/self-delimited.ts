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
   * Octets of the unit whose header stands at `at`; 0: more octets are needed; -1: no unit starts like this; below: so
   * many octets, counted negative, of a unit that is to be refused. Reads nothing behind the array.
   */
  lengthAt(octets: Uint8Array, at: number): number;
  /**
   * Whether the unit proves itself, by a check; then nothing needs to follow it. Absent: the first header is believed.
   */
  proves?(unit: Uint8Array): boolean;
}

export interface DelimitedSink {
  unit(octets: Uint8Array, offset: number): void;
  /** A unit of a kind that is refused, where units follow each other. */
  refused?(octets: number, offset: number): void;
  /** Octets between units that are none. */
  passedOver(octets: number, offset: number): void;
}

export class SelfDelimited {
  readonly #delimiter: Delimiter;
  readonly #skip: number;
  readonly #sink: DelimitedSink;
  readonly #window = new OctetWindow();
  /** Octets that must be there before a doubtful place is judged, so that the size of chunks changes nothing. */
  readonly #lookAhead: number;
  #lost = 0;
  #lostFrom = 0;
  /** The place where order was lost may be a unit that the end of the file cuts. */
  #lostAsCut = false;

  constructor(delimiter: Delimiter, skip: number, sink: DelimitedSink) {
    this.#delimiter = delimiter;
    this.#skip = skip;
    this.#sink = sink;
    this.#lookAhead = 3 * (delimiter.mostOctets + skip) + delimiter.headerOctets;
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
    const cutShort = this.#lostAsCut ? this.#lost : 0;
    if (cutShort === 0) this.#findAgain();
    this.#lost = 0;
    return left + cutShort;
  }

  #run(ended: boolean): void {
    const octets = this.#window.octets;
    const base = this.#window.offset;
    const reach = this.#skip + this.#delimiter.headerOctets;
    let at = 0;
    while (octets.length - at >= reach) {
      const start = at + this.#skip;
      const length = this.#delimiter.lengthAt(octets, start);
      const sure = length > 0 && this.#lost === 0 && this.#delimiter.proves === undefined;
      const whole = length > 0 && start + length <= octets.length;
      if (sure ? !whole : !ended && octets.length - at < this.#lookAhead) break;
      if (whole && (sure || this.#believed(octets, start, length))) {
        this.#findAgain();
        this.#sink.unit(octets.subarray(start, start + length), base + start);
        at = start + length;
      } else if (length < -1 && this.#lost === 0 && this.#isRefused(octets, start, -length)) {
        this.#sink.refused?.(-length, base + start);
        at = start - length;
      } else {
        if (this.#lost === 0) {
          this.#lostFrom = base + at;
          this.#lostAsCut = length >= 0;
        }
        this.#lost++;
        at++;
      }
    }
    this.#window.take(at);
  }

  /** Order is found again: what lay between is told. */
  #findAgain(): void {
    if (this.#lost > 0) this.#sink.passedOver(this.#lost, this.#lostFrom);
    this.#lost = 0;
  }

  /** A unit that no check of its own proves is believed if another header, or the end, stands behind it. */
  #believed(octets: Uint8Array, start: number, length: number): boolean {
    const { proves } = this.#delimiter;
    if (proves?.(octets.subarray(start, start + length)) === true) return true;
    const next = start + length + this.#skip;
    if (next + this.#delimiter.headerOctets > octets.length) return true;
    return this.#delimiter.lengthAt(octets, next) >= 0;
  }

  /** Two more headers, or the end, stand behind it, good ones or ones like it: then its length is believed. */
  #isRefused(octets: Uint8Array, start: number, length: number): boolean {
    let end = start + length;
    for (let more = 0; more < 2; more++) {
      const next = end + this.#skip;
      if (end === octets.length) return true;
      if (next + this.#delimiter.headerOctets > octets.length) return false;
      const alike = octets[next] === octets[start] && octets[next + 1] === octets[start + 1];
      const found = this.#delimiter.lengthAt(octets, next);
      if (found <= 0 && !(alike && found < -1)) return false;
      end = next + Math.abs(found);
    }
    return true;
  }
}
