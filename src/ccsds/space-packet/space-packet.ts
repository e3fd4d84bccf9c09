// The space packet of 133.0-B-2: six octets of primary header, then 1 to 65536 octets of data. The secondary header
// stays inside the data: its layout is the mission's (see ../pus). All integers are big-endian.
import { assert, integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

export const PRIMARY_HEADER_OCTETS = 6;
export const MIN_PACKET_OCTETS = 7;
export const MAX_PACKET_OCTETS = 65542;
/** The packet identification of fill (133.0-B-2 4.1.3.3.4). */
export const IDLE_APID = 0x7ff;
/** The sequence count runs modulo this, per APID. */
export const SEQUENCE_COUNT_MODULUS = 16384;

/** In the order of their two bits (133.0-B-2 4.1.3.4.2). */
export const sequenceFlags = ['continuation', 'first', 'last', 'unsegmented'] as const;
export type SequenceFlag = (typeof sequenceFlags)[number];

export interface SpacePacket {
  /** True for a request to the spacecraft (packet type 1), false for a report from it. */
  readonly telecommand: boolean;
  readonly secondaryHeader: boolean;
  /** 0..2047. */
  readonly apid: number;
  readonly sequence: SequenceFlag;
  /** Sequence count, or packet name of a telecommand: 0..16383. */
  readonly count: number;
  /** The packet data field: secondary header, if any, and user data; 1..65536 octets. A view after decoding. */
  readonly data: Uint8Array;
}

/** Octets of the packet whose header starts at `at`, from its length field; 0 when the header is not there whole. */
export const packetLengthAt = (octets: Uint8Array, at = 0): number =>
  at + PRIMARY_HEADER_OCTETS > octets.length ? 0 : ((octets[at + 4]! << 8) | octets[at + 5]!) + MIN_PACKET_OCTETS;

export const versionAt = (octets: Uint8Array, at = 0): number => octets[at]! >> 5;

export const apidAt = (octets: Uint8Array, at = 0): number => ((octets[at]! & 7) << 8) | octets[at + 1]!;

export const sequenceCountAt = (octets: Uint8Array, at = 0): number =>
  ((octets[at + 2]! & 0x3f) << 8) | octets[at + 3]!;

export const hasSecondaryHeaderAt = (octets: Uint8Array, at = 0): boolean => (octets[at]! & 0x08) !== 0;

export const isTelecommandAt = (octets: Uint8Array, at = 0): boolean => (octets[at]! & 0x10) !== 0;

export const isIdlePacketAt = (octets: Uint8Array, at = 0): boolean => apidAt(octets, at) === IDLE_APID;

/** Writes the six octets in place, without an allocation. `dataOctets` is the length of the packet data field. */
export const writePrimaryHeader = (
  octets: Uint8Array,
  at: number,
  packet: Omit<SpacePacket, 'data'>,
  dataOctets: number,
): void => {
  integerIn('APID', packet.apid, 0, IDLE_APID);
  integerIn('sequence count', packet.count, 0, SEQUENCE_COUNT_MODULUS - 1);
  integerIn('packet data octets', dataOctets, 1, MAX_PACKET_OCTETS - PRIMARY_HEADER_OCTETS);
  assert(packet.apid !== IDLE_APID || !packet.secondaryHeader, 'idle packet: expected no secondary header, got one');
  octets[at] = (packet.telecommand ? 0x10 : 0) | (packet.secondaryHeader ? 0x08 : 0) | (packet.apid >> 8);
  octets[at + 1] = packet.apid & 0xff;
  octets[at + 2] = (sequenceFlags.indexOf(packet.sequence) << 6) | (packet.count >> 8);
  octets[at + 3] = packet.count & 0xff;
  octets[at + 4] = (dataOctets - 1) >> 8;
  octets[at + 5] = (dataOctets - 1) & 0xff;
};

const encode = (packet: SpacePacket): Uint8Array => {
  const octets = new Uint8Array(PRIMARY_HEADER_OCTETS + packet.data.length);
  writePrimaryHeader(octets, 0, packet, packet.data.length);
  octets.set(packet.data, PRIMARY_HEADER_OCTETS);
  return octets;
};

const read = (octets: Uint8Array): Result<SpacePacket> => {
  if (octets.length < MIN_PACKET_OCTETS) return refuse('too short', octets.length);
  if (packetLengthAt(octets) !== octets.length) return refuse('length mismatch', 4);
  return ok({
    telecommand: isTelecommandAt(octets),
    secondaryHeader: hasSecondaryHeaderAt(octets),
    apid: apidAt(octets),
    sequence: sequenceFlags[octets[2]! >> 6]!,
    count: sequenceCountAt(octets),
    data: octets.subarray(PRIMARY_HEADER_OCTETS),
  });
};

/**
 * One whole packet, no octet less or more. Refuses 'too short', 'length mismatch', 'bad packet version' (other than
 * 0, 4.1.3.2) and 'idle with secondary header' (4.1.3.3.3).
 */
export const spacePacket: Codec<SpacePacket> = {
  name: 'space packet',
  encode,
  decode: (octets) => {
    if (octets.length < MIN_PACKET_OCTETS) return refuse('too short', octets.length);
    if (versionAt(octets) !== 0) return refuse('bad packet version', 0);
    if (isIdlePacketAt(octets) && hasSecondaryHeaderAt(octets)) return refuse('idle with secondary header', 0);
    return read(octets);
  },
};

/** For readers of recordings: any version number passes. Encodes as version 0. */
export const lenientSpacePacket: Codec<SpacePacket> = { name: 'space packet of any version', encode, decode: read };
