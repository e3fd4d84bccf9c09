// The sending end of a TM master channel, sans I/O: packets in, frames of fixed length out (132.0-B-3 4.2.2 to 4.2.7).
// Virtual channels are served in the order in which they are declared, the first with packets waiting wins; with none
// waiting the frame carries only idle data, on a channel of its own. Left out: secondary header and private data.
import { integerIn } from '../../codec/assert.ts';
import { NO_START, PacketZone, type PacketZoneBounds, type PacketZoneState } from '../virtual-channel/packet-zone.ts';
import {
  NO_PACKET_START,
  ONLY_IDLE_DATA,
  sealTmFrame,
  TM_HEADER_OCTETS,
  type TmFrame,
  tmDataOctets,
  writeTmHeader,
} from './tm-frame.ts';

export interface TmFrameFillerParameters {
  /** 0..1023. */
  readonly spacecraftId: number;
  /** Octets of every frame, header and trailer included. */
  readonly lengthOctets: number;
  readonly fecf: boolean;
  /** True: every frame carries an OCF, which the caller gives frame by frame. */
  readonly ocf: boolean;
  /** Channels of packets, 0..7, in order of priority. */
  readonly virtualChannels: readonly number[];
  /** The channel of frames without packets; no packet may be offered to it. */
  readonly idleVirtualChannel: number;
  /** What may wait per channel; beyond it an offer is refused. */
  readonly bounds: PacketZoneBounds;
  /** The octet of idle data. Default 0x55. */
  readonly fill?: number;
}

export interface TmFrameFillerState {
  readonly masterChannelCount: number;
  /** By virtual channel id, 0..7. */
  readonly virtualChannelCounts: readonly number[];
  /** In the order of `virtualChannels`. */
  readonly zones: readonly PacketZoneState[];
}

export class TmFrameFiller {
  readonly parameters: TmFrameFillerParameters;
  readonly #zones = new Map<number, PacketZone>();
  readonly #counts = new Uint8Array(8);
  readonly #dataOctets: number;
  #masterChannelCount = 0;

  constructor(parameters: TmFrameFillerParameters) {
    const { lengthOctets, fecf, ocf, virtualChannels, idleVirtualChannel, bounds } = parameters;
    this.parameters = parameters;
    this.#dataOctets = integerIn('TM frame data octets', tmDataOctets(lengthOctets, fecf, ocf), 1, 2046);
    integerIn('idle virtual channel id', idleVirtualChannel, 0, 7);
    for (const id of virtualChannels) {
      integerIn('virtual channel id', id, 0, 7);
      if (id === idleVirtualChannel || this.#zones.has(id))
        throw new RangeError(`virtual channel id: expected each channel once and not idle, got ${id} again`);
      this.#zones.set(id, new PacketZone(bounds));
    }
  }

  #zone(virtualChannelId: number): PacketZone {
    const zone = this.#zones.get(virtualChannelId);
    if (zone === undefined)
      throw new RangeError(
        `virtual channel: expected one of ${this.parameters.virtualChannels.join(', ')}, got ${virtualChannelId}`,
      );
    return zone;
  }

  /** Queues a packet. False: the channel's bound is reached and the packet was not taken. */
  offer(virtualChannelId: number, packet: Uint8Array): boolean {
    return this.#zone(virtualChannelId).offer(packet);
  }

  /** Octets that wait on one channel, or on all. */
  pendingOctets(virtualChannelId?: number): number {
    if (virtualChannelId !== undefined) return this.#zone(virtualChannelId).pendingOctets;
    let octets = 0;
    for (const zone of this.#zones.values()) octets += zone.pendingOctets;
    return octets;
  }

  /** The channel that the next frame would serve: the first with something waiting, else undefined. */
  nextChannel(): number | undefined {
    for (const id of this.parameters.virtualChannels) if (this.#zones.get(id)!.pendingOctets > 0) return id;
    return undefined;
  }

  /** The next frame by priority, or one of idle data when nothing waits. `ocf` is 32 bits, unsigned. */
  nextFrame(ocf?: number): Uint8Array {
    const channel = this.nextChannel();
    return channel === undefined ? this.idleFrame(ocf) : this.packetFrame(channel, ocf);
  }

  /** A frame of one channel, whether or not something waits: what is left empty is an idle packet. */
  packetFrame(virtualChannelId: number, ocf?: number): Uint8Array {
    const zone = this.#zone(virtualChannelId);
    const octets = new Uint8Array(this.parameters.lengthOctets);
    const start = zone.fill(octets, TM_HEADER_OCTETS, TM_HEADER_OCTETS + this.#dataOctets);
    return this.#finish(octets, virtualChannelId, start === NO_START ? NO_PACKET_START : start, ocf);
  }

  /** A frame of idle data (4.2.7, pointer 0x7FE). */
  idleFrame(ocf?: number): Uint8Array {
    const octets = new Uint8Array(this.parameters.lengthOctets);
    octets.fill(this.parameters.fill ?? 0x55, TM_HEADER_OCTETS, TM_HEADER_OCTETS + this.#dataOctets);
    return this.#finish(octets, this.parameters.idleVirtualChannel, ONLY_IDLE_DATA, ocf);
  }

  #finish(octets: Uint8Array, virtualChannelId: number, firstHeaderPointer: number, ocf: number | undefined) {
    const { spacecraftId, fecf } = this.parameters;
    if (this.parameters.ocf !== (ocf !== undefined))
      throw new RangeError(`TM frame: expected ${this.parameters.ocf ? 'an' : 'no'} OCF, got ${ocf}`);
    const header: Omit<TmFrame, 'data'> = {
      spacecraftId,
      virtualChannelId,
      masterChannelCount: this.#masterChannelCount,
      virtualChannelCount: this.#counts[virtualChannelId]!,
      synchronized: false,
      packetOrder: false,
      segmentLengthId: 3,
      firstHeaderPointer,
      ...(ocf === undefined ? {} : { ocf: integerIn('OCF', ocf, 0, 0xffffffff) }),
    };
    writeTmHeader(octets, header);
    sealTmFrame(octets, fecf, ocf);
    this.#masterChannelCount = (this.#masterChannelCount + 1) & 0xff;
    this.#counts[virtualChannelId]!++;
    return octets;
  }

  save(): TmFrameFillerState {
    return {
      masterChannelCount: this.#masterChannelCount,
      virtualChannelCounts: [...this.#counts],
      zones: this.parameters.virtualChannels.map((id) => this.#zones.get(id)!.save()),
    };
  }

  load(state: TmFrameFillerState): void {
    this.#masterChannelCount = state.masterChannelCount;
    this.#counts.set(state.virtualChannelCounts);
    for (const [index, id] of this.parameters.virtualChannels.entries()) this.#zones.get(id)!.load(state.zones[index]!);
  }
}
