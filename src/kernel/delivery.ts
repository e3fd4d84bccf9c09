// What one delivery does. It happens wholly or not at all: state moves, then what was emitted leaves together in the
// order of emission; a throw discards it. Here too is what happens when an inlet is full.
import { obey, refuseBusy } from './calls.ts';
import { type Edge, type Instance, NEVER, type Port } from './instance.ts';
import type { Kernel } from './kernel.ts';
import { reset } from './reset.ts';
import { checkSeal, seal } from './seal.ts';

/** The first message of an instance that is neither busy nor held back. */
export const deliver = (kernel: Kernel, instance: Instance): void => {
  const { mailbox, slots, sources } = instance;
  const slot = mailbox.firstSlot;
  const edgeId = mailbox.firstEdge;
  const payload = mailbox.shift();
  const { kind } = slots[slot]!;
  if (kind === 'timer' && instance.withdrawn[slot]! > 0) {
    instance.withdrawn[slot]!--;
    return;
  }
  if (!digested(kernel, instance, slot, edgeId, payload)) {
    flushWaiting(kernel, instance);
    return;
  }
  kernel.deliveries++;
  kernel.addressee = instance;
  try {
    if (kind === 'cmd') obey(kernel, instance, slot, edgeId, payload);
    else if (kind === 'out') emit(kernel, instance.port('out', slots[slot]!.name), payload);
    else if (kind === 'fault') throw new Error(String(payload));
    else if (kind === 'ping') pong(kernel, instance, edgeId, payload as PingMark);
    else sources[slot]!.next(payload);
  } catch (error) {
    instance.fault(error);
  }
  if (instance.failed === undefined) commit(kernel, instance);
  else reset(kernel, instance);
  kernel.addressee = undefined;
  if (kernel.answered.length > 0) kernel.answered = [];
  if (instance.takesUs > 0 && kind !== 'ping') {
    instance.servedUs += instance.takesUs;
    instance.busyUntil = kernel.now + instance.takesUs;
    kernel.setWake(instance, instance.busyUntil);
  }
  if (instance.waiting.length > 0) flushWaiting(kernel, instance);
};

/** False: the payload is no plain data, which is the fault of whoever sent it; the message is gone. */
const digested = (kernel: Kernel, instance: Instance, slot: number, edgeId: number, payload: unknown): boolean => {
  try {
    if (kernel.digesting) {
      const { digest } = kernel;
      digest.number(kernel.now);
      digest.word((instance.index << 8) | slot);
      if (payload !== undefined) digest.value(payload);
    }
    if (kernel.options.freeze) checkSeal(payload);
  } catch (error) {
    const edge = edgeId === NEVER ? undefined : kernel.edges[edgeId]!;
    const guilty = edge?.sender ?? instance;
    if (edge) edge.dropped++;
    guilty.fault(new Error(`${edge?.from ?? 'outside'} -> ${instance.name}: ${(error as Error).message}`));
    kernel.makeReady(guilty);
    return false;
  }
  if (kernel.trace) {
    const { kind, name } = instance.slots[slot]!;
    kernel.trace.add({ time: kernel.now, instance: instance.name, port: `${kind}.${name}`, payload });
  }
  return true;
};

/** A sink of the instance that is being delivered to has a value. */
export const emit = (kernel: Kernel, port: Port, value: unknown): void => {
  kernel.outPorts[kernel.outCount] = port;
  kernel.outValues[kernel.outCount++] = value;
};

/** What was emitted leaves, in the order of emission. */
export const commit = (kernel: Kernel, sender: Instance): void => {
  const { outPorts, outValues } = kernel;
  kernel.current = sender;
  for (let i = 0; i < kernel.outCount; i++) {
    const port = outPorts[i]!;
    const value = outValues[i];
    outValues[i] = undefined;
    const { edges } = port;
    for (let k = 0; k < edges.length; k++) send(kernel, sender, edges[k]!, value);
    if (port.route !== undefined) port.route(value);
    if (port.taps !== undefined) for (const tap of port.taps) tap(value);
  }
  kernel.outCount = 0;
};

/** Into the mailbox of the target, or into the outbox of a sender that is held back. */
export const send = (kernel: Kernel, sender: Instance, edge: Edge, payload: unknown): void => {
  if (sender.outbox.length === 0 && offer(kernel, edge, payload)) return;
  if (sender.outbox.push({ edge, payload }) === 1) edge.target.waiting.push(sender);
};

/** False: the inlet is full and the sender is held back. */
export const offer = (kernel: Kernel, edge: Edge, payload: unknown): boolean => {
  const { target, slot } = edge;
  const { mailbox } = target;
  const { depth, full, kind, name } = target.slots[slot]!;
  if (mailbox.used[slot]! < depth) {
    if (kernel.options.freeze) seal(payload);
    edge.sent++;
    mailbox.push(slot, edge.id, payload);
    kernel.makeReady(target);
    return true;
  }
  if (full === 'block') return false;
  edge.sent++;
  if (kind === 'cmd') refuseBusy(kernel, edge, payload);
  else if (full === 'latest') countLoss(kernel, target, slot, mailbox.replaceLast(slot, edge.id, payload));
  else if (full === 'dropOldest') {
    countLoss(kernel, target, slot, mailbox.dropFirst(slot));
    mailbox.push(slot, edge.id, payload);
  } else edge.dropped++;
  if (full === 'fault') {
    target.fault(new Error(`${edge.from} -> ${target.name}.${name}: more than ${depth} waiting at ${kernel.now} us`));
    kernel.makeReady(target);
  }
  return true;
};

/** On the edge that the lost message came by. What came from outside carries no number. */
export const countLoss = (kernel: Kernel, target: Instance, slot: number, lost: number): void => {
  const edge = lost === NEVER ? kernel.outsideEdge(target, slot) : kernel.edges[lost]!;
  edge.dropped++;
};

/** There is room again: those who waited go on, in the order in which they began to wait. */
export const flushWaiting = (kernel: Kernel, target: Instance): void => {
  const waiting = target.waiting;
  target.waiting = [];
  for (const sender of waiting) flush(kernel, sender);
};

const flush = (kernel: Kernel, sender: Instance): void => {
  const { outbox } = sender;
  let gone = 0;
  while (gone < outbox.length && offer(kernel, outbox[gone]!.edge, outbox[gone]!.payload)) gone++;
  if (gone > 0) outbox.splice(0, gone);
  if (outbox.length > 0) outbox[0]!.edge.target.waiting.push(sender);
  else unpark(kernel, sender);
};

export const unpark = (kernel: Kernel, instance: Instance): void => {
  for (; instance.parked > 0; instance.parked--) kernel.makeReady(instance);
};

/** A health ping: it has waited behind the work of its instance, and how long is the answer. */
export interface PingMark {
  readonly round: number;
  readonly sentUs: number;
}

const pong = (kernel: Kernel, instance: Instance, edgeId: number, { round, sentUs }: PingMark): void => {
  const { name, seat } = instance;
  emit(kernel, kernel.edges[edgeId]!.back!, {
    instance: name,
    id: seat.base,
    round,
    answered: true,
    latencyUs: kernel.now - sentUs,
  });
};
