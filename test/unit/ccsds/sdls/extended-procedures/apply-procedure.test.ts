import { describe, expect, it } from 'vitest';
import {
  checkProcedurePolicy,
  checkProcedureState,
  INVENTORY_LIMIT,
  UPLOAD_LIMIT,
  VERIFY_LIMIT,
} from '../../../../../src/ccsds/sdls/extended-procedures/check-procedures.ts';
import {
  emptyLog,
  LOG_MAXIMUM_RECORDS,
  logged,
  RECORD_MAXIMUM_OCTETS,
} from '../../../../../src/ccsds/sdls/extended-procedures/procedure-log.ts';
import { procedurePdu } from '../../../../../src/ccsds/sdls/extended-procedures/procedure-pdu.ts';
import type {
  ProcedurePolicy,
  ProcedureState,
} from '../../../../../src/ccsds/sdls/extended-procedures/procedure-state.ts';
import { procedureOfTag } from '../../../../../src/ccsds/sdls/extended-procedures/procedure-table.ts';
import { hexOctets } from '../../../../../src/codec/hex.ts';
import { ProceduresBench, policy, startState } from '../../../../support/procedures-bench.ts';

describe('monitoring and control', () => {
  it('answers a ping', () => {
    const bench = new ProceduresBench();
    const before = bench.state;
    expect(bench.send('ping', {})).toMatchObject({
      ok: true,
      reply: { type: 'reply', procedure: 'ping', body: {} },
      actions: [],
      event: { word: 'SEC-MC', procedure: 'ping' },
    });
    expect(bench.state).toBe(before);
  });

  it('L5 tells the status of the log, dumps it, erases it and keeps the counts', () => {
    const bench = new ProceduresBench();
    const record = (tag: number) => ({ tag, value: Uint8Array.of(tag, tag) });
    for (const tag of [1, 2, 3, 4, 5, 6]) bench.state = { ...bench.state, log: logged(bench.state.log, record(tag)) };
    const replyOf = (procedure: 'logStatus' | 'dumpLog' | 'eraseLog') => {
      const outcome = bench.send(procedure, {});
      return outcome.ok ? outcome.reply?.body : outcome;
    };
    expect(replyOf('logStatus')).toEqual({ events: 4, spaceLeft: 0 });
    expect(replyOf('dumpLog')).toEqual({ records: [3, 4, 5, 6].map(record) });
    expect(replyOf('eraseLog')).toEqual({ events: 0, spaceLeft: 4 });
    expect(replyOf('dumpLog')).toEqual({ records: [] });
    expect(bench.state.log).toMatchObject({ total: 6, folded: 2, erased: 4 });
  });

  it('B12 tests itself in earnest', () => {
    const bench = new ProceduresBench();
    expect(bench.send('selfTest', {})).toMatchObject({ reply: { body: { good: true } } });
    bench.selfTestIsGood = false;
    expect(bench.send('selfTest', {})).toMatchObject({ reply: { body: { good: false } } });
  });

  it('resets the alarm whole', () => {
    const bench = new ProceduresBench();
    expect(bench.send('resetAlarm', {})).toMatchObject({ ok: true });
    expect(bench.state.report).toMatchObject({ alarm: false, badMac: false, spi: 9, sequence: 8 });
  });
});

describe('what is no command', () => {
  const refuse = (bench: ProceduresBench, hex: string) => {
    const before = bench.state;
    const outcome = bench.receive(hexOctets(hex));
    expect(bench.state).toBe(before);
    return outcome;
  };

  it('A40 B12 an unknown tag is refused, every one of them, and never a success', () => {
    const bench = new ProceduresBench();
    for (let tag = 0; tag < 256; tag++) {
      if (procedureOfTag(tag) !== undefined) continue;
      expect(bench.receive(Uint8Array.of(tag, 0, 0))).toMatchObject({
        ok: false,
        reason: 'unknown operation',
        event: { word: 'SEC-OP', counter: 'rej.op' },
      });
    }
  });

  it.each(['b1 0000', '87 0010 0000', '9f 0018 0001 00'])('A40 B12 a reply is refused: %s', (hex) => {
    expect(refuse(new ProceduresBench(), hex)).toMatchObject({ ok: false, reason: 'not a request' });
  });

  it('tells where the octets went wrong', () => {
    expect(refuse(new ProceduresBench(), '02 0018 00d2 00')).toMatchObject({ reason: 'length mismatch', at: 6 });
  });

  it.each([
    ['an association that may not carry commands', { spi: 4, keyId: 202 }],
    ['an association that sends', { spi: 3, keyId: 300 }],
    ['none at all', { spi: 0, keyId: 200 }],
    ['another key than the association has', { spi: 1, keyId: 201 }],
  ])('A16 a command under %s is refused', (_, carrier) => {
    const bench = new ProceduresBench();
    bench.carrier = carrier;
    expect(refuse(bench, '31 0000')).toMatchObject({ ok: false, reason: 'not a carrier', event: { word: 'SEC-OP' } });
  });

  it('a command under an association that was stopped is refused', () => {
    const bench = new ProceduresBench();
    bench.carrier = { spi: 2, keyId: 201 };
    expect(bench.judge('stopAssociation', { spi: 1 })).toBe('done');
    bench.carrier = { spi: 1, keyId: 200 };
    expect(bench.judge('ping', {})).toBe('not a carrier');
  });
});

describe('the log', () => {
  it('has a bound, and does not take what a dump could not hold', () => {
    const record = { tag: 1, value: new Uint8Array(RECORD_MAXIMUM_OCTETS) };
    let log = emptyLog(LOG_MAXIMUM_RECORDS);
    for (let n = 0; n < LOG_MAXIMUM_RECORDS + 3; n++) log = logged(log, record);
    expect(log).toMatchObject({ total: LOG_MAXIMUM_RECORDS + 3, folded: 3 });
    const body = { records: log.records };
    expect(procedurePdu.encode({ type: 'reply', procedure: 'dumpLog', body })).toHaveLength(8193);
    expect(() => emptyLog(LOG_MAXIMUM_RECORDS + 1)).toThrow(RangeError);
    expect(() => logged(log, { tag: 1, value: new Uint8Array(33) })).toThrow(/^record octets/);
  });

  it('L5 has counts that stay at their end', () => {
    const log = { ...emptyLog(1), total: 0xffffffff, folded: 0xffffffff };
    expect(logged(log, { tag: 0, value: new Uint8Array(0) }).total).toBe(0xffffffff);
  });
});

describe('before the first command', () => {
  it.each<[string, Partial<ProcedurePolicy>]>([
    ['SPI of a carrier', { carriers: [0] }],
    ['SPI of a slot', { slots: [...policy.slots, policy.slots[0]!] }],
    ['SPI of a slot', { slots: [{ ...policy.slots[0]!, spi: 0xffff }] }],
    ['least mask octets', { slots: [{ ...policy.slots[0]!, leastMask: new Uint8Array(1) }] }],
    ['first key id', { keyRanges: [{ first: 127, last: 200, use: 'receive' }] }],
    ['last key id', { keyRanges: [{ first: 200, last: 199, use: 'receive' }] }],
    ['keys at most', { keyMaximum: 0 }],
    ['keys in a list', { listMaximum: UPLOAD_LIMIT + 1 }],
    ['keys in a verification', { verifyMaximum: VERIFY_LIMIT + 1 }],
    ['keys in an inventory', { inventoryMaximum: INVENTORY_LIMIT + 1 }],
    ['window octets', { windowOctets: 7 }],
    ['window at most', { windowMaximum: 2 ** 48 + 1 }],
    ['MAC octets', { macLeastOctets: 4 }],
  ])('a policy is refused for its %s', (subject, change) => {
    expect(() => checkProcedurePolicy({ ...policy, ...change })).toThrow(new RegExp(`^${subject}`));
  });

  it.each<[string, (state: ProcedureState) => Partial<ProcedureState>]>([
    ['key 1: expected once', ({ keys }) => ({ keys: [keys[0]!, ...keys] })],
    ['key 1: expected master', ({ keys }) => ({ keys: [{ ...keys[0]!, use: 'receive' }, ...keys.slice(1)] })],
    ['association 1: expected a key that is held', ({ keys }) => ({ keys: keys.filter(({ id }) => id !== 200) })],
    [
      'association 1: expected another fixed IV field',
      ({ associations: [first, ...rest] }) => ({
        associations: [{ ...first!, state: { ...first!.state, key: { id: 200, fixed: 0xffffffff } } }, ...rest],
      }),
    ],
    ['association 1: expected once', ({ associations }) => ({ associations: [associations[0]!, ...associations] })],
  ])('a state is refused: %s', (message, change) => {
    const state = { ...startState(), ...change(startState()) };
    expect(() => checkProcedureState(policy, state)).toThrow(new RegExp(`^${message}`));
  });
});
