// The life of a security association, CCSDS 355.1-B-1: none, unkeyed, keyed, operational and back. Everything that the
// table does not let happen is refused, and changes nothing. The counters live here too, because a new key is the only
// thing that starts them again.
import { COUNTER_LIMIT, type ReplayState, replayFrom } from '../../crypto/replay-window.ts';
import { machine, type Step } from '../../kernel/machine.ts';
import type { SecurityAssociation } from './security-association.ts';

export const associationModes = ['none', 'unkeyed', 'keyed', 'operational'] as const;
export type AssociationMode = (typeof associationModes)[number];

export interface AssociationKey {
  /** 0..65535 */
  readonly id: number;
  /** The fixed field of the IV, 32 bits; without meaning where there is no IV. */
  readonly fixed: number;
  /** When frames under this key begin and cease to be taken; absent: no limit. */
  readonly fromUs?: number;
  readonly untilUs?: number;
}

export interface AssociationState {
  readonly mode: AssociationMode;
  readonly key: AssociationKey | undefined;
  /** What the next frame sent carries in its IV and in its sequence number. */
  readonly nextIv: number;
  readonly nextSequence: number;
  readonly replay: ReplayState;
}

export type AssociationEvent =
  | { readonly type: 'create' | 'start' | 'stop' | 'expire' | 'delete'; readonly association: SecurityAssociation }
  | {
      readonly type: 'rekey';
      readonly association: SecurityAssociation;
      readonly key: AssociationKey;
      /** The first counter to send, or to take. More than 0 only for what was in use before. */
      readonly counter: number;
    };

export type AssociationAction =
  | { readonly type: 'moved' }
  | { readonly type: 'refused'; readonly reason: 'illegal association transition' };

type Made = Step<AssociationState, AssociationAction>;
type Rekey = Extract<AssociationEvent, { readonly type: 'rekey' }>;

const moved = { type: 'moved' } as const;

const noKey = (association: SecurityAssociation): AssociationState => ({
  mode: 'unkeyed',
  key: undefined,
  nextIv: 0,
  nextSequence: 0,
  replay: replayFrom(association.replay),
});

const create = (_: AssociationState, event: { readonly association: SecurityAssociation }): Made => [
  noKey(event.association),
  moved,
];

const takeKey = (state: AssociationState, { association, key, counter }: Rekey): Made => [
  { ...state, key, nextIv: counter, nextSequence: counter, replay: replayFrom(association.replay, counter - 1) },
  moved,
];

const begin = (state: AssociationState): Made => [state, moved];
const halt = (state: AssociationState): Made => [state, moved];
const dropKey = (_: AssociationState, event: { readonly association: SecurityAssociation }): Made => [
  noKey(event.association),
  moved,
];
const remove = (_: AssociationState, event: { readonly association: SecurityAssociation }): Made => [
  { ...noKey(event.association), mode: 'none' },
  moved,
];
const deny = (state: AssociationState): Made => [state, { type: 'refused', reason: 'illegal association transition' }];

export const associationMachine = machine<AssociationState, AssociationEvent, AssociationAction>(
  'Security association',
  {
    create: {
      is: 'the association is set up',
      none: [create, 'unkeyed'],
      unkeyed: [deny, 'unkeyed'],
      keyed: [deny, 'keyed'],
      operational: [deny, 'operational'],
    },
    rekey: {
      is: 'a key and the first counter',
      none: [deny, 'none'],
      unkeyed: [takeKey, 'keyed'],
      keyed: [deny, 'keyed'],
      operational: [deny, 'operational'],
    },
    start: {
      is: 'frames may pass',
      none: [deny, 'none'],
      unkeyed: [deny, 'unkeyed'],
      keyed: [begin, 'operational'],
      operational: [deny, 'operational'],
    },
    stop: {
      is: 'frames may no longer pass',
      none: [deny, 'none'],
      unkeyed: [deny, 'unkeyed'],
      keyed: [deny, 'keyed'],
      operational: [halt, 'keyed'],
    },
    expire: {
      is: 'the key is taken away',
      none: [deny, 'none'],
      unkeyed: [deny, 'unkeyed'],
      keyed: [dropKey, 'unkeyed'],
      operational: [deny, 'operational'],
    },
    delete: {
      is: 'the association is taken down',
      none: [deny, 'none'],
      unkeyed: [remove, 'none'],
      keyed: [deny, 'keyed'],
      operational: [deny, 'operational'],
    },
  },
);

/** The state before anything was set up. */
export const noAssociation = (association: SecurityAssociation): AssociationState => ({
  ...noKey(association),
  mode: 'none',
});

/** An operational association at once, as loaded before launch. Throws a RangeError for a counter past the end. */
export const operationalAssociation = (
  association: SecurityAssociation,
  key: AssociationKey,
  counter = 0,
): AssociationState => {
  if (counter >= COUNTER_LIMIT) throw new RangeError(`first counter: expected less than 2^48, got ${counter}`);
  const events: readonly AssociationEvent[] = [
    { type: 'create', association },
    { type: 'rekey', association, key, counter },
    { type: 'start', association },
  ];
  return events.reduce((state, event) => associationMachine.step(state, event)[0], noAssociation(association));
};
