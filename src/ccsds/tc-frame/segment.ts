// TC segments, CCSDS 232.0-B-4 section 4.1.3.2.2: one octet of segment header (two sequence flags, six bits of MAP id)
// before the data of every AD and BD frame of a virtual channel that has them. BC frames never have one.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, refuse } from '../../codec/result.ts';

export const SEGMENT_HEADER_OCTETS = 1;

/** In the order of their codes: 00, 01, 10, 11. */
export const segmentFlags = ['continuation', 'first', 'last', 'unsegmented'] as const;

export type SegmentFlag = (typeof segmentFlags)[number];

export interface Segment {
  readonly flag: SegmentFlag;
  /** Multiplexer access point, 0..63. */
  readonly mapId: number;
  readonly data: Uint8Array;
}

/** Reason: 'no segment header'. Decoded data is a view into the input. */
export const segment: Codec<Segment> = {
  name: 'TC segment',
  encode: ({ flag, mapId, data }) => {
    const octets = new Uint8Array(SEGMENT_HEADER_OCTETS + data.length);
    octets[0] = (segmentFlags.indexOf(flag) << 6) | integerIn('MAP id', mapId, 0, 63);
    octets.set(data, SEGMENT_HEADER_OCTETS);
    return octets;
  },
  decode: (octets) =>
    octets.length < SEGMENT_HEADER_OCTETS
      ? refuse('no segment header')
      : ok({ flag: segmentFlags[octets[0]! >>> 6]!, mapId: octets[0]! & 63, data: octets.subarray(1) }),
};

/**
 * A unit as the segments of one MAP, each with at most `maximumDataOctets` behind its header, in sending order.
 * Throws a RangeError for an empty unit, which no segment can carry.
 */
export const splitIntoSegments = (unit: Uint8Array, mapId: number, maximumDataOctets: number): Segment[] => {
  integerIn('unit octets', unit.length, 1, Number.MAX_SAFE_INTEGER);
  integerIn('segment data octets', maximumDataOctets, 1, 1018);
  if (unit.length <= maximumDataOctets) return [{ flag: 'unsegmented', mapId, data: unit }];
  const segments: Segment[] = [];
  for (let at = 0; at < unit.length; at += maximumDataOctets) {
    const flag = at === 0 ? 'first' : at + maximumDataOctets >= unit.length ? 'last' : 'continuation';
    segments.push({ flag, mapId, data: unit.subarray(at, at + maximumDataOctets) });
  }
  return segments;
};
