import { execFileSync } from 'node:child_process';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { scan } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { component } from '../../../src/kernel/component.ts';
import { channel, declare, inlet } from '../../../src/kernel/declare.ts';
import { u32 } from '../../../src/kernel/field.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { load, type Snapshot, save } from '../../../src/kernel/snapshot.ts';
import { compose, edge, instance, type Topology, topology } from '../../../src/kernel/topology.ts';
import { rate, receivingChain } from '../../support/kernel-parts.ts';

const END_US = 400_000;
const options = { seed: 'flight', onFault: 'reset' } as const;

const fresh = (page: Topology, from?: Snapshot): Graph => {
  const graph = new Graph(page, options);
  if (from) load(graph, from);
  return graph;
};

const finish = (graph: Graph): string => {
  graph.runUntil(END_US);
  return `${graph.kernel.digest.hex} after ${graph.kernel.deliveries}`;
};

/** Saved and loaded into a fresh graph at each of those instants on the way. */
const hopping = (page: Topology, instants: readonly number[]): string => {
  let graph = fresh(page);
  for (const instant of [...instants].sort((a, b) => a - b)) {
    graph.runUntil(instant);
    graph = fresh(page, deserialize(serialize(save(graph))) as Snapshot);
  }
  return finish(graph);
};

const instants = fc.array(fc.integer({ min: 0, max: END_US }), { minLength: 1, maxLength: 12 });
const chain = receivingChain();

const Hidden = declare('Hidden', {
  inlets: { tick: inlet<number>({ depth: 1, full: 'latest' }) },
  outlets: {},
  channels: { sum: channel(0, u32()) },
});
const Watcher = declare('Watcher', { inlets: { sum: inlet<number>({ depth: 4, full: 'fault' }) } });
const watcher = component(Watcher, ({ in: i, run, sinks }) => {
  run(0).on(i.sum, (n) => [n + 1]);
  return sinks({});
});
const planted = (hidden: ReturnType<typeof component<(typeof Hidden)['shape']>>): Topology =>
  topology(
    {
      rate: instance(rate(1000), { base: 0 }),
      hidden: instance(hidden, { base: 0x100 }),
      watcher: instance(watcher, { base: 0x200 }),
    },
    ({ rate, hidden, watcher }) => ({
      all: [edge(rate.out.tick, hidden.in.tick), edge(hidden.tlm.sum, watcher.in.sum)],
    }),
  );

describe('a graph saved and loaded', () => {
  it('goes on to the same digest from any instants', () => {
    const whole = finish(fresh(chain));
    fc.assert(
      fc.property(instants, (at) => {
        expect(hopping(chain, at)).toBe(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('goes on to the same digest at fifty instants of two composed topologies', () => {
    const both = compose({ near: receivingChain(), far: receivingChain() });
    const at = Array.from({ length: 50 }, (_, n) => n * 7_777);
    expect(hopping(both, at)).toBe(finish(fresh(both)));
  });

  it('goes on to the same digest in a fresh process', () => {
    const graph = fresh(chain);
    graph.runUntil(123_456);
    const snapshot = serialize(save(graph)).toString('base64');
    const script = new URL('../../support/finish-snapshot.ts', import.meta.url).pathname;
    const found = execFileSync(process.execPath, ['--import', 'tsx', script, String(END_US)], {
      input: snapshot,
      encoding: 'utf8',
    });
    expect(found.trim()).toBe(finish(graph));
  });

  it('is saved at its fullest: timers, mail, senders held back and open calls', () => {
    const graph = fresh(chain);
    const seen = { mail: 0, heldBack: 0, open: 0, timers: 0, drops: 0, resets: 0 };
    for (let at = 0; at < END_US; at += 777) {
      graph.runUntil(at);
      const { instances, timers, edges } = save(graph);
      const sum = (of: (each: (typeof instances)[number]) => number) =>
        instances.reduce((total, each) => total + of(each), 0);
      seen.mail = Math.max(
        seen.mail,
        sum((each) => each.mail.length),
      );
      seen.heldBack = Math.max(
        seen.heldBack,
        sum((each) => each.outbox.length),
      );
      seen.open = Math.max(
        seen.open,
        sum((each) => each.open.length),
      );
      seen.timers = Math.max(seen.timers, timers.length);
      seen.drops = edges.reduce((total, [, dropped]) => total + dropped, 0);
      seen.resets = sum((each) => each.counters.resets);
    }
    expect(seen.mail).toBeGreaterThan(3);
    expect(seen.heldBack).toBeGreaterThan(0);
    expect(seen.open).toBe(1);
    expect(seen.timers).toBeGreaterThan(2);
    expect(seen.drops).toBeGreaterThan(100);
    expect(seen.resets).toBeGreaterThan(0);
  });
});

describe('state that hides', () => {
  it('in a scan is caught', () => {
    const page = planted(
      component(Hidden, ({ in: i, sinks }) =>
        sinks({ tlm: { sum: i.tick.pipe(scan((sum, tick) => (sum + tick) % 7, 0)) } }),
      ),
    );
    expect(hopping(page, [50_000])).not.toBe(finish(fresh(page)));
  });

  it('in a closure is caught', () => {
    const page = planted(
      component(Hidden, ({ in: i, run, sinks }) => {
        let sum = 0;
        const steps = run(0).on(i.tick, (_, tick) => {
          sum = (sum + tick) % 7;
          return [sum];
        });
        return sinks({ tlm: { sum: steps.state((n) => n) } });
      }),
    );
    expect(hopping(page, [50_000])).not.toBe(finish(fresh(page)));
  });

  it('in nothing is not', () => {
    const page = planted(
      component(Hidden, ({ in: i, run, sinks }) => {
        const steps = run(0).on(i.tick, (sum, tick) => [(sum + tick) % 7]);
        return sinks({ tlm: { sum: steps.state((n) => n) } });
      }),
    );
    expect(hopping(page, [50_000])).toBe(finish(fresh(page)));
  });
});
