// The counter of an association on the wire of extended procedures: the whole IV with its fixed field, or the sequence
// number, exactly as wide as its frames carry it. It always tells the last counter that was used, at either end; the
// next frame carries one more. So zero means that nothing was used yet, and the first frame of a key carries 1.
import { ok, type Result, refuse } from '../../../codec/result.ts';
import { Writer } from '../../../codec/writer.ts';
import { replayFrom } from '../../../crypto/replay-window.ts';
import type { AssociationState } from '../association-machine.ts';
import { IV_FIXED_OCTETS, type SecurityAssociation } from '../security-association.ts';
import { counterEnd } from '../security-header.ts';

export interface WireCounter {
  /** 0 where there is no IV. */
  readonly fixed: number;
  readonly last: number;
}

export const counterWidth = (association: SecurityAssociation): number =>
  association.ivOctets > 0 ? association.ivOctets : association.sequenceOctets;

const unsigned = (octets: Uint8Array): number => octets.reduce((value, octet) => value * 256 + octet, 0);

/** Refuses 'wrong counter width', and 'counter exhausted' when no counter is left behind it. */
export const readCounterOctets = (association: SecurityAssociation, octets: Uint8Array): Result<WireCounter> => {
  if (octets.length !== counterWidth(association)) return refuse('wrong counter width', octets.length);
  const fixedOctets = association.ivOctets > 0 ? IV_FIXED_OCTETS : 0;
  const last = unsigned(octets.subarray(fixedOctets));
  if (last + 1 >= counterEnd(association)) return refuse('counter exhausted', fixedOctets);
  return ok({ fixed: unsigned(octets.subarray(0, fixedOctets)), last });
};

/** Throws a RangeError for a counter that its field cannot hold. */
export const counterAsOctets = (association: SecurityAssociation, { fixed, last }: WireCounter): Uint8Array => {
  const width = counterWidth(association);
  const writer = new Writer(width);
  if (association.ivOctets > 0) writer.unsigned(fixed, IV_FIXED_OCTETS, 'fixed IV field');
  const left = width - writer.length;
  // Counters end at 2^48: what is wider starts with zeros.
  return writer
    .fill(0, Math.max(0, left - 6))
    .unsigned(last, Math.min(6, left), 'counter')
    .finish();
};

/** The last counter that was used; -1 when it was not even zero. */
export const lastCounter = (association: SecurityAssociation, state: AssociationState): number => {
  if (association.direction === 'receive') return state.replay.last;
  return (association.ivOctets > 0 ? state.nextIv : state.nextSequence) - 1;
};

/** Everything up to and with `last` counts as used. */
export const withLastCounter = (
  association: SecurityAssociation,
  state: AssociationState,
  last: number,
): AssociationState => ({
  ...state,
  nextIv: last + 1,
  nextSequence: last + 1,
  replay: replayFrom(association.replay, last),
});
