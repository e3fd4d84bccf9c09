// Small components of a receiving chain, each with some kind of memory: cells, timers, chance, mail, unanswered calls,
// parameters, senders held back. Together they are the graph that snapshot and replay are tried on.
import { filter, map, merge, type Observable } from 'rxjs';
import type { Call, Reply } from '../../src/kernel/calls.ts';
import { component, driver } from '../../src/kernel/component.ts';
import { channel, command, declare, event, inlet, outlet, param, timer } from '../../src/kernel/declare.ts';
import { enumOf, u16, u32 } from '../../src/kernel/field.ts';
import type { ParamReply, ParamRequest, Pong, Sample } from '../../src/kernel/patterns.ts';
import { channels, commands, events, health, params } from '../../src/kernel/patterns.ts';
import type { Run } from '../../src/kernel/run.ts';
import { type EventRecord, edge, instance, topology } from '../../src/kernel/topology.ts';

export interface Unit {
  readonly sequence: number;
  readonly octets: Uint8Array;
}

const Rate = declare('Rate', {
  outlets: { tick: outlet<number>(), tenth: outlet<number>() },
  timers: { next: timer() },
  channels: { ticks: channel(0, u32()) },
});
export const rate = (periodUs: number) =>
  component(Rate, ({ boot, timer, run, sinks }) => {
    const beat = run(0).on(merge(boot, timer.next), (n) => [n + 1, { type: 'tick', n }]);
    const tick = beat.only('tick', (a) => a.n);
    return sinks({
      out: { tick, tenth: tick.pipe(filter((n) => n % 10 === 9)) },
      timer: { next: tick.pipe(map(() => periodUs)) },
      tlm: { ticks: beat.state((n) => n) },
    });
  });

const Sender = declare('Sender', {
  inlets: { tick: inlet<number>({ depth: 1, full: 'latest' }) },
  outlets: { unit: outlet<Unit>() },
  params: { lossPerMille: param(0, u16({ max: 1000 }), 30) },
});
export const sender = component(Sender, ({ in: i, random, param, run, sinks }) => {
  const bursts = run(0).on(i.tick, (sequence) => {
    const count = 1 + random.below(4);
    const units = Array.from({ length: count }, (_, k) => ({
      type: 'unit' as const,
      unit: { sequence: (sequence + k) & 255, octets: Uint8Array.of(sequence + k, random.below(40)) },
    }));
    return [(sequence + count) & 255, ...units];
  });
  const kept = bursts.only('unit', (a) => a.unit).pipe(filter(() => random.below(1000) >= param.lossPerMille()));
  return sinks({ out: { unit: kept } });
});

const modes = ['open', 'wait'] as const;
const Receiver = declare('Receiver', {
  inlets: { unit: inlet<Unit>({ depth: 4, full: 'dropNewest' }) },
  outlets: { sdu: outlet<Uint8Array>() },
  commands: { Unlock: command(0, {}) },
  timers: { buffer: timer() },
  events: { Waiting: event(0, 'low', { sequence: u16() }, 'waits at {sequence}') },
  channels: { mode: channel(0, enumOf(modes)), next: channel(1, u16()) },
});
export const receiver = component(Receiver, ({ in: i, cmd, timer, run, sinks }) => {
  const state = run({ mode: 'open' as (typeof modes)[number], next: 0 })
    .on(i.unit, (s, { sequence, octets }) => {
      const next = (sequence + 1) & 255;
      if (s.mode === 'wait') return [s];
      if (sequence % 32 === 0)
        return [
          { mode: 'wait', next },
          { type: 'waiting', sequence },
        ];
      return [
        { mode: 'open', next },
        { type: 'accept', octets },
      ];
    })
    .on(timer.buffer, (s) => [{ ...s, mode: 'open' }])
    .on(cmd.Unlock, (s) => [{ ...s, mode: 'open' }, { type: 'unlocked' }]);
  return sinks({
    out: { sdu: state.only('accept', (a) => a.octets) },
    cmd: { Unlock: state.only('unlocked', () => 'done') },
    evr: { Waiting: state.only('waiting') },
    tlm: { mode: state.state((s) => s.mode), next: state.state((s) => s.next) },
    timer: { buffer: state.sample(i.unit, (s) => (s.mode === 'wait' ? 2300 : 'cancel')) },
  });
});

const Worker = declare('Worker', {
  inlets: { sdu: inlet<Uint8Array>({ depth: 1, full: 'block' }) },
  outlets: { sdu: outlet<Uint8Array>() },
});
export const worker = component(Worker, ({ in: i, sinks }) =>
  sinks({ out: { sdu: i.sdu.pipe(map((octets) => octets.slice().reverse())) } }),
);

const Store = declare('Store', {
  inlets: { sdu: inlet<Uint8Array>({ depth: 16, full: 'fault' }) },
  commands: { Flush: command(0, {}, { withinUs: 4000 }) },
  channels: { held: channel(0, u32()) },
});
export const store = component(Store, ({ in: i, cmd, run, sinks }) => {
  const kept = run({ held: [] as readonly Uint8Array[], flush: false })
    .on(i.sdu, (s, sdu) => {
      if (sdu[0] === 7 && sdu[1]! % 4 === 0) throw new Error('a bad octet');
      const held = [...s.held, sdu].slice(-8);
      return s.flush && held.length > 3 ? [{ held: [], flush: false }, { type: 'flushed' }] : [{ ...s, held }];
    })
    .on(cmd.Flush, () => [{ held: [], flush: true }]);
  return sinks({
    cmd: { Flush: kept.only('flushed', () => 'done') },
    tlm: { held: kept.state((s) => s.held.length) },
  });
});

const Watchdog = declare('Watchdog', {
  inlets: { sdu: inlet<Uint8Array>({ depth: 1, full: 'latest' }) },
  timers: { silence: timer() },
  events: { Silent: event(0, 'medium', {}, 'no data') },
});
export const watchdog = (limitUs: number) =>
  component(Watchdog, ({ in: i, timer, sinks }) =>
    sinks({
      evr: { Silent: timer.silence.pipe(map(() => ({}))) },
      timer: { silence: i.sdu.pipe(map(() => limitUs)) },
    }),
  );

/** A word of fault detection: the nth bad sample in a row. Its memory is a cell, because it is a function of `run`. */
export const persisting = <T>(run: Run, samples: Observable<T>, bad: (sample: T) => boolean, times: number) =>
  run(0)
    .on(samples, (n, sample) => (!bad(sample) ? [0] : n + 1 === times ? [n + 1, { type: 'fault', sample }] : [n + 1]))
    .only('fault', (a) => a.sample);

const ModeWatch = declare('ModeWatch', {
  inlets: { mode: inlet<(typeof modes)[number]>({ depth: 8, full: 'fault' }) },
  events: { Stuck: event(0, 'high', {}, 'does not stay open') },
});
export const modeWatch = component(ModeWatch, ({ in: i, run, sinks }) =>
  sinks({ evr: { Stuck: persisting(run, i.mode, (mode) => mode !== 'open', 1).pipe(map(() => ({}))) } }),
);

const Desk = declare('Desk', {
  inlets: {
    tenth: inlet<number>({ depth: 1, full: 'latest' }),
    samples: inlet<readonly Sample[]>({ depth: 2, full: 'latest' }),
    reply: inlet<Reply>({ depth: 16, full: 'fault' }),
    pong: inlet<Pong>({ depth: 32, full: 'dropOldest' }),
    param: inlet<ParamReply>({ depth: 4, full: 'fault' }),
  },
  outlets: {
    sweep: outlet<number>(),
    call: outlet<Call>(),
    ping: outlet<number>(),
    request: outlet<ParamRequest>(),
  },
  channels: { failed: channel(0, u32()), latencyUs: channel(1, u32()) },
});
export const desk = (opcodes: readonly number[], lossId: number) =>
  component(Desk, ({ in: i, run, sinks }) => {
    const seen = run({ done: 0, failed: 0, samples: 0, latencyUs: 0, values: 0 })
      .on(i.reply, (s, { outcome }) => [
        outcome === 'done' ? { ...s, done: s.done + 1 } : { ...s, failed: s.failed + 1 },
      ])
      .on(i.samples, (s, samples) => [{ ...s, samples: s.samples + samples.length }])
      .on(i.pong, (s, pong) => [{ ...s, latencyUs: Math.max(s.latencyUs, pong.latencyUs) }])
      .on(i.param, (s, { values }) => [{ ...s, values: s.values + values.length }]);
    const call = i.tenth.pipe(
      map((n) => ({ opcode: opcodes[Math.floor(n / 10) % opcodes.length]!, token: n, args: {} })),
    );
    const request = i.tenth.pipe(map((n): ParamRequest => ({ token: n, set: [{ id: lossId, value: n % 50 }] })));
    return sinks({
      out: { sweep: i.tenth, call, ping: i.tenth, request },
      tlm: { failed: seen.state((s) => s.failed), latencyUs: seen.state((s) => s.latencyUs) },
    });
  });

const EventLog = declare('EventLog', {
  inlets: { event: inlet<EventRecord>({ depth: 8, full: 'dropOldest' }) },
  channels: { count: channel(0, u32()) },
});
export const eventLog = component(EventLog, ({ in: i, run, sinks }) => {
  const log = run({ count: 0, last: [] as readonly EventRecord[] }).on(i.event, (s, e) => [
    { count: s.count + 1, last: [...s.last, e].slice(-4) },
  ]);
  return sinks({ tlm: { count: log.state((s) => s.count) } });
});

/** A socket that hears and speaks octets; what it would send is handed to `send`, what it hears comes by `hear`. */
const Link = declare('Link', {
  inlets: { transmit: inlet<Uint8Array>({ depth: 8, full: 'dropNewest' }) },
  outlets: { received: outlet<Unit>() },
});
export interface Wire {
  send(octets: Uint8Array): void;
  onHear(hear: (octets: Uint8Array) => void): () => void;
}
export const link = (wire: Wire) =>
  driver(Link, ({ in: i, out }) => {
    const sending = i.transmit.subscribe((octets) => wire.send(octets));
    const deaf = wire.onHear((octets) => out.received({ sequence: octets[0]!, octets }));
    return () => {
      sending.unsubscribe();
      deaf();
    };
  });

/** The page: who is aboard, and what flows where. */
export const receivingChain = (wire: Wire = { send: () => undefined, onHear: () => () => undefined }) =>
  topology(
    {
      rate: instance(rate(1000), { base: 0x000 }),
      sender: instance(sender, { base: 0x100, params: { lossPerMille: 5 } }),
      receiver: instance(receiver, { base: 0x300, takesUs: 150 }),
      worker: instance(worker, { base: 0x400, takesUs: 900 }),
      store: instance(store, { base: 0x500, takesUs: 40 }),
      silence: instance(watchdog(4100), { base: 0x600 }),
      outage: instance(watchdog(7500), { base: 0x700 }),
      watch: instance(modeWatch, { base: 0x800 }),
      desk: instance(desk([0x300, 0x500, 0x99], 0x100), { base: 0x900 }),
      log: instance(eventLog, { base: 0xa00 }),
      link: instance(link(wire), { base: 0xb00 }),
    },
    ({ rate, sender, receiver, worker, store, silence, outage, watch, desk, log, link }) => ({
      rates: [edge(rate.out.tick, sender.in.tick), edge(rate.out.tenth, desk.in.tenth)],
      uplink: [
        edge(sender.out.unit, receiver.in.unit),
        edge(link.out.received, receiver.in.unit),
        edge(receiver.out.sdu, worker.in.sdu),
        edge(receiver.out.sdu, link.in.transmit),
        edge(worker.out.sdu, store.in.sdu),
      ],
      fdir: [
        edge(receiver.out.sdu, silence.in.sdu),
        edge(worker.out.sdu, outage.in.sdu),
        edge(receiver.tlm.mode, watch.in.mode),
      ],
      boring: [
        commands(desk.out.call, desk.in.reply),
        events(log.in.event),
        channels(desk.out.sweep, desk.in.samples),
        health(desk.out.ping, desk.in.pong),
        params(desk.out.request, desk.in.param),
      ],
    }),
  );
