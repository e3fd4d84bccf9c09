// Turns a queue of packets into packet zones, the fixed-length data fields of one virtual channel: a packet that does
// not fit runs on into the next zone, and what is left empty is an idle packet (132.0-B-3 4.2.2, 732.0-B-4 4.2.2,
// 732.1-B-2 4.2.2). The bounds are in octets and packets; an offer beyond them is refused and counted, none is cut.
import { integerIn } from '../../codec/assert.ts';
import { writeIdlePacket } from '../space-packet/idle-packet.ts';
import { MAX_PACKET_OCTETS, MIN_PACKET_OCTETS } from '../space-packet/space-packet.ts';

/** `fill` answers this when no packet starts in the zone. */
export const NO_START = -1;

export interface PacketZoneState {
  readonly packets: readonly Uint8Array[];
  /** Octets of the first packet that earlier zones carry. */
  readonly sent: number;
  /** What is left of an idle packet that did not fit. */
  readonly idleRest: Uint8Array;
  readonly idleCount: number;
  readonly refused: number;
}

export interface PacketZoneBounds {
  readonly packets: number;
  readonly octets: number;
}

const NOTHING = new Uint8Array(0);

/** The count of an idle packet is not watched by receivers; it runs on here all the same. */
const IDLE_COUNT_MODULUS = 16384;

export class PacketZone {
  readonly #bounds: PacketZoneBounds;
  #packets: Uint8Array[] = [];
  /** Index of the first packet that is not sent whole; those before it are forgotten now and then. */
  #head = 0;
  #sent = 0;
  #octets = 0;
  #idleRest: Uint8Array = NOTHING;
  #idleCount = 0;
  #refused = 0;

  constructor(bounds: PacketZoneBounds) {
    integerIn('packet zone packets', bounds.packets, 1, 1 << 24);
    integerIn('packet zone octets', bounds.octets, MIN_PACKET_OCTETS, 2 ** 40);
    this.#bounds = bounds;
  }

  /** Octets that wait, those of a packet that is partly sent included. */
  get pendingOctets(): number {
    return this.#octets;
  }

  get pendingPackets(): number {
    return this.#packets.length - this.#head;
  }

  /** Offers refused for want of room. */
  get refused(): number {
    return this.#refused;
  }

  /** Queues one packet (space packet or encapsulation packet, kept as a view). False: no room, nothing was taken. */
  offer(packet: Uint8Array): boolean {
    integerIn('packet octets', packet.length, 1, MAX_PACKET_OCTETS);
    if (this.pendingPackets >= this.#bounds.packets || this.#octets + packet.length > this.#bounds.octets) {
      this.#refused++;
      return false;
    }
    this.#packets.push(packet);
    this.#octets += packet.length;
    return true;
  }

  /**
   * Writes octets [start, end) whole and returns where the first packet starts, counted from `start`, or `NO_START`.
   * A zone without anything to send is one idle packet.
   */
  fill(zone: Uint8Array, start: number, end: number): number {
    let at = this.#writeIdleRest(zone, start, end);
    let first = NO_START;
    while (at < end && this.#head < this.#packets.length) {
      const packet = this.#packets[this.#head]!;
      if (this.#sent === 0 && first === NO_START) first = at - start;
      const take = Math.min(end - at, packet.length - this.#sent);
      if (take === packet.length) zone.set(packet, at);
      else zone.set(packet.subarray(this.#sent, this.#sent + take), at);
      at += take;
      this.#sent += take;
      this.#octets -= take;
      if (this.#sent === packet.length) this.#next();
    }
    if (at === end) return first;
    if (first === NO_START) first = at - start;
    this.#writeIdle(zone, at, end);
    return first;
  }

  #next(): void {
    this.#sent = 0;
    this.#head++;
    if (this.#head < 64 && this.#head < this.#packets.length) return;
    this.#packets = this.#packets.slice(this.#head);
    this.#head = 0;
  }

  #writeIdleRest(zone: Uint8Array, start: number, end: number): number {
    if (this.#idleRest.length === 0) return start;
    const take = Math.min(end - start, this.#idleRest.length);
    zone.set(this.#idleRest.subarray(0, take), start);
    this.#idleRest = this.#idleRest.subarray(take);
    return start + take;
  }

  /** An idle packet has at least seven octets, so that in a smaller hole the rest of it runs on into the next zone. */
  #writeIdle(zone: Uint8Array, at: number, end: number): void {
    const room = end - at;
    const count = this.#idleCount;
    this.#idleCount = (count + 1) % IDLE_COUNT_MODULUS;
    if (room >= MIN_PACKET_OCTETS && room <= MAX_PACKET_OCTETS) {
      writeIdlePacket(zone, at, room, count);
      return;
    }
    const octets = new Uint8Array(room < MIN_PACKET_OCTETS ? MIN_PACKET_OCTETS : MAX_PACKET_OCTETS);
    writeIdlePacket(octets, 0, octets.length, count);
    const take = Math.min(room, octets.length);
    zone.set(octets.subarray(0, take), at);
    this.#idleRest = octets.subarray(take);
    if (take < room) this.#writeIdle(zone, at + take, end);
  }

  /** All of it as data, in copies. */
  save(): PacketZoneState {
    return {
      packets: this.#packets.slice(this.#head).map((packet) => packet.slice()),
      sent: this.#sent,
      idleRest: this.#idleRest.slice(),
      idleCount: this.#idleCount,
      refused: this.#refused,
    };
  }

  load(state: PacketZoneState): void {
    this.#packets = state.packets.map((packet) => packet.slice());
    this.#head = 0;
    this.#sent = state.sent;
    this.#octets = state.packets.reduce((sum, packet) => sum + packet.length, 0) - state.sent;
    this.#idleRest = state.idleRest.slice();
    this.#idleCount = state.idleCount;
    this.#refused = state.refused;
  }
}
