// Frame synchroniser: a stream of octets at any bit alignment goes in, frames between attached sync markers come out.
// CCSDS 131.0-B-5 clause 9 gives the marker; the strategy (search, verify, lock, flywheel) is that of 130.1-G.
//
// search    look at every bit for a marker, upright or inverted
// verify    a marker was seen; wait until `confirmations` more stand one CADU apart. Its frames are held until then
// lock      the next marker is expected one CADU on, give or take `slipBits`; a frame leaves as soon as it is whole
// flywheel  up to `flywheel` markers in a row may be missing. Their frames leave when a marker stands in its place
//           again; otherwise the search goes back behind the last marker that was there, so that octets missing from
//           a stream cost only the frame they are missing from. That frame has left by then, and its end overlaps the
//           next one: what decodes it refuses it.
//
// Memory is bounded: at most `confirmations` or `flywheel`, and two more, CADUs are held, whatever comes in.
import { integerIn } from '../../codec/assert.ts';
import { findMarker, type MarkerMatch, markerAt, markerBits } from './attached-sync-marker.ts';

export interface FrameSynchronizerOptions {
  /** Octets from marker to marker, without the marker itself. */
  readonly frameLength: number;
  /** Wrong bits that a marker may have while searching. Default 0. */
  readonly searchErrors?: number;
  /** Wrong bits that a marker may have where one is expected. Default 3. */
  readonly lockErrors?: number;
  /** Further markers needed before lock. Default 1; 0 believes the first. */
  readonly confirmations?: number;
  /** Missing markers in a row that lock survives. Default 2. */
  readonly flywheel?: number;
  /** Bits that a marker may be early or late in lock. Default 1. */
  readonly slipBits?: number;
}

export type SynchronizerState = 'search' | 'verify' | 'lock' | 'flywheel';

export interface SynchronizedFrame {
  /** The frame in a buffer of its own, turned upright if it came inverted. */
  readonly octets: Uint8Array;
  /** Bit offset of its marker in the stream. */
  readonly bitOffset: number;
  readonly markerErrors: number;
  readonly inverted: boolean;
  /** 'verify': held until confirmed, or the stream ended. 'flywheel': its own marker was missing. */
  readonly state: Exclude<SynchronizerState, 'search'>;
}

/** Counts since the start. The keys are reasons that reports may show. */
export interface SynchronizerCounters {
  readonly frames: number;
  readonly locks: number;
  readonly 'lock lost': number;
  readonly 'false marker': number;
  readonly 'marker missing': number;
  readonly 'bit slip': number;
  readonly 'polarity change': number;
  /** Bits that belong to no frame that was handed out and to no marker of one. */
  readonly 'bits skipped': number;
}

/** Everything a synchroniser remembers, as plain data. */
export interface SynchronizerMemory {
  readonly state: SynchronizerState;
  readonly held: Uint8Array;
  readonly heldFromBit: number;
  readonly cursor: number;
  readonly lastMarker: number;
  readonly accounted: number;
  readonly markers: readonly MarkerMatch[];
  readonly inverted: boolean;
  readonly counters: SynchronizerCounters;
}

const noCounts: SynchronizerCounters = {
  frames: 0,
  locks: 0,
  'lock lost': 0,
  'false marker': 0,
  'marker missing': 0,
  'bit slip': 0,
  'polarity change': 0,
  'bits skipped': 0,
};

/** `length` octets from bit `bit` of `source`, inverted on request. */
const extract = (source: Uint8Array, bit: number, length: number, inverted: boolean): Uint8Array => {
  const at = bit >>> 3;
  const shift = bit & 7;
  const octets = source.slice(at, at + length);
  const flip = inverted ? 0xff : 0;
  if (shift !== 0)
    for (let i = 0; i < length; i++)
      octets[i] = ((source[at + i]! << shift) | (source[at + i + 1]! >>> (8 - shift))) ^ flip;
  else if (inverted) for (let i = 0; i < length; i++) octets[i]! ^= flip;
  return octets;
};

export class FrameSynchronizer {
  readonly #frameLength: number;
  readonly #caduBits: number;
  readonly #searchErrors: number;
  readonly #lockErrors: number;
  readonly #confirmations: number;
  readonly #flywheel: number;
  readonly #slipBits: number;
  readonly #buffer: Uint8Array;
  #length = 0; // octets in the buffer
  #fromBit = 0; // stream position of the buffer's first bit, a multiple of 8
  #cursor = 0; // bit in the buffer: search position, or where the next marker is expected
  #lastMarker = 0; // bit of the last marker seen in lock
  #accounted = 0; // bit up to which frames have left or bits counted as skipped
  #state: SynchronizerState = 'search';
  #markers: MarkerMatch[] = []; // of the frames that are held, oldest first
  #inverted = false;
  #counters: { -readonly [K in keyof SynchronizerCounters]: number } = { ...noCounts };
  #out: SynchronizedFrame[] = [];

  constructor(options: FrameSynchronizerOptions) {
    this.#frameLength = integerIn('frame length', options.frameLength, 1, 1 << 20);
    this.#caduBits = markerBits + 8 * this.#frameLength;
    this.#searchErrors = integerIn('marker errors in search', options.searchErrors ?? 0, 0, 8);
    this.#lockErrors = integerIn('marker errors in lock', options.lockErrors ?? 3, 0, 12);
    this.#confirmations = integerIn('confirmations', options.confirmations ?? 1, 0, 16);
    this.#flywheel = integerIn('flywheel', options.flywheel ?? 2, 0, 16);
    this.#slipBits = integerIn('bit slip', options.slipBits ?? 1, 0, Math.min(8, 4 * this.#frameLength - 1));
    const cadus = Math.max(this.#confirmations, this.#flywheel) + 2;
    this.#buffer = new Uint8Array(Math.max(4096, Math.ceil((cadus * (this.#caduBits + 8)) / 8) + 16));
  }

  get state(): SynchronizerState {
    return this.#state;
  }

  get counters(): SynchronizerCounters {
    return { ...this.#counters };
  }

  /** Takes the next octets of the stream, in pieces of any size, and returns the frames that became whole. */
  push(octets: Uint8Array): SynchronizedFrame[] {
    let taken = 0;
    while (taken < octets.length) {
      const room = Math.min(octets.length - taken, this.#buffer.length - this.#length);
      this.#buffer.set(octets.subarray(taken, taken + room), this.#length);
      this.#length += room;
      taken += room;
      this.#run();
      this.#compact();
    }
    return this.#take();
  }

  /** The stream has ended: frames that waited for confirmation leave, incomplete ones do not. Starts over in search. */
  end(): SynchronizedFrame[] {
    while (this.#state === 'verify' || this.#state === 'flywheel') {
      if (this.#state === 'flywheel') this.#loseLock();
      else if (!this.#release()) break;
      this.#run();
    }
    this.#skip(this.#length * 8);
    this.#fromBit += this.#length * 8;
    this.#length = 0;
    this.#cursor = 0;
    this.#accounted = 0;
    this.#markers = [];
    this.#state = 'search';
    return this.#take();
  }

  save(): SynchronizerMemory {
    return {
      state: this.#state,
      held: this.#buffer.slice(0, this.#length),
      heldFromBit: this.#fromBit,
      cursor: this.#cursor,
      lastMarker: this.#lastMarker,
      accounted: this.#accounted,
      markers: [...this.#markers],
      inverted: this.#inverted,
      counters: this.counters,
    };
  }

  /** Continues where `memory` was saved, under the same options. */
  load(memory: SynchronizerMemory): void {
    if (memory.held.length > this.#buffer.length)
      throw new RangeError(`frame synchroniser: ${memory.held.length} octets held do not fit its frame length`);
    this.#buffer.set(memory.held);
    this.#length = memory.held.length;
    this.#fromBit = memory.heldFromBit;
    this.#cursor = memory.cursor;
    this.#lastMarker = memory.lastMarker;
    this.#accounted = memory.accounted;
    this.#state = memory.state;
    this.#markers = [...memory.markers];
    this.#inverted = memory.inverted;
    this.#counters = { ...memory.counters };
  }

  #take(): SynchronizedFrame[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #run(): void {
    while (this.#step());
  }

  /** One transition. False when it waits for more octets. */
  #step(): boolean {
    const bits = this.#length * 8;
    if (this.#state === 'search') {
      const past = bits - markerBits + 1;
      if (this.#cursor >= past) return false;
      const match = findMarker(this.#buffer.subarray(0, this.#length), this.#cursor, past, this.#searchErrors);
      this.#cursor = match?.bit ?? past;
      this.#skip(this.#cursor);
      if (match === undefined) return false;
      this.#markers = [match];
      this.#inverted = match.inverted;
      this.#cursor = match.bit + this.#caduBits;
      this.#state = 'verify';
      if (this.#confirmations === 0) this.#enterLock();
      return true;
    }
    if (this.#state === 'lock' && this.#markers.length > 0) {
      if (bits < this.#cursor) return false;
      this.#hand('lock', this.#markers.shift()!);
    }
    if (bits < this.#cursor + this.#slipBits + markerBits) return false;
    const match = this.#expected();
    if (this.#state === 'verify') this.#verify(match);
    else this.#follow(match);
    return true;
  }

  /** The marker nearest to its place, if there is one within the slip allowed. */
  #expected(): MarkerMatch | undefined {
    for (let slip = 0; slip <= this.#slipBits; slip++) {
      const late = markerAt(this.#buffer, this.#cursor + slip, this.#lockErrors);
      if (late !== undefined) return late;
      const early = slip === 0 ? undefined : markerAt(this.#buffer, this.#cursor - slip, this.#lockErrors);
      if (early !== undefined) return early;
    }
    return undefined;
  }

  #verify(match: MarkerMatch | undefined): void {
    if (match === undefined || match.inverted !== this.#inverted) {
      this.#counters['false marker']++;
      this.#cursor = this.#markers[0]!.bit + 1;
      this.#markers = [];
      this.#state = 'search';
      return;
    }
    this.#markers.push(match);
    this.#cursor = match.bit + this.#caduBits;
    if (this.#markers.length > this.#confirmations) this.#enterLock();
  }

  #enterLock(): void {
    const last = this.#markers.pop()!;
    this.#release();
    this.#markers = [last];
    this.#lastMarker = last.bit;
    this.#cursor = last.bit + this.#caduBits;
    this.#state = 'lock';
    this.#counters.locks++;
  }

  /** Hands out the frames that verification held. False when it meets one whose end has not come. */
  #release(): boolean {
    this.#state = 'search';
    for (let marker = this.#markers[0]; marker !== undefined; marker = this.#markers[0]) {
      if (marker.bit + this.#caduBits > this.#length * 8) return false;
      this.#hand('verify', marker);
      this.#cursor = marker.bit + this.#caduBits;
      this.#markers.shift();
    }
    return true;
  }

  #follow(match: MarkerMatch | undefined): void {
    if (match === undefined) {
      this.#counters['marker missing']++;
      this.#markers.push({ bit: this.#cursor, errors: markerBits, inverted: this.#inverted });
      this.#state = 'flywheel';
      if (this.#markers.length > this.#flywheel) this.#loseLock();
      else this.#cursor += this.#caduBits;
      return;
    }
    if (match.bit !== this.#cursor) this.#counters['bit slip']++;
    if (match.inverted !== this.#inverted) this.#counters['polarity change']++;
    for (const missing of this.#markers) this.#hand('flywheel', missing);
    this.#inverted = match.inverted;
    this.#markers = [match];
    this.#lastMarker = match.bit;
    this.#cursor = match.bit + this.#caduBits;
    this.#state = 'lock';
  }

  /** Back behind the last marker seen, to look at every bit from there. */
  #loseLock(): void {
    this.#counters['lock lost']++;
    this.#cursor = this.#lastMarker + markerBits;
    this.#markers = [];
    this.#state = 'search';
  }

  #skip(toBit: number): void {
    this.#counters['bits skipped'] += Math.max(0, toBit - this.#accounted);
    this.#accounted = Math.max(this.#accounted, toBit);
  }

  #hand(state: SynchronizedFrame['state'], marker: MarkerMatch): void {
    this.#counters.frames++;
    this.#accounted = Math.max(this.#accounted, marker.bit + this.#caduBits);
    this.#out.push({
      octets: extract(this.#buffer, marker.bit + markerBits, this.#frameLength, marker.inverted),
      bitOffset: this.#fromBit + marker.bit,
      markerErrors: marker.errors,
      inverted: marker.inverted,
      state,
    });
  }

  /** Drops the octets that no held marker and no slip can need again. */
  #compact(): void {
    const locked = this.#state === 'lock' || this.#state === 'flywheel';
    const needed = (locked ? this.#lastMarker : (this.#markers[0]?.bit ?? this.#cursor)) - this.#slipBits;
    const octets = Math.min(this.#length, Math.max(0, needed) >>> 3);
    if (octets === 0) return;
    this.#buffer.copyWithin(0, octets, this.#length);
    this.#length -= octets;
    this.#fromBit += octets * 8;
    this.#cursor -= octets * 8;
    this.#lastMarker -= octets * 8;
    this.#accounted -= octets * 8;
    this.#markers = this.#markers.map((marker) => ({ ...marker, bit: marker.bit - octets * 8 }));
  }
}
