// ProcessSecurity, CCSDS 355.0-B-2: the octets of a protected frame become a clear one. The checks run from the
// cheapest to the dearest and none of them changes anything: the state that follows a frame comes back only with the
// frame, so that whatever was refused has moved nothing. Authorisation of what the frame asks for comes after, and is
// not decided here.
import { equalOctets } from '../../codec/equal-octets.ts';
import { type Refused, type Result, refuse } from '../../codec/result.ts';
import { commitCounter, judgeCounter, type ReplayVerdict } from '../../crypto/replay-window.ts';
import type { AssociationKey, AssociationState } from './association-machine.ts';
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
import { counterEnd, readSecurityHeader, type SecurityHeader, spiAt } from './security-header.ts';

export interface HeldAssociation {
  readonly association: SecurityAssociation;
  readonly state: AssociationState;
}

/** What a receiver looks associations and keys up in. */
export interface SecurityTable {
  find(spi: number): HeldAssociation | undefined;
  /** The algorithm under the key, or why there is none ('key not active', 'wrong key length', ...). */
  algorithmOf(association: SecurityAssociation, key: AssociationKey): Result<FrameAlgorithm>;
}

export interface Verified<F> {
  readonly ok: true;
  /** As if it had never been protected; in USLP the header still tells the length of the protected frame. */
  readonly frame: F;
  readonly spi: number;
  readonly counter: number;
  /** To be put in the place of the association's state, and its counter reserved, before the frame is used. */
  readonly state: AssociationState;
}

export interface SecurityRefusal extends Refused {
  /** What the frame claimed, once it was long enough to claim it. */
  readonly spi?: number;
  readonly counter?: number;
}

/** Reasons beside those of the frame's codec and of `SecurityTable`. */
export const securityReasons = [
  'control frame',
  'no security header',
  'SPI unknown',
  'wrong direction',
  'wrong channel',
  'association not operational',
  'frame too short for association',
  'bad pad length',
  'epoch not begun',
  'epoch over',
  'wrong IV',
  'counter exhausted',
  'replay ahead',
  'replay behind',
  'replay duplicate',
  'header not of the association',
  'bad MAC',
] as const;

const replayReasons: Readonly<Record<Exclude<ReplayVerdict, 'fresh'>, string>> = {
  ahead: 'replay ahead',
  behind: 'replay behind',
  duplicate: 'replay duplicate',
  exhausted: 'counter exhausted',
};

/** What the frame says about itself, and which association that names. */
interface Claim extends HeldAssociation {
  readonly key: AssociationKey;
  readonly algorithm: FrameAlgorithm;
  readonly header: SecurityHeader;
  readonly headerAt: number;
  readonly dataAt: number;
  readonly dataEnd: number;
}

const refuseClaim = (reason: string, at: number, spi: number, counter?: number): SecurityRefusal => ({
  ...refuse(reason, at),
  spi,
  ...(counter === undefined ? {} : { counter }),
});

const checkEpoch = (key: AssociationKey, nowUs: number): string | undefined => {
  if (key.fromUs !== undefined && nowUs < key.fromUs) return 'epoch not begun';
  return key.untilUs !== undefined && nowUs >= key.untilUs ? 'epoch over' : undefined;
};

const checkCounter = ({ association, state, key, header }: Omit<Claim, 'algorithm'>): string | undefined => {
  if (association.ivOctets > 0 && header.fixed !== key.fixed) return 'wrong IV';
  if (header.counter >= counterEnd(association)) return 'counter exhausted';
  const verdict = judgeCounter(association.replay, state.replay, header.counter);
  return verdict === 'fresh' ? undefined : replayReasons[verdict];
};

/** Everything that can be told without the cipher. */
const claimOf = <F extends { readonly data: Uint8Array }>(
  kind: FrameKind<F>,
  frame: F,
  octets: Uint8Array,
  table: SecurityTable,
  nowUs: number,
): { readonly ok: true; readonly value: Claim } | SecurityRefusal => {
  const headerAt = kind.dataFieldAt(frame) + kind.clearOctets(frame);
  const end = kind.dataFieldAt(frame) + frame.data.length;
  if (!kind.isProtected(frame)) return refuse('control frame', 0);
  if (end - headerAt < SPI_OCTETS) return refuse('no security header', end);
  const spi = spiAt(octets, headerAt);
  const held = table.find(spi);
  if (held === undefined || held.state.mode === 'none') return refuseClaim('SPI unknown', headerAt, spi);
  const { association, state } = held;
  if (association.direction !== 'receive') return refuseClaim('wrong direction', headerAt, spi);
  if (!isOfChannel(kind.channelOf(frame), association.channel)) return refuseClaim('wrong channel', 0, spi);
  const { key } = state;
  if (state.mode !== 'operational' || key === undefined)
    return refuseClaim('association not operational', headerAt, spi);
  // One octet of data at least: a frame of nothing but security has no clear form.
  if (end - headerAt <= securityOverheadOctets(association))
    return refuseClaim('frame too short for association', end, spi);
  const header = readSecurityHeader(octets, headerAt, association);
  if (header.padLength !== 0) return refuseClaim('bad pad length', headerAt, spi, header.counter);
  const dataAt = headerAt + securityHeaderOctets(association);
  const dataEnd = end - association.macOctets;
  const claim = { association, state, key, header, headerAt, dataAt, dataEnd };
  const algorithm = table.algorithmOf(association, key);
  if (!algorithm.ok) return refuseClaim(algorithm.reason, headerAt, spi, header.counter);
  const wrong = checkEpoch(key, nowUs) ?? checkCounter(claim);
  if (wrong !== undefined) return refuseClaim(wrong, headerAt + SPI_OCTETS, spi, header.counter);
  return { ok: true, value: { ...claim, algorithm: algorithm.value } };
};

/** The clear data, 'bad MAC', or a header that the association's mask is not made for. */
const openData = (standardMask: Uint8Array, octets: Uint8Array, claim: Claim): Uint8Array | string => {
  const { association, algorithm, header, headerAt, dataAt, dataEnd } = claim;
  const encrypts = algorithm.service === 'authenticated encryption';
  const covered = authenticatedOctets(standardMask, association, octets, headerAt, encrypts ? dataAt : dataEnd);
  if (covered === undefined) return 'header not of the association';
  const sent = octets.subarray(dataEnd, dataEnd + association.macOctets);
  if (encrypts)
    return algorithm.aead.open(header.iv, covered, octets.subarray(dataAt, dataEnd + sent.length)) ?? 'bad MAC';
  const expected = algorithm.mac.tag(covered).subarray(0, association.macOctets);
  return equalOctets(expected, sent) ? octets.slice(dataAt, dataEnd) : 'bad MAC';
};

const clearData = <F extends { readonly data: Uint8Array }>(kind: FrameKind<F>, frame: F, plain: Uint8Array) => {
  const clear = kind.clearOctets(frame);
  if (clear === 0) return plain;
  const data = new Uint8Array(clear + plain.length);
  data.set(frame.data.subarray(0, clear));
  data.set(plain, clear);
  return data;
};

/**
 * The clear frame with the state that follows, or the first reason against it: one of the frame's codec, of
 * `securityReasons`, or of the table. Never throws on any octets; an algorithm of another service than that of its
 * association is a mistake of the table, and a RangeError.
 */
export const verifyFrame = <F extends { readonly data: Uint8Array }>(
  kind: FrameKind<F>,
  octets: Uint8Array,
  table: SecurityTable,
  nowUs: number,
): Verified<F> | SecurityRefusal => {
  const decoded = kind.codec.decode(octets);
  if (!decoded.ok) return decoded;
  const claimed = claimOf(kind, decoded.value, octets, table, nowUs);
  if (!claimed.ok) return claimed;
  const { association, state, header, algorithm, headerAt } = claimed.value;
  if (algorithm.service !== association.service)
    throw new RangeError(`algorithm: expected ${association.service}, got ${algorithm.service}`);
  const plain = openData(kind.standardMask, kind.mended(octets), claimed.value);
  if (typeof plain === 'string') return refuseClaim(plain, headerAt, header.spi, header.counter);
  const replay = commitCounter(association.replay, state.replay, header.counter);
  return {
    ok: true,
    frame: { ...decoded.value, data: clearData(kind, decoded.value, plain) },
    spi: header.spi,
    counter: header.counter,
    state: { ...state, replay },
  };
};
