// A throw is a processor reset of one instance: its memory, mail, timers and calls go, the graph stays.
import type { Core } from './core.ts';
import { resetEvent } from './declare.ts';
import { BOOT, type Instance, NEVER } from './instance.ts';
import { KernelStop } from './kernel-stop.ts';
import { abandonCalls } from './outcomes.ts';
import { commit, countLoss, emit, flushWaiting, offer } from './sending.ts';
import { wire } from './wire.ts';

const MAX_REASON_CHARACTERS = 120;
/** Whoever is reset more often than this in one instant rests for a while, so that the others go on. */
const MAX_RESETS_PER_INSTANT = 8;
const REST_US = 1_000_000;

/**
 * The message of a plain Error is ours. Of a TypeError, a RangeError and their like only the name is told: the wording
 * is the engine's, and the event is a part of the run, which must be the same on every Node.
 */
const reasonOf = (error: unknown): string => {
  const reason = error instanceof Error ? (error.name === 'Error' ? error.message : error.name) : String(error);
  // One octet a character, so that the text field of the event holds it.
  return reason.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_REASON_CHARACTERS);
};

/** The reset of an instance that has failed; or, where a fault shall stop the run, a KernelStop. */
export const reset = (kernel: Core, instance: Instance): void => {
  const { onFault = 'stop', seed } = kernel.options;
  const error = instance.failed;
  if (onFault === 'stop') throw new KernelStop(instance.name, kernel.now, seed, error);
  kernel.outCount = 0;
  settle(kernel, instance);
  abandonCalls(kernel, instance);
  instance.failed = undefined;
  instance.lastFault = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  instance.resets++;
  instance.mailbox.clear();
  instance.outbox = [];
  instance.parked = 0;
  rest(kernel, instance);
  instance.dueUs.fill(NEVER);
  instance.withdrawn.fill(0);
  for (const each of kernel.instances) each.waiting = each.waiting.filter((sender) => sender !== instance);
  rewire(kernel, instance);
  instance.mailbox.push(BOOT, NEVER, undefined);
  kernel.makeReady(instance);
  emit(kernel, instance.port('evr', 'reset'), {
    instance: instance.name,
    event: 'reset',
    id: instance.seat.base + resetEvent.id,
    severity: resetEvent.severity,
    args: { reason: reasonOf(error) },
  });
  commit(kernel, instance);
  flushWaiting(kernel, instance);
};

/** Answers that were held back still leave; all else that was held back, or waited, is lost and counted. */
const settle = (kernel: Core, instance: Instance): void => {
  for (const { edge, payload } of instance.outbox) {
    if (edge.sender === undefined && offer(kernel, edge, payload)) continue;
    edge.sent++;
    edge.dropped++;
  }
  for (const { slot, edge } of instance.mailbox.all()) {
    const { kind } = instance.slots[slot]!;
    if (kind === 'in' || kind === 'out') countLoss(kernel, instance, slot, edge);
  }
};

const rest = (kernel: Core, instance: Instance): void => {
  const { now } = kernel;
  instance.resetsThen = instance.resetUs === now ? instance.resetsThen + 1 : 1;
  instance.resetUs = now;
  if (instance.resetsThen > MAX_RESETS_PER_INSTANT) instance.restUntilUs = now + REST_US;
  instance.busyUntilUs = Math.max(now, instance.restUntilUs);
  if (instance.busyUntilUs > now) kernel.setWake(instance, instance.busyUntilUs);
};

const rewire = (kernel: Core, instance: Instance): void => {
  try {
    wire(kernel, instance);
  } catch (error) {
    throw new KernelStop(instance.name, kernel.now, kernel.options.seed, error);
  }
};
