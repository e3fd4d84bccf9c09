// Deliveries through full components (two inlets, a command, two events, three channels) in a chain of twenty, and
// kernel events with a thousand timers alive. The reference is a plain chain of function calls, and a bare wheel of
// timers.
import { map, merge } from 'rxjs';
import { component } from '../../../src/kernel/component.ts';
import { channel, command, declare, event, inlet, outlet, timer } from '../../../src/kernel/declare.ts';
import { u16, u32 } from '../../../src/kernel/field.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { edge, type InPort, instance, type Topology, topology, type Wire } from '../../../src/kernel/topology.ts';
import { Wheel } from '../../../src/kernel/wheel.ts';
import { type Bench, figure, perSecond } from '../figure.ts';

const STAGES = 20;
const MESSAGES = 5_000;
/** Each takes some 25 ms: as many as it takes until all of it is compiled. */
const ROUNDS = 25;
const TIMERS = 1_000;
const TIMERS_EACH = 50;

const Full = declare('Full', {
  inlets: {
    left: inlet<number>({ depth: 2 * MESSAGES, full: 'fault' }),
    right: inlet<number>({ depth: 4, full: 'fault' }),
  },
  outlets: { sum: outlet<number>() },
  commands: { Clear: command(0, {}) },
  events: { High: event(0, 'low', { sum: u32() }, 'high'), Odd: event(1, 'info', { sum: u32() }, 'odd') },
  channels: { sum: channel(0, u32()), count: channel(1, u32()), rest: channel(2, u16()) },
});

const full = component(Full, ({ in: i, cmd, run, sinks }) => {
  const state = run({ sum: 0, count: 0 })
    .on(i.left, (s, value) => [
      { sum: (s.sum + value) & 0xffff, count: s.count + 1 },
      { type: 'sum', value: value + 1 },
    ])
    .on(i.right, (s) => [s, { type: 'high', sum: s.sum }])
    .on(cmd.Clear, () => [{ sum: 0, count: 0 }, { type: 'cleared' }, { type: 'odd', sum: 0 }]);
  return sinks({
    out: { sum: state.only('sum', (a) => a.value) },
    cmd: { Clear: state.only('cleared', () => 'done') },
    evr: { High: state.only('high'), Odd: state.only('odd') },
    tlm: { sum: state.state((s) => s.sum), count: state.state((s) => s.count), rest: state.state((s) => s.sum & 15) },
  });
});

const chain = (): Topology => {
  const names = Array.from({ length: STAGES }, (_, at) => `stage${at}`);
  const placed = Object.fromEntries(names.map((name, at) => [name, instance(full, { base: at << 8 })]));
  return topology(placed, (ports) => ({
    chain: names.slice(1).map((name, at): Wire => {
      const from = ports[names[at]!]!;
      const to = ports[name]!;
      return edge(from.out.sum, to.in.left);
    }),
  }));
};

const deliveries = (digest: boolean): (() => number) => {
  const graph = new Graph(chain(), { seed: 'bench', digest, maxPerInstant: Infinity });
  const { kernel } = graph;
  const first: InPort<number> = { instance: 'stage0', port: 'left' };
  kernel.runUntil(1);
  return () => {
    const before = kernel.deliveries;
    for (let burst = 0; burst < 40; burst++) {
      for (let at = 0; at < MESSAGES / 40; at++) graph.inject(first, at);
      kernel.runFor(2);
    }
    return kernel.deliveries - before;
  };
};

const calls = (): number => {
  const stages = Array.from({ length: STAGES }, (_, at) => (value: number) => (value + at) & 0xffff);
  let sum = 0;
  for (let at = 0; at < MESSAGES * 40; at++) {
    let value = at;
    for (const stage of stages) value = stage(value);
    sum += value;
  }
  return sum < 0 ? 0 : MESSAGES * 40 * STAGES;
};

const names = Array.from({ length: TIMERS_EACH }, (_, at) => `t${at}`);
const Beat = declare('Beat', { timers: Object.fromEntries(names.map((name) => [name, timer()])) });
const beat = (first: number) =>
  component(Beat, ({ boot, timer, sinks }) =>
    sinks({
      timer: Object.fromEntries(
        names.map((name, at) => {
          const periodUs = 900 + (((first + at) * 7919) % 211);
          return [name, merge(boot, timer[name]!).pipe(map(() => periodUs))];
        }),
      ),
    }),
  );

/** Timers fired, delivered to their component, and set again by it. */
const timers = (): (() => number) => {
  const placed = Object.fromEntries(
    Array.from({ length: TIMERS / TIMERS_EACH }, (_, at) => [
      `beat${at}`,
      instance(beat(at * TIMERS_EACH), { base: at << 8 }),
    ]),
  );
  const { kernel } = new Graph(
    topology(placed, () => ({})),
    { seed: 'bench', digest: false },
  );
  kernel.runUntil(1);
  return () => {
    const before = kernel.deliveries;
    kernel.runFor(300_000);
    return kernel.deliveries - before;
  };
};

/** Closures that schedule themselves: an event without a component. */
const closures = (): (() => number) => {
  const { kernel } = new Graph(
    topology({}, () => ({})),
    { seed: 'bench', digest: false },
  );
  let count = 0;
  for (let at = 0; at < TIMERS; at++) {
    const periodUs = 900 + ((at * 7919) % 211);
    const again = (): void => {
      count++;
      kernel.schedule(periodUs, again);
    };
    kernel.schedule(periodUs, again);
  }
  return () => {
    const before = count;
    kernel.runFor(500_000);
    return count - before;
  };
};

const wheel = (): (() => number) => {
  const queue = new Wheel();
  for (let at = 0; at < TIMERS; at++) queue.set(at, at, at);
  let sequence = TIMERS;
  return () => {
    for (let at = 0; at < 500_000; at++) {
      const time = queue.firstTime;
      const id = queue.pop();
      queue.set(id, time + 900 + ((id * 7919) % 211), sequence++);
    }
    return 500_000;
  };
};

export const bench: Bench = () => {
  const plain = perSecond(calls);
  const raw = perSecond(wheel());
  const unit = 'deliveries/s';
  const against = 'plain function calls';
  return [
    figure({
      name: 'kernel/deliveries/digest off',
      unit,
      ours: perSecond(deliveries(false), ROUNDS),
      against,
      reference: plain,
      goal: 3e6,
    }),
    figure({
      name: 'kernel/deliveries/digest on',
      unit,
      ours: perSecond(deliveries(true), ROUNDS),
      against,
      reference: plain,
      goal: 2e6,
    }),
    figure({
      name: 'kernel/timers/1000 alive, through components',
      unit: 'events/s',
      ours: perSecond(timers()),
      against: 'the bare wheel',
      reference: raw,
      goal: 5e5,
    }),
    figure({
      name: 'kernel/events/1000 timers alive',
      unit: 'events/s',
      ours: perSecond(closures()),
      against: 'the bare wheel',
      reference: raw,
      goal: 5e6,
    }),
  ];
};
