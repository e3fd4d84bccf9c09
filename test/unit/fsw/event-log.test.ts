import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventIds, eventReport } from '../../../src/ccsds/pus/st05-events.ts';
import { assemble } from '../../../src/dictionary/assemble.ts';
import { eventLog } from '../../../src/fsw/event-log/behaviour.ts';
import { EventLog } from '../../../src/fsw/event-log/declaration.ts';
import { admit, closeEnded, openGate } from '../../../src/fsw/event-log/throttle.ts';
import type { TelemetryMessage } from '../../../src/fsw/telemetry-message.ts';
import { declare, event } from '../../../src/kernel/declare.ts';
import { u16 } from '../../../src/kernel/field.ts';
import { BASE, componentBench } from '../../support/component-bench.ts';

const Unit = declare('Unit', {
  events: {
    Told: event(0, 'info', { level: u16() }, 'level {level}'),
    Hot: event(1, 'high', {}, 'hot', { throttle: { count: 2, windowUs: 1_000_000 } }),
    Low: event(2, 'low', {}, 'low'),
    Medium: event(3, 'medium', {}, 'medium'),
  },
});
const dictionary = assemble([
  { instance: 'unit', base: 0x0400, declared: Unit },
  { instance: 'it', base: BASE, declared: EventLog },
]);
const severities = ['info', 'high', 'low', 'medium'] as const;

const bench = (entries = 4) => {
  const made = componentBench(eventLog({ dictionary, entries }));
  const tell = (id: number, args: unknown = {}): void =>
    made.send('event', { instance: 'unit', event: '', id: 0x0400 + id, severity: severities[id] ?? 'high', args });
  const reports = () =>
    made.out<TelemetryMessage>('report').map(({ service, subtype, data }) => {
      const report = eventReport.decode(data);
      if (!report.ok) throw new Error(report.reason);
      return [service, subtype, report.value.id, ...report.value.values];
    });
  return { ...made, tell, reports };
};

describe('event-log', () => {
  it('EVT-01 reports events with subtype, id and arguments', () => {
    const b = bench();
    b.tell(0, { level: 258 });
    for (const id of [2, 3, 1]) b.tell(id);
    expect(b.reports()).toEqual([
      [5, 1, 0x0400, 1, 2],
      [5, 2, 0x0402],
      [5, 3, 0x0403],
      [5, 4, 0x0401],
    ]);
  });

  it('EVT-02 holds back beyond the declared throttle and tells how many at the next report', () => {
    const b = bench();
    for (let n = 0; n < 5; n++) b.tell(1);
    expect(b.reports().length).toBe(2);
    b.run(1_000_000);
    b.tell(1);
    expect(b.reports().length).toBe(3);
    expect([b.told, b.eventArgs]).toEqual([['Suppressed'], [{ event: 0x0401, count: 3 }]]);
  });

  it('EVT-02 tells on a tick what a flood held back that has ended, once', () => {
    const b = bench();
    for (let n = 0; n < 20; n++) b.tell(2);
    expect([b.reports().length, b.value('suppressed')]).toEqual([8, 12]);
    b.send('tick', 1);
    expect(b.told).toEqual([]);
    b.run(10_000_000);
    b.send('tick', 2);
    b.send('tick', 3);
    expect(b.eventArgs).toEqual([{ event: 0x0402, count: 12 }]);
  });

  it('EVT-02 loses none: those that passed and those held back are all, for any times', () => {
    const throttle = { count: 3, windowUs: 100 };
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 200 }), (gaps) => {
        let gate = openGate;
        let now = 0;
        let passed = 0;
        let told = 0;
        for (const gap of gaps) {
          now += gap;
          const [closed, heldBack] = closeEnded(gate, throttle, now);
          const [next, passes] = admit(closed, throttle, now);
          told += heldBack;
          if (passes) passed++;
          gate = next;
        }
        expect(passed + told + closeEnded(gate, throttle, now + 100)[1]).toBe(gaps.length);
      }),
    );
  });

  it('EVT-03 disables and enables by id, all or none', () => {
    const b = bench();
    b.call('DisableReports', { events: [{ event: 0x0400 }, { event: 0x0402 }] });
    b.tell(0, { level: 1 });
    expect([b.reports(), b.value('disabled')]).toEqual([[], 1]);
    b.call('EnableReports', { events: [{ event: 0x0400 }, { event: 0x9999 }] });
    b.tell(0, { level: 1 });
    b.call('EnableReports', { events: [{ event: 0x0400 }] });
    b.tell(0, { level: 1 });
    expect(b.reports().length).toBe(1);
    expect(b.outcomes).toEqual(['done', { failed: 'unknown event: 0x9999' }, 'done']);
  });

  it('EVT-04 lists the disabled ids', () => {
    const b = bench();
    b.call('ReportDisabled');
    b.call('DisableReports', { events: [{ event: 0x0402 }, { event: 0x0400 }, { event: 0x0402 }] });
    b.call('ReportDisabled');
    const lists = b.out<TelemetryMessage>('report').map(({ subtype, data }) => [subtype, eventIds.decode(data)]);
    expect(lists).toEqual([
      [8, { ok: true, value: [] }],
      [8, { ok: true, value: [0x0400, 0x0402] }],
    ]);
  });

  it('EVT-05 keeps the newest entries and repeats them, oldest first', () => {
    const b = bench();
    for (let level = 0; level < 6; level++) b.tell(0, { level });
    expect(b.value('logged')).toBe(4);
    b.call('RepeatLog', { count: 2 });
    expect(
      b
        .reports()
        .slice(6)
        .map((report) => report.at(-1)),
    ).toEqual([4, 5]);
    b.call('RepeatLog', { count: 100 });
    expect(b.reports().length).toBe(12);
  });

  it('EVT-05 keeps one entry where it is to keep one', () => {
    const b = bench(1);
    for (let level = 0; level < 3; level++) b.tell(0, { level });
    expect(b.value('logged')).toBe(1);
  });

  it('EVT-06 counts by severity and by what became of them', () => {
    const b = bench();
    b.tell(0, { level: 1 });
    for (let n = 0; n < 3; n++) b.tell(1);
    b.tell(2);
    const names = ['info', 'low', 'medium', 'high', 'reported', 'suppressed', 'unknown', 'lastEvent'];
    expect(names.map((name) => b.value(name))).toEqual([1, 1, 0, 3, 4, 1, 0, 0x0402]);
  });

  it('EVT-07 reports the reset of a component', () => {
    const b = bench();
    b.tell(0xff, { reason: 'x' });
    expect(b.reports()).toEqual([[5, 4, 0x04ff, 1, 0x78]]);
  });

  it('EVT-08 counts what it does not know, and arguments that do not fit, and throws on neither', () => {
    const b = bench();
    b.tell(0, { level: 70_000 });
    b.tell(0, {});
    b.tell(77);
    expect([b.reports(), b.value('unknown')]).toEqual([[], 3]);
  });
});
