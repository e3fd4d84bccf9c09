// A file of packets back to back: each tells its own length. No frames are counted; packets that are refused are named
// in the same place as refused frames.
import {
  ENCAPSULATION_VERSION,
  encapsulationHeaderOctets,
  encapsulationLengthAt,
  encapsulationProtocol,
} from '../../ccsds/encapsulation/encapsulation-packet.ts';
import {
  apidAt,
  isIdlePacketAt,
  MAX_PACKET_OCTETS,
  packetLengthAt,
  sequenceCountAt,
  versionAt,
} from '../../ccsds/space-packet/space-packet.ts';
import { ApidAccount } from './apid-account.ts';
import { ReasonCounts } from './reason-counts.ts';
import type { UnitLine } from './report.ts';
import { type Delimiter, SelfDelimited } from './self-delimited.ts';

/** Packets of version 0, encapsulation packets, and of `version` where a file has another one throughout. */
export const packetDelimiter = (version = 0): Delimiter => ({
  headerOctets: 1,
  mostOctets: MAX_PACKET_OCTETS,
  lengthAt: (octets, at) => {
    const found = versionAt(octets, at);
    if (found === 0 || found === version) return packetLengthAt(octets, at);
    if (found !== ENCAPSULATION_VERSION) return -Math.max(1, packetLengthAt(octets, at));
    const headerOctets = encapsulationHeaderOctets(octets[at]!);
    if (at + headerOctets > octets.length) return 0;
    const length = encapsulationLengthAt(octets, at);
    return length < headerOctets || length > MAX_PACKET_OCTETS ? -1 : length;
  },
});

export interface PacketLayerOptions {
  readonly skipOctets: number;
  /** The version of the file's packets; 0 unless the whole file has another one. */
  readonly version: number;
  readonly onUnit?: ((line: UnitLine) => void) | undefined;
}

const packetText = (packet: Uint8Array): string => {
  if (versionAt(packet) === ENCAPSULATION_VERSION) return `encapsulation  protocol ${(packet[0]! >> 2) & 7}`;
  return `APID ${apidAt(packet)}  count ${sequenceCountAt(packet)}${isIdlePacketAt(packet) ? '  idle' : ''}`;
};

export class PacketLayer {
  readonly #stream: SelfDelimited;
  readonly #options: PacketLayerOptions;
  readonly #accounts = new Map<number, ApidAccount>();
  readonly rejected = new ReasonCounts();
  #ordinal = 0;
  /** Encapsulation packets that are not fill. */
  encapsulated = { packets: 0, octets: 0 };

  constructor(options: PacketLayerOptions) {
    this.#options = options;
    this.#stream = new SelfDelimited(packetDelimiter(options.version), options.skipOctets, {
      unit: (octets, offset) => this.#packet(octets, offset),
      refused: (octets, offset) => this.reject('bad packet version', offset, octets),
      passedOver: (octets, offset) => this.reject('no packet header', offset, octets),
    });
  }

  push(chunk: Uint8Array): void {
    this.#stream.push(chunk);
  }

  end(): number {
    return this.#stream.end();
  }

  reject(reason: string, offset: number, octets: number): void {
    this.rejected.add(reason);
    this.#options.onUnit?.({ offset, octets, verdict: reason, text: '' });
  }

  accounts(): ApidAccount[] {
    return [...this.#accounts.values()];
  }

  #packet(octets: Uint8Array, offset: number): void {
    this.#options.onUnit?.({ offset, octets: octets.length, verdict: 'accepted', text: packetText(octets) });
    if (versionAt(octets) === ENCAPSULATION_VERSION) {
      if (((octets[0]! >> 2) & 7) === encapsulationProtocol.idle) return;
      this.encapsulated.packets++;
      this.encapsulated.octets += octets.length;
      return;
    }
    const apid = apidAt(octets);
    let account = this.#accounts.get(apid);
    if (account === undefined) {
      account = new ApidAccount(apid);
      this.#accounts.set(apid, account);
    }
    account.observe(octets, this.#ordinal++);
  }
}
