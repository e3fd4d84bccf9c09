// Packets whose sequence flags say that they are parts of one unit of user data (133.0-B-2 4.1.3.4.2), joined again.
// One state per APID. A part that does not continue the group drops it with a reason.
import { joinOctets } from '../../codec/octets.ts';
import { SEQUENCE_COUNT_MODULUS, type SpacePacket } from './space-packet.ts';

export interface SegmentGroup {
  /** Count of the last part, or -1 when no group is open. */
  readonly last: number;
  readonly parts: readonly Uint8Array[];
  readonly octets: number;
}

export const segmentGroupReset: SegmentGroup = { last: -1, parts: [], octets: 0 };

export interface Grouped {
  readonly state: SegmentGroup;
  /** The joined data of a finished group, or the data of an unsegmented packet. */
  readonly unit?: Uint8Array;
  /** Why an open group was dropped: 'part missing', 'group not finished', 'no first part', 'group too long'. */
  readonly dropped?: string;
}

/** `data` is what is to be joined: the packet data field without its secondary header. Bounded by `maxOctets`. */
export const groupSegment = (
  state: SegmentGroup,
  packet: Pick<SpacePacket, 'sequence' | 'count'>,
  data: Uint8Array,
  maxOctets: number,
): Grouped => {
  const open = state.last >= 0;
  const unfinished = open ? { dropped: 'group not finished' } : {};
  if (packet.sequence === 'unsegmented') return { state: segmentGroupReset, unit: data, ...unfinished };
  if (packet.sequence === 'first') {
    if (data.length > maxOctets) return { state: segmentGroupReset, dropped: 'group too long' };
    return { state: { last: packet.count, parts: [data.slice()], octets: data.length }, ...unfinished };
  }
  if (!open) return { state: segmentGroupReset, dropped: 'no first part' };
  if (packet.count !== (state.last + 1) % SEQUENCE_COUNT_MODULUS)
    return { state: segmentGroupReset, dropped: 'part missing' };
  const octets = state.octets + data.length;
  if (octets > maxOctets) return { state: segmentGroupReset, dropped: 'group too long' };
  const parts = [...state.parts, data.slice()];
  if (packet.sequence === 'last') return { state: segmentGroupReset, unit: joinOctets(parts) };
  return { state: { last: packet.count, parts, octets } };
};
