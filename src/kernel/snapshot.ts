// The whole of a graph as plain data, and back. Taken between two runs; what is not in here is not state. A closure in
// a state or in the schedule is refused by name, and so is a snapshot of another topology.
import type { Graph } from './graph.ts';
import type { Instance, OpenEntry } from './instance.ts';
import type { Mail } from './mailbox.ts';
import { copyPlain } from './plain.ts';
import type { Input } from './trace.ts';
import type { WheelEntry } from './wheel.ts';

const VERSION = 3;

export interface InstanceSnapshot {
  readonly name: string;
  readonly cells: readonly unknown[];
  readonly mail: readonly Mail[];
  readonly highWater: readonly number[];
  readonly outbox: readonly { readonly edge: number; readonly payload: unknown }[];
  /** Indexes of the senders that wait for room here. */
  readonly waiting: readonly number[];
  readonly random: readonly number[];
  readonly params: readonly unknown[];
  readonly open: readonly OpenEntry[];
  readonly expired: readonly { readonly slot: number; readonly call: number }[];
  readonly dueUs: readonly number[];
  readonly withdrawn: readonly number[];
  readonly counters: Counters;
}

interface Counters {
  readonly parked: number;
  readonly busyUntilUs: number;
  readonly resets: number;
  readonly resetUs: number;
  readonly resetsThen: number;
  readonly restUntilUs: number;
  readonly servedUs: number;
  readonly calls: number;
}

export interface Snapshot {
  readonly version: number;
  /** Instances, slots and edges in their order: a snapshot fits no other graph. */
  readonly fingerprint: readonly string[];
  readonly seed: string;
  readonly kernel: {
    readonly now: number;
    readonly deliveries: number;
    readonly sequence: number;
    readonly inputSequence: number;
    readonly ready: readonly number[];
    readonly random: readonly number[];
    readonly digest: readonly [low: number, high: number];
  };
  /** How many inputs there had been: a replay goes on with the next. */
  readonly inputPosition: number;
  readonly timers: readonly WheelEntry[];
  readonly inputs: readonly { readonly input: Input; readonly sequence: number }[];
  readonly edges: readonly (readonly [sent: number, dropped: number])[];
  /** Of what came in from outside. */
  readonly outside: readonly { instance: string; slot: number; sent: number; dropped: number }[];
  readonly instances: readonly InstanceSnapshot[];
}

const fingerprint = ({ kernel }: Graph): string[] => [
  ...kernel.instances.map(
    ({ name, cells, slots }) => `${name}: ${cells.length} cells, ${slots.map((s) => `${s.kind}.${s.name}`).join(' ')}`,
  ),
  ...kernel.edges.map(({ from, target, slot }) => `${from} -> ${target.name}.${target.slots[slot]!.name}`),
];

const saveInstance = (each: Instance): InstanceSnapshot => ({
  name: each.name,
  cells: each.cells.map(({ value }, at) => copyPlain(value, `${each.name}: state cell ${at}`)),
  mail: each.mailbox.all().map((mail) => ({ ...mail, payload: copyPlain(mail.payload, `${each.name}: mail`) })),
  highWater: [...each.mailbox.highWater],
  outbox: each.outbox.map(({ edge, payload }) => ({
    edge: edge.id,
    payload: copyPlain(payload, `${each.name}: held back`),
  })),
  waiting: each.waiting.map(({ index }) => index),
  random: [...each.random.state],
  params: copyPlain(each.params, `${each.name}: parameters`),
  open: each.open.map((entry) => ({ ...entry })),
  expired: each.expired.map((entry) => ({ ...entry })),
  dueUs: [...each.dueUs],
  withdrawn: [...each.withdrawn],
  counters: {
    parked: each.parked,
    busyUntilUs: each.busyUntilUs,
    resets: each.resets,
    resetUs: each.resetUs,
    resetsThen: each.resetsThen,
    restUntilUs: each.restUntilUs,
    servedUs: each.servedUs,
    calls: each.calls,
  },
});

/** Throws a TypeError that names the state cell or message that is not plain data. */
export const save = (graph: Graph): Snapshot => {
  const { kernel } = graph;
  const pending = new Map(kernel.pendingInputs().map(({ id, input }) => [id, input]));
  const entries = kernel.wheel.entries();
  return {
    version: VERSION,
    fingerprint: fingerprint(graph),
    seed: kernel.options.seed,
    kernel: {
      now: kernel.now,
      deliveries: kernel.deliveries,
      sequence: kernel.sequence,
      inputSequence: kernel.inputSequence,
      ready: kernel.readyIndexes(),
      random: [...kernel.random.state],
      digest: [kernel.digest.low, kernel.digest.high],
    },
    inputPosition: kernel.inputs.position,
    timers: entries.filter(({ id }) => !pending.has(id)),
    inputs: entries.flatMap(({ id, sequence }) => {
      const input = pending.get(id);
      return input ? [{ input: copyPlain(input, 'input'), sequence }] : [];
    }),
    edges: kernel.edges.map(({ sent, dropped }) => [sent, dropped] as const),
    outside: kernel.outsideEdges().map(({ target, slot, sent, dropped }) => ({
      instance: target.name,
      slot,
      sent,
      dropped,
    })),
    instances: kernel.instances.map(saveInstance),
  };
};

const checkFits = (graph: Graph, snapshot: Snapshot): void => {
  if (snapshot.version !== VERSION) throw new Error(`snapshot: expected version ${VERSION}, got ${snapshot.version}`);
  const here = fingerprint(graph);
  const length = Math.max(here.length, snapshot.fingerprint.length);
  for (let i = 0; i < length; i++)
    if (here[i] !== snapshot.fingerprint[i])
      throw new Error(
        `snapshot of another topology: expected ${here[i] ?? 'nothing'}, got ${snapshot.fingerprint[i] ?? 'nothing'}`,
      );
};

const loadInstance = (graph: Graph, to: Instance, from: InstanceSnapshot): void => {
  const { kernel } = graph;
  from.cells.forEach((value, at) => {
    to.cells[at]!.value = copyPlain(value, to.name);
    to.freeze?.(to.cells[at]!.value);
  });
  to.mailbox.clear();
  for (const { slot, edge, payload } of from.mail) to.mailbox.push(slot, edge, copyPlain(payload, to.name));
  to.mailbox.highWater.set(from.highWater);
  to.outbox = from.outbox.map(({ edge, payload }) => ({
    edge: kernel.edges[edge]!,
    payload: copyPlain(payload, to.name),
  }));
  to.waiting = from.waiting.map((index) => kernel.instances[index]!);
  to.random.state.set(from.random);
  from.params.forEach((value, at) => {
    to.params[at] = copyPlain(value, to.name);
  });
  to.open = from.open.map((entry) => ({ ...entry }));
  to.expired = from.expired.map((entry) => ({ ...entry }));
  from.dueUs.forEach((dueUs, at) => {
    to.dueUs[at] = dueUs;
  });
  to.withdrawn.set(from.withdrawn);
  Object.assign(to, from.counters);
};

/** Into a freshly built graph of the same topology; the run goes on as if it had never stopped. */
export const load = (graph: Graph, snapshot: Snapshot): void => {
  checkFits(graph, snapshot);
  const { kernel } = graph;
  const { now, deliveries, sequence, inputSequence, random, digest, ready } = snapshot.kernel;
  Object.assign(kernel, { now, deliveries, sequence, inputSequence });
  kernel.random.state.set(random);
  [kernel.digest.low, kernel.digest.high] = digest;
  kernel.inputs.restart(snapshot.inputPosition);
  kernel.wheel.clear();
  kernel.restore(snapshot.inputs, ready);
  for (const { id, time, sequence: at } of snapshot.timers) kernel.wheel.set(id, time, at);
  snapshot.edges.forEach(([sent, dropped], at) => {
    Object.assign(kernel.edges[at]!, { sent, dropped });
  });
  for (const { instance, slot, sent, dropped } of snapshot.outside)
    Object.assign(kernel.outsideEdge(kernel.find(instance), slot), { sent, dropped });
  snapshot.instances.forEach((from, at) => {
    loadInstance(graph, kernel.instances[at]!, from);
  });
};
