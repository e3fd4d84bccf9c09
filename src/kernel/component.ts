// A component is declared data and a pure behaviour, sources -> sinks; a driver is declared data and effects. The types
// of sources and sinks follow from the declaration: a missing, unknown or unlike sink does not compile.
import type { Observable } from 'rxjs';
import type {
  Answering,
  Command,
  Declared,
  Event,
  Group,
  Outcome,
  Payload,
  Progress,
  Setting,
  Shape,
} from './declare.ts';
import type { ValueOf, Values } from './field.ts';
import type { Random } from './random.ts';
import type { Run } from './run.ts';
import type { Micros } from './time.ts';

/** A call of a concurrent command: `call` is what the answer must name. */
export interface OpenCall<A> {
  readonly call: number;
  readonly args: A;
}

export interface Answer {
  readonly call: number;
  readonly outcome: Outcome | Progress;
}

type CallOf<C> =
  C extends Command<infer F, infer K> ? (K extends 'concurrent' ? OpenCall<Values<F>> : Values<F>) : never;

type AnswerOf<K extends Answering> = K extends 'concurrent'
  ? Answer
  : K extends 'deferred'
    ? Outcome | Progress
    : Outcome;

type InSources<D extends Shape> = { readonly [K in keyof D['inlets']]: Observable<Payload<D['inlets'][K]>> };

export interface Sources<D extends Shape> {
  readonly in: InSources<D>;
  readonly cmd: { readonly [K in keyof D['commands']]: Observable<CallOf<D['commands'][K]>> };
  /** The value now: kernel state, which the params pattern may set between two deliveries. */
  readonly param: {
    readonly [K in keyof D['params']]: D['params'][K] extends { readonly field: infer F } ? () => ValueOf<F> : never;
  };
  readonly timer: { readonly [K in keyof D['timers']]: Observable<void> };
  /** The first message after start and after every reset. */
  readonly boot: Observable<void>;
  readonly random: Random;
  readonly run: Run;
  now(): Micros;
  sinks(sinks: Sinks<D>): Wired;
}

export type SourcesOf<P> = P extends Declared<infer D> ? Sources<D> : never;

interface SinkGroups<D extends Shape> {
  readonly out: { readonly [K in keyof D['outlets']]: Observable<Payload<D['outlets'][K]>> };
  readonly cmd: {
    readonly [K in keyof D['commands']]: D['commands'][K] extends Command<infer _, infer A>
      ? Observable<AnswerOf<A>>
      : never;
  };
  readonly evr: {
    readonly [K in keyof D['events']]: D['events'][K] extends Event<infer F> ? Observable<Values<F>> : never;
  };
  readonly tlm: {
    readonly [K in keyof D['channels']]: D['channels'][K] extends { readonly field: infer F }
      ? Observable<ValueOf<F>>
      : never;
  };
  readonly timer: { readonly [K in keyof D['timers']]: Observable<Setting> };
}

/** Groups that the declaration leaves empty may be left out. */
export type Sinks<D extends Shape> = {
  readonly [G in keyof SinkGroups<D> as [keyof SinkGroups<D>[G]] extends [never] ? never : G]: SinkGroups<D>[G];
};

/** What `sinks` returns, and all that a behaviour may return. */
export interface Wired {
  readonly wired: Group<Group<Observable<unknown>>>;
}

/** What a driver sees: effects on one side, inputs that are stamped, logged and bounded on the other. */
export interface Ends<D extends Shape> {
  readonly in: InSources<D>;
  readonly out: { readonly [K in keyof D['outlets']]: (value: Payload<D['outlets'][K]>) => void };
  now(): Micros;
  /** The device has failed: a reset of this driver (detached and attached again), or the stop of the kernel. */
  fault(reason: string): void;
}

type Behave<D extends Shape> = (sources: Sources<D>) => Wired;
/** Returns what detaches it. A throw of a subscription to `in` is a fault of the driver. */
type Attach<D extends Shape> = (ends: Ends<D>) => () => void;

export interface Component<D extends Shape = Shape> {
  readonly declared: Declared<D>;
  readonly behave?: Behave<D>;
  readonly attach?: Attach<D>;
}

export const component = <const D extends Shape>(declared: Declared<D>, behave: Behave<D>): Component<D> => ({
  declared,
  behave,
});

export const driver = <const D extends Shape>(declared: Declared<D>, attach: Attach<D>): Component<D> => ({
  declared,
  attach,
});
