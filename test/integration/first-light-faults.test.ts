// What a processor reset of one component does to the orbiter: its memory goes, the way of commands stays.
import { describe, expect, it } from 'vitest';
import { eventReport } from '../../src/ccsds/pus/st05-events.ts';
import { pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { aboard } from '../../src/orbiter/instances.ts';
import { cltuOf, orbiterBench, telecommandOf } from '../support/orbiter-bench.ts';

const started = () => {
  const bench = orbiterBench({ onFault: 'reset' });
  bench.run(50_000);
  return bench;
};

const eventNames = (bench: ReturnType<typeof started>): string[] =>
  bench.packets
    .filter(({ service, subtype }) => service === 5 && subtype <= 4)
    .map(({ data }) => {
      const report = eventReport.decode(data);
      return report.ok ? (orbiterDictionary.events.byId(report.value.id)?.name ?? 'unknown') : report.reason;
    });

describe('a processor reset', () => {
  it.each(Object.keys(aboard))('of %s is reported, and the next command is executed', (name) => {
    const bench = started();
    bench.graph.find(name).fault(new Error('planted'));
    bench.run(11_000_000);
    bench.command('connectionTest.AreYouAlive');
    bench.run(1_000_000);
    expect(bench.graph.find(name).resets).toBe(1);
    expect(bench.kinds([17])).toEqual(['17,2']);
    expect(eventNames(bench)).toContain(`${name}.reset`);
  });

  it('of the dispatcher leaves no buffer taken and no FARM waiting', () => {
    const bench = started();
    const packet = pusTelecommand.encode(telecommandOf('dispatcher.Noop'));
    const time = bench.graph.kernel.now + 1;
    for (let n = 0; n < 40; n++)
      bench.graph.kernel.input({ time, instance: 'radio', port: 'in.fromSpace', payload: cltuOf(packet, 'AD', n) });
    bench.graph.runUntil(time + 100);
    expect(bench.value('tcReceiver.vc0Buffers')).toBeGreaterThan(20);
    bench.graph.find('dispatcher').fault(new Error('planted'));
    bench.run(1_000_000);
    expect([bench.value('tcReceiver.vc0Buffers'), bench.value('tcReceiver.vc0Wait')]).toEqual([0, false]);
    expect(bench.graph.find('dispatcher').resets).toBe(1);
  });

  it('of a component answers its command as failed', () => {
    const bench = started();
    const from = bench.graph.kernel.now + 1;
    const payload = cltuOf(pusTelecommand.encode(telecommandOf('housekeeping.OneShot', { structures: [{ sid: 1 }] })));
    bench.graph.kernel.input({ time: from, instance: 'radio', port: 'in.fromSpace', payload });
    bench.graph.find('housekeeping').fault(new Error('planted'));
    bench.run(1_000_000);
    expect(bench.kinds([1])).toEqual(['1,1', '1,3', '1,8']);
  });
});
