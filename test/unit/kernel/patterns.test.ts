import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { component } from '../../../src/kernel/component.ts';
import { channel, declare, event, inlet, outlet, param } from '../../../src/kernel/declare.ts';
import { enumOf, text, u8, u16 } from '../../../src/kernel/field.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { inspect } from '../../../src/kernel/inspect.ts';
import {
  channels,
  events,
  health,
  type ParamReply,
  type ParamRequest,
  type Pong,
  params,
  type Sample,
} from '../../../src/kernel/patterns.ts';
import { compose, type EventRecord, edge, instance, topology } from '../../../src/kernel/topology.ts';

const Unit = declare('Unit', {
  inlets: { work: inlet<number>({ depth: 8, full: 'fault' }) },
  outlets: { scaled: outlet<number>() },
  events: { Worked: event(3, 'low', { value: u16() }, 'worked {value}') },
  channels: { count: channel(0, u16()), label: channel(7, text(8)) },
  params: { factor: param(1, u8({ min: 1, max: 9 }), 2), mode: param(2, enumOf(['calm', 'wild']), 'calm') },
});
const unit = component(Unit, ({ in: i, param, run, sinks }) => {
  const work = run(0).on(i.work, (n, value) => {
    if (value === 13) throw new Error('thirteen');
    return [n + 1, { type: 'worked', value: value * param.factor() }];
  });
  return sinks({
    out: { scaled: work.only('worked', (a) => a.value) },
    evr: { Worked: work.only('worked') },
    tlm: { count: work.state((n) => n), label: work.state(() => param.mode()) },
  });
});

const Desk = declare('Desk', {
  inlets: {
    ask: inlet<unknown>({ depth: 4, full: 'fault' }),
    request: inlet<ParamRequest>({ depth: 4, full: 'fault' }),
    event: inlet<EventRecord>({ depth: 64, full: 'fault' }),
    samples: inlet<readonly Sample[]>({ depth: 4, full: 'fault' }),
    pong: inlet<Pong>({ depth: 64, full: 'fault' }),
    reply: inlet<ParamReply>({ depth: 4, full: 'fault' }),
  },
  outlets: {
    sweep: outlet<unknown>(),
    ping: outlet<unknown>(),
    request: outlet<ParamRequest>(),
    event: outlet<EventRecord>(),
    samples: outlet<readonly Sample[]>(),
    pong: outlet<Pong>(),
    reply: outlet<ParamReply>(),
  },
});
const desk = component(Desk, ({ in: i, sinks }) =>
  sinks({
    out: {
      sweep: i.ask,
      ping: i.ask,
      request: i.request,
      event: i.event,
      samples: i.samples,
      pong: i.pong,
      reply: i.reply,
    },
  }),
);

const page = (takesUs = 0) =>
  topology(
    {
      a: instance(unit, { base: 0x100, takesUs }),
      b: instance(unit, { base: 0x200, params: { factor: 3 } }),
      desk: instance(desk, { base: 0x300 }),
    },
    ({ desk }) => ({
      boring: [
        events(desk.in.event),
        channels(desk.out.sweep, desk.in.samples),
        health(desk.out.ping, desk.in.pong),
        params(desk.out.request, desk.in.reply),
      ],
    }),
  );

const started = (takesUs = 0) => {
  const made = page(takesUs);
  const graph = new Graph(made, { seed: 's', onFault: 'reset' });
  const ports = made.ports('');
  const heard = {
    events: [] as EventRecord[],
    samples: [] as (readonly Sample[])[],
    pongs: [] as Pong[],
    replies: [] as ParamReply[],
  };
  graph.tap(ports.desk.out.event, (each) => heard.events.push(each));
  graph.tap(ports.desk.out.samples, (each) => heard.samples.push(each));
  graph.tap(ports.desk.out.pong, (each) => heard.pongs.push(each));
  graph.tap(ports.desk.out.reply, (each) => heard.replies.push(each));
  return { graph, ports, heard };
};

describe('events', () => {
  it('carry instance, name, absolute id, severity and the declared arguments', () => {
    const { graph, ports, heard } = started();
    graph.inject(ports.b.in.work, 5);
    graph.runUntil(10);
    const args = { value: 15 };
    expect(heard.events).toEqual([{ instance: 'b', event: 'Worked', id: 0x203, severity: 'low', args }]);
  });

  it('tell of a reset under the reserved id', () => {
    const { graph, ports, heard } = started();
    graph.inject(ports.a.in.work, 13);
    graph.runUntil(10);
    const args = { reason: 'thirteen' };
    expect(heard.events).toEqual([{ instance: 'a', event: 'reset', id: 0x1ff, severity: 'high', args }]);
  });
});

describe('channels', () => {
  it('are all read on a sweep and come back as one message', () => {
    const { graph, ports, heard } = started();
    graph.inject(ports.a.in.work, 1);
    graph.inject(ports.desk.in.ask, 'all');
    graph.runUntil(10);
    expect(heard.samples).toEqual([
      [
        { channel: 0x100, value: 1 },
        { channel: 0x107, value: 'calm' },
        { channel: 0x200, value: 0 },
        { channel: 0x207, value: 'calm' },
      ],
    ]);
  });

  it('are read in the order of the ids that the sweep names', () => {
    const { graph, ports, heard } = started();
    graph.inject(ports.desk.in.ask, [0x207, 0x999, 0x100]);
    graph.runUntil(10);
    expect(heard.samples[0]!.map(({ channel }) => channel)).toEqual([0x207, 0x100]);
  });
});

describe('health', () => {
  it('pings queue with the work of their instance and come back with the latency', () => {
    const { graph, ports, heard } = started(100);
    graph.inject(ports.a.in.work, 1);
    graph.inject(ports.a.in.work, 2);
    graph.inject(ports.desk.in.ask, 0);
    graph.runUntil(1_000);
    const brief = heard.pongs.map(({ instance, id, round, answered, latencyUs }) => [
      instance,
      id,
      round,
      answered,
      latencyUs,
    ]);
    expect(brief).toEqual([
      ['b', 0x200, 1, true, 0],
      ['desk', 0x300, 1, true, 0],
      ['a', 0x100, 1, true, 200],
    ]);
  });

  it('whoever has not answered by the next ping is told, and is not pinged twice', () => {
    const { graph, ports, heard } = started(100_000);
    graph.inject(ports.a.in.work, 1);
    graph.inject(ports.desk.in.ask, 0);
    graph.runUntil(1_000);
    graph.inject(ports.desk.in.ask, 0);
    graph.runUntil(2_000);
    const of = (name: string) => heard.pongs.filter(({ instance }) => instance === name);
    expect(of('a')).toEqual([{ instance: 'a', id: 0x100, round: 1, answered: false, latencyUs: 1_000 }]);
    expect(of('b')).toHaveLength(2);
    graph.runUntil(200_000);
    expect(of('a').at(-1)).toMatchObject({ round: 1, answered: true, latencyUs: 100_000 });
  });
});

describe('params', () => {
  it('are read, set and refused by absolute id, with the reason', () => {
    const { graph, ports, heard } = started();
    graph.inject(ports.desk.in.request, {
      token: 1,
      get: [0x201, 0x999],
      set: [
        { id: 0x101, value: 5 },
        { id: 0x102, value: 'tame' },
        { id: 0x101, value: 10 },
        { id: 0x102, value: 'wild' },
        { id: 0x105, value: 1 },
      ],
    });
    graph.runUntil(10);
    expect(heard.replies).toEqual([
      {
        token: 1,
        values: [
          { id: 0x201, value: 3 },
          { id: 0x101, value: 5 },
          { id: 0x102, value: 'wild' },
        ],
        refused: [
          { id: 0x999, reason: 'unknown parameter' },
          { id: 0x102, reason: 'unknown name' },
          { id: 0x101, reason: 'out of range' },
          { id: 0x105, reason: 'unknown parameter' },
        ],
      },
    ]);
  });

  it('take effect from the next delivery on and survive a reset', () => {
    const { graph, ports, heard } = started();
    graph.inject(ports.desk.in.request, { token: 1, set: [{ id: 0x101, value: 7 }] });
    graph.inject(ports.a.in.work, 13);
    graph.inject(ports.a.in.work, 2);
    graph.runUntil(20);
    expect(heard.events.filter(({ event }) => event === 'Worked').map(({ args }) => args)).toEqual([{ value: 14 }]);
  });

  it('are checked at wiring', () => {
    const wrong = topology({ a: instance(unit, { base: 0, params: { factor: 99 } }) }, () => ({}));
    expect(() => new Graph(wrong, { seed: 's' })).toThrow(
      'a.factor: expected a value of its field, got 99 (out of range)',
    );
    const unknown = topology({ a: instance(unit, { base: 0, params: { facktor: 9 } }) }, () => ({}));
    expect(() => new Graph(unknown, { seed: 's' })).toThrow('a: expected a declared parameter, got facktor');
  });
});

describe('composed topologies', () => {
  it('have their own boring wires, ids and logs, and are joined by wires between them', () => {
    const both = compose({ near: page(), far: page() }, ({ near, far }) => ({
      space: [edge(near.a.out.scaled, far.b.in.work)],
    }));
    const graph = new Graph(both, { seed: 's' });
    const ports = both.ports('');
    const heard: string[] = [];
    graph.tap(ports.near.desk.out.event, ({ instance, id }) => heard.push(`near hears ${instance} ${id}`));
    graph.tap(ports.far.desk.out.event, ({ instance, id }) => heard.push(`far hears ${instance} ${id}`));
    const samples: Sample[] = [];
    graph.tap(ports.far.desk.out.samples, (each) => samples.push(...each));
    graph.inject(ports.near.a.in.work, 4);
    graph.inject(ports.far.desk.in.ask, [0x100, 0x200]);
    graph.runUntil(10);
    expect(heard).toEqual([`near hears near/a ${0x103}`, `far hears far/b ${0x203}`]);
    expect(samples).toEqual([
      { channel: 0x100, value: 0 },
      { channel: 0x200, value: 1 },
    ]);
  });

  it('compose again', () => {
    const deep = compose({ mission: compose({ near: page() }), other: page() });
    const graph = new Graph(deep, { seed: 's' });
    expect(graph.all.map(({ name }) => name)).toContain('mission/near/desk');
    let heard = 0;
    graph.tap(deep.ports('').mission.near.desk.out.samples, (all) => {
      heard = all.length;
    });
    graph.inject(deep.ports('').mission.near.desk.in.ask, 'all');
    graph.runUntil(10);
    expect(heard).toBe(4);
  });
});

describe('an answer', () => {
  it('may not be held back', () => {
    const Bad = declare('Bad', {
      inlets: { pong: inlet<Pong>({ depth: 1, full: 'block' }) },
      outlets: { ping: outlet<number>() },
    });
    const bad = component(Bad, ({ in: i, sinks }) => sinks({ out: { ping: i.pong.pipe(map(() => 1)) } }));
    const made = topology({ bad: instance(bad, { base: 0 }) }, ({ bad }) => ({
      boring: [health(bad.out.ping, bad.in.pong)],
    }));
    expect(() => new Graph(made, { seed: 's' })).toThrow('expected an inlet that does not block');
  });
});

describe('a channel whose reading throws', () => {
  const Weak = declare('Weak', {
    inlets: { items: inlet<readonly number[]>({ depth: 2, full: 'fault' }) },
    channels: { first: channel(0, u8()), count: channel(1, u8()) },
  });
  const weak = component(Weak, ({ in: i, run, sinks }) => {
    const items = run([[1]] as readonly (readonly number[])[]).on(i.items, (_, list) => [[list]]);
    return sinks({
      tlm: {
        first: items.state((all) => {
          if (all[0]!.length === 0) throw new Error('nothing to read');
          return all[0]![0]!;
        }),
        count: items.state((all) => all[0]!.length),
      },
    });
  });
  const Sweeper = declare('Sweeper', {
    inlets: {
      go: inlet<number>({ depth: 2, full: 'fault' }),
      samples: inlet<readonly Sample[]>({ depth: 2, full: 'fault' }),
    },
    outlets: { sweep: outlet<number>(), heard: outlet<readonly Sample[]>() },
  });
  const sweeper = component(Sweeper, ({ in: i, sinks }) => sinks({ out: { sweep: i.go, heard: i.samples } }));

  it('is a reset of its own instance: the sweep goes on, and so does whoever asked', () => {
    const page = topology(
      { weak: instance(weak, { base: 0x100 }), sweeper: instance(sweeper, { base: 0x200 }) },
      ({ sweeper }) => ({ boring: [channels(sweeper.out.sweep, sweeper.in.samples)] }),
    );
    const graph = new Graph(page, { seed: 's', onFault: 'reset' });
    const ports = page.ports('');
    const heard: (readonly Sample[])[] = [];
    graph.tap(ports.sweeper.out.heard, (samples) => heard.push(samples));
    graph.inject(ports.weak.in.items, []);
    graph.runUntil(10);
    expect(inspect(graph).instances[0]!.channels).toEqual({ first: undefined, count: 0 });
    graph.inject(ports.sweeper.in.go, 1);
    graph.runUntil(20);
    graph.inject(ports.sweeper.in.go, 1);
    graph.runUntil(30);
    expect(heard).toEqual([
      [{ channel: 0x101, value: 0 }],
      [
        { channel: 0x100, value: 1 },
        { channel: 0x101, value: 1 },
      ],
    ]);
    expect(inspect(graph).instances.map(({ resets }) => resets)).toEqual([1, 0]);
  });
});
