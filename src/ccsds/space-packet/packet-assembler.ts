// Packets out of the data fields of frames, by the first header pointer (132.0-B-3 4.2.2.2, 732.0-B-4 4.1.4.2,
// 732.1-B-2 4.1.4.2). Space packets (version 0) and encapsulation packets (version 7) may be mixed. A packet within one
// field is a view of it; one that spans fields is copied once. What cannot be trusted is dropped with a reason, and
// reading starts again where the next pointer says that a packet starts.
import { encapsulationHeaderOctets, encapsulationLengthAt } from '../encapsulation/encapsulation-packet.ts';
import { MAX_PACKET_OCTETS, packetLengthAt } from './space-packet.ts';

/** First header pointer of TM and AOS: no packet starts in this field. */
export const NO_PACKET_START = 0x7ff;
/** First header pointer of TM and AOS: this field holds idle data only. */
export const ONLY_IDLE_DATA = 0x7fe;

export interface PacketSink {
  /** One whole packet. A view of the data field when it lies within one, else octets of its own. */
  packet(octets: Uint8Array): void;
  /** Octets that belong to no whole packet: 'gap', 'no packet start', 'pointer mismatch', 'bad packet version' ... */
  dropped(reason: string, octets: number): void;
}

export interface AssemblerOptions {
  /** The pointer that says that no packet starts: 0x7ff, or 0xffff for USLP. */
  readonly noPacketStart?: number;
  /** The pointer that says that the field is fill: 0x7fe, or -1 for none. */
  readonly onlyIdleData?: number;
  /** A longer packet is refused as 'packet too long': the bound of the memory in use. */
  readonly maxPacketOctets?: number;
}

/** All that an assembler remembers: the octets of a packet that has begun, and whether it knows where packets start. */
export interface AssemblerState {
  readonly synchronised: boolean;
  readonly begun: Uint8Array;
}

const LONGEST_HEADER_OCTETS = 8;
const UNKNOWN = 0;

export class PacketAssembler {
  readonly #sink: PacketSink;
  readonly #noPacketStart: number;
  readonly #onlyIdleData: number;
  readonly #maxPacketOctets: number;
  #synchronised = false;
  /** The packet that has begun: its octets so far, or only its header while its length is not known yet. */
  #partial: Uint8Array = new Uint8Array(LONGEST_HEADER_OCTETS);
  #have = 0;
  #need = UNKNOWN;

  constructor(sink: PacketSink, options: AssemblerOptions = {}) {
    this.#sink = sink;
    this.#noPacketStart = options.noPacketStart ?? NO_PACKET_START;
    this.#onlyIdleData = options.onlyIdleData ?? ONLY_IDLE_DATA;
    this.#maxPacketOctets = options.maxPacketOctets ?? MAX_PACKET_OCTETS;
  }

  /** Octets of a packet that has begun and is not whole. */
  get pendingOctets(): number {
    return this.#have;
  }

  /** Units are missing before the next field: a packet that has begun is lost. */
  gap(reason = 'gap'): void {
    if (this.#have > 0) this.#sink.dropped(reason, this.#have);
    this.#forget();
    this.#synchronised = false;
  }

  /** The data field of the next frame of the channel. Never throws on any octets or pointer. */
  push(field: Uint8Array, firstHeaderPointer: number): void {
    if (firstHeaderPointer === this.#onlyIdleData) return;
    const starts = firstHeaderPointer !== this.#noPacketStart;
    if (starts && firstHeaderPointer >= field.length) {
      this.gap('bad first header pointer');
      this.#sink.dropped('bad first header pointer', field.length);
      return;
    }
    const before = starts ? firstHeaderPointer : field.length;
    if (!this.#synchronised) {
      if (before > 0) this.#sink.dropped('no packet start', before);
    } else {
      const had = this.#have;
      if (!this.#finishPartial(field, before, starts)) {
        this.#forget();
        this.#synchronised = false;
        this.#sink.dropped('pointer mismatch', had + before);
      }
    }
    if (!starts) return;
    this.#synchronised = true;
    this.#parse(field, firstHeaderPointer);
  }

  /** Takes octets [0, before) into the begun packet. False when the packet does not end where the pointer says. */
  #finishPartial(field: Uint8Array, before: number, starts: boolean): boolean {
    if (this.#have === 0) return before === 0;
    let at = 0;
    while (this.#need === UNKNOWN && at < before) {
      this.#partial[this.#have++] = field[at++]!;
      this.#measure();
      if (this.#need < 0) return false;
    }
    if (this.#need === UNKNOWN) return !starts;
    const missing = this.#need - this.#have;
    const take = before - at;
    if (take > missing || (take < missing && starts)) return false;
    this.#partial.set(field.subarray(at, before), this.#have);
    this.#have += take;
    if (take === missing) {
      const whole = this.#partial;
      this.#forget();
      this.#sink.packet(whole);
    }
    return true;
  }

  /** Reads the length of the begun packet once its header is whole; -1 when the header cannot be right. */
  #measure(): void {
    const header = this.#partial.subarray(0, this.#have);
    const length = this.#lengthAt(header, 0);
    if (length === UNKNOWN) return;
    this.#need = length;
    if (length < this.#have) this.#need = -1;
    else {
      const whole = new Uint8Array(length);
      whole.set(header);
      this.#partial = whole;
    }
  }

  /** Octets of the packet at `at`; 0 when its header is not whole; -1 bad version, -2 bad length, -3 too long. */
  #lengthAt(octets: Uint8Array, at: number): number {
    const version = octets[at]! >> 5;
    if (version === 0) {
      const length = packetLengthAt(octets, at);
      return length > this.#maxPacketOctets ? -3 : length;
    }
    if (version !== 7) return -1;
    const length = encapsulationLengthAt(octets, at);
    const headerOctets = encapsulationHeaderOctets(octets[at]!);
    if (at + headerOctets > octets.length) return UNKNOWN;
    if (length < headerOctets) return -2;
    return length > this.#maxPacketOctets ? -3 : length;
  }

  #parse(field: Uint8Array, start: number): void {
    const end = field.length;
    let at = start;
    while (at < end) {
      const length = this.#lengthAt(field, at);
      if (length < 0) {
        const reason = length === -1 ? 'bad packet version' : length === -2 ? 'bad packet length' : 'packet too long';
        this.#sink.dropped(reason, end - at);
        this.#synchronised = false;
        return;
      }
      if (length === UNKNOWN || at + length > end) {
        this.#begin(field, at, length);
        return;
      }
      this.#sink.packet(field.subarray(at, at + length));
      at += length;
    }
  }

  #begin(field: Uint8Array, at: number, length: number): void {
    const partial = new Uint8Array(length === UNKNOWN ? LONGEST_HEADER_OCTETS : length);
    partial.set(field.subarray(at));
    this.#partial = partial;
    this.#have = field.length - at;
    this.#need = length;
  }

  #forget(): void {
    if (this.#need !== UNKNOWN) this.#partial = new Uint8Array(LONGEST_HEADER_OCTETS);
    this.#have = 0;
    this.#need = UNKNOWN;
  }

  save(): AssemblerState {
    return { synchronised: this.#synchronised, begun: this.#partial.slice(0, this.#have) };
  }

  /** Takes the place of all state. */
  load(state: AssemblerState): void {
    this.#forget();
    this.#synchronised = state.synchronised;
    if (state.begun.length === 0) return;
    const length = this.#lengthAt(state.begun, 0);
    this.#begin(state.begun, 0, length > state.begun.length ? length : UNKNOWN);
  }
}

export const assemblerReset: AssemblerState = { synchronised: false, begun: new Uint8Array(0) };

export interface Assembled {
  readonly state: AssemblerState;
  readonly packets: readonly Uint8Array[];
  readonly drops: readonly { readonly reason: string; readonly octets: number }[];
}

/** One field as a step on data, for state that a cell owns. `gap` tells that units are missing before this field. */
export const assemblePackets = (
  state: AssemblerState,
  field: Uint8Array,
  firstHeaderPointer: number,
  gap = false,
  options: AssemblerOptions = {},
): Assembled => {
  const packets: Uint8Array[] = [];
  const drops: { reason: string; octets: number }[] = [];
  const sink: PacketSink = {
    packet: (octets) => packets.push(octets),
    dropped: (reason, octets) => drops.push({ reason, octets }),
  };
  const assembler = new PacketAssembler(sink, options);
  assembler.load(state);
  if (gap) assembler.gap();
  assembler.push(field, firstHeaderPointer);
  return { state: assembler.save(), packets, drops };
};
