// Under each expectation stands a mistake that the compiler has to refuse: the type check fails when it accepts one.
import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { component, type SourcesOf } from '../../../src/kernel/component.ts';
import { channel, command, declare, event, inlet, outlet, param, timer } from '../../../src/kernel/declare.ts';
import { enumOf, u16, u32 } from '../../../src/kernel/field.ts';
import { machine } from '../../../src/kernel/machine.ts';
import { edge, instance, topology } from '../../../src/kernel/topology.ts';

const Meter = declare('Meter', {
  inlets: { reading: inlet<number>({ depth: 4, full: 'dropNewest' }) },
  outlets: { mean: outlet<number>() },
  commands: {
    Clear: command(0, {}),
    Scale: command(1, { factor: u16() }),
    Slow: command(2, {}, { withinUs: 10 }),
    Many: command(3, {}, { withinUs: 10, concurrent: 2 }),
  },
  events: { High: event(0, 'high', { value: u32() }, '{value}') },
  channels: { count: channel(0, u32()) },
  params: { limit: param(0, u16(), 5), mode: param(1, enumOf(['calm', 'wild']), 'calm') },
  timers: { silence: timer() },
});

const streams = ({ in: i, cmd, run, timer }: SourcesOf<typeof Meter>) => {
  const steps = run({ count: 0 })
    .on(i.reading, (s, value) => [{ count: s.count + 1 }, { type: 'mean', value }])
    .on(timer.silence, (s) => [s, { type: 'quiet' }])
    .on(cmd.Clear, () => [{ count: 0 }, { type: 'clear' }]);
  const done = steps.only('clear', () => 'done' as const);
  const Scale = cmd.Scale.pipe(map(({ factor }) => (factor > 0 ? ('done' as const) : { failed: 'zero' })));
  const Many = cmd.Many.pipe(map(({ call }) => ({ call, outcome: 'done' as const })));
  return {
    steps,
    out: { mean: steps.only('mean', (a) => a.value) },
    cmd: { Clear: done, Scale, Slow: cmd.Slow.pipe(map(() => ({ progress: 1 }))), Many },
    evr: { High: steps.only('mean') },
    tlm: { count: steps.state((s) => s.count) },
    timer: { silence: i.reading.pipe(map(() => 100)) },
  };
};

const meter = component(Meter, (s) => {
  const { out, cmd, evr, tlm, timer, steps } = streams(s);
  const all = { out, cmd, evr, tlm, timer };
  // @ts-expect-error a channel without a sink
  s.sinks({ ...all, tlm: {} });
  // @ts-expect-error a command without an answer
  s.sinks({ ...all, cmd: { Clear: cmd.Clear, Slow: cmd.Slow, Many: cmd.Many } });
  // @ts-expect-error an outlet without a sink
  s.sinks({ ...all, out: {} });
  // @ts-expect-error an event without a sink
  s.sinks({ ...all, evr: {} });
  // @ts-expect-error a timer without a sink
  s.sinks({ ...all, timer: {} });
  // @ts-expect-error a group without its sinks
  s.sinks({ out, cmd, evr, tlm });
  // @ts-expect-error a sink that is not declared
  s.sinks({ ...all, out: { mean: out.mean, median: out.mean } });
  // @ts-expect-error a sink of another payload
  s.sinks({ ...all, out: { mean: steps.only('mean') } });
  // @ts-expect-error an event without its argument
  s.sinks({ ...all, evr: { High: steps.only('quiet') } });
  // @ts-expect-error an outcome that is none
  s.sinks({ ...all, cmd: { ...cmd, Clear: steps.only('clear', () => 'well') } });
  // @ts-expect-error progress of an immediate command
  s.sinks({ ...all, cmd: { ...cmd, Clear: steps.only('clear', () => ({ progress: 1 })) } });
  // @ts-expect-error an answer that does not name its call
  s.sinks({ ...all, cmd: { ...cmd, Many: steps.only('clear', () => 'done') } });
  // @ts-expect-error an action that no step lists
  steps.only('median');
  // @ts-expect-error a source that is not declared
  s.in.temperature;
  // @ts-expect-error a parameter of another type
  s.param.mode() satisfies number;
  return s.sinks(all);
});

const Label = declare('Label', {
  inlets: { text: inlet<string>({ depth: 1, full: 'latest' }) },
  outlets: { text: outlet<string>() },
});
const label = component(Label, ({ in: i, sinks }) => sinks({ out: { text: i.text } }));

// @ts-expect-error an initial value that the field does not have
param(0, enumOf(['calm', 'wild']), 'tame');

const page = () =>
  topology({ a: instance(meter, { base: 0 }), b: instance(label, { base: 0x100 }) }, ({ a, b, ...rest }) => ({
    // @ts-expect-error ports of different payloads
    unlike: [edge(a.out.mean, b.in.text)],
    // @ts-expect-error a port that is not declared
    unknown: [edge(b.out.title, b.in.text)],
    // @ts-expect-error an inlet as an origin
    reversed: [edge(b.in.text, b.in.text)],
    // @ts-expect-error an instance that is not aboard
    missing: () => [edge(a.out.mean, rest.c.in.reading)],
  }));

type Door = { readonly mode: 'open' | 'shut' };
const stay = (d: Door) => [d] as const;
const leaky = () =>
  machine<Door, { readonly type: 'push' }, never>('door', {
    // @ts-expect-error a missing cell
    push: { is: 'pushed', open: [stay, 'shut'] },
  });

describe('the compiler', () => {
  it('refuses what is marked above, and what is not marked runs', () => {
    expect([page, leaky].map((each) => typeof each)).toEqual(['function', 'function']);
    expect(meter.declared.name).toBe('Meter');
  });
});
