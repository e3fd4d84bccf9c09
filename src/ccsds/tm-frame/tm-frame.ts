// The TM transfer frame of 132.0-B-3 section 4.1: six octets of primary header, an optional secondary header, the data
// field, the operational control field and the error control field. All frames of a physical channel are equally long.
// Left out: link security (its header and trailer stay inside `data`) and the extended virtual channel count.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { crc16, sealCrc16 } from '../../codec/crc16.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

export const TM_HEADER_OCTETS = 6;
export const OCF_OCTETS = 4;
export const FECF_OCTETS = 2;
/** First header pointer of a data field in which no packet starts (4.1.2.7.6.4). */
export const NO_PACKET_START = 0x7ff;
/** First header pointer of a frame that carries only idle data (4.1.2.7.6.5). */
export const ONLY_IDLE_DATA = 0x7fe;
/** The secondary header has at most 64 octets, its first one included (4.1.3.2.3). */
export const MAX_SECONDARY_HEADER_OCTETS = 64;

export interface TmFrame {
  /** 0..1023. */
  readonly spacecraftId: number;
  /** 0..7. */
  readonly virtualChannelId: number;
  /** 0..255. */
  readonly masterChannelCount: number;
  /** 0..255. */
  readonly virtualChannelCount: number;
  /** The whole secondary header, its identification octet included; absent when the flag is clear. */
  readonly secondaryHeader?: Uint8Array;
  /** False: packets or idle data; true: octets of a private service (VCA), where the pointer has no meaning. */
  readonly synchronized: boolean;
  readonly packetOrder: boolean;
  /** Two bits, 3 unless `synchronized` (4.1.2.7.5). */
  readonly segmentLengthId: number;
  /** Octet of the data field where the first packet starts, `NO_PACKET_START` or `ONLY_IDLE_DATA`. */
  readonly firstHeaderPointer: number;
  /** The data field, between the headers and the trailer. A view after decoding. */
  readonly data: Uint8Array;
  /** 32 bits, unsigned; absent when the flag is clear. */
  readonly ocf?: number;
}

export interface TmFrameParameters {
  /** Octets of every frame, trailer included; absent: any length is taken, for files with a unit a line. */
  readonly lengthOctets?: number;
  readonly fecf: boolean;
  /** Absent: the flag of each frame says it (4.1.2.4), as the standard has it. */
  readonly ocf?: boolean;
  /** For spacecraft whose secondary header does not tell its own length. */
  readonly secondaryHeaderOctets?: number;
  /** Absent: any spacecraft is taken. */
  readonly spacecraftId?: number;
}

/** Octets that a data field has in a frame of this length. */
export const tmDataOctets = (lengthOctets: number, fecf: boolean, ocf: boolean, secondaryHeaderOctets = 0): number =>
  lengthOctets - TM_HEADER_OCTETS - secondaryHeaderOctets - (ocf ? OCF_OCTETS : 0) - (fecf ? FECF_OCTETS : 0);

/** Only idle data: no packet is in it, and none may be looked for. */
export const isIdleTmFrame = (frame: Pick<TmFrame, 'synchronized' | 'firstHeaderPointer'>): boolean =>
  !frame.synchronized && frame.firstHeaderPointer === ONLY_IDLE_DATA;

/** A secondary header whose first octet says version 0 and its length (4.1.3.2), around 1 to 63 octets. */
export const tmSecondaryHeader = (data: Uint8Array): Uint8Array => {
  integerIn('TM secondary header data octets', data.length, 1, MAX_SECONDARY_HEADER_OCTETS - 1);
  const octets = new Uint8Array(data.length + 1);
  octets[0] = data.length;
  octets.set(data, 1);
  return octets;
};

const u32At = (octets: Uint8Array, at: number): number =>
  ((octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!) >>> 0;

/** Writes the six octets of the primary header; `flags` are the two octets of the data field status (4.1.2.7). */
export const writeTmHeader = (octets: Uint8Array, frame: Omit<TmFrame, 'data'>): void => {
  const { spacecraftId, virtualChannelId, ocf, secondaryHeader, firstHeaderPointer } = frame;
  octets[0] = integerIn('spacecraft id', spacecraftId, 0, 1023) >> 4;
  octets[1] =
    ((spacecraftId & 15) << 4) |
    (integerIn('virtual channel id', virtualChannelId, 0, 7) << 1) |
    (ocf === undefined ? 0 : 1);
  octets[2] = integerIn('master channel count', frame.masterChannelCount, 0, 255);
  octets[3] = integerIn('virtual channel count', frame.virtualChannelCount, 0, 255);
  octets[4] =
    (secondaryHeader === undefined ? 0 : 0x80) |
    (frame.synchronized ? 0x40 : 0) |
    (frame.packetOrder ? 0x20 : 0) |
    (integerIn('segment length id', frame.segmentLengthId, 0, 3) << 3) |
    (integerIn('first header pointer', firstHeaderPointer, 0, 0x7ff) >> 8);
  octets[5] = firstHeaderPointer & 0xff;
};

/** Writes OCF and FECF, where the channel has them, to the end of the frame. */
export const sealTmFrame = (octets: Uint8Array, fecf: boolean, ocf: number | undefined): void => {
  const end = octets.length - (fecf ? FECF_OCTETS : 0);
  if (ocf !== undefined)
    for (let k = 0; k < OCF_OCTETS; k++) octets[end - OCF_OCTETS + k] = (ocf >>> (24 - 8 * k)) & 0xff;
  if (fecf) sealCrc16(octets);
};

const encode = (frame: TmFrame, parameters: TmFrameParameters): Uint8Array => {
  const { lengthOctets, fecf } = parameters;
  const second = frame.secondaryHeader ?? new Uint8Array(0);
  const ocf = frame.ocf === undefined ? undefined : integerIn('OCF', frame.ocf, 0, 0xffffffff);
  const overhead = lengthOctets === undefined ? 0 : tmDataOctets(lengthOctets, fecf, ocf !== undefined, second.length);
  if (lengthOctets !== undefined) integerIn('TM frame data octets', frame.data.length, overhead, overhead);
  const trailer = (ocf === undefined ? 0 : OCF_OCTETS) + (fecf ? FECF_OCTETS : 0);
  const octets = new Uint8Array(TM_HEADER_OCTETS + second.length + frame.data.length + trailer);
  writeTmHeader(octets, frame);
  octets.set(second, TM_HEADER_OCTETS);
  octets.set(frame.data, TM_HEADER_OCTETS + second.length);
  sealTmFrame(octets, fecf, ocf);
  return octets;
};

/** Octets of the secondary header that starts at `at`; 0 when its first octet cannot tell. */
const secondaryHeaderOctetsAt = (octets: Uint8Array, at: number): number =>
  at < octets.length && octets[at]! >> 6 === 0 ? (octets[at]! & 63) + 1 : 0;

const decode = (octets: Uint8Array, parameters: TmFrameParameters): Result<TmFrame> => {
  const length = octets.length;
  if (parameters.lengthOctets !== undefined && length !== parameters.lengthOctets)
    return refuse('length mismatch', length);
  let end = length - (parameters.fecf ? FECF_OCTETS : 0);
  if (end < TM_HEADER_OCTETS) return refuse('frame too short', length);
  if (parameters.fecf && crc16(octets) !== 0) return refuse('bad FECF', end);
  const first = octets[0]!;
  if (first >> 6 !== 0) return refuse('wrong frame version');
  const second = octets[1]!;
  const spacecraftId = (first << 4) | (second >> 4);
  if (parameters.spacecraftId !== undefined && parameters.spacecraftId !== spacecraftId)
    return refuse('wrong spacecraft id');
  const status = octets[4]!;
  let start = TM_HEADER_OCTETS;
  if (status & 0x80) {
    const secondOctets = parameters.secondaryHeaderOctets ?? secondaryHeaderOctetsAt(octets, start);
    if (secondOctets === 0) return refuse('bad secondary header', start);
    start += secondOctets;
  }
  const hasOcf = parameters.ocf ?? (second & 1) === 1;
  if (hasOcf) end -= OCF_OCTETS;
  if (end < start) return refuse('frame too short', length);
  return ok({
    spacecraftId,
    virtualChannelId: (second >> 1) & 7,
    masterChannelCount: octets[2]!,
    virtualChannelCount: octets[3]!,
    synchronized: (status & 0x40) !== 0,
    packetOrder: (status & 0x20) !== 0,
    segmentLengthId: (status >> 3) & 3,
    firstHeaderPointer: ((status & 7) << 8) | octets[5]!,
    data: octets.subarray(start, end),
    ...(start > TM_HEADER_OCTETS ? { secondaryHeader: octets.subarray(TM_HEADER_OCTETS, start) } : {}),
    ...(hasOcf ? { ocf: u32At(octets, end) } : {}),
  });
};

/**
 * The codec of one physical channel. Refuses, in this order: 'length mismatch', 'frame too short', 'bad FECF',
 * 'wrong frame version', 'wrong spacecraft id', 'bad secondary header' (its first octet does not tell a length).
 * A first header pointer beyond the data field is no reason: extraction of packets judges it.
 */
export const tmFrame = (parameters: TmFrameParameters): Codec<TmFrame> => {
  const { lengthOctets, secondaryHeaderOctets } = parameters;
  if (lengthOctets !== undefined) integerIn('TM frame octets', lengthOctets, TM_HEADER_OCTETS + 1, 65536);
  if (secondaryHeaderOctets !== undefined) integerIn('TM secondary header octets', secondaryHeaderOctets, 1, 65536);
  return {
    name: 'TM frame',
    ...(lengthOctets === undefined ? {} : { size: lengthOctets }),
    encode: (frame) => encode(frame, parameters),
    decode: (octets) => decode(octets, parameters),
  };
};
