// Association management, CCSDS 355.1-B-1, on the table of the association machine. The association that
// carries the command is never a target: whoever changes it in flight may have sent the last command that arrives.
import { associationConflicts } from '../association-conflicts.ts';
import {
  type AssociationEvent,
  type AssociationKey,
  type AssociationState,
  associationMachine,
  noAssociation,
} from '../association-machine.ts';
import { type ChannelField, channelField } from './association-bodies.ts';
import {
  counterAsOctets,
  lastCounter,
  readCounterOctets,
  type WireCounter,
  withLastCounter,
} from './association-counter.ts';
import { associationOf, windowOf } from './association-layout.ts';
import type { KeyEntry } from './key-machine.ts';
import { ANSWER_FIXED_FIELD, type ManagedAssociation, type ProcedureState } from './procedure-state.ts';
import { answered, changed, type Given, type Procedure, type ProcedureStep, refused } from './procedure-step.ts';
import { type ProcedureName, tagOf } from './procedure-table.ts';

const find = ({ associations }: ProcedureState, spi: number): ManagedAssociation | undefined =>
  associations.find(({ association }) => association.spi === spi);

/** One that is set up, as it is to be read; deleted ones are as good as unknown. */
const existing = (state: ProcedureState, spi: number): ManagedAssociation | undefined => {
  const held = find(state, spi);
  return held?.state.mode === 'none' ? undefined : held;
};

/** The association may be a target of the command, or why it may not. */
const target = <K>({ state, context }: Given<K>, spi: number): ManagedAssociation | string => {
  if (spi === context.carrier.spi) return 'self target';
  return existing(state, spi) ?? 'SPI unknown';
};

const isCarrierKey = <K>({ context }: Given<K>, keyId: number | undefined): boolean => keyId === context.carrier.keyId;

const withAssociation = (
  { associations }: ProcedureState,
  held: ManagedAssociation,
  procedure: ProcedureName,
): ManagedAssociation[] =>
  [
    ...associations.filter(({ association }) => association.spi !== held.association.spi),
    { ...held, lastTag: tagOf('request', procedure) },
  ].sort((a, b) => a.association.spi - b.association.spi);

const step = (state: AssociationState, event: AssociationEvent): AssociationState | string => {
  const [after, action] = associationMachine.step(state, event);
  return action?.type === 'refused' ? action.reason : after;
};

/** A procedure that is nothing but a transition. */
const transition = <K>(
  given: Given<K>,
  spi: number,
  procedure: ProcedureName,
  type: 'start' | 'stop' | 'expire' | 'delete',
  keysAfter: (held: ManagedAssociation) => readonly KeyEntry[] = () => given.state.keys,
): ProcedureStep<K, undefined> => {
  const held = target(given, spi);
  if (typeof held === 'string') return refused(held);
  const after = step(held.state, { type, association: held.association });
  if (typeof after === 'string') return refused(after);
  const associations = withAssociation(given.state, { ...held, state: after }, procedure);
  return changed({ associations, keys: keysAfter(held) });
};

export const stopAssociation: Procedure<'stopAssociation'> = (given, { spi }) =>
  transition(given, spi, 'stopAssociation', 'stop');

export const deleteAssociation: Procedure<'deleteAssociation'> = (given, { spi }) =>
  transition(given, spi, 'deleteAssociation', 'delete');

/**
 * The key has run counters that nobody remembers from here on, so that no association may take it again. The key that
 * carries the command stays as it is, so that another association with that key is not expired under it.
 */
export const expireAssociation: Procedure<'expireAssociation'> = (given, { spi }) =>
  isCarrierKey(given, find(given.state, spi)?.state.key?.id)
    ? refused('self target')
    : transition(given, spi, 'expireAssociation', 'expire', ({ state }) =>
        given.state.keys.map((key) => (key.id === state.key?.id ? { ...key, spent: true } : key)),
      );

const sameChannel = (a: ChannelField, b: ChannelField): boolean =>
  a.version === b.version &&
  a.spacecraftId === b.spacecraftId &&
  a.virtualChannelId === b.virtualChannelId &&
  a.mapId === b.mapId;

/** The channels of the request have to be the one that the mission manages: starting moves nothing elsewhere. */
export const startAssociation: Procedure<'startAssociation'> = (given, { spi, channels }) => {
  const held = target(given, spi);
  if (typeof held === 'string') return refused(held);
  const managed = channelField(held.association.channel);
  if (channels.length !== 1 || !sameChannel(channels[0]!, managed)) return refused('wrong channel');
  const key = given.state.keys.find(({ id }) => id === held.state.key?.id);
  if (held.state.mode === 'keyed' && key?.mode !== 'active') return refused('key not active');
  return transition(given, spi, 'startAssociation', 'start');
};

export const createAssociation: Procedure<'createAssociation'> = (given, body) => {
  const { state, policy, context } = given;
  if (body.spi === context.carrier.spi) return refused('self target');
  const slot = policy.slots.find(({ spi }) => spi === body.spi);
  if (slot === undefined) return refused('SPI not managed');
  const made = associationOf(policy, slot, body);
  if (!made.ok) return refused(made.reason);
  const { association, cipher } = made.value;
  const before = find(state, body.spi)?.state ?? noAssociation(association);
  const after = step(before, { type: 'create', association });
  if (typeof after === 'string') return refused(after);
  const held: ManagedAssociation = { association, cipher, state: after, lastTag: 0 };
  return changed({ associations: withAssociation(state, held, 'createAssociation') });
};

/** What forbids the association to take the key with that counter. */
const checkKey = (
  state: ProcedureState,
  { association }: ManagedAssociation,
  keyId: number,
  { fixed }: WireCounter,
): string | undefined => {
  const key = state.keys.find(({ id }) => id === keyId);
  if (key === undefined) return 'no such key';
  if (key.use !== association.direction) return 'wrong key purpose';
  if (key.mode !== 'active') return 'key not active';
  if (key.spent) return 'key already used';
  return association.ivOctets > 0 && fixed === ANSWER_FIXED_FIELD ? 'reserved IV' : undefined;
};

export const rekeyAssociation: Procedure<'rekeyAssociation'> = (given, { spi, keyId, counter }) => {
  const { state } = given;
  const held = target(given, spi);
  if (typeof held === 'string') return refused(held);
  if (isCarrierKey(given, keyId)) return refused('self target');
  const read = readCounterOctets(held.association, counter);
  if (!read.ok) return refused(read.reason);
  const wrong = checkKey(state, held, keyId, read.value);
  if (wrong !== undefined) return refused(wrong);
  const key: AssociationKey = { id: keyId, fixed: read.value.fixed };
  const { association } = held;
  const after = step(held.state, { type: 'rekey', association, key, counter: read.value.last + 1 });
  if (typeof after === 'string') return refused(after);
  const associations = withAssociation(state, { ...held, state: after }, 'rekeyAssociation');
  return associationConflicts(associations).length > 0 ? refused('association conflict') : changed({ associations });
};

export const setWindow: Procedure<'setWindow'> = (given, { spi, window }) => {
  const held = target(given, spi);
  if (typeof held === 'string') return refused(held);
  const { association } = held;
  if (association.direction !== 'receive') return refused('wrong direction');
  const read = windowOf(given.policy, window);
  if (!read.ok) return refused(read.reason);
  const after = { ...association, replay: { ...association.replay, window: read.value } };
  return changed({ associations: withAssociation(given.state, { ...held, association: after }, 'setWindow') });
};

/** Only forward: what was used under a key stays used as long as the key is in place. */
export const setCounter: Procedure<'setCounter'> = (given, { spi, counter }) => {
  const held = target(given, spi);
  if (typeof held === 'string') return refused(held);
  const { association, state } = held;
  if (state.key === undefined) return refused('no key');
  const read = readCounterOctets(association, counter);
  if (!read.ok) return refused(read.reason);
  if (association.ivOctets > 0 && read.value.fixed !== state.key.fixed) return refused('wrong IV');
  if (read.value.last <= lastCounter(association, state)) return refused('counter used');
  const after = { ...held, state: withLastCounter(association, state, read.value.last) };
  return changed({ associations: withAssociation(given.state, after, 'setCounter') });
};

export const readCounter: Procedure<'readCounter'> = ({ state }, { spi }) => {
  const held = existing(state, spi);
  if (held === undefined) return refused('SPI unknown');
  const { key } = held.state;
  if (key === undefined) return refused('no key');
  const last = Math.max(0, lastCounter(held.association, held.state));
  return answered({ spi, counter: counterAsOctets(held.association, { fixed: key.fixed, last }) });
};

export const associationStatus: Procedure<'associationStatus'> = ({ state }, { spi }) => {
  const held = find(state, spi);
  return held === undefined ? refused('SPI unknown') : answered({ spi, lastTag: held.lastTag });
};
