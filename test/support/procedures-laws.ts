// Laws of the extended procedures over random sequences of commands: good ones aimed at few keys and associations so
// that they meet, damaged ones, replies and noise. Seeded, so that a failure comes again.
import { expect } from 'vitest';
import { associationConflicts } from '../../src/ccsds/sdls/association-conflicts.ts';
import { channelField } from '../../src/ccsds/sdls/extended-procedures/association-bodies.ts';
import { lastCounter } from '../../src/ccsds/sdls/extended-procedures/association-counter.ts';
import { checkProcedureState } from '../../src/ccsds/sdls/extended-procedures/check-procedures.ts';
import { keyMachine } from '../../src/ccsds/sdls/extended-procedures/key-machine.ts';
import {
  type ProcedurePdu,
  procedurePdu,
  type RequestBodies,
} from '../../src/ccsds/sdls/extended-procedures/procedure-pdu.ts';
import type { ProcedureState } from '../../src/ccsds/sdls/extended-procedures/procedure-state.ts';
import { type ProcedureName, procedureNames } from '../../src/ccsds/sdls/extended-procedures/procedure-table.ts';
import { equalOctets } from '../../src/codec/equal-octets.ts';
import { mutate } from './mutate.ts';
import { seeded } from './noise.ts';
import {
  cmacCreation,
  creation,
  ivOf,
  keyOctets,
  type Outcome,
  ProceduresBench,
  policy,
  tc,
  upload,
} from './procedures-bench.ts';

const keyPool = [1, 128, 200, 201, 202, 210, 211, 212, 213, 214, 220, 221, 300, 310, 320];
const spiPool = [1, 2, 3, 4, 10, 11, 12, 13];
const tmChannel = { frame: 'TM', spacecraftId: 42, virtualChannelId: 0 } as const;
const channels = [tc(0), tc(1), tc(2), tmChannel].map(channelField);

type Bodies = { readonly [N in ProcedureName]: () => RequestBodies[N] };

/** Bodies that often fit the state: the counter rises with the number of the step. */
const bodiesOf = (random: () => number, step: number): Bodies => {
  const pick = <T>(pool: readonly T[]): T => pool[Math.floor(random() * pool.length)]!;
  const some = <T>(make: () => T): T[] => Array.from({ length: 1 + Math.floor(random() * 3) }, make);
  const spi = () => ({ spi: pick(spiPool) });
  const keyIds = () => ({ keyIds: some(() => pick(keyPool)) });
  const counter = () =>
    pick([ivOf(7, step), ivOf(step, 0), ivOf(7, 0), Uint8Array.of(0, step & 0x7f), new Uint8Array(4)]);
  return {
    // Octets that are new with each upload, or those that some key had.
    otar: () => upload(keyIds().keyIds, { n: pick([step, 1]), octets: (id) => keyOctets(pick([id, id + 7 * step])) }),
    activateKeys: keyIds,
    deactivateKeys: keyIds,
    verifyKeys: () => ({ challenges: some(() => ({ keyId: pick(keyPool), challenge: new Uint8Array(16) })) }),
    destroyKeys: keyIds,
    keyInventory: () => ({ first: pick(keyPool), last: pick(keyPool) }),
    readCounter: spi,
    createAssociation: () => ({ ...pick([creation, cmacCreation]), ...spi() }),
    deleteAssociation: spi,
    setWindow: () => ({ ...spi(), window: Uint8Array.of(Math.floor(random() * 5), 1) }),
    rekeyAssociation: () => ({ ...spi(), keyId: pick(keyPool), counter: counter() }),
    expireAssociation: spi,
    setCounter: () => ({ ...spi(), counter: counter() }),
    startAssociation: () => ({ ...spi(), channels: [pick(channels)] }),
    stopAssociation: spi,
    associationStatus: spi,
    ping: () => ({}),
    logStatus: () => ({}),
    dumpLog: () => ({}),
    eraseLog: () => ({}),
    selfTest: () => ({}),
    resetAlarm: () => ({}),
  };
};

/** What needs several conditions at once is asked for more often. */
const asked: readonly ProcedureName[] = [
  ...procedureNames,
  ...(
    [
      'otar',
      'activateKeys',
      'deactivateKeys',
      'createAssociation',
      'startAssociation',
      'stopAssociation',
      'setCounter',
    ] as const
  ).flatMap((name) => new Array<ProcedureName>(4).fill(name)),
  ...new Array<ProcedureName>(12).fill('rekeyAssociation'),
  ...new Array<ProcedureName>(6).fill('expireAssociation'),
];

const goodRequest = (random: () => number, step: number): Uint8Array => {
  const procedure = asked[Math.floor(random() * asked.length)]!;
  return procedurePdu.encode({ type: 'request', procedure, body: bodiesOf(random, step)[procedure]() } as ProcedurePdu);
};

/** Nothing that a step was given may be written to: with frozen objects it would throw. */
const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
};

const carriersOf = ({ associations }: ProcedureState): { readonly spi: number; readonly keyId: number }[] =>
  associations
    .filter(({ association, state }) => policy.carriers.includes(association.spi) && state.mode === 'operational')
    .map(({ association, state }) => ({ spi: association.spi, keyId: state.key!.id }));

const must = (holds: boolean, law: string): void => {
  if (!holds) throw new Error(`law: ${law}`);
};

/** What counters have run, by the octets of the key that they ran under: an upload to an id makes a new key. */
class Counters {
  readonly #generation = new Map<number, number>();
  readonly #last = new Map<string, number>();

  uploaded(keyId: number): void {
    this.#generation.set(keyId, (this.#generation.get(keyId) ?? 0) + 1);
  }

  watch({ associations }: ProcedureState): void {
    for (const { association, state } of associations) {
      if (state.key === undefined) continue;
      const { id, fixed } = state.key;
      const place = `${id}.${this.#generation.get(id) ?? 0} ${fixed} ${association.direction} ${association.ivOctets}`;
      const last = lastCounter(association, state);
      must(last >= (this.#last.get(place) ?? -1), `counters of key ${id} never go back`);
      this.#last.set(place, last);
    }
  }
}

const keyLaws = (before: ProcedureState, after: ProcedureState): void => {
  must(
    before.keys.every(({ id }) => after.keys.some((key) => key.id === id)),
    'no key is lost from sight',
  );
  for (const key of after.keys) {
    const was = before.keys.find(({ id }) => id === key.id)?.mode ?? 'none';
    const moves = keyMachine.events.map((event) => (event === 'corrupt' ? was : keyMachine.next(was, event)));
    must(was === key.mode || moves.includes(key.mode), `key ${key.id} moved from ${was} to ${key.mode}`);
  }
};

const stateLaws = (state: ProcedureState): void => {
  checkProcedureState(policy, state);
  must(
    state.keys.every(({ id }, at) => at === 0 || state.keys[at - 1]!.id < id),
    'key ids are unique and in order',
  );
  must(associationConflicts(state.associations).length === 0, 'no two associations run the same counters');
  for (const { association, state: held } of state.associations)
    if (held.mode === 'operational')
      must(state.keys.find(({ id }) => id === held.key?.id)?.mode === 'active', `${association.spi} has its key`);
  must(carriersOf(state).length > 0, 'somebody can always command');
};

const outcomeLaws = (octets: Uint8Array, before: ProcedureState, outcome: Outcome, carrierSpi: number): void => {
  const ofCarrier = ({ associations }: ProcedureState) =>
    associations.find((held) => held.association.spi === carrierSpi);
  const keyOfCarrier = (state: ProcedureState) => state.keys.find(({ id }) => id === ofCarrier(before)?.state.key?.id);
  must(ofCarrier(before) === ofCarrier(outcome.state), 'the association that carries the command stays as it is');
  must(keyOfCarrier(before) === keyOfCarrier(outcome.state), 'the key that carries the command stays as it is');
  if (!outcome.ok) {
    must(outcome.state === before, 'a refusal gives the state back');
    must(outcome.event.counter !== undefined && outcome.event.reason === outcome.reason, 'a refusal is counted');
    return;
  }
  const read = procedurePdu.decode(octets);
  must(read.ok && read.value.type === 'request', 'only requests are carried out');
  if (read.ok) must(equalOctets(procedurePdu.encode(read.value), octets), 'what is carried out has one encoding');
  if (outcome.reply !== undefined)
    must(procedurePdu.decode(procedurePdu.encode(outcome.reply)).ok, 'a reply can be sent');
};

/** The outcomes of `steps` commands by their words, all laws held after each. `damage`: the share of mutated ones. */
export const expectProcedureLaws = (seed: number, steps: number, damage: number): Map<string, number> => {
  const random = seeded(seed);
  let bench = new ProceduresBench();
  let counters = new Counters();
  const words = new Map<string, number>();
  for (let step = 1; step <= steps; step++) {
    // A fresh spacecraft now and then: after many commands the keys are used up.
    if (step % 200 === 0) [bench, counters] = [new ProceduresBench(), new Counters()];
    const before = frozen(bench.state);
    const carriers = carriersOf(before);
    bench.carrier = carriers[Math.floor(random() * carriers.length)]!;
    const good = goodRequest(random, step);
    const octets = random() < damage ? mutate(good, random) : good;
    const outcome = bench.receive(octets);
    outcomeLaws(octets, before, outcome, bench.carrier.spi);
    const word = outcome.ok ? outcome.event.procedure! : outcome.reason;
    words.set(word, (words.get(word) ?? 0) + 1);
    if (outcome.state === before) continue;
    if (outcome.ok)
      for (const action of outcome.actions) if (action.type === 'install') counters.uploaded(action.keyId);
    keyLaws(before, outcome.state);
    stateLaws(outcome.state);
    counters.watch(outcome.state);
    bench.expectAgreement();
  }
  return words;
};

/** Every word that has to come up for a run to have meant anything. */
export const expectVisited = (words: Map<string, number>): void => {
  for (const name of procedureNames) expect(words.has(name), `${name} was carried out`).toBe(true);
  for (const reason of ['self target', 'illegal key transition', 'illegal association transition', 'key already used'])
    expect(words.has(reason), `${reason} came up`).toBe(true);
};
