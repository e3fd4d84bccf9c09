// What has to be right before the first command: the mission's policy for extended procedures, and the keys and
// associations that it starts with. A fault is a RangeError with one clear line, and no start.
import { integerIn } from '../../../codec/assert.ts';
import { COUNTER_LIMIT } from '../../../crypto/replay-window.ts';
import { associationConflicts } from '../association-conflicts.ts';
import { checkAssociation, SPI_MAXIMUM, SPI_OCTETS } from '../security-association.ts';
import { BODY_MAXIMUM_OCTETS } from './body-codecs.ts';
import { CHALLENGE_OCTETS, EP_IV_OCTETS, EP_MAC_OCTETS, UPLOAD_ITEM_OCTETS } from './key-bodies.ts';
import { ANSWER_FIXED_FIELD, MASTER_KEY_END, type ProcedurePolicy, type ProcedureState } from './procedure-state.ts';

const roomFor = (fixedOctets: number, itemOctets: number): number =>
  Math.floor((BODY_MAXIMUM_OCTETS - fixedOctets) / itemOctets);

/** How many keys one PDU holds. */
export const UPLOAD_LIMIT = roomFor(2 + EP_IV_OCTETS + EP_MAC_OCTETS, UPLOAD_ITEM_OCTETS);
export const VERIFY_LIMIT = roomFor(0, 2 + EP_IV_OCTETS + CHALLENGE_OCTETS + EP_MAC_OCTETS);
export const INVENTORY_LIMIT = roomFor(2, 3);

const once = (subject: string, values: readonly number[]): void => {
  const again = values.find((value, at) => values.indexOf(value) < at);
  if (again !== undefined) throw new RangeError(`${subject} ${again}: expected once, got twice`);
};

/** Returns its input, or throws a RangeError that names the first thing that cannot be. */
export const checkProcedurePolicy = (policy: ProcedurePolicy): ProcedurePolicy => {
  for (const spi of policy.carriers) integerIn('SPI of a carrier', spi, 1, SPI_MAXIMUM);
  for (const { spi, leastMask } of policy.slots) {
    integerIn('SPI of a slot', spi, 1, SPI_MAXIMUM);
    integerIn(`least mask octets of SPI ${spi}`, leastMask.length, SPI_OCTETS, BODY_MAXIMUM_OCTETS);
  }
  once(
    'SPI of a slot',
    policy.slots.map(({ spi }) => spi),
  );
  for (const { first, last } of policy.keyRanges) {
    integerIn('first key id of a range', first, MASTER_KEY_END, 0xffff);
    integerIn('last key id of a range', last, first, 0xffff);
  }
  integerIn('keys at most', policy.keyMaximum, 1, 65536);
  integerIn('keys in a list', policy.listMaximum, 1, UPLOAD_LIMIT);
  integerIn('keys in a verification', policy.verifyMaximum, 1, VERIFY_LIMIT);
  integerIn('keys in an inventory', policy.inventoryMaximum, 1, INVENTORY_LIMIT);
  integerIn('window octets', policy.windowOctets, 1, 6);
  integerIn('window at most', policy.windowMaximum, 1, COUNTER_LIMIT);
  integerIn('MAC octets at least', policy.macLeastOctets, 8, 16);
  return policy;
};

/** The same for a state to start from. An association may hold only keys that are there. */
export const checkProcedureState = (policy: ProcedurePolicy, state: ProcedureState): ProcedureState => {
  const ids = state.keys.map(({ id }) => integerIn('key id', id, 0, 0xffff));
  once('key', ids);
  integerIn('keys', ids.length, 0, policy.keyMaximum);
  const misused = state.keys.find(({ id, use }) => (use === 'master') !== id < MASTER_KEY_END);
  if (misused !== undefined)
    throw new RangeError(`key ${misused.id}: expected master keys below ${MASTER_KEY_END} alone, got ${misused.use}`);
  for (const { association, state: held } of state.associations) {
    checkAssociation(association);
    if (held.key === undefined) continue;
    if (!ids.includes(held.key.id))
      throw new RangeError(`association ${association.spi}: expected a key that is held, got key ${held.key.id}`);
    if (association.ivOctets > 0 && held.key.fixed === ANSWER_FIXED_FIELD)
      throw new RangeError(`association ${association.spi}: expected another fixed IV field, got the one of answers`);
  }
  const conflict = associationConflicts(state.associations)[0];
  if (conflict !== undefined) throw new RangeError(conflict);
  return state;
};
