import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { component } from '../../../src/kernel/component.ts';
import { declare, inlet, type Overflow, outlet } from '../../../src/kernel/declare.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { inspect } from '../../../src/kernel/inspect.ts';
import { edge, instance, topology } from '../../../src/kernel/topology.ts';

const Burst = declare('Burst', {
  inlets: { go: inlet<readonly number[]>({ depth: 4, full: 'fault' }) },
  outlets: { item: outlet<number>() },
});
const burst = component(Burst, ({ in: i, run, sinks }) => {
  const items = run(0).on(i.go, (n, values) => [n, ...values.map((value) => ({ type: 'item' as const, value }))]);
  return sinks({ out: { item: items.only('item', (a) => a.value) } });
});

const slow = (full: Overflow) => {
  const Slow = declare('Slow', {
    inlets: { item: inlet<number>({ depth: 2, full }) },
    outlets: { item: outlet<number>() },
  });
  return component(Slow, ({ in: i, sinks }) => sinks({ out: { item: i.item } }));
};

const started = (full: Overflow) => {
  const page = topology(
    {
      near: instance(burst, { base: 0 }),
      far: instance(burst, { base: 0x100 }),
      slow: instance(slow(full), { base: 0x200, takesUs: 100 }),
    },
    ({ near, far, slow }) => ({ work: [edge(near.out.item, slow.in.item), edge(far.out.item, slow.in.item)] }),
  );
  const graph = new Graph(page, { seed: 's', onFault: 'reset' });
  const ports = page.ports('');
  const seen: [time: number, item: number][] = [];
  graph.tap(ports.slow.out.item, (item) => seen.push([graph.kernel.now, item]));
  return { graph, ports, seen, edges: graph.kernel.edges };
};

/** The first is served at once, two wait, the fourth and fifth find the inlet full. */
const overrun = (full: Overflow) => {
  const { graph, ports, seen, edges } = started(full);
  graph.inject(ports.near.in.go, [1]);
  graph.runUntil(10);
  graph.inject(ports.near.in.go, [2, 3]);
  graph.runUntil(20);
  graph.inject(ports.far.in.go, [4, 5]);
  graph.runUntil(2_000);
  return {
    graph,
    items: seen.map(([, item]) => item),
    times: seen.map(([time]) => time),
    dropped: edges.map(({ dropped }) => dropped),
    sent: edges.map(({ sent }) => sent),
  };
};

describe('a full inlet', () => {
  it('dropNewest: the sender that came too late has lost them', () => {
    expect(overrun('dropNewest')).toMatchObject({ items: [1, 2, 3], dropped: [0, 2], sent: [3, 2] });
  });

  it('dropOldest: those who waited longest are lost, and counted where they came from', () => {
    expect(overrun('dropOldest')).toMatchObject({ items: [1, 4, 5], dropped: [2, 0], sent: [3, 2] });
  });

  it('latest: the last that waits is replaced in its place', () => {
    expect(overrun('latest')).toMatchObject({ items: [1, 2, 5], dropped: [1, 1], sent: [3, 2] });
  });

  it('fault: the target is reset and its mail is gone', () => {
    const { graph, items, dropped } = overrun('fault');
    expect(graph.find('slow').resets).toBe(1);
    expect(items).toEqual([1]);
    expect(dropped).toEqual([2, 2]);
  });

  it('block: nothing is lost, the sender waits and takes no new message', () => {
    const { items, dropped, times } = overrun('block');
    expect(items).toEqual([1, 2, 3, 4, 5]);
    expect(dropped).toEqual([0, 0]);
    expect(times).toEqual([1, 101, 201, 301, 401]);
  });

  it('block: what the sender is sent meanwhile waits in its own mailbox', () => {
    const { graph, ports } = started('block');
    graph.inject(ports.near.in.go, [1, 2, 3, 4, 5, 6]);
    graph.runUntil(50);
    graph.inject(ports.near.in.go, [7]);
    graph.runUntil(90);
    const { instances } = inspect(graph);
    expect(instances[0]).toMatchObject({ name: 'near', waiting: 1, heldBack: 3 });
    graph.runUntil(2_000);
    expect(inspect(graph).instances[0]).toMatchObject({ waiting: 0, heldBack: 0 });
  });

  it('block: two senders are served in the order in which they began to wait', () => {
    const { graph, ports, seen } = started('block');
    graph.inject(ports.near.in.go, [1, 2, 3, 4]);
    graph.inject(ports.far.in.go, [11, 12]);
    graph.runUntil(2_000);
    expect(seen.map(([, item]) => item)).toEqual([1, 2, 3, 4, 11, 12]);
  });

  it('remembers the most that ever waited', () => {
    const { graph } = overrun('dropNewest');
    const slow = inspect(graph).instances.find(({ name }) => name === 'slow')!;
    expect(slow.inlets).toEqual([{ port: 'in.item', waiting: 0, highWater: 2, depth: 2 }]);
    expect(slow.load).toBeCloseTo(300 / 2_000);
  });

  it.each(['dropNewest', 'dropOldest', 'latest', 'block'] as const)(
    '%s: on every edge, sent = delivered + dropped',
    (full) => {
      const { items, dropped, sent } = overrun(full);
      const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
      expect(total(sent)).toBe(items.length + total(dropped));
    },
  );
});

describe('edges that block', () => {
  it('may form no ring', () => {
    const Passing = declare('Passing', {
      inlets: { in: inlet<number>({ depth: 1, full: 'block' }) },
      outlets: { out: outlet<number>() },
    });
    const passing = component(Passing, ({ in: i, sinks }) => sinks({ out: { out: i.in } }));
    const page = topology(
      {
        a: instance(passing, { base: 0 }),
        b: instance(passing, { base: 0x100 }),
        c: instance(passing, { base: 0x200 }),
      },
      ({ a, b, c }) => ({ ring: [edge(a.out.out, b.in.in), edge(b.out.out, c.in.in), edge(c.out.out, a.in.in)] }),
    );
    expect(() => new Graph(page, { seed: 's' })).toThrow('edges that block: expected no ring, got a -> b -> c -> a');
  });
});

describe('what is lost', () => {
  it('by a reset is counted where it came from: what waited, and what was held back', () => {
    const { graph, ports, edges } = started('block');
    graph.inject(ports.near.in.go, [1, 2, 3, 4, 5]);
    graph.runUntil(10);
    graph.find('near').fault(new Error('planned'));
    graph.kernel.makeReady(graph.find('near'));
    graph.runUntil(20);
    expect(edges[0]).toMatchObject({ sent: 5, dropped: 2 });
    graph.find('slow').fault(new Error('planned'));
    graph.kernel.makeReady(graph.find('slow'));
    graph.runUntil(2_000);
    expect(edges[0]).toMatchObject({ sent: 5, dropped: 4 });
  });

  it('from outside, at an inlet that blocks, is counted at the door', () => {
    const { graph, ports, seen } = started('block');
    for (const value of [1, 2, 3, 4, 5]) graph.inject(ports.slow.in.item, value);
    graph.runUntil(2_000);
    expect(seen.map(([, item]) => item)).toEqual([1, 2, 3]);
    expect(graph.kernel.outsideEdges()[0]).toMatchObject({ sent: 5, dropped: 2 });
  });

  it('because it was no plain data leaves room for those who waited', () => {
    const Narrow = declare('Narrow', {
      inlets: { item: inlet<unknown>({ depth: 1, full: 'block' }) },
      outlets: { item: outlet<unknown>() },
    });
    const narrow = component(Narrow, ({ in: i, sinks }) => sinks({ out: { item: i.item } }));
    const bad = component(Burst, ({ in: i, sinks }) =>
      sinks({ out: { item: i.go.pipe(map(() => (() => 1) as unknown as number)) } }),
    );
    const page = topology(
      {
        bad: instance(bad, { base: 0 }),
        good: instance(burst, { base: 0x100 }),
        narrow: instance(narrow, { base: 0x200, takesUs: 100 }),
      },
      ({ bad, good, narrow }) => ({ work: [edge(bad.out.item, narrow.in.item), edge(good.out.item, narrow.in.item)] }),
    );
    const graph = new Graph(page, { seed: 's', onFault: 'reset' });
    const ports = page.ports('');
    const seen: unknown[] = [];
    graph.tap(ports.narrow.out.item, (item) => seen.push(item));
    graph.inject(ports.good.in.go, [1]);
    graph.runUntil(10);
    graph.inject(ports.bad.in.go, []);
    graph.inject(ports.good.in.go, [2]);
    graph.runUntil(2_000);
    expect(seen).toEqual([1, 2]);
    expect(graph.find('bad').resets).toBe(1);
  });
});
