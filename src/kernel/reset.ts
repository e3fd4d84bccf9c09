// A throw is a processor reset of one instance: its memory, mail, timers and calls go, the graph stays.
import { abandonCalls } from './calls.ts';
import { resetEvent } from './declare.ts';
import { commit, emit, flushWaiting } from './delivery.ts';
import { BOOT, type Instance, NEVER } from './instance.ts';
import { type Kernel, KernelStop } from './kernel.ts';
import { wire } from './wire.ts';

const MAX_REASON_CHARACTERS = 120;

const reasonOf = (error: unknown): string => {
  const reason = error instanceof Error ? error.message : String(error);
  // One octet a character, so that the text field of the event holds it.
  return reason.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_REASON_CHARACTERS);
};

/** The reset of an instance that has failed; or, where a fault shall stop the run, a KernelStop. */
export const reset = (kernel: Kernel, instance: Instance): void => {
  const { onFault = 'stop', seed } = kernel.options;
  const error = instance.failed;
  if (onFault === 'stop') throw new KernelStop(instance.name, kernel.now, seed, error);
  kernel.outCount = 0;
  abandonCalls(kernel, instance);
  instance.failed = undefined;
  instance.resets++;
  instance.mailbox.clear();
  instance.outbox = [];
  instance.parked = 0;
  instance.busyUntil = kernel.now;
  instance.due.fill(NEVER);
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

const rewire = (kernel: Kernel, instance: Instance): void => {
  try {
    wire(kernel, instance);
  } catch (error) {
    throw new KernelStop(instance.name, kernel.now, kernel.options.seed, error);
  }
};
