import { describe, expect, it } from 'vitest';
import { channelField } from '../../../../../src/ccsds/sdls/extended-procedures/association-bodies.ts';
import {
  counterAsOctets,
  readCounterOctets,
} from '../../../../../src/ccsds/sdls/extended-procedures/association-counter.ts';
import type { CreateBody } from '../../../../../src/ccsds/sdls/extended-procedures/create-body.ts';
import { cmacLayout, type SecurityAssociation } from '../../../../../src/ccsds/sdls/security-association.ts';
import { hexOctets } from '../../../../../src/codec/hex.ts';
import { cmacCreation, creation, ivOf, ProceduresBench, tc } from '../../../../support/procedures-bench.ts';

const modeOf = (bench: ProceduresBench, spi: number) =>
  bench.state.associations.find(({ association }) => association.spi === spi)?.state.mode;
const heldOf = (bench: ProceduresBench, spi: number) =>
  bench.state.associations.find(({ association }) => association.spi === spi)!;

const expectRefused = (bench: ProceduresBench, send: () => ReturnType<ProceduresBench['send']>, reason: string) => {
  const before = structuredClone(bench.state);
  const outcome = send();
  expect(outcome).toMatchObject({ ok: false, reason, event: { reason } });
  expect(bench.state).toEqual(before);
  return outcome;
};

const rekey = { spi: 10, keyId: 211, counter: ivOf(0xabc, 0) };
const start = { spi: 10, channels: [channelField(tc(1))] };

/** With SPI 10 in the state asked for. */
const benchWith = (mode: 'none' | 'unkeyed' | 'keyed' | 'operational'): ProceduresBench => {
  const bench = new ProceduresBench();
  if (mode === 'none') return bench;
  expect(bench.judge('createAssociation', creation)).toBe('done');
  if (mode === 'unkeyed') return bench;
  expect(bench.judge('rekeyAssociation', rekey)).toBe('done');
  if (mode === 'operational') expect(bench.judge('startAssociation', start)).toBe('done');
  return bench;
};

describe('the life of an association', () => {
  it('goes from none to operational and back, and remembers the last change', () => {
    const bench = benchWith('operational');
    expect(modeOf(bench, 10)).toBe('operational');
    expect(heldOf(bench, 10)).toMatchObject({ cipher: 'AES-GCM', association: { channel: tc(1), mask: 'all ones' } });
    const tags: number[] = [];
    for (const procedure of ['stopAssociation', 'expireAssociation', 'deleteAssociation'] as const) {
      expect(bench.judge(procedure, { spi: 10 })).toBe('done');
      const status = bench.send('associationStatus', { spi: 10 });
      if (status.ok && status.reply?.procedure === 'associationStatus') tags.push(status.reply.body.lastTag);
    }
    expect(tags).toEqual([0x1e, 0x19, 0x14]);
    expect(modeOf(bench, 10)).toBe('none');
    expect(bench.judge('createAssociation', creation)).toBe('done');
  });

  it.each([
    ['none', 'stopAssociation', 'SPI unknown'],
    ['none', 'expireAssociation', 'SPI unknown'],
    ['none', 'deleteAssociation', 'SPI unknown'],
    ['unkeyed', 'stopAssociation', 'illegal association transition'],
    ['unkeyed', 'expireAssociation', 'illegal association transition'],
    ['keyed', 'stopAssociation', 'illegal association transition'],
    ['keyed', 'deleteAssociation', 'illegal association transition'],
    ['operational', 'expireAssociation', 'illegal association transition'],
    ['operational', 'deleteAssociation', 'illegal association transition'],
  ] as const)('A21 %s: %s is refused with %s', (mode, procedure, reason) => {
    const bench = benchWith(mode);
    const outcome = expectRefused(bench, () => bench.send(procedure, { spi: 10 }), reason);
    expect(outcome.event).toMatchObject({ word: 'SEC-SA', counter: 'rej.sa' });
  });

  it.each(['unkeyed', 'keyed', 'operational'] as const)('A21 a live association is not created again: %s', (mode) => {
    const bench = benchWith(mode);
    expectRefused(bench, () => bench.send('createAssociation', creation), 'illegal association transition');
  });

  it.each([
    ['none', 'SPI unknown'],
    ['keyed', 'illegal association transition'],
    ['operational', 'illegal association transition'],
  ] as const)('A21 a rekey in %s is refused with %s', (mode, reason) => {
    const bench = benchWith(mode);
    expect(bench.judge('activateKeys', { keyIds: [210] })).toBe('done');
    expectRefused(bench, () => bench.send('rekeyAssociation', { ...rekey, keyId: 210 }), reason);
  });

  it('A21 a start is refused unless keyed, on a live association too', () => {
    for (const mode of ['unkeyed', 'operational'] as const) {
      const bench = benchWith(mode);
      expectRefused(bench, () => bench.send('startAssociation', start), 'illegal association transition');
    }
    const bench = benchWith('none');
    expectRefused(bench, () => bench.send('startAssociation', start), 'SPI unknown');
  });

  it.each([
    ['createAssociation', { ...creation, spi: 1 }],
    ['rekeyAssociation', { ...rekey, spi: 1 }],
    ['startAssociation', { ...start, spi: 1 }],
    ['stopAssociation', { spi: 1 }],
    ['expireAssociation', { spi: 1 }],
    ['deleteAssociation', { spi: 1 }],
    ['setWindow', { spi: 1, window: Uint8Array.of(0, 1) }],
    ['setCounter', { spi: 1, counter: ivOf(7, 100) }],
  ] as const)('A20 B12 %s of the association that carries it', (procedure, body) => {
    const bench = new ProceduresBench();
    const outcome = expectRefused(bench, () => bench.send(procedure, body as never), 'self target');
    expect(outcome.event).toMatchObject({ word: 'SEC-OTAR', counter: 'rej.otar' });
  });
});

describe('a start', () => {
  it('is for the managed channel and for no other', () => {
    const bench = benchWith('keyed');
    const channel = channelField(tc(1));
    for (const channels of [
      [channelField(tc(0))],
      [channel, channel],
      [{ ...channel, spacecraftId: 43 }],
      [{ ...channel, mapId: 1 }],
      [{ ...channel, version: 1 }],
    ])
      expectRefused(bench, () => bench.send('startAssociation', { spi: 10, channels }), 'wrong channel');
  });

  it('A21 needs an active key', () => {
    const bench = benchWith('keyed');
    expect(bench.judge('deactivateKeys', { keyIds: [211] })).toBe('done');
    expectRefused(bench, () => bench.send('startAssociation', start), 'key not active');
  });
});

describe('a creation', () => {
  const mask = (header: number, octets: string) => ({ mask: hexOctets(octets + 'ff'.repeat(header)) });

  it('takes a mask without holes, and authentication alone', () => {
    const bench = new ProceduresBench();
    expect(bench.judge('createAssociation', { ...creation, ...mask(14, '03fffc0000') })).toBe('done');
    const cmac = new ProceduresBench();
    expect(cmac.judge('createAssociation', cmacCreation)).toBe('done');
    expect(heldOf(cmac, 10)).toMatchObject({
      cipher: 'AES-CMAC',
      association: { service: 'authentication', sequenceOctets: 2, replay: { window: 64, depth: 0 } },
    });
  });

  it.each<[string, string, Partial<CreateBody>]>([
    ['A15 clear mode', 'service type', { encryption: false, authentication: false }],
    ['A15 encryption alone', 'service type', { authentication: false }],
    ['A15 no cipher', 'service type', { encryptionCipher: Uint8Array.of(0) }],
    ['a cipher nobody has', 'service type', { encryptionCipher: Uint8Array.of(9) }],
    ['two ciphers', 'service type', { authenticationCipher: Uint8Array.of(1) }],
    ['a cipher of another slot', 'cipher not managed', { ...cmacCreation, authenticationCipher: Uint8Array.of(2) }],
    ['an SPI without a slot', 'SPI not managed', { spi: 13 }],
    ['B3 an SPI that aliases a slot', 'SPI not managed', { spi: 0x010a }],
    ['a MAC that is short', 'weak MAC', { macOctets: 8 }],
    ['a MAC that is long', 'bad layout', { macOctets: 17 }],
    ['a wrong IV length', 'bad layout', { ivOctets: 16, iv: new Uint8Array(16) }],
    ['an IV that is not as long as told', 'bad layout', { iv: new Uint8Array(11) }],
    ['a sequence number that is too long', 'bad layout', { sequenceOctets: 9 }],
    ['no counter at all', 'bad layout', { ...cmacCreation, sequenceOctets: 0 }],
    ['a counter before there is a key', 'counter without key', { iv: new Uint8Array(12).fill(1) }],
    ['A17 a mask of zeros', 'weak mask', mask(14, '0000000000')],
    ['A17 a mask without the channel', 'weak mask', mask(14, '03ff000000')],
    ['A17 a mask without the sequence number', 'weak mask', { ...cmacCreation, mask: hexOctets('ffffffffffffff0000') }],
    ['a mask of another length', 'wrong mask length', mask(13, '03fffc0000')],
    ['A17 no window', 'bad window', { window: Uint8Array.of(0, 0) }],
    ['A17 a window that is too wide', 'bad window', { window: Uint8Array.of(3, 0xe9) }],
    ['a window of another width', 'wrong window width', { window: Uint8Array.of(1) }],
  ])('%s: %s', (_, reason, change) => {
    const bench = new ProceduresBench();
    expectRefused(bench, () => bench.send('createAssociation', { ...creation, ...change }), reason);
  });
});

describe('a rekey', () => {
  it('sets the key, its fixed field and the counter behind the one given', () => {
    const bench = benchWith('unkeyed');
    expect(bench.judge('rekeyAssociation', { ...rekey, counter: ivOf(0x01020304, 41) })).toBe('done');
    expect(heldOf(bench, 10).state).toMatchObject({
      mode: 'keyed',
      key: { id: 211, fixed: 0x01020304 },
      nextIv: 42,
      replay: { last: 41 },
    });
  });

  it.each([
    ['A21 pre-active key', 'key not active', { keyId: 210 }],
    ['A21 deactivated key', 'key not active', { keyId: 212 }],
    ['A21 destroyed key', 'key not active', { keyId: 213 }],
    ['never provisioned', 'no such key', { keyId: 250 }],
    ['key of the other direction', 'wrong key purpose', { keyId: 310 }],
    ['master key', 'wrong key purpose', { keyId: 1 }],
    ['B13 fixed field of answers', 'reserved IV', { counter: ivOf(0xffffffff, 0) }],
    ['B8 end of all counters', 'counter exhausted', { counter: ivOf(0, 2 ** 48 - 1) }],
    ['B8 a counter of 64 bits', 'counter exhausted', { counter: new Uint8Array(12).fill(0xfe) }],
    ['short IV', 'wrong counter width', { counter: new Uint8Array(4) }],
    ['counters of another association', 'association conflict', { keyId: 201, counter: ivOf(7, 0) }],
    ['A20 the key that carries it', 'self target', { keyId: 200 }],
  ])('%s: %s', (_, reason, change) => {
    const bench = benchWith('unkeyed');
    expectRefused(bench, () => bench.send('rekeyAssociation', { ...rekey, ...change }), reason);
  });

  it('A20 leaves the key that carries it alone also under another association', () => {
    const bench = benchWith('operational');
    const [first, second, ...rest] = bench.state.associations;
    const shared = { ...second!, state: { ...second!.state, mode: 'keyed' as const, key: { id: 200, fixed: 8 } } };
    bench.state = { ...bench.state, associations: [first!, shared, ...rest] };
    expectRefused(bench, () => bench.send('expireAssociation', { spi: 2 }), 'self target');
  });

  it('A04 L4 never takes a key again that an association has let go of', () => {
    const bench = benchWith('operational');
    expect(bench.judge('stopAssociation', { spi: 10 })).toBe('done');
    expect(bench.judge('expireAssociation', { spi: 10 })).toBe('done');
    expectRefused(bench, () => bench.send('rekeyAssociation', rekey), 'key already used');
    expect(bench.judge('createAssociation', { ...cmacCreation, spi: 12 })).toBe('done');
    const other = { spi: 12, keyId: 211, counter: Uint8Array.of(0, 0) };
    expectRefused(bench, () => bench.send('rekeyAssociation', other), 'key already used');
  });
});

describe('counters', () => {
  const readOf = (bench: ProceduresBench, spi: number) => {
    const outcome = bench.send('readCounter', { spi });
    return outcome.ok && outcome.reply?.procedure === 'readCounter' ? outcome.reply.body.counter : outcome;
  };

  it('are read as the last one used, by direction and width', () => {
    const bench = benchWith('keyed');
    expect(readOf(bench, 1)).toEqual(ivOf(7, 4));
    expect(readOf(bench, 3)).toEqual(ivOf(7, 4));
    expect(readOf(bench, 4)).toEqual(Uint8Array.of(0, 0, 0, 4));
    expect(readOf(bench, 10)).toEqual(ivOf(0xabc, 0));
    expectRefused(bench, () => bench.send('readCounter', { spi: 99 }), 'SPI unknown');
    const unkeyed = benchWith('unkeyed');
    expectRefused(unkeyed, () => unkeyed.send('readCounter', { spi: 10 }), 'no key');
  });

  it('are set forward only, under the same fixed field', () => {
    const bench = new ProceduresBench();
    expect(bench.judge('setCounter', { spi: 2, counter: ivOf(7, 2 ** 40) })).toBe('done');
    expect(heldOf(bench, 2).state).toMatchObject({ nextIv: 2 ** 40 + 1, replay: { last: 2 ** 40 } });
    expect(bench.judge('setCounter', { spi: 3, counter: ivOf(7, 5) })).toBe('done');
    expect(heldOf(bench, 3).state.nextIv).toBe(6);
    for (const [spi, counter, reason] of [
      [2, ivOf(7, 2 ** 40), 'counter used'],
      [2, ivOf(7, 0), 'counter used'],
      [3, ivOf(7, 5), 'counter used'],
      [2, ivOf(8, 2 ** 41), 'wrong IV'],
      [2, ivOf(7, 2 ** 48 - 1), 'counter exhausted'],
      [4, ivOf(0, 9), 'wrong counter width'],
      [4, new Uint8Array(4).fill(0xff), 'counter exhausted'],
      [99, ivOf(0, 9), 'SPI unknown'],
    ] as const)
      expectRefused(bench, () => bench.send('setCounter', { spi, counter }), reason);
    const unkeyed = benchWith('unkeyed');
    expectRefused(unkeyed, () => unkeyed.send('setCounter', { spi: 10, counter: ivOf(0, 9) }), 'no key');
  });

  it.each([2, 4, 8])('of %i octets keep their width', (sequenceOctets) => {
    const association: SecurityAssociation = {
      ...cmacLayout,
      sequenceOctets,
      spi: 1,
      direction: 'receive',
      channel: tc(0),
      replay: { window: 1, depth: 0 },
    };
    const end = Math.min(2 ** 48, 2 ** (8 * sequenceOctets));
    for (const last of [0, 1, 255, 256, end - 2]) {
      const octets = counterAsOctets(association, { fixed: 0, last });
      expect(octets).toHaveLength(sequenceOctets);
      expect(readCounterOctets(association, octets)).toEqual({ ok: true, value: { fixed: 0, last } });
    }
    const full = counterAsOctets(association, { fixed: 0, last: end - 1 });
    expect(readCounterOctets(association, full)).toMatchObject({ reason: 'counter exhausted' });
    expect(readCounterOctets(association, new Uint8Array(sequenceOctets + 1))).toMatchObject({ ok: false });
  });
});

describe('windows', () => {
  it('A17 are set within the managed limits, and not where frames are sent', () => {
    const bench = new ProceduresBench();
    const set = (spi: number, window: Uint8Array) => bench.send('setWindow', { spi, window });
    expect(set(2, Uint8Array.of(0x03, 0xe8))).toMatchObject({ ok: true });
    expect(heldOf(bench, 2).association.replay.window).toBe(1000);
    expectRefused(bench, () => set(2, Uint8Array.of(0x03, 0xe9)), 'bad window');
    expectRefused(bench, () => set(2, Uint8Array.of(0, 0)), 'bad window');
    expectRefused(bench, () => set(2, Uint8Array.of(9)), 'wrong window width');
    expectRefused(bench, () => set(3, Uint8Array.of(0, 9)), 'wrong direction');
    expectRefused(bench, () => set(99, Uint8Array.of(0, 9)), 'SPI unknown');
  });

  it('the status of what was never there is refused', () => {
    const bench = new ProceduresBench();
    expectRefused(bench, () => bench.send('associationStatus', { spi: 10 }), 'SPI unknown');
  });
});
