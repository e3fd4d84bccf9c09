import { EMPTY, map, merge, type Observable, of, take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { component } from '../../../src/kernel/component.ts';
import { channel, command, declare, event, inlet, outlet } from '../../../src/kernel/declare.ts';
import { u32 } from '../../../src/kernel/field.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { inspect } from '../../../src/kernel/inspect.ts';
import { KernelStop } from '../../../src/kernel/kernel-stop.ts';
import { events } from '../../../src/kernel/patterns.ts';
import { type EventRecord, edge, instance, topology } from '../../../src/kernel/topology.ts';

const Worker = declare('Worker', {
  inlets: { work: inlet<number>({ depth: 8, full: 'fault' }) },
  outlets: { first: outlet<string>(), second: outlet<string>() },
  events: { Told: event(0, 'info', { value: u32() }, 'told {value}') },
  channels: { sum: channel(0, u32()) },
});

/** Lists its actions in an order that is not that of the sinks; throws on 13 after it has acted. */
const worker = component(Worker, ({ in: i, run, sinks }) => {
  const steps = run(0).on(i.work, (sum, value) => [
    sum + value,
    { type: 'second', text: `b${value}` },
    { type: 'told', value, unasked: true },
    { type: 'first', text: `a${value}` },
    { type: 'check', value },
  ]);
  const first = steps.only('first', (a) => a.text);
  const second = steps.only('second', (a) => a.text);
  const checked = steps.only('check', ({ value }) => {
    if (value === 13) throw new Error('thirteen');
    return `c${value}`;
  });
  return sinks({
    out: { first, second: merge(second, checked) },
    evr: { Told: steps.only('told') },
    tlm: { sum: steps.state((sum) => sum) },
  });
});

const Log = declare('Log', {
  inlets: {
    text: inlet<string>({ depth: 32, full: 'fault' }),
    event: inlet<EventRecord>({ depth: 32, full: 'fault' }),
  },
  outlets: { line: outlet<string>() },
});
const log = component(Log, ({ in: i, sinks }) =>
  sinks({
    out: {
      line: merge(i.text, i.event.pipe(map((e) => `${e.event}:${e.id}:${e.severity}:${JSON.stringify(e.args)}`))),
    },
  }),
);

const page = topology(
  { worker: instance(worker, { base: 0x100 }), log: instance(log, { base: 0x200 }) },
  ({ worker, log }) => ({
    work: [edge(worker.out.first, log.in.text), edge(worker.out.second, log.in.text)],
    boring: [events(log.in.event)],
  }),
);
const ports = page.ports('');

const started = (onFault: 'reset' | 'stop') => {
  const graph = new Graph(page, { seed: 'order', onFault });
  const lines: string[] = [];
  graph.tap(ports.log.out.line, (line) => lines.push(line));
  graph.runUntil(10);
  return { graph, lines, sum: () => graph.find('worker').readings.get('sum')!() };
};

describe('a delivery', () => {
  it('sends its actions in the order in which the step lists them', () => {
    const { graph, lines, sum } = started('stop');
    graph.inject(ports.worker.in.work, 1);
    graph.runUntil(20);
    expect(lines).toEqual(['b1', 'Told:256:info:{"value":1}', 'a1', 'c1']);
    expect(sum()).toBe(1);
  });

  it('happens wholly or not at all: a throw discards what it sent and moved', () => {
    const { graph, lines, sum } = started('reset');
    graph.inject(ports.worker.in.work, 5);
    graph.inject(ports.worker.in.work, 13);
    graph.inject(ports.worker.in.work, 6);
    graph.runUntil(20);
    expect(lines.filter((line) => line.includes('13'))).toEqual([]);
    expect(lines).toContain('reset:511:high:{"reason":"thirteen"}');
    expect(sum()).toBe(6);
    expect(graph.find('worker').resets).toBe(1);
    expect(graph.find('log').resets).toBe(0);
  });

  it('that throws stops a kernel that is told to stop, with instance, time, seed and cause', () => {
    const { graph } = started('stop');
    graph.inject(ports.worker.in.work, 13);
    const run = () => graph.runUntil(20);
    expect(run).toThrow(KernelStop);
    expect(run).toThrow('worker at 11 us, seed order: thirteen');
    expect(graph.kernel.stopped?.cause).toBeInstanceOf(Error);
  });

  it('is never entered from within a run', () => {
    const { graph } = started('stop');
    graph.kernel.schedule(1, () => graph.runUntil(100));
    expect(() => graph.runUntil(20)).toThrow('from within a run');
  });
});

const Ring = declare('Ring', {
  inlets: { on: inlet<number>({ depth: 2, full: 'fault' }) },
  outlets: { on: outlet<number>() },
});
const ring = component(Ring, ({ in: i, sinks }) => sinks({ out: { on: i.on } }));

describe('a livelock', () => {
  it('stops the kernel with the names of those who take part', () => {
    const circle = topology(
      { a: instance(ring, { base: 0 }), b: instance(ring, { base: 0x100 }), c: instance(ring, { base: 0x200 }) },
      ({ a, b }) => ({ circle: [edge(a.out.on, b.in.on), edge(b.out.on, a.in.on)] }),
    );
    const graph = new Graph(circle, { seed: 's', maxPerInstant: 1000, onFault: 'reset' });
    graph.inject(circle.ports('').a.in.on, 1);
    expect(() => graph.runUntil(5)).toThrow(/more than 1000 deliveries in one instant, between (a, b|b, a)$/);
    expect(graph.kernel.now).toBe(1);
  });
});

describe('what is not plain', () => {
  const Bad = declare('Bad', {
    inlets: { go: inlet<number>({ depth: 1, full: 'latest' }) },
    outlets: { out: outlet<unknown>() },
  });
  const Sink = declare('Sink', { inlets: { in: inlet<unknown>({ depth: 1, full: 'latest' }) } });
  const sink = component(Sink, ({ in: i, run, sinks }) => {
    run(0).on(i.in, (n) => [n + 1]);
    return sinks({});
  });
  const sending = (value: unknown) => {
    const bad = component(Bad, ({ in: i, sinks }) => sinks({ out: { out: i.go.pipe(map(() => value)) } }));
    const page = topology(
      { bad: instance(bad, { base: 0 }), sink: instance(sink, { base: 0x100 }) },
      ({ bad, sink }) => ({ all: [edge(bad.out.out, sink.in.in)] }),
    );
    const graph = new Graph(page, { seed: 's', onFault: 'reset' });
    graph.inject(page.ports('').bad.in.go, 1);
    graph.runUntil(10);
    return { bad: graph.find('bad').resets, sink: graph.find('sink').resets, edge: graph.kernel.edges[0]! };
  };

  it.each([
    ['a function', () => 1],
    ['a class', new URL('http://a.b')],
    ['a promise', Promise.resolve(1)],
  ])('as a message is the fault of its sender: %s', (_, value) => {
    expect(sending(value)).toMatchObject({ bad: 1, sink: 0, edge: { sent: 1, dropped: 1 } });
  });

  it('passes when it is data', () => {
    expect(sending({ a: [1, 'x', null, new Map([[1, 2]])] })).toMatchObject({ bad: 0, sink: 0, edge: { dropped: 0 } });
  });

  it('a stream that completes is a fault', () => {
    const ending = component(Ring, ({ in: i, sinks }) => sinks({ out: { on: i.on.pipe(take(1)) } }));
    const page = topology({ a: instance(ending, { base: 0 }) }, () => ({}));
    const graph = new Graph(page, { seed: 's' });
    graph.inject(page.ports('').a.in.on, 1);
    expect(() => graph.runUntil(5)).toThrow('a stream completed');
  });
});

describe('a processor reset', () => {
  const Probe = declare('Probe', {
    inlets: { throws: inlet<number>({ depth: 4, full: 'dropNewest' }) },
    events: {},
  });
  const failing = (fail: (value: number) => void) =>
    component(Probe, ({ in: i, run, sinks }) => {
      run(0).on(i.throws, (n, value) => {
        fail(value);
        return [n + 1];
      });
      return sinks({});
    });
  const reasonOf = (fail: () => void): string => {
    const page = topology(
      { probe: instance(failing(fail), { base: 0 }), log: instance(log, { base: 0x100 }) },
      (p) => ({
        boring: [events(p.log.in.event)],
      }),
    );
    const graph = new Graph(page, { seed: 's', onFault: 'reset' });
    const lines: string[] = [];
    graph.tap(page.ports('').log.out.line, (line) => lines.push(line));
    graph.inject(page.ports('').probe.in.throws, 1);
    graph.runUntil(10);
    expect(inspect(graph).instances[0]!.lastFault).not.toBe('');
    return lines[0]!;
  };

  it('tells of our own messages whole', () => {
    expect(
      reasonOf(() => {
        throw new Error('the table is empty');
      }),
    ).toContain('"reason":"the table is empty"');
  });

  it('tells of an engine by the name of the error: its wording differs between versions of Node', () => {
    expect(reasonOf(() => (undefined as unknown as { x: number }).x)).toContain('"reason":"TypeError"');
    expect(reasonOf(() => new Uint8Array(-1))).toContain('"reason":"RangeError"');
  });

  it('again and again in one instant lets the instance rest, and the others go on', () => {
    const Sick = declare('Sick', { inlets: { on: inlet<number>({ depth: 1, full: 'latest' }) } });
    const sick = component(Sick, ({ boot, in: i, run, sinks }) => {
      run(0)
        .on(i.on, (n) => [n])
        .on(boot, () => {
          throw new Error('no boot');
        });
      return sinks({});
    });
    const page = topology({ sick: instance(sick, { base: 0 }), well: instance(worker, { base: 0x100 }) }, () => ({}));
    const graph = new Graph(page, { seed: 's', onFault: 'reset' });
    graph.runUntil(2_500_000);
    graph.inject(page.ports('').well.in.work, 7);
    graph.runUntil(2_600_000);
    expect(graph.find('well').readings.get('sum')!()).toBe(7);
    expect(graph.find('sick').resets).toBeLessThan(50);
    expect(graph.find('sick').resets).toBeGreaterThan(16);
  });
});

describe('a behaviour', () => {
  const built = (sink: Observable<number>) =>
    new Graph(
      topology(
        {
          a: instance(
            component(Ring, ({ in: i, sinks }) => sinks({ out: { on: merge(i.on, sink) } })),
            { base: 0 },
          ),
        },
        () => ({}),
      ),
      { seed: 's' },
    );

  it('says nothing while it is wired', () => {
    expect(() => built(of(1))).toThrow('a: expected silence until the first delivery, got a value of a.on');
  });

  it('has no sink that has ended when it is wired', () => {
    const ended = component(Ring, ({ in: i, run, sinks }) => {
      run(0).on(i.on, (n) => [n]);
      return sinks({ out: { on: EMPTY } });
    });
    const page = topology({ a: instance(ended, { base: 0 }) }, () => ({}));
    expect(() => new Graph(page, { seed: 's' })).toThrow('a stream completed');
  });
});

describe('from outside', () => {
  it('only inlets, and outlets of drivers, are reached: a call would have nobody to answer to', () => {
    const Asked = declare('Asked', { commands: { Now: command(0, {}) } });
    const asked = component(Asked, ({ cmd, run, sinks }) => {
      const steps = run(0).on(cmd.Now, (n) => [n, { type: 'done' }]);
      return sinks({ cmd: { Now: steps.only('done', () => 'done') } });
    });
    const { kernel } = new Graph(
      topology({ asked: instance(asked, { base: 0 }) }, () => ({})),
      { seed: 's' },
    );
    for (const port of ['cmd.Now', 'boot.boot', 'ping.ping', 'in.other'])
      expect(() => kernel.inject('asked', port, 1)).toThrow(`input: expected a port of asked, got ${port}`);
  });

  it('an observer is taken off once, however often it is asked for', () => {
    const { graph, lines } = started('stop');
    const more: string[] = [];
    const off = graph.tap(ports.log.out.line, () => undefined);
    graph.tap(ports.log.out.line, (line) => more.push(line));
    off();
    off();
    graph.inject(ports.worker.in.work, 1);
    graph.runUntil(20);
    expect(more).toEqual(lines);
    expect(more).not.toEqual([]);
  });
});
