// Packets in segments of USLP frames (732.1-B-2 4.1.4.2.2.2, rules 100 to 110): the first, middle and last portion of a
// unit, each in a frame of its own, joined per MAP. A portion that does not follow drops the unit.
import { MAX_PACKET_OCTETS } from '../../ccsds/space-packet/space-packet.ts';
import { joinOctets } from '../../codec/octets.ts';

export interface SegmentSink {
  /** A joined unit. */
  whole(unit: Uint8Array): void;
  dropped(reason: string, octets: number): void;
}

/** Bound per MAP, of which a channel has 16. A longer unit is dropped. */
const MOST_OCTETS = 4 * MAX_PACKET_OCTETS;

interface Unit {
  readonly parts: Uint8Array[];
  octets: number;
}

export class SegmentJoin {
  readonly #sink: SegmentSink;
  readonly #units = new Map<number, Unit>();

  constructor(sink: SegmentSink) {
    this.#sink = sink;
  }

  push(mapId: number, portion: 'first' | 'middle' | 'last', octets: Uint8Array): void {
    const open = this.#units.get(mapId);
    if (portion === 'first') {
      if (open !== undefined) this.#drop(mapId, open, 'unit not finished');
      this.#units.set(mapId, { parts: [octets.slice()], octets: octets.length });
      return;
    }
    if (open === undefined) {
      this.#sink.dropped('no first segment', octets.length);
      return;
    }
    open.parts.push(octets.slice());
    open.octets += octets.length;
    if (open.octets > MOST_OCTETS || open.parts.length > MOST_OCTETS) this.#drop(mapId, open, 'unit too long');
    else if (portion === 'last') {
      this.#units.delete(mapId);
      this.#sink.whole(joinOctets(open.parts));
    }
  }

  #drop(mapId: number, unit: Unit, reason: string): void {
    this.#units.delete(mapId);
    this.#sink.dropped(reason, unit.octets);
  }

  gap(): void {
    for (const [mapId, unit] of this.#units) this.#drop(mapId, unit, 'gap');
  }
}
