// TC transfer frame, CCSDS 232.0-B-4 section 4.1: five octets of header, the data field, and the FECF where the mission
// has one. Reception checks the fields in the order of clause 4.4.9, so that the reason names the first that is wrong.
// Left out: SDLS fields (they are inside `data` until link security takes them) and the segment header (segment.ts).
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { crc16, sealCrc16 } from '../../codec/crc16.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

export const TC_HEADER_OCTETS = 5;
export const TC_FECF_OCTETS = 2;
/** 4.1.2.7: ten bits of length, minus one. */
export const TC_FRAME_MAXIMUM_OCTETS = 1024;

/** AD: sequence controlled data. BD: expedited data. BC: a control command. */
export type TcService = 'AD' | 'BD' | 'BC';

export interface TcFrame {
  readonly service: TcService;
  /** 0..1023 */
  readonly spacecraftId: number;
  /** 0..63 */
  readonly virtualChannelId: number;
  /** N(S), 0..255. Zero on BD and BC. */
  readonly sequence: number;
  /** The frame data field: 1 to 1019 octets, two less with a FECF. Decoded, it is a view into the input. */
  readonly data: Uint8Array;
}

/** Managed parameters of the physical channel (232.0-B-4 section 5). */
export interface TcFrameParameters {
  readonly spacecraftId: number;
  /** The virtual channels in use. */
  readonly virtualChannels: readonly number[];
  /** Default 1024. */
  readonly maximumOctets?: number;
  /** Default true. */
  readonly fecf?: boolean;
}

const SERVICE_BITS = { AD: 0x00, BD: 0x20, BC: 0x30 } as const satisfies Record<TcService, number>;

/** Octets of the frame that starts at `at`, by its own length field; undefined if the header is not whole. */
export const tcFrameLength = (octets: Uint8Array, at = 0): number | undefined =>
  at + TC_HEADER_OCTETS > octets.length ? undefined : (((octets[at + 2]! & 0x03) << 8) | octets[at + 3]!) + 1;

/**
 * The octets of one frame. Throws a RangeError for an identifier, a sequence number or a length that does not fit.
 * Spacecraft id and virtual channel come from the frame; the parameters give FECF and the maximum length.
 */
export const encodeTcFrame = (frame: TcFrame, fecf = true, maximumOctets = TC_FRAME_MAXIMUM_OCTETS): Uint8Array => {
  integerIn('spacecraft id', frame.spacecraftId, 0, 1023);
  integerIn('virtual channel id', frame.virtualChannelId, 0, 63);
  integerIn('N(S)', frame.sequence, 0, 255);
  const length = TC_HEADER_OCTETS + frame.data.length + (fecf ? TC_FECF_OCTETS : 0);
  integerIn('frame data octets', frame.data.length, 1, maximumOctets - (length - frame.data.length));
  const octets = new Uint8Array(length);
  octets[0] = SERVICE_BITS[frame.service] | (frame.spacecraftId >>> 8);
  octets[1] = frame.spacecraftId & 0xff;
  octets[2] = (frame.virtualChannelId << 2) | ((length - 1) >>> 8);
  octets[3] = (length - 1) & 0xff;
  octets[4] = frame.sequence;
  octets.set(frame.data, TC_HEADER_OCTETS);
  if (fecf) sealCrc16(octets);
  return octets;
};

/**
 * Frame validation for one physical channel. Reasons, in the order of the checks: 'frame too short', 'wrong frame
 * version', 'wrong spacecraft id', 'spare bits set', 'frame too long', 'length mismatch', 'virtual channel not in use',
 * 'illegal frame flags', 'no frame data', 'bad FECF'.
 */
export const tcFrame = (parameters: TcFrameParameters): Codec<TcFrame> => {
  const { spacecraftId, virtualChannels, maximumOctets = TC_FRAME_MAXIMUM_OCTETS, fecf = true } = parameters;
  const inUse = new Uint8Array(64);
  for (const id of virtualChannels) inUse[integerIn('virtual channel id', id, 0, 63)] = 1;
  integerIn('maximum frame octets', maximumOctets, TC_HEADER_OCTETS + 1, TC_FRAME_MAXIMUM_OCTETS);
  const trailer = fecf ? TC_FECF_OCTETS : 0;
  const decode = (octets: Uint8Array): Result<TcFrame> => {
    if (octets.length < TC_HEADER_OCTETS) return refuse('frame too short', octets.length);
    const first = octets[0]!;
    if (first & 0xc0) return refuse('wrong frame version');
    if ((((first & 3) << 8) | octets[1]!) !== spacecraftId) return refuse('wrong spacecraft id');
    if (first & 0x0c) return refuse('spare bits set');
    const length = (((octets[2]! & 3) << 8) | octets[3]!) + 1;
    if (length > maximumOctets) return refuse('frame too long', 2);
    if (length !== octets.length) return refuse('length mismatch', 2);
    const virtualChannelId = octets[2]! >>> 2;
    if (inUse[virtualChannelId] === 0) return refuse('virtual channel not in use', 2);
    const flags = first & 0x30;
    if (flags === 0x10) return refuse('illegal frame flags');
    if (length < TC_HEADER_OCTETS + 1 + trailer) return refuse('no frame data', TC_HEADER_OCTETS);
    if (fecf && crc16(octets) !== 0) return refuse('bad FECF', length - TC_FECF_OCTETS);
    return ok({
      service: flags === 0 ? 'AD' : flags === 0x20 ? 'BD' : 'BC',
      spacecraftId,
      virtualChannelId,
      sequence: octets[4]!,
      data: octets.subarray(TC_HEADER_OCTETS, length - trailer),
    });
  };
  return { name: 'TC frame', encode: (frame) => encodeTcFrame(frame, fecf, maximumOctets), decode };
};
