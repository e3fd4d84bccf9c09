// The engine of the extended procedures, CCSDS 355.1-B-1, as a step over data: a state and a request give a new state
// with a reply and actions for the keyring, or the state as it was with a reason. It stores nothing and keeps no
// secret. Whether the sender's role may ask for this is decided before, as is the frame; both need no key to be told.
import { refuse } from '../../../codec/result.ts';
import {
  associationStatus,
  createAssociation,
  deleteAssociation,
  expireAssociation,
  readCounter,
  rekeyAssociation,
  setCounter,
  setWindow,
  startAssociation,
  stopAssociation,
} from './association-procedures.ts';
import { activateKeys, deactivateKeys, destroyKeys, keyInventory, otar, verifyKeys } from './key-procedures.ts';
import { dumpLog, eraseLog, logStatus, ping, resetAlarm, selfTest } from './monitoring-procedures.ts';
import { type ProcedureReply, type ProcedureRequest, procedurePdu } from './procedure-pdu.ts';
import type {
  ProcedureContext,
  ProcedureOutcome,
  ProcedurePolicy,
  ProcedureRefused,
  ProcedureState,
  SecurityEvent,
} from './procedure-state.ts';
import type { Given, Procedure, ProcedureStep } from './procedure-step.ts';
import { type ProcedureName, procedureTable } from './procedure-table.ts';

const procedures: { readonly [N in ProcedureName]: Procedure<N> } = {
  otar,
  activateKeys,
  deactivateKeys,
  verifyKeys,
  destroyKeys,
  keyInventory,
  readCounter,
  createAssociation,
  deleteAssociation,
  setWindow,
  rekeyAssociation,
  expireAssociation,
  setCounter,
  startAssociation,
  stopAssociation,
  associationStatus,
  ping,
  logStatus,
  dumpLog,
  eraseLog,
  selfTest,
  resetAlarm,
};

type Words = Required<Pick<SecurityEvent, 'word' | 'counter'>>;

const operationWords: Words = { word: 'SEC-OP', counter: 'rej.op' };
const otarWords: Words = { word: 'SEC-OTAR', counter: 'rej.otar' };
const wordsByGroup: Readonly<Record<0 | 1 | 3, Words>> = {
  0: { word: 'SEC-KEY', counter: 'rej.key' },
  1: { word: 'SEC-SA', counter: 'rej.sa' },
  3: { word: 'SEC-MC', counter: 'rej.mc' },
};

/** Taking the ground's own key or association away is one kind of attack, whatever the procedure. */
const wordsOf = (procedure: ProcedureName, reason?: string): Words =>
  procedure === 'otar' || reason === 'self target' ? otarWords : wordsByGroup[procedureTable[procedure].group];

const refusal = <K>(
  state: ProcedureState,
  reason: string,
  words: Words,
  rest: { readonly procedure?: ProcedureName; readonly at?: number; readonly discarded?: readonly K[] } = {},
): ProcedureRefused<K> => {
  const { procedure, at = 0, discarded = [] } = rest;
  const event = { ...words, reason, ...(procedure === undefined ? {} : { procedure }) };
  return { ok: false, state, reason, at, discarded, event };
};

/** The frame came under an association that may carry commands like these, and that is what it claims to be. */
const isCarried = <K>({ state, policy, context: { carrier } }: Given<K>): boolean =>
  policy.carriers.includes(carrier.spi) &&
  state.associations.some(
    ({ association, state: held }) =>
      association.spi === carrier.spi &&
      association.direction === 'receive' &&
      held.mode === 'operational' &&
      held.key?.id === carrier.keyId,
  );

/**
 * Carries out one request, wholly or not at all. `state` of a refusal is the one given. Throws a RangeError only for
 * fresh octets that are none.
 */
export const applyProcedure = <K>(
  policy: ProcedurePolicy,
  state: ProcedureState,
  request: ProcedureRequest,
  context: ProcedureContext<K>,
): ProcedureOutcome<K> => {
  const { procedure } = request;
  const given: Given<K> = { state, policy, context };
  if (!isCarried(given)) return refusal(state, 'not a carrier', operationWords, { procedure });
  // The table holds a step for each name; which one it is shows at run time alone.
  const run = procedures[procedure] as unknown as (given: Given<K>, body: unknown) => ProcedureStep<K, unknown>;
  const made = run(given, request.body);
  if (!made.ok)
    return refusal(state, made.reason, wordsOf(procedure, made.reason), { procedure, discarded: made.discarded });
  const reply =
    made.reply === undefined ? {} : { reply: { type: 'reply', procedure, body: made.reply } as ProcedureReply };
  return {
    ok: true,
    state: Object.keys(made.changed).length === 0 ? state : { ...state, ...made.changed },
    ...reply,
    actions: made.actions,
    event: { word: wordsOf(procedure).word, procedure },
  };
};

/**
 * The same from octets. Beside the reasons of the PDU and of the procedures: 'not a request' for a reply. What is
 * unknown is refused, and never a success.
 */
export const receiveProcedure = <K>(
  policy: ProcedurePolicy,
  state: ProcedureState,
  octets: Uint8Array,
  context: ProcedureContext<K>,
): ProcedureOutcome<K> => {
  const read = procedurePdu.decode(octets);
  const pdu = read.ok && read.value.type === 'request' ? read.value : undefined;
  if (pdu !== undefined) return applyProcedure(policy, state, pdu, context);
  const { reason, at } = read.ok ? refuse('not a request') : read;
  return refusal(state, reason, operationWords, { at });
};
