import { describe, expect, it } from 'vitest';
import { housekeepingStructureReport } from '../../../src/ccsds/pus/st03-housekeeping.ts';
import { assemble } from '../../../src/dictionary/assemble.ts';
import { housekeeping } from '../../../src/fsw/housekeeping/behaviour.ts';
import type { TelemetryMessage } from '../../../src/fsw/telemetry-message.ts';
import { channel, declare } from '../../../src/kernel/declare.ts';
import { text, u8, u16 } from '../../../src/kernel/field.ts';
import { componentBench, samplesOf } from '../../support/component-bench.ts';

const Unit = declare('Unit', { channels: { a: channel(0, u8()), b: channel(1, u16()), name: channel(2, text(9)) } });
const dictionary = assemble(
  [{ instance: 'unit', base: 0x0400, declared: Unit }],
  [
    { sid: 1, name: 'first', intervalTenths: 2, channels: ['unit.a'] },
    { sid: 2, name: 'second', intervalTenths: 3, channels: ['unit.b', 'unit.a'] },
  ],
);

const bench = () => {
  const made = componentBench(housekeeping({ dictionary, mostStructures: 3, maximumDataOctets: 8 }));
  const values: Record<number, unknown> = { 1024: 7, 1025: 0x0102 };
  let swept = 0;
  /** One tick, and the samples of every sweep that came of it. */
  const tick = (): void => {
    made.send('tick', 0);
    answer();
  };
  const answer = (): void => {
    const sweeps = made.out<readonly number[]>('sweep');
    while (swept < sweeps.length) made.send('samples', samplesOf(values, sweeps[swept++]!));
  };
  const reports = () => made.out<TelemetryMessage>('report').map(({ subtype, data }) => [subtype, ...data]);
  const create = (sid: number, channels: number[], interval = 1): void =>
    made.call('Create', { sid, interval, channels: channels.map((each) => ({ channel: each })) });
  const of = (...sids: number[]) => ({ structures: sids.map((sid) => ({ sid })) });
  return { ...made, values, tick, answer, reports, create, of };
};

const first = [25, 0, 1, 7];
const second = [25, 0, 2, 1, 2, 7];

describe('housekeeping', () => {
  it('HKP-01 reports the structures of the tables from the start, each at its interval', () => {
    const b = bench();
    for (let n = 0; n < 4; n++) b.tick();
    expect(b.reports()).toEqual([first, second, first]);
  });

  it('HKP-02 creates a structure, disabled, and refuses what is wrong with it', () => {
    const b = bench();
    b.create(1, [0x0400]);
    b.create(9, [0x0999]);
    b.create(9, []);
    b.create(9, [0x0401, 0x0401, 0x0401, 0x0400]);
    b.create(9, [0x0402]);
    b.create(9, [0x0400, 0x0401]);
    b.create(8, [0x0400]);
    expect(b.outcomes).toEqual([
      { failed: 'structure exists' },
      { failed: 'unknown channel: 0x0999' },
      { failed: 'empty structure' },
      { failed: 'report too long' },
      { failed: 'report too long' },
      'done',
      { failed: 'too many structures' },
    ]);
    b.tick();
    expect([b.reports(), b.value('structures'), b.value('enabled')]).toEqual([[], 3, 2]);
  });

  it('HKP-03 deletes structures that are disabled, and no others', () => {
    const b = bench();
    b.call('Delete', b.of(1));
    b.call('Disable', b.of(1));
    b.call('Delete', b.of(1, 5));
    b.call('Delete', b.of(1));
    expect(b.outcomes).toEqual([
      { failed: 'structure is enabled: 1' },
      'done',
      { failed: 'unknown structure: 5' },
      'done',
    ]);
    expect(b.value('structures')).toBe(1);
  });

  it('HKP-04 enables and disables, all or none, and counts anew', () => {
    const b = bench();
    b.call('Disable', b.of(1, 5));
    b.call('Disable', b.of(1, 2));
    for (let n = 0; n < 6; n++) b.tick();
    expect(b.reports()).toEqual([]);
    b.call('Enable', b.of(1));
    b.tick();
    b.tick();
    expect([b.reports(), b.outcomes]).toEqual([[first], [{ failed: 'unknown structure: 5' }, 'done', 'done']]);
  });

  it('HKP-05 reports on request, enabled or not', () => {
    const b = bench();
    b.call('Disable', b.of(2));
    b.call('OneShot', b.of(2, 1));
    b.call('OneShot', b.of(6));
    b.answer();
    expect(b.reports()).toEqual([second, first]);
    expect(b.outcomes).toEqual(['done', 'done', { failed: 'unknown structure: 6' }]);
  });

  it('HKP-06 reports definitions', () => {
    const b = bench();
    b.call('ReportStructures', b.of(2));
    const [{ subtype, data } = { subtype: 0, data: new Uint8Array(0) }] = b.out<TelemetryMessage>('report');
    expect([subtype, housekeepingStructureReport.decode(data)]).toEqual([
      10,
      { ok: true, value: { sid: 2, enabled: true, intervalTenths: 3, parameters: [0x0401, 0x0400] } },
    ]);
  });

  it('HKP-07 sets intervals from the request on', () => {
    const b = bench();
    b.tick();
    b.call('SetInterval', { settings: [{ sid: 1, interval: 3 }] });
    b.call('SetInterval', {
      settings: [
        { sid: 1, interval: 1 },
        { sid: 4, interval: 1 },
      ],
    });
    for (let n = 0; n < 3; n++) b.tick();
    expect(b.reports()).toEqual([second, first]);
    expect(b.outcomes).toEqual(['done', { failed: 'unknown structure: 4' }]);
  });

  it('HKP-08 reads what is due in one instant with one sweep', () => {
    const b = bench();
    for (let n = 0; n < 6; n++) b.tick();
    expect(b.out('sweep')).toEqual([[0x0400], [0x0401, 0x0400], [0x0400], [0x0400, 0x0401, 0x0400]]);
    expect(b.value('sweeps')).toBe(4);
  });

  it('HKP-09 leaves out a report whose value does not fit, and tells which', () => {
    const b = bench();
    b.values[0x0401] = undefined;
    for (let n = 0; n < 3; n++) b.tick();
    expect([b.reports(), b.value('unreportable')]).toEqual([[first], 1]);
    expect(b.eventArgs).toEqual([{ sid: 2, channel: 0x0401 }]);
  });

  it('HKP-10 finds its samples again when some were lost on their way', () => {
    const b = bench();
    b.send('tick', 0);
    b.send('tick', 1);
    b.send('tick', 2);
    b.send('samples', samplesOf(b.values, [0x0401, 0x0400]));
    expect(b.reports()).toEqual([second]);
    b.send('samples', samplesOf(b.values, [0x0400]));
    expect(b.reports()).toEqual([second]);
  });

  it('HKP-09 leaves out a report of a channel that could not be read, and tells which', () => {
    const b = bench();
    for (let n = 0; n < 2; n++) b.tick();
    b.send('tick', 3);
    b.send('samples', samplesOf(b.values, [0x0400]));
    expect([b.reports(), b.eventArgs]).toEqual([[first], [{ sid: 2, channel: 0x0401 }]]);
    for (let n = 0; n < 3; n++) b.tick();
    expect(b.reports().slice(1)).toEqual([first, first, second]);
  });

  it('HKP-11 gives up the oldest sweeps when no samples come back', () => {
    const b = bench();
    const states: number[] = [];
    for (let n = 0; n < 400; n++) {
      b.send('tick', n);
      states.push((b.graph.find('it').cells[0]!.value as { underWay: readonly unknown[] }).underWay.length);
    }
    expect(Math.max(...states)).toBe(64);
  });
});
