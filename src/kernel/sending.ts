// How values leave an instance and enter mailboxes, and what happens when an inlet is full: a loss that is counted, a
// refusal, or a sender that is held back.
import { type Call, reply } from './calls.ts';
import type { Core } from './core.ts';
import { type Edge, type Instance, NEVER, type Port } from './instance.ts';
import { seal } from './seal.ts';

/** A sink of the instance that is being delivered to has a value. */
export const emit = (kernel: Core, port: Port, value: unknown): void => {
  kernel.outPorts[kernel.outCount] = port;
  kernel.outValues[kernel.outCount++] = value;
};

/** What was emitted leaves, in the order of emission. */
export const commit = (kernel: Core, sender: Instance): void => {
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
export const send = (kernel: Core, sender: Instance, edge: Edge, payload: unknown): void => {
  if (sender.outbox.length === 0 && offer(kernel, edge, payload)) return;
  if (sender.outbox.push({ edge, payload }) === 1) edge.target.waiting.push(sender);
};

/** False: the inlet is full and the sender is held back. */
export const offer = (kernel: Core, edge: Edge, payload: unknown): boolean => {
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

/** Too many calls of one command wait already. Said at once, past whatever holds the instance back. */
const refuseBusy = (kernel: Core, edge: Edge, payload: unknown): void => {
  const { token, opcode } = payload as Call;
  for (const to of edge.back!.edges) offer(kernel, to, reply({ token, opcode }, { failed: 'busy' }));
};

/** On the edge that the lost message came by. What came from outside carries no number. */
export const countLoss = (kernel: Core, target: Instance, slot: number, lost: number): void => {
  const edge = lost === NEVER ? kernel.outsideEdge(target, slot) : kernel.edges[lost]!;
  edge.dropped++;
};

/** There is room again: those who waited go on, in the order in which they began to wait. */
export const flushWaiting = (kernel: Core, target: Instance): void => {
  const waiting = target.waiting;
  target.waiting = [];
  for (const sender of waiting) flush(kernel, sender);
};

const flush = (kernel: Core, sender: Instance): void => {
  const { outbox } = sender;
  let gone = 0;
  while (gone < outbox.length && offer(kernel, outbox[gone]!.edge, outbox[gone]!.payload)) gone++;
  if (gone > 0) outbox.splice(0, gone);
  if (outbox.length > 0) outbox[0]!.edge.target.waiting.push(sender);
  else unpark(kernel, sender);
};

export const unpark = (kernel: Core, instance: Instance): void => {
  for (; instance.parked > 0; instance.parked--) kernel.makeReady(instance);
};
