// Where a component keeps state: pure steps over a cell that the kernel can save, restore and reset.
import { Observable, Subscriber } from 'rxjs';
import type { Action, Step } from './machine.ts';

export interface Cell {
  value: unknown;
}

/** What an instance offers to its streams. */
export interface Keeper {
  cell(initial: unknown): Cell;
  fault(error: unknown): void;
  /** Present where states are frozen in tests. */
  readonly freeze?: ((value: unknown) => void) | undefined;
}

export type Run = <S>(initial: S) => Steps<S>;

type ActionsOf<R> = R extends readonly [unknown, ...infer A] ? Extract<A[number], Action> : never;
type Tagged<A, T> = Extract<A, { readonly type: T }>;

/** A source that the kernel alone feeds: hot, synchronous, in order of subscription, never complete. */
export class Source<T> extends Observable<T> {
  readonly subscribers: Subscriber<T>[] = [];

  constructor() {
    super((subscriber) => {
      this.subscribers.push(subscriber);
      return () => void this.subscribers.splice(this.subscribers.indexOf(subscriber), 1);
    });
  }

  next(value: T): void {
    const { subscribers } = this;
    for (let i = 0; i < subscribers.length; i++) subscribers[i]!.next(value);
  }
}

/** Ends a pipeline in kernel code. RxJS's own consumer would rethrow a fault from a host timer. */
export class Tap<T> extends Subscriber<T> {
  readonly #take: (value: T) => void;
  readonly #keeper: Pick<Keeper, 'fault'>;

  constructor(take: (value: T) => void, keeper: Pick<Keeper, 'fault'>) {
    super();
    this.#take = take;
    this.#keeper = keeper;
  }

  override next(value: T): void {
    this.#take(value);
  }

  override error(error: unknown): void {
    this.#keeper.fault(error);
  }

  override complete(): void {
    this.#keeper.fault(new Error('a stream completed: sinks live as long as their instance'));
  }
}

/** A value of the state: read on demand as telemetry, followed on change where an edge starts at it. */
export class Reading<T> extends Observable<T> {
  readonly read: () => T;

  constructor(read: () => T, follow: (subscriber: Subscriber<T>) => void) {
    super(follow);
    this.read = read;
  }
}

/** A state cell with the steps that move it. `A` gathers the actions that the steps list. */
export class Steps<S, A extends Action = never> {
  readonly #keeper: Keeper;
  readonly #cell: Cell;
  readonly #takers = new Map<string, ((action: A) => void)[]>();
  readonly #followers: (() => void)[] = [];

  constructor(keeper: Keeper, initial: S) {
    this.#keeper = keeper;
    keeper.freeze?.(initial);
    this.#cell = keeper.cell(initial);
  }

  /** One source that moves the state, and how. The step must not change the state that it is given. */
  on<X, const R extends Step<S, Action>>(
    source: Observable<X>,
    step: (state: S, value: X) => R,
  ): Steps<S, A | ActionsOf<R>> {
    const move = (value: X): void => this.#advance(step(this.#cell.value as S, value) as unknown as Step<S, A>);
    source.subscribe(new Tap(move, this.#keeper));
    return this as unknown as Steps<S, A | ActionsOf<R>>;
  }

  /** The actions of one tag, in the order in which a step lists them. */
  only<T extends A['type']>(tag: T): Observable<Tagged<A, T>>;
  only<T extends A['type'], R>(tag: T, project: (action: Tagged<A, T>) => R): Observable<R>;
  only(tag: string, project = (action: never): unknown => action): Observable<unknown> {
    return new Observable((subscriber) => {
      const takers = this.#takers.get(tag) ?? [];
      this.#takers.set(tag, takers);
      takers.push((action) => subscriber.next(project(action as never)));
    });
  }

  /** A reading of the state, for a channel. Where an edge starts at the channel, each change is sent. */
  state<T>(project: (state: S) => T): Reading<T> {
    const read = (): T => project(this.#cell.value as S);
    return new Reading(read, (subscriber) => {
      const last = this.#keeper.cell(read());
      this.#followers.push(() => {
        const value = read();
        if (value === last.value) return;
        last.value = value;
        subscriber.next(value);
      });
    });
  }

  /** The state, after its step, at the moment when a trigger arrives. */
  sample<X, R>(trigger: Observable<X>, project: (state: S, value: X) => R): Observable<R> {
    return new Observable((subscriber) =>
      trigger.subscribe(new Tap((x: X) => subscriber.next(project(this.#cell.value as S, x)), this.#keeper)),
    );
  }

  #advance(step: Step<S, A>): void {
    this.#keeper.freeze?.(step);
    this.#cell.value = step[0];
    for (let i = 1; i < step.length; i++) {
      const action = step[i] as A;
      const takers = this.#takers.get(action.type);
      if (takers) for (let k = 0; k < takers.length; k++) takers[k]!(action);
    }
    for (let k = 0; k < this.#followers.length; k++) this.#followers[k]!();
  }
}
