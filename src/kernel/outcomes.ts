// Commands: every call has exactly one outcome, of the component or of the kernel (busy, no answer in time, reset).
// Progress may come before the outcome of a deferred command.
import { type Call, reply } from './calls.ts';
import type { Answer } from './component.ts';
import type { Core } from './core.ts';
import type { Outcome, Progress } from './declare.ts';
import { type Instance, NEVER, type OpenEntry } from './instance.ts';
import { commit, emit } from './sending.ts';

/** Calls answered for a silent component whose late answer is still awaited; the oldest are forgotten. */
const MAX_EXPIRED = 64;

/** A call is delivered. A throw is a fault of the component; the call is then answered by the reset. */
export const obey = (kernel: Core, instance: Instance, slot: number, edge: number, payload: unknown): void => {
  const { token, opcode, args } = payload as Call;
  const { name, command } = instance.slots[slot]!;
  const { answering, withinUs, concurrent } = command!;
  const call = instance.calls;
  const entry: OpenEntry = { slot, call, token, opcode, edge, dueUs: kernel.now + withinUs };
  if (answering === 'immediate') {
    instance.calls++;
    kernel.calling = entry;
    instance.sources[slot]!.next(args);
    if (kernel.calling !== undefined && instance.failed === undefined)
      throw new Error(`${name}: expected one outcome, got none`);
    return;
  }
  const open = instance.open.reduce((count, each) => (each.slot === slot ? count + 1 : count), 0);
  // A late answer carries no number: while one may still come, the next call could be given the outcome of the last.
  const owed = answering === 'deferred' && instance.expired.some((each) => each.slot === slot);
  if (open >= concurrent || owed) {
    emit(kernel, kernel.edges[edge]!.back!, reply(entry, { failed: 'busy' }));
    return;
  }
  instance.calls++;
  instance.open.push(entry);
  if (open === 0) kernel.setTimer(instance, slot, withinUs);
  instance.sources[slot]!.next(answering === 'concurrent' ? { call, args } : args);
};

/** The component has answered, or has told of progress. */
export const answer = (kernel: Core, instance: Instance, slot: number, value: Outcome | Progress | Answer): void => {
  const { name, command } = instance.slots[slot]!;
  if (command!.answering === 'immediate') {
    const { calling } = kernel;
    if (calling === undefined || calling.slot !== slot || kernel.addressee !== instance) {
      instance.fault(new Error(`${name}: expected one outcome for each call, got another`));
      return;
    }
    kernel.calling = undefined;
    kernel.answered.push(calling);
    emit(kernel, kernel.edges[calling.edge]!.back!, reply(calling, value as Outcome));
  } else answerOpen(kernel, instance, slot, value);
};

const answerOpen = (kernel: Core, instance: Instance, slot: number, value: Outcome | Progress | Answer): void => {
  const { command } = instance.slots[slot]!;
  const named = command!.answering === 'concurrent' ? (value as Answer) : undefined;
  const outcome = named ? named.outcome : (value as Outcome | Progress);
  const entry = instance.open.find((each) => each.slot === slot && (named === undefined || each.call === named.call));
  const progressing = typeof outcome === 'object' && 'progress' in outcome;
  if (entry === undefined) {
    late(instance, slot, named?.call, progressing);
    return;
  }
  emit(kernel, kernel.edges[entry.edge]!.back!, reply(entry, outcome));
  if (progressing) return;
  instance.open = instance.open.filter((each) => each !== entry);
  kernel.answered.push(entry);
  rearm(kernel, instance, slot);
};

/** The kernel has answered in its place: what the component says now is not wanted any more. */
const late = (instance: Instance, slot: number, call: number | undefined, progressing: boolean): void => {
  const found = instance.expired.findIndex((each) => each.slot === slot && (call === undefined || each.call === call));
  if (found < 0 && instance.expired.length < MAX_EXPIRED)
    instance.fault(new Error(`${instance.slots[slot]!.name}: an outcome without a call`));
  else if (found >= 0 && !progressing) instance.expired.splice(found, 1);
};

const rearm = (kernel: Core, instance: Instance, slot: number): void => {
  const next = instance.open.find((each) => each.slot === slot);
  kernel.setTimer(instance, slot, next ? next.dueUs - kernel.now : 'cancel');
};

/** The time of the oldest open call of a command is up. */
export const expire = (kernel: Core, instance: Instance, slot: number): void => {
  const over = instance.open.filter((each) => each.slot === slot && each.dueUs <= kernel.now);
  instance.open = instance.open.filter((each) => !over.includes(each));
  instance.expired = [...instance.expired, ...over.map(({ call }) => ({ slot, call }))].slice(-MAX_EXPIRED);
  for (const each of over) emit(kernel, kernel.edges[each.edge]!.back!, reply(each, { failed: 'no answer in time' }));
  rearm(kernel, instance, slot);
  commit(kernel, instance);
};

/**
 * At a reset: every call that is open, was being delivered or answered in the failed delivery, or waits, is answered.
 */
export const abandonCalls = (kernel: Core, instance: Instance): void => {
  const { calling } = kernel;
  const waiting = instance.mailbox
    .all()
    .filter(({ slot }) => instance.slots[slot]!.kind === 'cmd')
    .map(({ edge, payload }) => ({ edge, ...(payload as Call) }));
  const answered = kernel.addressee === instance ? kernel.answered : [];
  const under = calling !== undefined && kernel.addressee === instance ? [calling] : [];
  for (const each of [...instance.open, ...answered, ...under, ...waiting])
    if (each.edge !== NEVER) emit(kernel, kernel.edges[each.edge]!.back!, reply(each, { failed: 'reset' }));
  kernel.calling = undefined;
  kernel.answered = [];
  instance.open = [];
  instance.expired = [];
};
