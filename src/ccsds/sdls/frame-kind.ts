// What link security has to know of TC, TM, AOS and USLP frames (CCSDS 355.0-B-2): which channel a frame is of, whether
// it carries anything to protect, where the security header stands, and what of the frame's header the standard
// authenticates. Validity of the frame itself is the business of its codec, which comes first.
import type { Codec } from '../../codec/codec.ts';
import { crc16, sealCrc16 } from '../../codec/crc16.ts';
import { crc32 } from '../../codec/crc32.ts';
import {
  AOS_HEADER_OCTETS,
  type AosFrame,
  type AosFrameParameters,
  aosFrame,
  FHEC_OCTETS,
} from '../aos-frame/aos-frame.ts';
import { correctHeader, headerIsClean } from '../aos-frame/header-error-control.ts';
import { SEGMENT_HEADER_OCTETS } from '../tc-frame/segment.ts';
import { TC_HEADER_OCTETS, type TcFrame, type TcFrameParameters, tcFrame } from '../tc-frame/tc-frame.ts';
import { TM_HEADER_OCTETS, type TmFrame, type TmFrameParameters, tmFrame } from '../tm-frame/tm-frame.ts';
import { type UslpFrame, type UslpFrameParameters, uslpFrame } from '../uslp-frame/uslp-frame.ts';
import { uslpHeaderOctets } from '../uslp-frame/uslp-header.ts';
import type { FrameKindName, SecuredChannel } from './security-association.ts';

export interface FrameKind<F extends { readonly data: Uint8Array }> {
  readonly name: FrameKindName;
  /** Of the physical channel, with all its checks. */
  readonly codec: Codec<F>;
  /** Whether link security applies: frames of control commands carry no security fields. */
  isProtected(frame: F): boolean;
  /** Octets of the frame before its data field. */
  dataFieldAt(frame: F): number;
  /** Octets of the data field that stand before the security header: the segment header of TC. */
  clearOctets(frame: F): number;
  channelOf(frame: F): SecuredChannel;
  /** The mask of the standard for the first octets; zeros follow up to the security header. */
  readonly standardMask: Uint8Array;
  /** The frame with its header as the codec understood it. */
  mended(octets: Uint8Array): Uint8Array;
  /** Writes the error control anew, where the channel has it. */
  sealError(octets: Uint8Array): void;
}

const same = (octets: Uint8Array): Uint8Array => octets;

/** `segmented`: the virtual channels whose frames start with a segment header. */
export const tcKind = (parameters: TcFrameParameters, segmented: readonly number[]): FrameKind<TcFrame> => {
  const { fecf = true } = parameters;
  const hasSegments = (frame: TcFrame): boolean => segmented.includes(frame.virtualChannelId);
  return {
    name: 'TC',
    codec: tcFrame(parameters),
    isProtected: (frame) => frame.service !== 'BC',
    dataFieldAt: () => TC_HEADER_OCTETS,
    clearOctets: (frame) => (hasSegments(frame) ? SEGMENT_HEADER_OCTETS : 0),
    channelOf: (frame) => ({
      frame: 'TC',
      spacecraftId: frame.spacecraftId,
      virtualChannelId: frame.virtualChannelId,
      ...(hasSegments(frame) && frame.data.length > 0 ? { mapId: frame.data[0]! & 63 } : {}),
    }),
    standardMask: Uint8Array.of(...new Array<number>(TC_HEADER_OCTETS).fill(0).with(2, 0xfc), 0xff),
    mended: same,
    sealError: (octets) => {
      if (fecf) sealCrc16(octets);
    },
  };
};

export const tmKind = (parameters: TmFrameParameters): FrameKind<TmFrame> => ({
  name: 'TM',
  codec: tmFrame(parameters),
  isProtected: () => true,
  dataFieldAt: ({ secondaryHeader }) => TM_HEADER_OCTETS + (secondaryHeader?.length ?? 0),
  clearOctets: () => 0,
  channelOf: ({ spacecraftId, virtualChannelId }) => ({ frame: 'TM', spacecraftId, virtualChannelId }),
  standardMask: Uint8Array.of(0, 0x0e),
  mended: same,
  sealError: (octets) => {
    if (parameters.fecf) sealCrc16(octets);
  },
});

/** A header that its error control has mended is authenticated as it was sent, not as it arrived. */
const mendedAos = (octets: Uint8Array): Uint8Array => {
  if (headerIsClean(octets)) return octets;
  const copy = octets.slice();
  correctHeader(copy);
  return copy;
};

export const aosKind = (parameters: AosFrameParameters): FrameKind<AosFrame> => ({
  name: 'AOS',
  codec: aosFrame(parameters),
  isProtected: () => true,
  dataFieldAt: ({ insertZone }) => AOS_HEADER_OCTETS + (parameters.fhec ? FHEC_OCTETS : 0) + insertZone.length,
  clearOctets: () => 0,
  channelOf: ({ spacecraftId, virtualChannelId }) => ({ frame: 'AOS', spacecraftId, virtualChannelId }),
  standardMask: Uint8Array.of(0, 0x3f),
  mended: parameters.fhec ? mendedAos : same,
  sealError: (octets) => {
    if (parameters.fecf) sealCrc16(octets);
  },
});

const sealUslp = (octets: Uint8Array, fecfOctets: number): void => {
  const end = octets.length - fecfOctets;
  const check = fecfOctets === 4 ? crc32(octets, 0, end) : crc16(octets, 0, end);
  for (let k = 0; k < fecfOctets; k++) octets[end + k] = (check >>> (8 * (fecfOctets - 1 - k))) & 0xff;
};

/** Truncated frames have no room for security and are not protected; nor are frames of control commands. */
export const uslpKind = (parameters: UslpFrameParameters): FrameKind<UslpFrame> => ({
  name: 'USLP',
  codec: uslpFrame(parameters),
  isProtected: ({ header }) => !header.truncated && !header.protocolControl,
  dataFieldAt: ({ header, insertZone }) => uslpHeaderOctets(header) + insertZone.length,
  clearOctets: () => 0,
  channelOf: ({ header: { spacecraftId, virtualChannelId, mapId } }) => ({
    frame: 'USLP',
    spacecraftId,
    virtualChannelId,
    mapId,
  }),
  standardMask: Uint8Array.of(0, 0, 0x07, 0xfe),
  mended: same,
  sealError: (octets) => sealUslp(octets, parameters.fecfOctets),
});
