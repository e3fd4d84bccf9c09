// One end of a protected link, sans I/O: which associations it holds, what they have counted, and the two things that
// it does, seal and open. What it remembers is plain data without secrets; keys stay with `algorithmOf`, as handles.
// Left out: extended procedures. A fresh end starts from its configured counters; what has to survive a restart of the
// program is stored by whoever owns a store.
import { type Result, refuse } from '../../codec/result.ts';
import { type ReplayState, replayFrom } from '../../crypto/replay-window.ts';
import { type AssociationKey, type AssociationState, operationalAssociation } from './association-machine.ts';
import type { FrameKind } from './frame-kind.ts';
import { concernsSecurity, type FrameSecurityReport, noSecurityReport, reportAfter } from './frame-security-report.ts';
import { protectFrame } from './protect-frame.ts';
import {
  type FrameKindName,
  isOfChannel,
  type SecurityAssociation,
  securityOverheadOctets,
} from './security-association.ts';
import {
  type HeldAssociation,
  type SecurityRefusal,
  type SecurityTable,
  type Verified,
  verifyFrame,
} from './verify-frame.ts';

/** One pair of key and fixed IV field, and the counters that were used under it. */
export interface CounterUse {
  readonly keyId: number;
  readonly fixed: number;
  readonly state: ReplayState;
}

/** Grants each counter of a key once: the nonce guard of the crypto room fits. It keeps nothing between two steps. */
export interface CounterGuard {
  load(uses: readonly CounterUse[]): void;
  /** 'granted', or why not. */
  claim(keyId: number, fixed: number, counter: number): string;
  save(): readonly CounterUse[];
}

export interface KeyedAssociation {
  readonly association: SecurityAssociation;
  readonly key: AssociationKey;
  /** The first counter to send or to take. */
  readonly counter: number;
}

/** The associations of one end, and what opens and seals under their keys. */
export interface LinkSecurity {
  readonly associations: readonly KeyedAssociation[];
  readonly algorithmOf: SecurityTable['algorithmOf'];
  readonly guard: CounterGuard;
}

export const linkSecurityModes = ['clear', 'secured'] as const;

export const linkSecurityMode = (security: LinkSecurity | undefined): (typeof linkSecurityModes)[number] =>
  security === undefined ? 'clear' : 'secured';

/** Of the frames of one kind. */
export interface SecurityState {
  readonly held: readonly HeldAssociation[];
  readonly used: readonly CounterUse[];
  readonly report: FrameSecurityReport;
  /** Frames sealed or opened. */
  readonly frames: number;
  /** Frames that came in and were refused for a reason of link security. */
  readonly refused: number;
}

const ofKind = ({ associations }: LinkSecurity, frame: FrameKindName): readonly KeyedAssociation[] =>
  associations.filter(({ association }) => association.channel.frame === frame);

export const firstSecurity = (security: LinkSecurity, frame: FrameKindName): SecurityState => ({
  held: ofKind(security, frame).map(({ association, key, counter }) => ({
    association,
    state: operationalAssociation(association, key, counter),
  })),
  used: [],
  report: noSecurityReport,
  frames: 0,
  refused: 0,
});

/** What security takes from each frame of a kind. Throws a RangeError unless all its associations take the same. */
export const overheadOctets = (security: LinkSecurity | undefined, frame: FrameKindName): number => {
  const all = security === undefined ? [] : ofKind(security, frame);
  const overheads = new Set(all.map(({ association }) => securityOverheadOctets(association)));
  if (overheads.size > 1) throw new RangeError(`${frame} associations: expected one overhead, got ${[...overheads]}`);
  return [...overheads][0] ?? 0;
};

const COUNTERS_PER_SECOND = 10_000;

/**
 * For an owner that was reset, and with it this state: counters go on beyond all that can have been sent since the run
 * began, so that no counter is used twice under one key. At the start of a run nothing changes.
 */
export const beyondUsed = (state: SecurityState, nowUs: number): SecurityState => {
  const skipped = Math.ceil((nowUs * COUNTERS_PER_SECOND) / 1e6);
  const held = state.held.map(({ association, state: before }) => {
    const nextSequence = before.nextSequence + skipped;
    return { association, state: { ...before, nextIv: before.nextIv + skipped, nextSequence } };
  });
  return { ...state, held };
};

/** Of the receiving end: counters that lie behind and were not seen on this channel may not come any more. */
export const withoutRepeats = (state: SecurityState, virtualChannelId: number): SecurityState => ({
  ...state,
  held: state.held.map((each) => {
    if (each.association.channel.virtualChannelId !== virtualChannelId) return each;
    const replay = replayFrom(each.association.replay, each.state.replay.last);
    return { ...each, state: { ...each.state, replay } };
  }),
});

const withAssociation = (state: SecurityState, spi: number, next: AssociationState): readonly HeldAssociation[] =>
  state.held.map((each) => (each.association.spi === spi ? { ...each, state: next } : each));

export interface Sealed {
  readonly octets: Uint8Array;
  readonly state: SecurityState;
}

/**
 * The octets of the protected frame. Refuses 'no association' for a channel that has none, what `protectFrame`,
 * `algorithmOf` and the guard refuse, and then nothing was sent and nothing has moved.
 */
export const sealFrame = <F extends { readonly data: Uint8Array }>(
  kind: FrameKind<F>,
  frame: F,
  before: SecurityState,
  security: LinkSecurity,
): Result<Sealed> => {
  const channel = kind.channelOf(frame);
  const held = before.held.find(({ association }) => isOfChannel(channel, association.channel));
  if (held?.state.key === undefined) return refuse('no association');
  const { association, state } = held;
  const { id, fixed } = held.state.key;
  const algorithm = security.algorithmOf(association, held.state.key);
  if (!algorithm.ok) return algorithm;
  const { guard } = security;
  guard.load(before.used);
  const claim = guard.claim(id, fixed, association.ivOctets > 0 ? state.nextIv : state.nextSequence);
  if (claim !== 'granted') return refuse(claim);
  const made = protectFrame(kind, frame, association, state, algorithm.value);
  if (!made.ok) return made;
  const next = { held: withAssociation(before, association.spi, made.value.state), used: guard.save() };
  return { ok: true, value: { octets: made.value.octets, state: { ...before, ...next, frames: before.frames + 1 } } };
};

export interface Opened<F> {
  readonly outcome: Verified<F> | SecurityRefusal;
  /** To be kept before the frame is used. After a refusal only its report and its count differ. */
  readonly state: SecurityState;
}

/** What became of a frame that came in. Never throws on any octets. */
export const openFrame = <F extends { readonly data: Uint8Array }>(
  kind: FrameKind<F>,
  octets: Uint8Array,
  before: SecurityState,
  { algorithmOf }: LinkSecurity,
  nowUs: number,
): Opened<F> => {
  const find = (spi: number): HeldAssociation | undefined =>
    before.held.find(({ association }) => association.spi === spi);
  const outcome = verifyFrame(kind, octets, { find, algorithmOf }, nowUs);
  const report = reportAfter(before.report, outcome);
  if (!outcome.ok)
    return { outcome, state: { ...before, report, refused: before.refused + (concernsSecurity(outcome) ? 1 : 0) } };
  const held = withAssociation(before, outcome.spi, outcome.state);
  return { outcome, state: { ...before, held, report, frames: before.frames + 1 } };
};
