// The interface of a component as data: what comes in, what leaves, what may be asked, reported, read and set.
// Ids and opcodes are relative to the base of an instance; the absolute ones are unique in a topology.
import type { Fields, Values } from './field.ts';
import { text, type ValueOf } from './field.ts';
import type { Plain } from './plain.ts';
import type { Micros } from './time.ts';

/**
 * What gives way when an inlet is full: the target (`fault`: its processor reset), the sender (`block`: it is held back
 * and takes no new message), the newest message, the oldest, or the one before (`latest`: the last that waits is
 * replaced in its place). Every message lost is counted on the edge that it came by.
 */
export type Overflow = 'fault' | 'block' | 'dropNewest' | 'dropOldest' | 'latest';

export type Severity = 'info' | 'low' | 'medium' | 'high';

/** `failed` is a short stable word; `code` and `data` are for the failure report of a standard. */
export interface Failure {
  readonly failed: string;
  readonly code?: number;
  readonly data?: Plain;
}

/** Final, and exactly one for every call. */
export type Outcome = 'done' | Failure;

/** Before the outcome of a deferred command, any number of times. */
export interface Progress {
  readonly progress: number;
}

/** A timer: a delay from now, at which it fires once, or 'cancel'. Both withdraw what was set before. */
export type Setting = Micros | 'cancel';

export interface Inlet<T> {
  readonly depth: number;
  readonly full: Overflow;
  readonly payload?: T;
}

export interface Outlet<T> {
  readonly outlet: true;
  readonly payload?: T;
}

/**
 * How a command is answered. immediate: one outcome in the delivery of the call. deferred: one open call, answered
 * within `withinUs`; a second is refused as busy. concurrent: several open calls, each answered by its number.
 */
export type Answering = 'immediate' | 'deferred' | 'concurrent';

export interface Standard {
  readonly service: number;
  readonly subtype: number;
}

export interface Command<F extends Fields = Fields, K extends Answering = Answering> {
  readonly opcode: number;
  readonly fields: F;
  readonly answering: K;
  /** 0 for an immediate command. */
  readonly withinUs: Micros;
  /** The most calls that may be open at once. */
  readonly concurrent: number;
  /** A packet service of a standard that carries the command instead of the function service. */
  readonly standard?: Standard;
  readonly doc?: string;
}

export interface Throttle {
  readonly count: number;
  readonly windowUs: Micros;
}

export interface Event<F extends Fields = Fields> {
  readonly id: number;
  readonly severity: Severity;
  readonly fields: F;
  /** Names in braces are replaced by the arguments: `'{count} frames lost'`. */
  readonly format: string;
  readonly throttle?: Throttle;
}

export interface Channel<F> {
  readonly id: number;
  readonly field: F;
}

export interface Param<F> {
  readonly id: number;
  readonly field: F;
  readonly initial: ValueOf<F>;
}

export interface Timer {
  readonly timer: true;
}

export const inlet = <T>(options: { readonly depth: number; readonly full: Overflow }): Inlet<T> => {
  if (!Number.isInteger(options.depth) || options.depth < 1)
    throw new RangeError(`inlet: expected a depth of at least 1, got ${options.depth}`);
  return options;
};

export const outlet = <T>(): Outlet<T> => ({ outlet: true });

export interface CommandOptions {
  readonly withinUs?: Micros;
  readonly concurrent?: number;
  readonly standard?: Standard;
  readonly doc?: string;
}

type AnsweringOf<O> = O extends { readonly concurrent: number }
  ? 'concurrent'
  : O extends { readonly withinUs: Micros }
    ? 'deferred'
    : 'immediate';

/** Without `withinUs` the outcome comes in the delivery of the call; with it the kernel answers for the silent. */
export const command = <const F extends Fields, const O extends CommandOptions = Record<never, never>>(
  opcode: number,
  fields: F,
  options?: O,
): Command<F, AnsweringOf<O>> => {
  const { withinUs = 0, concurrent = 1, standard, doc }: CommandOptions = options ?? {};
  const deferred = options?.withinUs !== undefined;
  if (deferred && !(Number.isInteger(withinUs) && withinUs > 0))
    throw new RangeError(`command ${opcode}: expected withinUs of at least 1, got ${withinUs}`);
  if (options?.concurrent !== undefined && !(deferred && Number.isInteger(concurrent) && concurrent >= 1))
    throw new RangeError(`command ${opcode}: expected concurrent of at least 1 with withinUs, got ${concurrent}`);
  const answering: Answering = options?.concurrent !== undefined ? 'concurrent' : deferred ? 'deferred' : 'immediate';
  return {
    opcode,
    fields,
    answering: answering as AnsweringOf<O>,
    withinUs,
    concurrent,
    ...(standard && { standard }),
    ...(doc !== undefined && { doc }),
  };
};

export const event = <const F extends Fields>(
  id: number,
  severity: Severity,
  fields: F,
  format: string,
  options: { readonly throttle?: Throttle } = {},
): Event<F> => ({ id, severity, fields, format, ...options });

export const channel = <const F>(id: number, field: F): Channel<F> => ({ id, field });

export const param = <const F>(id: number, field: F, initial: NoInfer<ValueOf<F>>): Param<F> => ({
  id,
  field,
  initial,
});

export const timer = (): Timer => ({ timer: true });

/** Every instance has this event: the kernel reports a processor reset with it. The id is reserved. */
export const resetEvent = event(0xff, 'high', { reason: text(120) }, 'processor reset: {reason}');

export interface Group<T> {
  readonly [name: string]: T;
}

export interface Shape {
  readonly inlets?: Group<Inlet<unknown>>;
  readonly outlets?: Group<Outlet<unknown>>;
  readonly commands?: Group<Command>;
  readonly events?: Group<Event>;
  readonly channels?: Group<Channel<Fields[string]>>;
  readonly params?: Group<Param<Fields[string]>>;
  readonly timers?: Group<Timer>;
}

export interface Declared<D extends Shape = Shape> {
  readonly name: string;
  readonly shape: D;
}

export const declare = <const D extends Shape>(name: string, shape: D): Declared<D> => ({ name, shape });

export type Payload<P> = P extends { readonly payload?: infer T } ? T : never;

/** The arguments of a declared command or event. */
export type Arguments<C> = C extends { readonly fields: infer F } ? Values<F> : never;
