import { merge } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Call, Reply } from '../../../src/kernel/calls.ts';
import { type Component, component } from '../../../src/kernel/component.ts';
import { command, declare, inlet, type Outcome, outlet } from '../../../src/kernel/declare.ts';
import { u16 } from '../../../src/kernel/field.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { inspect } from '../../../src/kernel/inspect.ts';
import { commands } from '../../../src/kernel/patterns.ts';
import { edge, instance, topology } from '../../../src/kernel/topology.ts';

const Caller = declare('Caller', {
  inlets: { ask: inlet<Call>({ depth: 32, full: 'fault' }), reply: inlet<Reply>({ depth: 32, full: 'fault' }) },
  outlets: { call: outlet<Call>(), heard: outlet<Reply>() },
});
const caller = component(Caller, ({ in: i, sinks }) => sinks({ out: { call: i.ask, heard: i.reply } }));

const Unit = declare('Unit', {
  inlets: { finish: inlet<number>({ depth: 8, full: 'fault' }), crash: inlet<number>({ depth: 1, full: 'latest' }) },
  commands: {
    Now: command(0, { how: u16() }),
    Later: command(1, {}, { withinUs: 1000 }),
    Many: command(2, { size: u16() }, { withinUs: 1000, concurrent: 2 }),
  },
});
/** How `Now` ends: 0 done, 1 failed, 2 no outcome, 3 two outcomes, 4 a throw after the outcome. */
const unit = component(Unit, ({ in: i, cmd, run, sinks }) => {
  run(0).on(i.crash, () => {
    throw new Error('crash');
  });
  const now = run(0).on(cmd.Now, (s, { how }) => {
    const done = { type: 'outcome' as const, outcome: 'done' as Outcome };
    const failed = { type: 'outcome' as const, outcome: { failed: 'cold', code: 7, data: [1] } as Outcome };
    const throws = { type: 'throws' as const };
    if (how === 4) return [s, done, throws];
    return [s, ...[[done], [failed], [], [done, done]][how]!];
  });
  const answers = merge(
    now.only('outcome', (a) => a.outcome),
    now.only('throws', () => {
      throw new Error('too late');
    }),
  );
  const open = run([] as readonly number[])
    .on(cmd.Later, (calls) => [calls])
    .on(cmd.Many, (calls, { call }) => [[...calls, call], { type: 'begun', call }])
    .on(i.finish, (calls, call) =>
      call < 0 ? [calls, { type: 'later', of: call }] : [calls.filter((c) => c !== call), { type: 'over', call }],
    );
  return sinks({
    cmd: {
      Now: answers,
      Later: open.only('later', ({ of }) => (of === -1 ? 'done' : { progress: -of })),
      Many: merge(
        open.only('begun', ({ call }) => ({ call, outcome: { progress: 0 } })),
        open.only('over', ({ call }) => ({ call, outcome: 'done' as const })),
      ),
    },
  });
});

const started = (of: Component = unit as never, takesUs = 0) => {
  const page = topology(
    { caller: instance(caller, { base: 0 }), unit: instance(of as unknown as typeof unit, { base: 0x100, takesUs }) },
    ({ caller }) => ({ boring: [commands(caller.out.call, caller.in.reply)] }),
  );
  const graph = new Graph(page, { seed: 's', onFault: 'reset' });
  const ports = page.ports('');
  const replies: string[] = [];
  graph.tap(ports.caller.out.heard, ({ token, opcode, outcome }) => {
    const text = outcome === 'done' ? 'done' : 'failed' in outcome ? outcome.failed : `at ${outcome.progress}`;
    replies.push(`${token}/${opcode.toString(16)} ${text}`);
  });
  const call = (opcode: number, token: number, args: unknown = {}) =>
    graph.inject(ports.caller.in.ask, { opcode, token, args });
  return { graph, ports, replies, call };
};

/** Only what is final. */
const finals = (replies: readonly string[]) => replies.filter((reply) => !reply.includes(' at '));

describe('a command has exactly one outcome', () => {
  it.each([
    [0, 'done'],
    [1, 'cold'],
    [2, 'reset'],
    [3, 'reset'],
    [4, 'reset'],
  ])('immediate, way %i: %s', (how, outcome) => {
    const { graph, replies, call } = started();
    call(0x100, 9, { how });
    graph.runUntil(100);
    expect(replies).toEqual([`9/100 ${outcome}`]);
    expect(graph.find('unit').resets).toBe(outcome === 'reset' ? 1 : 0);
  });

  it('unknown opcode', () => {
    const { graph, replies, call } = started();
    call(0x1234, 1);
    graph.runUntil(100);
    expect(replies).toEqual(['1/1234 unknown opcode']);
  });

  it('deferred: progress, then done; a second call meanwhile is busy', () => {
    const { graph, ports, replies, call } = started();
    call(0x101, 1);
    call(0x101, 2);
    graph.runUntil(10);
    expect(inspect(graph).instances[1]!.openCalls).toEqual([{ command: 'Later', token: 1, dueUs: 1001 }]);
    graph.inject(ports.unit.in.finish, -5);
    graph.inject(ports.unit.in.finish, -1);
    graph.runUntil(5_000);
    expect(replies).toEqual(['2/101 busy', '1/101 at 5', '1/101 done']);
  });

  it('deferred: the kernel answers for a silent component, and its late answer is let go', () => {
    const { graph, ports, replies, call } = started();
    call(0x101, 1);
    graph.runUntil(1_000);
    expect(replies).toEqual([]);
    graph.runUntil(1_001);
    expect(replies).toEqual(['1/101 no answer in time']);
    graph.inject(ports.unit.in.finish, -1);
    graph.runUntil(3_000);
    expect(replies).toHaveLength(1);
    expect(graph.find('unit').resets).toBe(0);
  });

  it('deferred: an outcome without a call is a fault', () => {
    const { graph, ports, replies } = started();
    graph.inject(ports.unit.in.finish, -1);
    graph.runUntil(100);
    expect(graph.find('unit').resets).toBe(1);
    expect(replies).toEqual([]);
  });

  it('concurrent: each open call is answered by its number, the third is busy', () => {
    const { graph, ports, replies, call } = started();
    for (const token of [11, 12, 13]) call(0x102, token, { size: token });
    graph.runUntil(10);
    graph.inject(ports.unit.in.finish, 1);
    graph.runUntil(20);
    call(0x102, 14, { size: 1 });
    graph.runUntil(30);
    graph.inject(ports.unit.in.finish, 0);
    graph.runUntil(5_000);
    expect(finals(replies)).toEqual(['13/102 busy', '12/102 done', '11/102 done', '14/102 no answer in time']);
    expect(replies.filter((reply) => reply.includes('at 0'))).toHaveLength(3);
  });

  it('concurrent: every one has its own time', () => {
    const { graph, replies, call } = started();
    call(0x102, 1, { size: 1 });
    graph.runUntil(500);
    call(0x102, 2, { size: 1 });
    graph.runUntil(1_001);
    expect(finals(replies)).toEqual(['1/102 no answer in time']);
    graph.runUntil(1_501);
    expect(finals(replies)).toEqual(['1/102 no answer in time', '2/102 no answer in time']);
  });

  it('reset: open and waiting calls are answered', () => {
    const { graph, ports, replies, call } = started(undefined, 100);
    call(0x101, 1);
    call(0x102, 2, { size: 1 });
    graph.runUntil(50);
    graph.inject(ports.unit.in.crash, 1);
    graph.runUntil(60);
    call(0x100, 3, { how: 0 });
    graph.runUntil(5_000);
    expect(finals(replies)).toEqual(['1/101 reset', '2/102 reset', '3/100 reset']);
    expect(graph.find('unit').open).toEqual([]);
  });

  it('busy: more calls wait than the mailbox takes', () => {
    const { graph, replies, call } = started(undefined, 100);
    for (let token = 0; token < 12; token++) call(0x100, token, { how: 0 });
    graph.runUntil(10_000);
    const outcomes = replies.map((reply) => reply.split(' ')[1]);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(9);
    expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(3);
    expect(new Set(replies.map((reply) => reply.split('/')[0])).size).toBe(12);
  });
});

describe('two callers', () => {
  it('each hears the outcome of its own calls, also with equal tokens', () => {
    const page = topology(
      { a: instance(caller, { base: 0 }), b: instance(caller, { base: 0x80 }), unit: instance(unit, { base: 0x100 }) },
      ({ a, b }) => ({ boring: [commands(a.out.call, a.in.reply), commands(b.out.call, b.in.reply)] }),
    );
    const graph = new Graph(page, { seed: 's' });
    const ports = page.ports('');
    const heard: string[] = [];
    graph.tap(ports.a.out.heard, ({ token }) => heard.push(`a${token}`));
    graph.tap(ports.b.out.heard, ({ token }) => heard.push(`b${token}`));
    graph.inject(ports.b.in.ask, { opcode: 0x100, token: 1, args: { how: 0 } });
    graph.inject(ports.a.in.ask, { opcode: 0x102, token: 1, args: { size: 1 } });
    graph.inject(ports.b.in.ask, { opcode: 0x102, token: 2, args: { size: 1 } });
    graph.runUntil(2_000);
    expect(heard).toEqual(['b1', 'a1', 'b2', 'a1', 'b2']);
  });
});

describe('an outcome that has been given', () => {
  const Held = declare('Held', {
    inlets: { spoil: inlet<number>({ depth: 1, full: 'fault' }) },
    outlets: { work: outlet<number>() },
    commands: { Work: command(0, {}) },
  });
  const held = component(Held, ({ in: i, cmd, run, sinks }) => {
    const steps = run(0)
      .on(cmd.Work, (n) => [
        n,
        { type: 'work' },
        { type: 'work' },
        { type: 'work' },
        { type: 'work' },
        { type: 'done' },
      ])
      .on(i.spoil, (n) => [n]);
    return sinks({ out: { work: steps.only('work', () => 1) }, cmd: { Work: steps.only('done', () => 'done') } });
  });
  const Slow = declare('Slow', {
    inlets: { work: inlet<number>({ depth: 1, full: 'block' }) },
    outlets: { done: outlet<number>() },
  });
  const slow = component(Slow, ({ in: i, sinks }) => sinks({ out: { done: i.work } }));
  const blocked = () => {
    const page = topology(
      {
        caller: instance(caller, { base: 0 }),
        held: instance(held, { base: 0x100 }),
        slow: instance(slow, { base: 0x200, takesUs: 1_000 }),
      },
      ({ caller, held, slow }) => ({
        work: [edge(held.out.work, slow.in.work)],
        boring: [commands(caller.out.call, caller.in.reply)],
      }),
    );
    const graph = new Graph(page, { seed: 's', onFault: 'reset' });
    const ports = page.ports('');
    const heard: string[] = [];
    graph.tap(ports.caller.out.heard, ({ token, outcome }) => {
      heard.push(`${token} ${outcome === 'done' || !('failed' in outcome) ? 'done' : outcome.failed}`);
    });
    return { graph, ports, heard };
  };

  it('is not lost by a reset while the instance is held back', () => {
    const { graph, ports, heard } = blocked();
    graph.inject(ports.caller.in.ask, { opcode: 0x100, token: 1, args: {} });
    graph.runUntil(10);
    expect(graph.find('held').outbox.length).toBeGreaterThan(1);
    graph.inject(ports.held.in.spoil, 1);
    graph.inject(ports.held.in.spoil, 2);
    graph.runUntil(20);
    expect(graph.find('held').resets).toBe(1);
    expect(heard).toEqual(['1 done']);
  });

  it('by the kernel, busy, does not queue behind what is held back', () => {
    const { graph, ports, heard } = blocked();
    graph.inject(ports.caller.in.ask, { opcode: 0x100, token: 0, args: {} });
    graph.runUntil(10);
    const queued = graph.find('held').outbox.length;
    for (let token = 1; token <= 30; token++) graph.inject(ports.caller.in.ask, { opcode: 0x100, token, args: {} });
    graph.runUntil(20);
    expect(graph.find('held').outbox.length).toBe(queued);
    expect(heard).toHaveLength(22);
  });

  it('too late is not taken for that of the next call', () => {
    const { graph, ports, replies, call } = started();
    call(0x101, 1);
    graph.runUntil(1_500);
    call(0x101, 2);
    graph.runUntil(1_600);
    graph.inject(ports.unit.in.finish, -1);
    graph.runUntil(1_700);
    call(0x101, 3);
    graph.runUntil(1_800);
    graph.inject(ports.unit.in.finish, -1);
    graph.runUntil(5_000);
    expect(replies).toEqual(['1/101 no answer in time', '2/101 busy', '3/101 done']);
    expect(graph.find('unit').resets).toBe(0);
  });
});
