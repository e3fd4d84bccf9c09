// What one delivery does. It happens wholly or not at all: state moves, then what was emitted leaves together in the
// order of emission; a throw discards it.
import type { Core } from './core.ts';
import { type Instance, NEVER } from './instance.ts';
import { obey } from './outcomes.ts';
import { reset } from './reset.ts';
import { checkSeal } from './seal.ts';
import { commit, emit, flushWaiting } from './sending.ts';

/** The first message of an instance that is neither busy nor held back. */
export const deliver = (kernel: Core, instance: Instance): void => {
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
    instance.busyUntilUs = kernel.now + instance.takesUs;
    kernel.setWake(instance, instance.busyUntilUs);
  }
  if (instance.waiting.length > 0) flushWaiting(kernel, instance);
};

/** False: the payload is no plain data, which is the fault of whoever sent it; the message is gone. */
const digested = (kernel: Core, instance: Instance, slot: number, edgeId: number, payload: unknown): boolean => {
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

/** A health ping: it has waited behind the work of its instance, and how long is the answer. */
export interface PingMark {
  readonly round: number;
  readonly sentUs: number;
}

const pong = (kernel: Core, instance: Instance, edgeId: number, { round, sentUs }: PingMark): void => {
  const { name, seat } = instance;
  emit(kernel, kernel.edges[edgeId]!.back!, {
    instance: name,
    id: seat.base,
    round,
    answered: true,
    latencyUs: kernel.now - sentUs,
  });
};
