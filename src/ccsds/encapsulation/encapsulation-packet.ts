// The encapsulation packet of 133.1-B-3: a header of 1, 2, 4 or 8 octets that carries any protocol over a link.
// The length field counts the header too. Protocol numbers are the SANA registry's.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

export const ENCAPSULATION_VERSION = 7;

/** Encapsulation protocol identifiers (SANA registry `protocol_id`) that this house names. */
export const encapsulationProtocol = { idle: 0, ltp: 1, ipe: 2, bundle: 4, extended: 6, mission: 7 } as const;

export interface EncapsulationPacket {
  /** 0..7; 0 is fill, 6 says that `protocolExtension` names the protocol. */
  readonly protocol: number;
  /** 0..15; only headers of 4 and 8 octets have it. */
  readonly userDefined: number;
  /** 0..15; non-zero only with protocol 6. */
  readonly protocolExtension: number;
  /** 16 bits, only in the header of 8 octets. */
  readonly ccsdsDefined: number;
  /** 1, 2, 4 or 8. */
  readonly headerOctets: number;
  readonly data: Uint8Array;
}

const HEADER_OCTETS = [1, 2, 4, 8] as const;

/** Octets of the header whose first octet is given. */
export const encapsulationHeaderOctets = (firstOctet: number): number => HEADER_OCTETS[firstOctet & 3]!;

/** Octets of the packet that starts at `at`, as its header says; 0 when the header is not there whole. */
export const encapsulationLengthAt = (octets: Uint8Array, at = 0): number => {
  if (at >= octets.length) return 0;
  const headerOctets = encapsulationHeaderOctets(octets[at]!);
  if (at + headerOctets > octets.length) return 0;
  if (headerOctets === 1) return 1;
  if (headerOctets === 2) return octets[at + 1]!;
  if (headerOctets === 4) return (octets[at + 2]! << 8) | octets[at + 3]!;
  return octets[at + 4]! * 0x1000000 + ((octets[at + 5]! << 16) | (octets[at + 6]! << 8) | octets[at + 7]!);
};

const smallestHeader = (packet: Partial<EncapsulationPacket>, dataOctets: number): number => {
  if (packet.ccsdsDefined) return 8;
  const extended = packet.userDefined || packet.protocolExtension;
  if (packet.protocol === encapsulationProtocol.idle && dataOctets === 0 && !extended) return 1;
  if (!extended && dataOctets + 2 <= 0xff) return 2;
  return dataOctets + 4 <= 0xffff ? 4 : 8;
};

type Wanted = Pick<EncapsulationPacket, 'protocol' | 'data'> & Partial<EncapsulationPacket>;

/** With the smallest header that holds it, unless `headerOctets` asks for one. Throws a RangeError when it cannot. */
export const encodeEncapsulationPacket = (packet: Wanted): Uint8Array => {
  const headerOctets = packet.headerOctets ?? smallestHeader(packet, packet.data.length);
  const lengthCode = (HEADER_OCTETS as readonly number[]).indexOf(headerOctets);
  if (lengthCode < 0) throw new RangeError(`encapsulation header: expected 1, 2, 4 or 8 octets, got ${headerOctets}`);
  const length = headerOctets + packet.data.length;
  const extension = packet.protocolExtension ?? 0;
  integerIn('encapsulation protocol', packet.protocol, 0, 7);
  integerIn('encapsulation user field', packet.userDefined ?? 0, 0, headerOctets < 4 ? 0 : 15);
  integerIn('encapsulation extension', extension, 0, headerOctets < 4 || packet.protocol !== 6 ? 0 : 15);
  integerIn('encapsulation CCSDS field', packet.ccsdsDefined ?? 0, 0, headerOctets < 8 ? 0 : 0xffff);
  integerIn('encapsulation packet octets', length, headerOctets, [1, 0xff, 0xffff, 0xffffffff][lengthCode]!);
  if (headerOctets === 1 && packet.protocol !== 0)
    throw new RangeError(`encapsulation header of one octet: expected protocol 0, got ${packet.protocol}`);
  const octets = new Uint8Array(length);
  octets[0] = (ENCAPSULATION_VERSION << 5) | (packet.protocol << 2) | lengthCode;
  if (headerOctets >= 4) octets[1] = ((packet.userDefined ?? 0) << 4) | extension;
  if (headerOctets === 8) {
    octets[2] = (packet.ccsdsDefined ?? 0) >> 8;
    octets[3] = (packet.ccsdsDefined ?? 0) & 0xff;
  }
  let left = length;
  for (let at = headerOctets - 1; at >= headerOctets / 2 && at > 0; at--) {
    octets[at] = left % 256;
    left = Math.floor(left / 256);
  }
  octets.set(packet.data, headerOctets);
  return octets;
};

const decode = (octets: Uint8Array): Result<EncapsulationPacket> => {
  if (octets.length === 0) return refuse('too short', 0);
  const first = octets[0]!;
  if (first >> 5 !== ENCAPSULATION_VERSION) return refuse('bad packet version', 0);
  const headerOctets = encapsulationHeaderOctets(first);
  if (octets.length < headerOctets) return refuse('too short', octets.length);
  const protocol = (first >> 2) & 7;
  if (headerOctets === 1 && protocol !== 0) return refuse('no length field', 0);
  if (encapsulationLengthAt(octets) !== octets.length) return refuse('length mismatch', headerOctets >> 1);
  const second = headerOctets >= 4 ? octets[1]! : 0;
  if (protocol !== encapsulationProtocol.extended && (second & 15) !== 0) return refuse('bad protocol extension', 1);
  return ok({
    protocol,
    userDefined: second >> 4,
    protocolExtension: second & 15,
    ccsdsDefined: headerOctets === 8 ? (octets[2]! << 8) | octets[3]! : 0,
    headerOctets,
    data: octets.subarray(headerOctets),
  });
};

/**
 * One whole packet. Refuses 'too short', 'bad packet version', 'no length field' (a header of one octet is only fill),
 * 'length mismatch', 'bad protocol extension'.
 */
export const encapsulationPacket: Codec<EncapsulationPacket> = {
  name: 'encapsulation packet',
  encode: encodeEncapsulationPacket,
  decode,
};
