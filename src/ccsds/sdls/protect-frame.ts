// ApplySecurity, CCSDS 355.0-B-2: a clear frame becomes the octets of a protected one, and the counters move on. The
// clear frame leaves room: where frames have one length, its data field is shorter by the overhead of the association.
// The channel's error control is computed last, over the ciphertext.
import { integerIn } from '../../codec/assert.ts';
import { type Result, refuse } from '../../codec/result.ts';
import type { AssociationState } from './association-machine.ts';
import { authenticatedOctets } from './authenticated-octets.ts';
import type { FrameAlgorithm } from './frame-algorithm.ts';
import type { FrameKind } from './frame-kind.ts';
import {
  isOfChannel,
  type SecurityAssociation,
  SPI_OCTETS,
  securityHeaderOctets,
  securityOverheadOctets,
} from './security-association.ts';
import { counterEnd, writeSecurityHeader } from './security-header.ts';

export interface Protected {
  readonly octets: Uint8Array;
  /** The counter that this frame used up. */
  readonly counter: number;
  /** To be kept, and its counters stored or reserved, before the octets leave. */
  readonly state: AssociationState;
}

const checkAlgorithm = (association: SecurityAssociation, algorithm: FrameAlgorithm): void => {
  if (association.service !== algorithm.service)
    throw new RangeError(`algorithm: expected ${association.service}, got ${algorithm.service}`);
  const tagOctets = algorithm.service === 'authentication' ? algorithm.mac.tagOctets : algorithm.aead.tagOctets;
  integerIn('MAC octets', association.macOctets, 1, tagOctets);
};

/**
 * Refuses 'wrong direction', 'association not operational', 'control frame', 'no segment header', 'wrong channel',
 * 'counter exhausted' and 'header not of the association'. Throws a RangeError for a frame that its channel cannot
 * carry, empty data, or an algorithm of another service.
 */
export const protectFrame = <F extends { readonly data: Uint8Array }>(
  kind: FrameKind<F>,
  frame: F,
  association: SecurityAssociation,
  state: AssociationState,
  algorithm: FrameAlgorithm,
): Result<Protected> => {
  checkAlgorithm(association, algorithm);
  if (association.direction !== 'transmit') return refuse('wrong direction');
  if (state.mode !== 'operational' || state.key === undefined) return refuse('association not operational');
  if (!kind.isProtected(frame)) return refuse('control frame');
  const clear = kind.clearOctets(frame);
  if (frame.data.length < clear) return refuse('no segment header');
  if (!isOfChannel(kind.channelOf(frame), association.channel)) return refuse('wrong channel');
  const counter = association.ivOctets > 0 ? state.nextIv : state.nextSequence;
  if (counter >= counterEnd(association)) return refuse('counter exhausted');
  const plain = frame.data.subarray(clear);
  integerIn('octets to protect', plain.length, 1, 65536);

  const data = new Uint8Array(frame.data.length + securityOverheadOctets(association));
  data.set(frame.data.subarray(0, clear));
  writeSecurityHeader(data, clear, association, state.key.fixed, state.nextIv, state.nextSequence);
  if (algorithm.service === 'authentication') data.set(plain, clear + securityHeaderOctets(association));
  const octets = kind.codec.encode({ ...frame, data });

  const headerAt = kind.dataFieldAt(frame) + clear;
  const dataAt = headerAt + securityHeaderOctets(association);
  const dataEnd = dataAt + plain.length;
  const coveredEnd = algorithm.service === 'authentication' ? dataEnd : dataAt;
  const covered = authenticatedOctets(kind.standardMask, association, octets, headerAt, coveredEnd);
  if (covered === undefined) return refuse('header not of the association');
  if (algorithm.service === 'authentication')
    octets.set(algorithm.mac.tag(covered).subarray(0, association.macOctets), dataEnd);
  else {
    const ivAt = headerAt + SPI_OCTETS;
    algorithm.aead.sealInto(octets, dataAt, octets.subarray(ivAt, ivAt + association.ivOctets), covered, plain);
  }
  kind.sealError(octets);

  const next = { ...state, nextIv: state.nextIv + 1, nextSequence: state.nextSequence + 1 };
  return { ok: true, value: { octets, counter, state: next } };
};
