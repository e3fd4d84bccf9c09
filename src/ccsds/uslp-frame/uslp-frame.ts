// The USLP transfer frame of 732.1-B-2 section 4.1: primary header, insert zone, data field, operational control field,
// error control field of 16 or 32 bits. A truncated frame is a short header and a data field, nothing else (annex D).
// Left out: link security (its header and trailer stay inside `data`).
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { crc16 } from '../../codec/crc16.ts';
import { crc32 } from '../../codec/crc32.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import {
  decodeUslpHeader,
  encodeUslpHeader,
  USLP_HEADER_OCTETS,
  USLP_IDLE_CHANNEL,
  USLP_MAX_OCTETS,
  type UslpHeader,
  uslpHeaderOctets,
  type WholeHeader,
} from './uslp-header.ts';

export const USLP_OCF_OCTETS = 4;

/** Octets of the error control field, 0 where the channel has none (4.1.6). */
export type UslpFecfOctets = 0 | 2 | 4;

export interface UslpFrame {
  /** After decoding, its length and OCF flag agree with the frame; when encoding they are filled in. */
  readonly header: UslpHeader;
  /** Empty where the channel has none, and in truncated frames. */
  readonly insertZone: Uint8Array;
  /** The data field with its own header, see `data-field.ts`. A view after decoding. */
  readonly data: Uint8Array;
  /** 32 bits, unsigned. */
  readonly ocf?: number;
}

export interface UslpFrameParameters {
  readonly fecfOctets: UslpFecfOctets;
  /** Insert zones stand only on channels of frames of fixed length (4.1.3). */
  readonly insertZoneOctets: number;
  /** Octets of every frame of a channel of fixed length; absent: each frame tells its own. */
  readonly lengthOctets?: number;
  /**
   * Octets of every truncated frame, whose header does not tell. Absent: truncated frames are refused on a channel with
   * error control, where one wrong bit would make any frame a truncated one; elsewhere any length is taken.
   */
  readonly truncatedOctets?: number;
}

/** Only idle data: nothing in it may be looked for. */
export const isIdleUslpFrame = (frame: Pick<UslpFrame, 'header'>): boolean =>
  frame.header.virtualChannelId === USLP_IDLE_CHANNEL;

const u32At = (octets: Uint8Array, at: number): number =>
  ((octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!) >>> 0;

const putUnsigned = (octets: Uint8Array, at: number, end: number, value: number): void => {
  for (let k = at; k < end; k++) octets[k] = (value >>> (8 * (end - 1 - k))) & 0xff;
};

const encodeTruncated = (frame: UslpFrame, parameters: UslpFrameParameters): Uint8Array => {
  if (frame.ocf !== undefined || frame.insertZone.length > 0)
    throw new RangeError('truncated USLP frame: expected neither OCF nor insert zone, got one');
  const header = encodeUslpHeader(frame.header);
  const length = header.length + frame.data.length;
  integerIn('truncated USLP frame octets', length, 5, parameters.truncatedOctets ?? USLP_MAX_OCTETS);
  const octets = new Uint8Array(length);
  octets.set(header);
  octets.set(frame.data, header.length);
  return octets;
};

const encode = (frame: UslpFrame, parameters: UslpFrameParameters): Uint8Array => {
  if (frame.header.truncated) return encodeTruncated(frame, parameters);
  const { fecfOctets, insertZoneOctets, lengthOctets } = parameters;
  integerIn('insert zone octets', frame.insertZone.length, insertZoneOctets, insertZoneOctets);
  const ocf = frame.ocf !== undefined;
  const start = uslpHeaderOctets(frame.header) + insertZoneOctets;
  const length = start + frame.data.length + (ocf ? USLP_OCF_OCTETS : 0) + fecfOctets;
  integerIn('USLP frame octets', length, lengthOctets ?? USLP_HEADER_OCTETS + 1, lengthOctets ?? USLP_MAX_OCTETS);
  const octets = new Uint8Array(length);
  octets.set(encodeUslpHeader({ ...frame.header, lengthOctets: length, ocf }));
  octets.set(frame.insertZone, start - insertZoneOctets);
  octets.set(frame.data, start);
  const checkAt = length - fecfOctets;
  if (ocf) putUnsigned(octets, checkAt - USLP_OCF_OCTETS, checkAt, integerIn('OCF', frame.ocf!, 0, 0xffffffff));
  if (fecfOctets === 2) putUnsigned(octets, checkAt, length, crc16(octets, 0, checkAt));
  if (fecfOctets === 4) putUnsigned(octets, checkAt, length, crc32(octets, 0, checkAt));
  return octets;
};

const checkIsGood = (octets: Uint8Array, fecfOctets: UslpFecfOctets): boolean =>
  fecfOctets === 0 || (fecfOctets === 2 ? crc16(octets) === 0 : crc32(octets) === 0);

const decodeWhole = (
  octets: Uint8Array,
  header: WholeHeader,
  { fecfOctets, insertZoneOctets, lengthOctets }: UslpFrameParameters,
): Result<UslpFrame> => {
  const length = octets.length;
  if (header.lengthOctets !== length || (lengthOctets !== undefined && length !== lengthOctets))
    return refuse('length mismatch', 4);
  const start = uslpHeaderOctets(header) + insertZoneOctets;
  const end = length - fecfOctets - (header.ocf ? USLP_OCF_OCTETS : 0);
  if (end < start) return refuse('frame too short', length);
  if (!checkIsGood(octets, fecfOctets)) return refuse('bad FECF', length - fecfOctets);
  return ok({
    header,
    insertZone: octets.subarray(start - insertZoneOctets, start),
    data: octets.subarray(start, end),
    ...(header.ocf ? { ocf: u32At(octets, end) } : {}),
  });
};

const decode = (octets: Uint8Array, parameters: UslpFrameParameters): Result<UslpFrame> => {
  const header = decodeUslpHeader(octets);
  if (!header.ok) return header;
  if (!header.value.truncated) return decodeWhole(octets, header.value, parameters);
  const expected = parameters.truncatedOctets ?? (parameters.fecfOctets === 0 ? octets.length : undefined);
  if (expected === undefined) return refuse('truncated frame', 3);
  if (octets.length !== expected) return refuse('length mismatch', octets.length);
  const start = uslpHeaderOctets(header.value);
  if (octets.length === start) return refuse('frame too short', start);
  return ok({ header: header.value, insertZone: octets.subarray(0, 0), data: octets.subarray(start) });
};

/**
 * The codec of one physical channel. Refuses 'frame too short', 'wrong frame version', 'count too large', 'length
 * mismatch' (the header's length, or the managed one, is not that of the octets), 'bad FECF' and 'truncated frame'
 * (one that the channel is not declared to have; such a frame has no error control).
 */
export const uslpFrame = (parameters: UslpFrameParameters): Codec<UslpFrame> => {
  integerIn('insert zone octets', parameters.insertZoneOctets, 0, USLP_MAX_OCTETS);
  return {
    name: 'USLP frame',
    ...(parameters.lengthOctets === undefined ? {} : { size: parameters.lengthOctets }),
    encode: (frame) => encode(frame, parameters),
    decode: (octets) => decode(octets, parameters),
  };
};
