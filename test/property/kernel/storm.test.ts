// Graphs drawn at random, with every overflow policy, service times, timers, resets in the middle of a call, inputs
// from outside in bursts and commands with used tokens. Whatever happens: nothing is lost uncounted, every call has one
// outcome, and neither saving nor replaying changes the run.
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { merge } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Call, Reply } from '../../../src/kernel/calls.ts';
import { component } from '../../../src/kernel/component.ts';
import {
  channel,
  command,
  declare,
  inlet,
  type Overflow,
  outlet,
  type Setting,
  timer,
} from '../../../src/kernel/declare.ts';
import { u32 } from '../../../src/kernel/field.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { commands, events, health, type Pong } from '../../../src/kernel/patterns.ts';
import { replay } from '../../../src/kernel/replay.ts';
import { load, type Snapshot, save } from '../../../src/kernel/snapshot.ts';
import { type EventRecord, edge, instance, topology } from '../../../src/kernel/topology.ts';

/** Inputs come in the first part; the rest is long enough for every call to be answered. */
const BUSY_US = 2_000;
const END_US = 30_000;
const policies = ['fault', 'block', 'dropNewest', 'dropOldest', 'latest'] as const;

/** Passes on what it hears, some of it twice; throws at times, also after it has acted; sets and cancels a timer. */
const node = (full: Overflow, depth: number) => {
  const Node = declare(`Node ${full} ${depth}`, {
    inlets: { in: inlet<number>({ depth, full }) },
    outlets: { out: outlet<number>() },
    commands: {
      Now: command(0, {}),
      Later: command(1, {}, { withinUs: 300 }),
      Many: command(2, {}, { withinUs: 500, concurrent: 3 }),
    },
    channels: { count: channel(0, u32()) },
    timers: { again: timer() },
  });
  return component(Node, ({ in: i, cmd, timer, run, random, sinks }) => {
    const throwAtTimes = (perMille: number) => {
      if (random.below(1_000) < perMille) throw new Error('planned');
    };
    const steps = run({ count: 0, later: 0, calls: [] as readonly number[] })
      .on(i.in, (s, value) => {
        throwAtTimes(20);
        const next = { ...s, count: s.count + 1 };
        const pass = { type: 'pass' as const, value: value - 1 };
        const set = { type: 'set' as const, to: (random.below(3) === 0 ? 'cancel' : random.below(90)) as Setting };
        const late = { type: 'throw' as const };
        if (value <= 0) return [next, set];
        return random.below(2) === 0 ? [next, pass, set, late] : [next, pass, pass, set];
      })
      .on(timer.again, (s) => {
        const over = s.calls.length > 0 ? [{ type: 'over' as const, call: s.calls[0]! }] : [];
        const done = s.later > 0 ? [{ type: 'later' as const }] : [];
        return [{ ...s, later: 0, calls: s.calls.slice(1) }, ...over, ...done, { type: 'pass', value: 2 }];
      })
      .on(cmd.Now, (s) => {
        throwAtTimes(100);
        return [s, { type: 'now' }, { type: 'throw' }];
      })
      .on(cmd.Later, (s) => [{ ...s, later: 1 }])
      .on(cmd.Many, (s, { call }) => [{ ...s, calls: [...s.calls, call] }]);
    const bang = steps.only('throw', (): number => {
      throwAtTimes(30);
      return 0;
    });
    return sinks({
      out: {
        out: merge(
          steps.only('pass', (a) => a.value),
          bang,
        ),
      },
      cmd: {
        Now: steps.only('now', () => 'done'),
        Later: steps.only('later', () => 'done'),
        Many: steps.only('over', ({ call }) => ({ call, outcome: 'done' as const })),
      },
      tlm: { count: steps.state((s) => s.count) },
      timer: { again: steps.only('set', (a) => a.to) },
    });
  });
};

const Desk = declare('Desk', {
  inlets: {
    ask: inlet<Call>({ depth: 64, full: 'dropNewest' }),
    ping: inlet<number>({ depth: 2, full: 'latest' }),
    reply: inlet<Reply>({ depth: 4_096, full: 'fault' }),
    pong: inlet<Pong>({ depth: 4, full: 'dropOldest' }),
    event: inlet<EventRecord>({ depth: 4, full: 'dropNewest' }),
  },
  outlets: { call: outlet<Call>(), ping: outlet<number>(), heard: outlet<Reply>() },
});
const desk = component(Desk, ({ in: i, run, sinks }) => {
  run(0)
    .on(i.pong, (n) => [n + 1])
    .on(i.event, (n) => [n + 1]);
  return sinks({ out: { call: i.ask, ping: i.ping, heard: i.reply } });
});

const seat = fc.record({
  full: fc.constantFrom(...policies),
  depth: fc.integer({ min: 1, max: 4 }),
  takesUs: fc.constantFrom(0, 7, 40, 200),
});
const drawn = fc.record({
  seats: fc.array(seat, { minLength: 2, maxLength: 5 }),
  edges: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 8 }),
  inputs: fc.array(fc.tuple(fc.integer({ min: 1, max: BUSY_US }), fc.nat(9), fc.nat(7)), {
    minLength: 20,
    maxLength: 120,
  }),
  seed: fc.string({ maxLength: 4 }),
  instants: fc.array(fc.nat(2 * BUSY_US), { minLength: 1, maxLength: 8 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer D> ? D : never;

/** Forward only, so that blocking edges form no ring and a storm comes to an end. */
const pageOf = ({ seats, edges }: Drawn) =>
  topology(
    {
      desk: instance(desk, { base: 0 }),
      ...Object.fromEntries(
        seats.map(({ full, depth, takesUs }, at) => [
          `n${at}`,
          instance(node(full, depth), { base: (at + 1) << 8, takesUs }),
        ]),
      ),
    },
    (ports) => {
      const node = (at: number) =>
        (ports as unknown as Record<string, (typeof ports)['desk']>)[`n${at}`] as never as {
          in: { in: { instance: string; port: string } };
          out: { out: { instance: string; group: 'out'; port: string } };
        };
      const { desk } = ports;
      return {
        storm: edges
          .map(([a, b]) => [a % seats.length, b % seats.length] as const)
          .filter(([a, b]) => a < b)
          .map(([a, b]) => edge(node(a).out.out, node(b).in.in)),
        boring: [commands(desk.out.call, desk.in.reply), health(desk.out.ping, desk.in.pong), events(desk.in.event)],
      };
    },
  );

const started = (graph: Graph, { seats, inputs }: Drawn): number => {
  let calls = 0;
  for (const [time, kind, which] of [...inputs].sort(([a], [b]) => a - b)) {
    const at = which % seats.length;
    const input = (instance: string, port: string, payload: unknown) =>
      graph.kernel.input({ time, instance, port, payload });
    if (kind < 5) input(`n${at}`, 'in.in', kind);
    else if (kind < 9) {
      input('desk', 'in.ask', { opcode: ((at + 1) << 8) + (kind % 4), token: which, args: {} });
      calls++;
    } else input('desk', 'in.ping', 1);
  }
  return calls;
};

const options = (seed: string) => ({ seed, onFault: 'reset', trace: 100_000, maxPerInstant: 20_000 }) as const;
const finish = (graph: Graph) => {
  graph.runUntil(END_US);
  return `${graph.kernel.digest.hex} after ${graph.kernel.deliveries}`;
};

describe('a storm in a random graph', () => {
  it('loses nothing uncounted, and answers every call once', () => {
    const storm = { resets: 0, dropped: 0, heldBack: 0, busy: 0, late: 0 };
    fc.assert(
      fc.property(drawn, (each) => {
        const graph = new Graph(pageOf(each), options(each.seed));
        const { kernel } = graph;
        let outcomes = 0;
        graph.tap<Reply>({ instance: 'desk', group: 'out', port: 'heard' }, ({ outcome }) => {
          outcomes++;
          if (typeof outcome === 'string' || 'progress' in outcome) return;
          if (outcome.failed === 'busy') storm.busy++;
          if (outcome.failed === 'no answer in time') storm.late++;
        });
        for (let at = 100; at < BUSY_US; at += 100)
          kernel.schedule(at, () => {
            for (const { outbox } of graph.all) storm.heldBack += outbox.length;
          });
        const calls = started(graph, each);
        finish(graph);
        const lostCalls = kernel.outsideEdges().find(({ from }) => from === 'outside/desk.in.ask')?.dropped ?? 0;
        expect(graph.find('desk').resets).toBe(0);
        expect(outcomes).toBe(calls - lostCalls);
        const seen = new Map<string, number>();
        for (const { instance, port } of kernel.trace!.all())
          seen.set(`${instance} ${port}`, (seen.get(`${instance} ${port}`) ?? 0) + 1);
        for (const { resets } of graph.all) storm.resets += resets;
        for (const { dropped } of kernel.edges) storm.dropped += dropped;
        for (const { name, slots, mailbox } of graph.all)
          slots.forEach(({ kind, name: port }, slot) => {
            if (kind !== 'in') return;
            const arrived = [...kernel.edges, ...kernel.outsideEdges()]
              .filter((edge) => edge.target.name === name && edge.slot === slot)
              .reduce((sum, edge) => sum + edge.sent - edge.dropped, 0);
            expect(arrived, `${name}.${port}`).toBe((seen.get(`${name} in.${port}`) ?? 0) + mailbox.used[slot]!);
          });
      }),
      { numRuns: 300 },
    );
    for (const [what, count] of Object.entries(storm)) expect(count, what).toBeGreaterThan(5);
  });

  it('is the same run when it is saved and loaded on its way, and when it is replayed', () => {
    fc.assert(
      fc.property(drawn, (each) => {
        const page = pageOf(each);
        let graph = new Graph(page, options(each.seed));
        started(graph, each);
        const inputs = graph.kernel.inputs.since();
        const whole = finish(graph);
        graph = new Graph(page, options(each.seed));
        started(graph, each);
        for (const instant of [...each.instants].sort((a, b) => a - b)) {
          graph.runUntil(instant);
          const snapshot = deserialize(serialize(save(graph))) as Snapshot;
          graph = new Graph(page, options(each.seed));
          load(graph, snapshot);
        }
        expect(finish(graph)).toBe(whole);
        const again = new Graph(page, options(each.seed));
        replay(again, inputs, END_US);
        expect(finish(again)).toBe(whole);
      }),
      { numRuns: 100 },
    );
  });
});
