import { describe, expect, it } from 'vitest';
import {
  type KeyEntry,
  type KeyMode,
  type KeyProcedureEvent,
  keyMachine,
  keyModes,
} from '../../../../../src/ccsds/sdls/extended-procedures/key-machine.ts';
import { ok } from '../../../../../src/codec/result.ts';
import { type KeyState, keyEvents, keyStates, nextKeyState } from '../../../../../src/crypto/key-states.ts';
import { takeSecret } from '../../../../../src/crypto/secret-key.ts';
import { nativeSuite } from '../../../../../src/devices/real/native-suite.ts';
import { keyOctets, ProceduresBench, startState, upload, uploadIv } from '../../../../support/procedures-bench.ts';
import { visitMachine } from '../../../../support/visit-machine.ts';

const keyIn = (mode: KeyMode): KeyEntry => ({ id: 250, use: 'receive', mode, spent: true, lastIv: [] });
const eventOf = (type: KeyProcedureEvent['type']): KeyProcedureEvent =>
  type === 'upload' ? { type, use: 'transmit' } : { type };
const modeOf = (bench: ProceduresBench, id: number) => bench.state.keys.find((key) => key.id === id)?.mode;
const challenge = (keyId: number) => ({ keyId, challenge: new Uint8Array(16).fill(keyId & 0xff) });

/** The bench after a command that was refused has to be the one before it. */
const expectRefused = (bench: ProceduresBench, send: () => ReturnType<ProceduresBench['send']>, reason: string) => {
  const before = structuredClone(bench.state);
  const outcome = send();
  expect(outcome).toMatchObject({ ok: false, reason });
  expect(bench.state).toEqual(before);
  bench.expectAgreement();
  return outcome;
};

describe('the table of a key', () => {
  it('A21 has every cell, and moves only as the keyring does', () => {
    const moves = visitMachine(keyMachine, keyIn, eventOf).filter(({ mode, next }) => mode !== next);
    const ofRing = keyStates.flatMap((state) =>
      keyEvents.flatMap((event) => {
        const next = nextKeyState(state, event);
        return next === undefined ? [] : [`${state} ${event} ${next}`];
      }),
    );
    expect(moves.map(({ mode, event, next }) => `${mode} ${event} ${next}`).sort()).toEqual(
      [...ofRing, 'none upload preActive', 'destroyed upload preActive'].sort(),
    );
    expect(keyModes.slice(1) satisfies readonly string[] as readonly KeyState[]).toEqual(keyStates);
  });

  it('A21 refuses everything else and leaves the key as it was; a fresh key is not spent', () => {
    for (const mode of keyModes)
      for (const type of keyMachine.events) {
        const [after, action] = keyMachine.step(keyIn(mode), eventOf(type));
        if (action?.type === 'refused') expect(after).toEqual(keyIn(mode));
        else if (type === 'upload') expect(after).toMatchObject({ use: 'transmit', spent: false });
      }
  });
});

describe('OTAR', () => {
  it('installs a whole list pre-active, frees the id of a destroyed key, and keeps the IV', () => {
    const bench = new ProceduresBench();
    expect(bench.send('otar', upload([220, 213, 320], { octets: (id) => keyOctets(id + 1000) }))).toMatchObject({
      ok: true,
      event: { word: 'SEC-OTAR', procedure: 'otar' },
      actions: [
        { type: 'forget', keyId: 213 },
        { type: 'install', keyId: 220, use: 'receive' },
        { type: 'install', keyId: 213, use: 'receive' },
        { type: 'install', keyId: 320, use: 'transmit' },
      ],
    });
    bench.expectAgreement();
    expect([220, 213, 320].map((id) => modeOf(bench, id))).toEqual(['preActive', 'preActive', 'preActive']);
    expect(bench.state.keys[0]).toMatchObject({ id: 1, lastIv: [...uploadIv(1)] });
  });

  it.each([
    ['A18 bad MAC', 'bad MAC', { ...upload([220]), iv: uploadIv(2) }],
    ['A18 B12 unknown master key', 'no such key', { ...upload([220]), masterKeyId: 3 }],
    ['A18 traffic key as master', 'not a master key', { ...upload([220]), masterKeyId: 200 }],
    ['A18 master key that is not active', 'key not active', upload([220], { masterKeyId: 2 })],
    ['A18 master id as upload', 'master key', upload([220, 5])],
    ['A19 B12 second key is held', 'key id in use', upload([220, 210])],
    ['A19 second key has no range', 'key id not managed', upload([220, 128])],
    ['A19 the same id twice', 'key twice', upload([220, 221, 220])],
    ['A19 the same octets twice', 'key already held', upload([220, 221], { octets: () => keyOctets(4000) })],
    ['A19 octets that the ring holds', 'key already held', upload([220, 221], { octets: (id) => keyOctets(id - 10) })],
    ['A20 B12 the key that carries it', 'self target', upload([220, 200])],
    ['more than fit the ring', 'keyring full', upload([220, 221, 222, 223, 224, 225, 226, 227])],
    ['B11 more than a list may have', 'too many keys', upload([220, 221, 222, 223, 224, 225, 226, 227, 228])],
  ])('%s: %s', (_, reason, body) => {
    const bench = new ProceduresBench();
    // Eight keys are the list's maximum; three more would still fit.
    const room = reason === 'keyring full' ? ['destroyKeys' as const] : [];
    for (const procedure of room) expect(bench.judge(procedure, { keyIds: [210] })).toBe('done');
    if (reason === 'keyring full') expect(bench.judge('otar', upload([230, 231], { n: 0 }))).toBe('done');
    const outcome = expectRefused(bench, () => bench.send('otar', body), reason);
    expect(outcome.event).toMatchObject({ word: 'SEC-OTAR', counter: 'rej.otar', reason });
    const unopened = ['bad MAC', 'no such key', 'not a master key', 'key not active', 'too many keys'].includes(reason);
    const opened = unopened ? 0 : (body.sealed.length - 16) / 34;
    expect(outcome.ok ? [] : outcome.discarded.map(({ wiped }) => wiped)).toEqual(new Array(opened).fill(true));
  });

  it('takes an upload once: its IV has to rise', () => {
    const bench = new ProceduresBench();
    expect(bench.judge('otar', upload([220], { n: 300 }))).toBe('done');
    for (const event of ['activateKeys', 'deactivateKeys', 'destroyKeys'] as const)
      expect(bench.judge(event, { keyIds: [220] })).toBe('done');
    for (const n of [300, 299, 44])
      expectRefused(bench, () => bench.send('otar', upload([220], { n })), 'IV not rising');
    expect(bench.judge('otar', upload([220], { n: 301 }))).toBe('done');
    bench.expectAgreement();
  });
});

describe('activation, deactivation and destruction', () => {
  it('move a list of keys', () => {
    const bench = new ProceduresBench();
    expect(bench.judge('activateKeys', { keyIds: [210] })).toBe('done');
    expect(bench.judge('deactivateKeys', { keyIds: [210, 211] })).toBe('done');
    expect(bench.judge('destroyKeys', { keyIds: [210, 211, 212, 214] })).toBe('done');
    bench.expectAgreement();
    expect(modeOf(bench, 214)).toBe('destroyed');
  });

  it.each([
    ['A21 never provisioned', 'activateKeys', [210, 250], 'illegal key transition'],
    ['A21 active again', 'activateKeys', [210, 211], 'illegal key transition'],
    ['A21 deactivated', 'activateKeys', [212], 'illegal key transition'],
    ['A21 destroyed', 'activateKeys', [213], 'illegal key transition'],
    ['A21 corrupted', 'activateKeys', [214], 'illegal key transition'],
    ['A21 pre-active', 'deactivateKeys', [211, 210], 'illegal key transition'],
    ['A21 active', 'destroyKeys', [212, 211], 'illegal key transition'],
    ['A21 destroyed again', 'destroyKeys', [213], 'illegal key transition'],
    ['twice', 'activateKeys', [210, 210], 'key twice'],
    ['B12 master key', 'deactivateKeys', [1], 'master key'],
    ['B12 master key', 'destroyKeys', [212, 2], 'master key'],
    ['too many', 'destroyKeys', [212, 214, 220, 221, 222, 223, 224, 225, 226], 'too many keys'],
    ['key of an operational association', 'deactivateKeys', [211, 201], 'key in use'],
  ] as const)('%s: %s %j is refused with %s', (_, procedure, keyIds, reason) => {
    const bench = new ProceduresBench();
    const outcome = expectRefused(bench, () => bench.send(procedure, { keyIds }), reason);
    expect(outcome.event).toMatchObject({ word: 'SEC-KEY', counter: 'rej.key' });
  });

  it.each(['activateKeys', 'deactivateKeys', 'destroyKeys'] as const)(
    'A20 %s of the key that carries it',
    (procedure) => {
      const bench = new ProceduresBench();
      const outcome = expectRefused(bench, () => bench.send(procedure, { keyIds: [210, 200] }), 'self target');
      expect(outcome.event).toMatchObject({ word: 'SEC-OTAR', counter: 'rej.otar' });
    },
  );

  it('leave a key alone that a stopped association still holds', () => {
    const bench = new ProceduresBench();
    expect(bench.judge('stopAssociation', { spi: 4 })).toBe('done');
    expect(bench.judge('deactivateKeys', { keyIds: [202] })).toBe('done');
    expectRefused(bench, () => bench.send('destroyKeys', { keyIds: [202] }), 'key in use');
    expect(bench.judge('expireAssociation', { spi: 4 })).toBe('done');
    expect(bench.judge('destroyKeys', { keyIds: [202] })).toBe('done');
    bench.expectAgreement();
  });
});

describe('verification', () => {
  const answersOf = (outcome: ReturnType<ProceduresBench['send']>) =>
    outcome.ok && outcome.reply?.procedure === 'verifyKeys' ? outcome.reply.body.answers : [];

  it('B13 answers under each key with an IV that never comes again and no frame can have', () => {
    const bench = new ProceduresBench();
    const challenges = [challenge(200), challenge(211), challenge(300)];
    const answers = [
      ...answersOf(bench.send('verifyKeys', { challenges })),
      ...answersOf(bench.send('verifyKeys', { challenges })),
    ];
    expect(answers).toHaveLength(6);
    expect(new Set(answers.map(({ iv }) => String(iv))).size).toBe(6);
    for (const { keyId, iv, sealed } of answers) {
      expect(iv.subarray(0, 4)).toEqual(new Uint8Array(4).fill(0xff));
      const aead = nativeSuite.aesGcm(takeSecret(keyOctets(keyId)));
      expect(aead.open(iv, new Uint8Array(0), sealed)).toEqual(challenge(keyId).challenge);
    }
  });

  it.each([
    ['A21 pre-active key', 'key not active', [211, 210]],
    ['A21 deactivated key', 'key not active', [212]],
    ['A21 destroyed key', 'key not active', [213]],
    ['A21 corrupted key', 'key not active', [214]],
    ['unknown key', 'no such key', [250]],
    ['master key', 'master key', [1]],
    ['the same key twice', 'key twice', [211, 211]],
    ['B11 more keys than allowed', 'too many keys', [200, 201, 202, 211, 300]],
  ])('%s: %s', (_, reason, keyIds) => {
    const bench = new ProceduresBench();
    expectRefused(bench, () => bench.send('verifyKeys', { challenges: keyIds.map(challenge) }), reason);
  });

  it('B13 has no answer without fresh octets, and takes none that are not', () => {
    const bench = new ProceduresBench();
    const send = () => bench.send('verifyKeys', { challenges: [challenge(200), challenge(211)] });
    bench.fresh = () => [new Uint8Array(8)];
    expectRefused(bench, send, 'no fresh octets');
    bench.fresh = () => [new Uint8Array(8), new Uint8Array(8)];
    expect(send).toThrow(/^fresh octets/);
    bench.fresh = () => [new Uint8Array(8), new Uint8Array(7)];
    expect(send).toThrow(RangeError);
  });

  it.each([210, 212, 213, 214])('A21 does not ask the ring for key %i, which is not active', (keyId) => {
    const bench = new ProceduresBench();
    bench.operations.aeadOf = () => ok(nativeSuite.aesGcm(takeSecret(keyOctets(keyId))));
    expect(bench.judge('verifyKeys', { challenges: [challenge(keyId)] })).toBe('key not active');
  });

  it('is refused when the ring refuses the key', () => {
    const bench = new ProceduresBench();
    bench.ring.move(211, 'corrupt');
    expect(bench.judge('verifyKeys', { challenges: [challenge(200), challenge(211)] })).toBe('key not active');
  });
});

describe('inventory', () => {
  it('lists what is held in the range, in order, destroyed keys too', () => {
    const outcome = new ProceduresBench().send('keyInventory', { first: 202, last: 214 });
    expect(outcome).toMatchObject({
      ok: true,
      reply: {
        body: {
          keys: [
            { keyId: 202, state: 'active' },
            { keyId: 210, state: 'preActive' },
            { keyId: 211, state: 'active' },
            { keyId: 212, state: 'deactivated' },
            { keyId: 213, state: 'destroyed' },
            { keyId: 214, state: 'corrupted' },
          ],
        },
      },
    });
    expect(new ProceduresBench().send('keyInventory', { first: 3, last: 3 })).toMatchObject({
      reply: { body: { keys: [] } },
    });
  });

  it('B11 refuses a range that runs backwards, and one with too many keys', () => {
    const bench = new ProceduresBench();
    expectRefused(bench, () => bench.send('keyInventory', { first: 134, last: 132 }), 'range backwards');
    bench.state = {
      ...startState(),
      keys: Array.from({ length: 17 }, (_, k) => ({ ...keyIn('active'), id: 500 + k })),
    };
    bench.state = { ...bench.state, keys: [...startState().keys, ...bench.state.keys] };
    expect(bench.judge('keyInventory', { first: 500, last: 600 })).toBe('too many keys');
    expect(bench.judge('keyInventory', { first: 500, last: 515 })).toBe('done');
  });
});
