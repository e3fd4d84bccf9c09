// Gives an instance its sources, takes its sinks, and subscribes each of them once, in the order of the declaration.
// Done at the start and again at every reset.
import type { Observable } from 'rxjs';
import type { Answer, Ends, Sources, Wired } from './component.ts';
import type { Core } from './core.ts';
import type { Outcome, Progress, Setting, Shape } from './declare.ts';
import { BOOT, type Instance, type Port, type SlotKind } from './instance.ts';
import { answer } from './outcomes.ts';
import { Reading, Source, Steps, Tap } from './run.ts';
import { emit } from './sending.ts';

const named = <T>(instance: Instance, kind: SlotKind, make: (slot: number, name: string) => T): Record<string, T> => {
  const made: Record<string, T> = {};
  instance.slots.forEach((slot, at) => {
    if (slot.kind === kind) made[slot.name] = make(at, slot.name);
  });
  return made;
};

const sourcesFor = (kernel: Core, instance: Instance): Sources<Shape> => {
  const source = (slot: number) => instance.sources[slot]!;
  const names = Object.keys(instance.shape.params ?? {});
  return {
    in: named(instance, 'in', source),
    cmd: named(instance, 'cmd', source),
    timer: named(instance, 'timer', source),
    param: Object.fromEntries(names.map((name, at) => [name, () => instance.params[at]])),
    boot: source(BOOT),
    random: instance.random,
    now: () => kernel.now,
    run: <S>(initial: S) => new Steps<S>(instance, initial),
    sinks: (wired: Readonly<Record<string, Readonly<Record<string, Observable<unknown>>>>>) => ({ wired }),
  } as unknown as Sources<Shape>;
};

/**
 * Fresh sources, cells and readings. Throws when an inlet, a command or a timer is followed by nothing, and when a sink
 * speaks or ends before anything was delivered: there is no delivery yet that it could be a part of.
 */
export const wire = (kernel: Core, instance: Instance): void => {
  instance.sources = instance.slots.map(() => new Source<unknown>());
  instance.cells = [];
  instance.readings.clear();
  const emitted = kernel.outCount;
  const { behave } = instance.seat.component;
  if (behave) connect(kernel, instance, behave(sourcesFor(kernel, instance)));
  else attach(kernel, instance);
  if (instance.failed !== undefined) throw instance.failed;
  if (kernel.outCount > emitted) {
    const { name } = kernel.outPorts[emitted]!;
    throw new Error(`${instance.name}: expected silence until the first delivery, got a value of ${name}`);
  }
};

const connect = (kernel: Core, instance: Instance, { wired }: Wired): void => {
  const { out = {}, cmd = {}, evr = {}, tlm = {}, timer = {} } = wired;
  const { shape } = instance;
  for (const name in shape.outlets) follow(kernel, instance, out[name]!, instance.port('out', name));
  named(instance, 'cmd', (slot, name) =>
    tap<Outcome | Progress | Answer>(instance, cmd[name]!, (value) => answer(kernel, instance, slot, value)),
  );
  for (const name in shape.events) reports(kernel, instance, name, evr[name]!);
  named(instance, 'timer', (slot, name) =>
    tap<Setting>(instance, timer[name]!, (setting) => kernel.setTimer(instance, slot, setting)),
  );
  for (const name in shape.channels) reads(kernel, instance, name, tlm[name]!);
  instance.slots.forEach(({ kind, name }, slot) => {
    const needed = kind === 'in' || kind === 'cmd' || kind === 'timer';
    if (needed && instance.sources[slot]!.subscribers.length === 0)
      throw new Error(`${instance.name}: expected a sink or a step that follows ${kind}.${name}, got none`);
  });
};

const tap = <T>(instance: Instance, stream: Observable<unknown>, take: (value: T) => void): void => {
  stream.subscribe(new Tap(take as (value: unknown) => void, instance));
};

const follow = (kernel: Core, instance: Instance, stream: Observable<unknown>, port: Port): void =>
  tap(instance, stream, (value) => emit(kernel, port, value));

/** Only what the event declares is reported: an action's tag stays behind. */
const reports = (kernel: Core, instance: Instance, name: string, stream: Observable<unknown>): void => {
  const { id, severity, fields } = instance.shape.events![name]!;
  const port = instance.port('evr', name);
  const declared = Object.keys(fields);
  const head = { instance: instance.name, event: name, id: instance.seat.base + id, severity };
  tap<Readonly<Record<string, unknown>>>(instance, stream, (value) => {
    const args: Record<string, unknown> = {};
    for (const field of declared) args[field] = value[field];
    emit(kernel, port, { ...head, args });
  });
};

/** A channel is read when asked for; it is pushed only where an edge starts at it. */
const reads = (kernel: Core, instance: Instance, name: string, stream: Observable<unknown>): void => {
  const port = instance.port('tlm', name);
  const pushed = port.edges.length > 0;
  if (stream instanceof Reading) {
    instance.readings.set(name, stream.read);
    if (pushed) follow(kernel, instance, stream, port);
    return;
  }
  const last = instance.cell(undefined);
  instance.readings.set(name, () => last.value);
  tap(instance, stream, (value) => {
    last.value = value;
    if (pushed) emit(kernel, port, value);
  });
};

/** A driver has effects, so that it is attached only where there is a host. */
const attach = (kernel: Core, instance: Instance): void => {
  instance.detach?.();
  instance.detach = undefined;
  const { attach: attachTo } = instance.seat.component;
  if (!attachTo || !kernel.options.host) return;
  const fault = (error: unknown) =>
    kernel.inject(instance.name, 'fault.fault', error instanceof Error ? error.message : String(error));
  const ends = {
    in: named(instance, 'in', (slot) => effects(instance.sources[slot]!, fault)),
    out: named(instance, 'out', (_, name) => (value: unknown) => kernel.inject(instance.name, `out.${name}`, value)),
    now: () => kernel.now,
    fault,
  };
  instance.detach = attachTo(ends as unknown as Ends<Shape>);
};

/**
 * What a driver throws is an input of its own: so it stands in the log, and a replay, in which no driver is attached,
 * faults at the same instant.
 */
const effects = (source: Source<unknown>, fault: (error: unknown) => void): Source<unknown> => {
  const guarded = new Source<unknown>();
  const pass = (value: unknown): void => {
    try {
      guarded.next(value);
    } catch (error) {
      fault(error);
    }
  };
  source.subscribers.push(new Tap(pass, { fault }));
  return new Proxy(guarded, {
    get: (target, key) =>
      key === 'subscribe'
        ? (observer: unknown) =>
            typeof observer === 'function'
              ? target.subscribe(new Tap(observer as (value: unknown) => void, { fault }))
              : target.subscribe(observer as never)
        : Reflect.get(target, key, target),
  });
};
