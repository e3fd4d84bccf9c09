// The AOS transfer frame of 732.0-B-4 section 4.1: six octets of primary header, its error control field, the insert
// zone, the data field, the operational control field and the error control field. Which of them stand is managed.
// Left out: link security (its header and trailer stay inside `data`).
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { crc16, sealCrc16 } from '../../codec/crc16.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { correctHeader, headerErrorControl, headerIsClean } from './header-error-control.ts';

export const AOS_HEADER_OCTETS = 6;
export const FHEC_OCTETS = 2;
export const AOS_OCF_OCTETS = 4;
export const AOS_FECF_OCTETS = 2;
/** The virtual channel of frames that carry only idle data (4.1.2.3.3). */
export const AOS_IDLE_CHANNEL = 63;
/** The count of a virtual channel runs modulo this. */
export const AOS_COUNT_MODULUS = 1 << 24;

export interface AosFrame {
  /** 0..255. */
  readonly spacecraftId: number;
  /** 0..63. */
  readonly virtualChannelId: number;
  /** 0..16777215. */
  readonly virtualChannelCount: number;
  readonly replay: boolean;
  /** Whether `cycle` counts how often the count has wrapped (4.1.2.5.3). */
  readonly cycleInUse: boolean;
  /** 0..15; 0 unless in use. */
  readonly cycle: number;
  /** Two bits that issue 4 keeps at zero and issue 5 gives to the spacecraft id. */
  readonly spare: number;
  /** Empty where the channel has none. */
  readonly insertZone: Uint8Array;
  /** M_PDU, B_PDU, octets of a private service or idle data. A view after decoding. */
  readonly data: Uint8Array;
  /** 32 bits, unsigned; absent where the channel has none. */
  readonly ocf?: number;
}

export interface AosFrameParameters {
  /** Octets of every frame, trailer included; absent: any length is taken, for files with a unit a line. */
  readonly lengthOctets?: number;
  readonly fhec: boolean;
  readonly insertZoneOctets: number;
  readonly ocf: boolean;
  readonly fecf: boolean;
  /** Absent: any spacecraft is taken. */
  readonly spacecraftId?: number;
}

/** Octets around the data field. */
export const aosOverheadOctets = (parameters: AosFrameParameters): number =>
  AOS_HEADER_OCTETS +
  (parameters.fhec ? FHEC_OCTETS : 0) +
  parameters.insertZoneOctets +
  (parameters.ocf ? AOS_OCF_OCTETS : 0) +
  (parameters.fecf ? AOS_FECF_OCTETS : 0);

const putU32 = (octets: Uint8Array, at: number, value: number): void => {
  for (let k = 0; k < 4; k++) octets[at + k] = (value >>> (24 - 8 * k)) & 0xff;
};

const u32At = (octets: Uint8Array, at: number): number =>
  ((octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!) >>> 0;

const writeHeader = (octets: Uint8Array, frame: AosFrame, fhec: boolean): void => {
  integerIn('spacecraft id', frame.spacecraftId, 0, 255);
  const count = integerIn('virtual channel count', frame.virtualChannelCount, 0, AOS_COUNT_MODULUS - 1);
  octets[0] = 0x40 | (frame.spacecraftId >> 2);
  octets[1] = ((frame.spacecraftId & 3) << 6) | integerIn('virtual channel id', frame.virtualChannelId, 0, 63);
  octets[2] = count >> 16;
  octets[3] = (count >> 8) & 0xff;
  octets[4] = count & 0xff;
  octets[5] =
    (frame.replay ? 0x80 : 0) |
    (frame.cycleInUse ? 0x40 : 0) |
    (integerIn('spare', frame.spare, 0, 3) << 4) |
    integerIn('virtual channel count cycle', frame.cycle, 0, 15);
  if (!fhec) return;
  const check = headerErrorControl(octets[0], octets[1], octets[5]);
  octets[6] = check >> 8;
  octets[7] = check & 0xff;
};

const encode = (frame: AosFrame, parameters: AosFrameParameters): Uint8Array => {
  const { lengthOctets, fhec, insertZoneOctets, ocf, fecf } = parameters;
  const overhead = aosOverheadOctets(parameters);
  const room = lengthOctets === undefined ? frame.data.length : lengthOctets - overhead;
  integerIn('AOS data field octets', frame.data.length, room, room);
  integerIn('insert zone octets', frame.insertZone.length, insertZoneOctets, insertZoneOctets);
  if (ocf !== (frame.ocf !== undefined))
    throw new RangeError(`AOS frame: expected ${ocf ? 'an' : 'no'} OCF, got ${frame.ocf}`);
  const octets = new Uint8Array(overhead + frame.data.length);
  writeHeader(octets, frame, fhec);
  const insertAt = AOS_HEADER_OCTETS + (fhec ? FHEC_OCTETS : 0);
  octets.set(frame.insertZone, insertAt);
  octets.set(frame.data, insertAt + insertZoneOctets);
  if (frame.ocf !== undefined)
    putU32(octets, insertAt + insertZoneOctets + frame.data.length, integerIn('OCF', frame.ocf, 0, 0xffffffff));
  if (fecf) sealCrc16(octets);
  return octets;
};

/** The six or eight octets of the header, mended if they can be; undefined when its error control says they cannot. */
const cleanHeader = (octets: Uint8Array, fhec: boolean): Uint8Array | undefined => {
  if (!fhec || headerIsClean(octets)) return octets;
  const header = octets.slice(0, AOS_HEADER_OCTETS + FHEC_OCTETS);
  return correctHeader(header) < 0 ? undefined : header;
};

const decode = (octets: Uint8Array, parameters: AosFrameParameters): Result<AosFrame> => {
  const length = octets.length;
  if (parameters.lengthOctets !== undefined && length !== parameters.lengthOctets)
    return refuse('length mismatch', length);
  const start = AOS_HEADER_OCTETS + (parameters.fhec ? FHEC_OCTETS : 0) + parameters.insertZoneOctets;
  const fecfAt = length - (parameters.fecf ? AOS_FECF_OCTETS : 0);
  const end = fecfAt - (parameters.ocf ? AOS_OCF_OCTETS : 0);
  if (end < start) return refuse('frame too short', length);
  if (parameters.fecf && crc16(octets) !== 0) return refuse('bad FECF', fecfAt);
  const header = cleanHeader(octets, parameters.fhec);
  if (header === undefined) return refuse('bad FHEC', AOS_HEADER_OCTETS);
  const first = header[0]!;
  if (first >> 6 !== 1) return refuse('wrong frame version');
  const second = header[1]!;
  const spacecraftId = ((first & 0x3f) << 2) | (second >> 6);
  if (parameters.spacecraftId !== undefined && parameters.spacecraftId !== spacecraftId)
    return refuse('wrong spacecraft id');
  const signaling = header[5]!;
  return ok({
    spacecraftId,
    virtualChannelId: second & 0x3f,
    virtualChannelCount: (header[2]! << 16) | (header[3]! << 8) | header[4]!,
    replay: (signaling & 0x80) !== 0,
    cycleInUse: (signaling & 0x40) !== 0,
    cycle: signaling & 15,
    spare: (signaling >> 4) & 3,
    insertZone: octets.subarray(start - parameters.insertZoneOctets, start),
    data: octets.subarray(start, end),
    ...(parameters.ocf ? { ocf: u32At(octets, end) } : {}),
  });
};

/**
 * The codec of one physical channel. Refuses, in this order: 'length mismatch', 'frame too short', 'bad FECF',
 * 'bad FHEC' (more than two symbols wrong; up to two are mended for the header that is read), 'wrong frame version',
 * 'wrong spacecraft id'.
 */
export const aosFrame = (parameters: AosFrameParameters): Codec<AosFrame> => {
  integerIn('insert zone octets', parameters.insertZoneOctets, 0, 65536);
  if (parameters.lengthOctets !== undefined)
    integerIn('AOS frame octets', parameters.lengthOctets, aosOverheadOctets(parameters) + 1, 65536);
  return {
    name: 'AOS frame',
    ...(parameters.lengthOctets === undefined ? {} : { size: parameters.lengthOctets }),
    encode: (frame) => encode(frame, parameters),
    decode: (octets) => decode(octets, parameters),
  };
};
