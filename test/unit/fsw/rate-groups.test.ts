import { describe, expect, it } from 'vitest';
import { rateGroup } from '../../../src/fsw/rate-groups/behaviour.ts';
import { beat, begin, noCycles } from '../../../src/fsw/rate-groups/cycle.ts';
import { component } from '../../../src/kernel/component.ts';
import { declare, inlet, outlet } from '../../../src/kernel/declare.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { events } from '../../../src/kernel/patterns.ts';
import { type EventRecord, edge, instance, topology } from '../../../src/kernel/topology.ts';
import { componentBench } from '../../support/component-bench.ts';

const Worker = declare('Worker', {
  inlets: { tick: inlet<number>({ depth: 1, full: 'block' }), event: inlet<EventRecord>({ depth: 99, full: 'fault' }) },
  outlets: { worked: outlet<number>(), told: outlet<EventRecord>() },
});
const worker = component(Worker, ({ in: i, sinks }) => sinks({ out: { worked: i.tick, told: i.event } }));

/** A group of 1000 us whose consumer takes that long for a tick. */
const withWorker = (takesUs: number) => {
  const page = topology(
    {
      group: instance(rateGroup({ periodUs: 1000 }), { base: 0x100 }),
      worker: instance(worker, { base: 0x200, takesUs }),
      log: instance(worker, { base: 0x300 }),
    },
    (a) => ({ all: [edge(a.group.out.tick, a.worker.in.tick), events(a.log.in.event)] }),
  );
  const graph = new Graph(page, { seed: 'rates', freeze: true });
  const slips: unknown[] = [];
  const worked: number[] = [];
  graph.tap({ instance: 'log', group: 'out', port: 'told' }, (record: EventRecord) => slips.push(record.args));
  graph.tap({ instance: 'worker', group: 'out', port: 'worked' }, (cycle: number) => worked.push(cycle));
  return { graph, slips, worked };
};

describe('rate-groups', () => {
  it('RTG-01 ticks at every multiple of its period', () => {
    const b = componentBench(rateGroup({ periodUs: 1000 }));
    b.run(999);
    expect(b.out('tick')).toEqual([]);
    b.run(3001);
    expect([b.out('tick'), b.value('cycles')]).toEqual([[1, 2, 3, 4], 4]);
  });

  it('RTG-02 tells of a cycle that came late because its consumer had not finished', () => {
    const { graph, slips } = withWorker(2500);
    graph.runUntil(20_000);
    expect(slips[0]).toEqual({ cycle: 5, lateUs: 1000, missed: 1 });
    expect(graph.find('group').readings.get('slips')!()).toBe(slips.length);
  });

  it('RTG-02 says nothing while its consumer keeps up', () => {
    const { graph, slips, worked } = withWorker(990);
    graph.runUntil(20_000);
    expect([slips, worked.length]).toEqual([[], 20]);
  });

  it('RTG-03 leaves out missed cycles, and counts them', () => {
    const { graph, worked } = withWorker(2500);
    graph.runUntil(100_000);
    const reading = (name: string) => graph.find('group').readings.get(name)!() as number;
    expect(worked.length).toBeLessThanOrEqual(41);
    expect(new Set(worked).size).toBe(worked.length);
    expect(reading('cycles') + reading('missed')).toBeGreaterThanOrEqual(97);
    expect(reading('worstLateUs')).toBeGreaterThanOrEqual(1000);
  });

  it('RTG-04 is in step again after a slip, and starts in step after a reset', () => {
    const late = beat({ ...noCycles, dueUs: 3000 }, 5400, 1000);
    expect(late[0].dueUs).toBe(6000);
    expect(late.slice(1)).toEqual([
      { type: 'slipped', cycle: 3, lateUs: 2400, missed: 2 },
      { type: 'tick', cycle: 3 },
      { type: 'arm', delayUs: 600 },
    ]);
    expect(begin(noCycles, 7300, 1000)).toEqual([
      { ...noCycles, dueUs: 8000 },
      { type: 'arm', delayUs: 700 },
    ]);
  });
});
