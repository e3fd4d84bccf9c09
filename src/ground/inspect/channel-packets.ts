// Packets of one virtual channel, and whether they are to be believed: a channel may as well carry a private format,
// whose octets read as a pointer and a packet header only by chance. Packets are counted as if they were, and the
// channel is judged at the end by how often pointers, lengths and versions agreed with each other.
import { ENCAPSULATION_VERSION, encapsulationProtocol } from '../../ccsds/encapsulation/encapsulation-packet.ts';
import { PacketAssembler, type PacketSink } from '../../ccsds/space-packet/packet-assembler.ts';
import { apidAt, MIN_PACKET_OCTETS, versionAt } from '../../ccsds/space-packet/space-packet.ts';
import { ApidAccount } from './apid-account.ts';
import type { FrameReader, ReadFrame } from './frame-reader.ts';
import { ReasonCounts } from './reason-counts.ts';
import type { ChannelContent } from './report.ts';
import { SegmentJoin } from './segment-join.ts';

/** These drops say that what was read was no packet; others only say that a part is missing. */
const CONTRADICTIONS: ReadonlySet<string> = new Set([
  'pointer mismatch',
  'bad packet version',
  'bad packet length',
  'bad first header pointer',
  'packet too long',
]);

/** Numbers the packets of a whole file in the order in which they were found. */
export interface Ordinal {
  next: number;
}

export class ChannelPackets implements PacketSink {
  readonly spacecraftId: number;
  readonly virtualChannelId: number;
  readonly #reader: Pick<FrameReader, 'noPacketStart' | 'onlyIdleData'>;
  readonly #ordinal: Ordinal;
  readonly #assemblers = new Map<number, PacketAssembler>();
  readonly #segments: SegmentJoin;
  readonly #accounts = new Map<number, ApidAccount>();
  readonly #dropped = new ReasonCounts();
  readonly #encapsulated = new ReasonCounts();
  #encapsulatedOctets = 0;
  #idleFrames = 0;
  #agreeing = 0;
  #contradicting = 0;
  #unstructured = 0;
  #unstructuredAs = '';
  #contradicted = false;

  constructor(frame: ReadFrame, reader: Pick<FrameReader, 'noPacketStart' | 'onlyIdleData'>, ordinal: Ordinal) {
    this.spacecraftId = frame.spacecraftId;
    this.virtualChannelId = frame.virtualChannelId;
    this.#reader = reader;
    this.#ordinal = ordinal;
    this.#segments = new SegmentJoin(this);
  }

  packet(octets: Uint8Array): void {
    if (versionAt(octets) === ENCAPSULATION_VERSION) {
      const protocol = (octets[0]! >> 2) & 7;
      this.#encapsulated.add(protocol === encapsulationProtocol.idle ? 'idle' : `protocol ${protocol}`);
      if (protocol !== encapsulationProtocol.idle) this.#encapsulatedOctets += octets.length;
      return;
    }
    const apid = apidAt(octets);
    let account = this.#accounts.get(apid);
    if (account === undefined) {
      account = new ApidAccount(apid);
      this.#accounts.set(apid, account);
    }
    account.observe(octets, this.#ordinal.next++);
  }

  dropped(reason: string, octets: number): void {
    this.#dropped.add(reason, octets);
    if (CONTRADICTIONS.has(reason)) this.#contradicted = true;
  }

  /** The next frame of the channel; `broken`: frames are missing before it. */
  push(frame: ReadFrame, broken: boolean): void {
    if (broken) {
      for (const assembler of this.#assemblers.values()) assembler.gap();
      this.#segments.gap();
    }
    if (frame.idle) {
      this.#idleFrames++;
      return;
    }
    if (frame.use === 'none') {
      this.#unstructured++;
      this.#unstructuredAs = frame.carries;
      return;
    }
    this.#contradicted = false;
    if (frame.use === 'zone') this.#assembler(frame.mapId).push(frame.field, frame.firstHeaderPointer);
    else if (frame.use === 'whole') this.whole(frame.field);
    else this.#segments.push(frame.mapId, frame.use, frame.field);
    if (this.#contradicted) this.#contradicting++;
    else this.#agreeing++;
  }

  /** A field or a joined unit that is whole packets by itself. */
  whole(field: Uint8Array): void {
    const assembler = new PacketAssembler(this);
    assembler.push(field, field.length < MIN_PACKET_OCTETS ? this.#reader.noPacketStart : 0);
    assembler.gap('cut by the end of its unit');
  }

  #assembler(mapId: number): PacketAssembler {
    let assembler = this.#assemblers.get(mapId);
    if (assembler === undefined) {
      assembler = new PacketAssembler(this, this.#reader);
      this.#assemblers.set(mapId, assembler);
    }
    return assembler;
  }

  /** The file has ended: packets that have begun are not whole. */
  end(): void {
    for (const assembler of this.#assemblers.values()) assembler.gap('cut by the end of the file');
    this.#segments.gap();
  }

  get #packets(): number {
    let packets = 0;
    for (const account of this.#accounts.values()) packets += account.count;
    return packets;
  }

  get #blank(): number {
    return this.#accounts.get(0)?.blank ?? 0;
  }

  /** Whether what was found are packets. */
  get believed(): boolean {
    if (this.#packets + this.#encapsulated.total === 0) return false;
    if (this.#blank > this.#packets / 2) return false;
    return this.#agreeing > this.#contradicting + this.#unstructured;
  }

  accounts(): Iterable<ApidAccount> {
    return this.#accounts.values();
  }

  /** Whole encapsulation packets that are not fill. */
  encapsulated(): { readonly packets: number; readonly octets: number } {
    const idle = this.#encapsulated.record().idle ?? 0;
    return { packets: this.#encapsulated.total - idle, octets: this.#encapsulatedOctets };
  }

  content(): ChannelContent {
    const agree = `pointers and lengths agree in ${this.#agreeing} frames, contradict in ${this.#contradicting}`;
    const other = this.#unstructured === 0 ? '' : `; ${this.#unstructured} frames: ${this.#unstructuredAs}`;
    const protocols = Object.entries(this.#encapsulated.record()).map(([name, count]) => `${count} ${name}`);
    const encapsulated = protocols.length === 0 ? '' : `; encapsulation packets: ${protocols.join(', ')}`;
    const found = this.#packets + this.#encapsulated.total;
    const fields = this.#agreeing + this.#contradicting + this.#unstructured;
    const zeros = this.#blank > this.#packets / 2 ? '; the packets found are zeros' : '';
    return {
      scid: this.spacecraftId,
      vcid: this.virtualChannelId,
      content: this.believed
        ? 'packets'
        : fields === 0
          ? 'idle'
          : found === 0 && other === ''
            ? 'empty'
            : 'not packets',
      evidence: fields === 0 ? `${this.#idleFrames} frames of idle data` : `${agree}${other}${encapsulated}${zeros}`,
      packets: found,
      apids: [...this.#accounts.keys()].sort((a, b) => a - b),
      dropped: this.#dropped.record(),
    };
  }
}
