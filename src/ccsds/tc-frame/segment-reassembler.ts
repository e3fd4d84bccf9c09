// Puts the segments of each MAP together again, CCSDS 232.0-B-4 section 4.4.3: portions that do not follow each other
// are discarded, and the unit that they belong to with them. State is plain data, so that a graph can be saved with it.
// Bounds: `maximumUnitOctets` per MAP, and one unfinished unit per MAP in use; what goes beyond is discarded.
import { joinOctets } from '../../codec/octets.ts';
import type { Segment } from './segment.ts';

/** Parts of one unfinished unit, copied out of the frames that brought them. */
export interface UnfinishedUnit {
  readonly mapId: number;
  readonly octets: number;
  readonly parts: readonly Uint8Array[];
}

export type Reassembly = readonly UnfinishedUnit[];

export const noReassembly: Reassembly = [];

export type SegmentRefusal =
  /** A unit began before the one before had ended: that one is lost. */
  | 'unfinished unit'
  /** A continuation or an end without its beginning. */
  | 'segment without start'
  | 'unit too long';

export interface Reassembled {
  readonly state: Reassembly;
  /** A whole unit, if this segment ended one. */
  readonly unit?: Uint8Array;
  /** What was discarded, if anything was. */
  readonly refusal?: SegmentRefusal;
}

/** Takes the next segment of a virtual channel. The data of an unsegmented unit stays a view, all else is copied. */
export const reassemble = (state: Reassembly, segment: Segment, maximumUnitOctets: number): Reassembled => {
  const open = state.find((unit) => unit.mapId === segment.mapId);
  const others = open === undefined ? state : state.filter((unit) => unit !== open);
  if (segment.flag === 'unsegmented' || segment.flag === 'first') {
    const lost = open === undefined ? {} : { refusal: 'unfinished unit' as const };
    if (segment.data.length > maximumUnitOctets) return { state: others, refusal: 'unit too long' };
    if (segment.flag === 'unsegmented') return { state: others, unit: segment.data, ...lost };
    const begun = { mapId: segment.mapId, octets: segment.data.length, parts: [segment.data.slice()] };
    return { state: [...others, begun], ...lost };
  }
  if (open === undefined) return { state, refusal: 'segment without start' };
  const octets = open.octets + segment.data.length;
  if (octets > maximumUnitOctets) return { state: others, refusal: 'unit too long' };
  if (segment.flag === 'last') return { state: others, unit: joinOctets([...open.parts, segment.data]) };
  // Empty continuations carry nothing and are not kept: the number of parts stays below the number of octets.
  if (segment.data.length === 0) return { state };
  const longer = { mapId: segment.mapId, octets, parts: [...open.parts, segment.data.slice()] };
  return { state: [...others, longer] };
};
