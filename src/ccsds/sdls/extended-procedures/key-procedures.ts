// Key management, CCSDS 355.1-B-1, each procedure as a step that happens wholly or not at all: all checks of
// a list run before anything of it is done.
import { Writer } from '../../../codec/writer.ts';
import { CHALLENGE_OCTETS, EP_MAC_OCTETS, type KeyAnswer, UPLOAD_ITEM_OCTETS } from './key-bodies.ts';
import { type KeyEntry, type KeyProcedureEvent, type KeyUse, keyMachine, noKey } from './key-machine.ts';
import {
  ANSWER_FIXED_FIELD,
  type KeyringAction,
  MASTER_KEY_END,
  type ProcedurePolicy,
  type UploadedKey,
} from './procedure-state.ts';
import { answered, changed, type Given, type Procedure, type ProcedureStep, refused } from './procedure-step.ts';

const FRESH_OCTETS = 8;
const NO_OCTETS = new Uint8Array(0);

const isMaster = (id: number): boolean => id < MASTER_KEY_END;

const twice = (ids: readonly number[]): boolean => new Set(ids).size < ids.length;

const keyOf = (keys: readonly KeyEntry[], id: number): KeyEntry | undefined => keys.find((key) => key.id === id);

/** The keys with some of them in a new state, in the order of their ids. */
const withKeys = (keys: readonly KeyEntry[], moved: readonly KeyEntry[]): KeyEntry[] =>
  [...keys.filter(({ id }) => keyOf(moved, id) === undefined), ...moved].sort((a, b) => a.id - b.id);

const stepKey = (keys: readonly KeyEntry[], id: number, event: KeyProcedureEvent): KeyEntry | string => {
  const [key, action] = keyMachine.step(keyOf(keys, id) ?? noKey(id), event);
  return action?.type === 'refused' ? action.reason : key;
};

/** What forbids an upload or a move before the table is asked. */
const checkIds = <K>({ policy, context }: Given<K>, ids: readonly number[]): string | undefined => {
  if (ids.length > policy.listMaximum) return 'too many keys';
  if (twice(ids)) return 'key twice';
  if (ids.some(isMaster)) return 'master key';
  return ids.includes(context.carrier.keyId) ? 'self target' : undefined;
};

/**
 * Frames of an operational association would have no key once it is deactivated: the association is stopped first. And
 * a destroyed key's id may be filled anew, under an association that still holds it: that one is expired first.
 */
const isInUse = <K>({ state }: Given<K>, id: number, event: 'activate' | 'deactivate' | 'destroy'): boolean =>
  event !== 'activate' &&
  state.associations.some(
    ({ state: held }) => held.key?.id === id && (event === 'destroy' || held.mode === 'operational'),
  );

const moveKeys = <K>(
  given: Given<K>,
  ids: readonly number[],
  event: 'activate' | 'deactivate' | 'destroy',
): ProcedureStep<K, undefined> => {
  const wrong = checkIds(given, ids);
  if (wrong !== undefined) return refused(wrong);
  const moved: KeyEntry[] = [];
  for (const id of ids) {
    const key = stepKey(given.state.keys, id, { type: event });
    if (typeof key === 'string') return refused(key);
    if (isInUse(given, id, event)) return refused('key in use');
    moved.push(key);
  }
  const actions = ids.map((keyId): KeyringAction<K> => ({ type: 'move', keyId, event }));
  return changed({ keys: withKeys(given.state.keys, moved) }, actions);
};

export const activateKeys: Procedure<'activateKeys'> = (given, { keyIds }) => moveKeys(given, keyIds, 'activate');
export const deactivateKeys: Procedure<'deactivateKeys'> = (given, { keyIds }) => moveKeys(given, keyIds, 'deactivate');
export const destroyKeys: Procedure<'destroyKeys'> = (given, { keyIds }) => moveKeys(given, keyIds, 'destroy');

/** Octets as an unsigned number, the larger one later. */
const isAfter = (iv: Uint8Array, last: readonly number[]): boolean => {
  const at = last.findIndex((octet, k) => octet !== iv[k]);
  return last.length === 0 || (at >= 0 && iv[at]! > last[at]!);
};

/** An IV that does not rise is an old upload come again, or the end of the master key's secrecy. */
const checkMaster = <K>({ state }: Given<K>, id: number, iv: Uint8Array): KeyEntry | string => {
  if (!isMaster(id)) return 'not a master key';
  const key = keyOf(state.keys, id);
  if (key === undefined) return 'no such key';
  if (key.use !== 'master' || key.mode !== 'active') return 'key not active';
  return isAfter(iv, key.lastIv) ? key : 'IV not rising';
};

const useOf = (policy: ProcedurePolicy, id: number): KeyUse | undefined =>
  policy.keyRanges.find(({ first, last }) => id >= first && id <= last)?.use;

const checkSecrets = <K>({ context }: Given<K>, uploaded: readonly UploadedKey<K>[]): string | undefined => {
  const { same, isHeld } = context.operations;
  const held = uploaded.some(
    ({ secret }, at) => isHeld(secret) || uploaded.slice(0, at).some((other) => same(secret, other.secret)),
  );
  return held ? 'key already held' : undefined;
};

/** The keys of the upload as they will stand, or what forbids one of them. */
const takenIn = <K>(given: Given<K>, uploaded: readonly UploadedKey<K>[]): readonly KeyEntry[] | string => {
  const { policy, state } = given;
  const taken: KeyEntry[] = [];
  for (const { keyId } of uploaded) {
    const use = useOf(policy, keyId);
    if (use === undefined) return 'key id not managed';
    const key = stepKey(state.keys, keyId, { type: 'upload', use });
    if (typeof key === 'string') return key;
    taken.push(key);
  }
  const news = taken.filter(({ id }) => keyOf(state.keys, id) === undefined).length;
  return state.keys.length + news > policy.keyMaximum ? 'keyring full' : taken;
};

export const otar: Procedure<'otar'> = (given, { masterKeyId, iv, sealed }) => {
  const { state, policy, context } = given;
  if (sealed.length > policy.listMaximum * UPLOAD_ITEM_OCTETS + EP_MAC_OCTETS) return refused('too many keys');
  const master = checkMaster(given, masterKeyId, iv);
  if (typeof master === 'string') return refused(master);
  const opened = context.operations.openUpload(masterKeyId, iv, sealed);
  if (!opened.ok) return refused(opened.reason);
  const uploaded = opened.value;
  const secrets = uploaded.map(({ secret }) => secret);
  const ids = uploaded.map(({ keyId }) => keyId);
  const wrong = checkIds(given, ids);
  if (wrong !== undefined) return refused(wrong, secrets);
  const taken = takenIn(given, uploaded);
  if (typeof taken === 'string') return refused(taken, secrets);
  const held = checkSecrets(given, uploaded);
  if (held !== undefined) return refused(held, secrets);
  const forgotten = ids.filter((id) => keyOf(state.keys, id) !== undefined);
  return changed({ keys: withKeys(state.keys, [...taken, { ...master, lastIv: [...iv] }]) }, [
    ...forgotten.map((keyId) => ({ type: 'forget', keyId }) as const),
    ...uploaded.map(({ keyId, secret }, at) => ({ type: 'install', keyId, use: taken[at]!.use, secret }) as const),
  ]);
};

const checkVerification = <K>({ state, policy, context }: Given<K>, ids: readonly number[]): string | undefined => {
  if (ids.length > policy.verifyMaximum) return 'too many keys';
  if (twice(ids)) return 'key twice';
  for (const id of ids) {
    const key = keyOf(state.keys, id);
    // Under a master key only uploads are sealed: an answer would spend IVs that the ground counts.
    if (isMaster(id) || key?.use === 'master') return 'master key';
    if (key === undefined) return 'no such key';
    if (key.mode !== 'active') return 'key not active';
  }
  return context.freshOctets.length < ids.length ? 'no fresh octets' : undefined;
};

/** Throws a RangeError for what can only be a mistake of the caller. */
const answerIvs = (fresh: readonly Uint8Array[]): Uint8Array[] => {
  if (fresh.some(({ length }) => length !== FRESH_OCTETS) || new Set(fresh.map(String)).size < fresh.length)
    throw new RangeError(`fresh octets: expected ${FRESH_OCTETS} each, all different, got others`);
  return fresh.map((octets) => new Writer(4 + FRESH_OCTETS).u32(ANSWER_FIXED_FIELD).octets(octets).finish());
};

export const verifyKeys: Procedure<'verifyKeys'> = (given, { challenges }) => {
  const wrong = checkVerification(
    given,
    challenges.map(({ keyId }) => keyId),
  );
  if (wrong !== undefined) return refused(wrong);
  const ivs = answerIvs(given.context.freshOctets.slice(0, challenges.length));
  const answers: KeyAnswer[] = [];
  for (const [at, { keyId, challenge }] of challenges.entries()) {
    const aead = given.context.operations.aeadOf(keyId);
    if (!aead.ok) return refused(aead.reason);
    const sealed = new Uint8Array(CHALLENGE_OCTETS + aead.value.tagOctets);
    aead.value.sealInto(sealed, 0, ivs[at]!, NO_OCTETS, challenge);
    answers.push({ keyId, iv: ivs[at]!, sealed });
  }
  return answered({ answers });
};

export const keyInventory: Procedure<'keyInventory'> = ({ state, policy }, { first, last }) => {
  if (first > last) return refused('range backwards');
  const keys = state.keys.filter(({ id }) => id >= first && id <= last);
  if (keys.length > policy.inventoryMaximum) return refused('too many keys');
  return answered({
    keys: keys.flatMap(({ id, mode }) => (mode === 'none' ? [] : [{ keyId: id, state: mode }])),
  });
};
