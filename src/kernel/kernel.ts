// Time and order. One wheel of timers and one FIFO of deliveries decide what happens next, nothing else. What a
// delivery does is in delivery.ts, what becomes of its values in sending.ts, what becomes of a command in outcomes.ts,
// what a throw does in reset.ts.
import type { Core, KernelOptions } from './core.ts';
import { deliver } from './delivery.ts';
import { Digest } from './digest.ts';
import { DRIVER_DEPTH, type Edge, type Instance, NEVER, type OpenEntry, type Port } from './instance.ts';
import { KernelStop } from './kernel-stop.ts';
import { watchLivelock } from './livelock.ts';
import { expire } from './outcomes.ts';
import { Random } from './random.ts';
import { reset } from './reset.ts';
import { offer, unpark } from './sending.ts';
import type { Micros } from './time.ts';
import { type Input, InputLog, Trace } from './trace.ts';
import { Wheel } from './wheel.ts';

/** Where something comes in from outside: an edge of its own, and how many inputs are on their way to it. */
interface Door {
  readonly edge: Edge;
  arriving: number;
}

interface Arrival {
  readonly input: Input;
  readonly door: Door;
}

/** Work that is scheduled as a closure, or an input. */
type Pending = (() => void) | Arrival;

const FIRST_INPUT = -(2 ** 52);
/** What may come from outside. A call may not: there would be nobody to give its outcome to. */
const OUTSIDE: ReadonlySet<string> = new Set(['in', 'out', 'fault']);

export class Kernel implements Core {
  now: Micros = 0;
  deliveries = 0;
  sequence = 0;
  /** Inputs come first in their instant, live and in replay alike. */
  inputSequence = FIRST_INPUT;
  stopped: KernelStop | undefined;
  readonly options: KernelOptions;
  readonly random: Random;
  readonly digest = new Digest();
  readonly digesting: boolean;
  readonly wheel = new Wheel();
  readonly instances: Instance[] = [];
  readonly edges: Edge[] = [];
  readonly inputs: InputLog;
  readonly trace: Trace | undefined;
  /** By wheel id: whose timer it is and which slot, -1 for the end of a service time. */
  readonly timers: { readonly instance: Instance; readonly slot: number }[] = [];
  readonly outPorts: Port[] = [];
  readonly outValues: unknown[] = [];
  outCount = 0;
  calling: OpenEntry | undefined;
  answered: OpenEntry[] = [];
  addressee: Instance | undefined;
  current: Instance | undefined;
  /** What an input is stamped with at the earliest; pacing sets it to the host's clock. */
  clock: () => Micros = () => this.now + 1;
  /** Told of every input, so that pacing wakes. */
  onInput: (() => void) | undefined;
  readonly maxPerInstant: number;
  #ready = new Int32Array(64);
  #readyHead = 0;
  #readyCount = 0;
  /** By wheel id: what is on its way that is no timer of an instance. */
  readonly #pending: (Pending | undefined)[] = [];
  readonly #freeIds: number[] = [];
  #nextId = 0;
  #running = false;
  /** Of this instant: the count of deliveries at which it is a livelock, and the closures so far. */
  #livelockAt: number;
  #closures = 0;
  /** The latest stamp of an input: none that follows is stamped earlier, so that the log is in order. */
  #inputUs: Micros = 0;
  readonly #doors = new Map<string, Door>();

  constructor(options: KernelOptions) {
    const { trace = false, maxInputs, digest = true, maxPerInstant = 1_000_000 } = options;
    this.options = options;
    this.random = new Random(options.seed);
    this.digesting = digest;
    this.maxPerInstant = maxPerInstant;
    this.#livelockAt = maxPerInstant;
    this.inputs = new InputLog(maxInputs);
    this.trace = trace === false ? undefined : new Trace(trace === true ? undefined : trace);
  }

  /** When the next timer or input is due; Infinity when nothing is. */
  get nextUs(): Micros {
    return this.#readyCount > 0 ? this.now : this.wheel.firstTime;
  }

  /**
   * Everything up to and including that instant; with Infinity, up to the last event. Throws a KernelStop, and nothing
   * but that again afterwards.
   */
  runUntil(timeUs: Micros): void {
    if (this.stopped) throw this.stopped;
    if (this.#running) throw new Error('kernel: runUntil was called from within a run');
    this.#running = true;
    try {
      this.#drain();
      const { wheel } = this;
      const end = Math.min(Math.floor(timeUs), Number.MAX_SAFE_INTEGER);
      for (let time = wheel.firstTime; time <= end; time = wheel.firstTime) {
        if (time > this.now) this.#enter(time);
        this.#fire(wheel.pop());
        if (this.#readyCount > 0) this.#drain();
      }
      if (end > this.now && timeUs < Infinity) this.#enter(end);
    } catch (error) {
      if (error instanceof KernelStop) this.stopped = error;
      throw error;
    } finally {
      this.#running = false;
    }
  }

  runFor(delayUs: Micros): void {
    this.runUntil(this.now + delayUs);
  }

  /** Work as a closure: for tests, ground tools and RxJS. A kernel that holds one cannot be saved. Returns a cancel. */
  schedule(delayUs: Micros, work: () => void): () => void {
    const id = this.#addPending(work);
    const sequence = this.sequence++;
    this.wheel.set(id, this.now + (delayUs > 0 ? Math.ceil(delayUs) : 0), sequence);
    return () => {
      if (this.#pending[id] !== work || this.wheel.sequenceOf(id) !== sequence) return;
      this.wheel.remove(id);
      this.#removePending(id);
    };
  }

  /** An input of a driver, from a log or from outside: it may not be stamped in the past. */
  input(input: Input): void {
    const { time } = input;
    if (!Number.isInteger(time)) throw new RangeError(`input: expected a time in whole microseconds, got ${time}`);
    if (time < this.now) throw new RangeError(`input: expected a time from ${this.now} us, got ${time}`);
    const id = this.#arrive(input);
    this.inputs.add(input);
    this.wheel.set(id, time, this.inputSequence++);
    this.onInput?.();
  }

  inject(instance: string, port: string, payload: unknown): boolean {
    const { arriving, edge } = this.#door(instance, port);
    if (arriving >= DRIVER_DEPTH) {
      edge.sent++;
      edge.dropped++;
      return false;
    }
    const time = Math.max(this.now + 1, this.#inputUs, Math.floor(this.clock()));
    this.input({ time, instance, port, payload });
    return true;
  }

  find(name: string): Instance {
    const found = this.instances.find((each) => each.name === name);
    if (found === undefined) throw new Error(`kernel: expected an instance that is aboard, got ${name}`);
    return found;
  }

  /** A new wire to one slot of an instance; its drops are put down to `from`. */
  newEdge(from: string, sender: Instance | undefined, target: Instance, slot: number, back?: Port): Edge {
    const edge: Edge = { id: this.edges.length, from, sender, target, slot, back, sent: 0, dropped: 0 };
    this.edges.push(edge);
    return edge;
  }

  makeReady(instance: Instance): void {
    if (this.#readyCount === this.#ready.length) this.#growReady();
    this.#ready[(this.#readyHead + this.#readyCount++) & (this.#ready.length - 1)] = instance.index;
  }

  setTimer(instance: Instance, slot: number, setting: Micros | 'cancel'): void {
    if (instance.mailbox.used[slot]! > instance.withdrawn[slot]!)
      instance.withdrawn[slot] = instance.mailbox.used[slot]!;
    if (setting === 'cancel') {
      instance.dueUs[slot] = NEVER;
      return;
    }
    if (!(setting >= 0 && Number.isInteger(setting)))
      throw new RangeError(
        `${instance.name}.${instance.slots[slot]!.name}: expected a delay in whole microseconds, got ${setting}`,
      );
    const dueUs = this.now + setting;
    instance.dueUs[slot] = dueUs;
    const { timerId } = instance.slots[slot]!;
    // A later due time needs no entry of its own: the earlier one finds it when it comes up.
    if (this.wheel.timeOf(timerId) > dueUs) this.wheel.set(timerId, dueUs, this.sequence++);
  }

  setWake(instance: Instance, time: Micros): void {
    this.wheel.set(instance.wakeId, time, this.sequence++);
  }

  newTimerId(): number {
    return this.#nextId++;
  }

  /** For snapshots: what is on its way that is no timer of an instance. Throws when a closure is scheduled. */
  pendingInputs(): { readonly id: number; readonly input: Input }[] {
    if (this.#running) throw new Error('kernel: expected a snapshot between two runs, got one within a run');
    return this.#pending.flatMap((pending, id) => {
      if (typeof pending === 'function')
        throw new Error(`kernel at ${this.now} us: expected data only, got a scheduled closure ${pending.name}`);
      return pending ? [{ id, input: pending.input }] : [];
    });
  }

  /** One for each port that something came in by from outside. */
  outsideEdges(): readonly Edge[] {
    return [...this.#doors.values()].map(({ edge }) => edge);
  }

  outsideEdge(instance: Instance, slot: number): Edge {
    const { kind, name } = instance.slots[slot]!;
    return this.#door(instance.name, `${kind}.${name}`).edge;
  }

  readyIndexes(): number[] {
    return Array.from(
      { length: this.#readyCount },
      (_, i) => this.#ready[(this.#readyHead + i) & (this.#ready.length - 1)]!,
    );
  }

  /** For snapshots: what was pending and ready, in place of what is. */
  restore(inputs: readonly { readonly input: Input; readonly sequence: number }[], ready: readonly number[]): void {
    this.#pending.length = 0;
    for (const door of this.#doors.values()) door.arriving = 0;
    this.#freeIds.length = 0;
    this.#nextId = this.timers.length;
    this.#readyCount = 0;
    this.#inputUs = 0;
    this.#enter(this.now);
    for (const index of ready) this.makeReady(this.instances[index]!);
    for (const { input, sequence } of inputs) this.wheel.set(this.#arrive(input), input.time, sequence);
  }

  #door(instance: string, port: string): Door {
    const from = `outside/${instance}.${port}`;
    const known = this.#doors.get(from);
    if (known) return known;
    const target = this.find(instance);
    const slot = target.slots.findIndex(({ kind, name }) => `${kind}.${name}` === port);
    if (slot < 0 || !OUTSIDE.has(target.slots[slot]!.kind))
      throw new Error(`input: expected a port of ${instance}, got ${port}`);
    const edge: Edge = { id: NEVER, from, sender: undefined, target, slot, back: undefined, sent: 0, dropped: 0 };
    const door = { edge, arriving: 0 };
    this.#doors.set(from, door);
    return door;
  }

  #arrive(input: Input): number {
    const door = this.#door(input.instance, input.port);
    door.arriving++;
    if (input.time > this.#inputUs) this.#inputUs = input.time;
    return this.#addPending({ input, door });
  }

  #addPending(pending: Pending): number {
    const id = this.#freeIds.pop() ?? this.#nextId++;
    while (this.#pending.length < id) this.#pending.push(undefined);
    this.#pending[id] = pending;
    return id;
  }

  #removePending(id: number): void {
    this.#pending[id] = undefined;
    this.#freeIds.push(id);
  }

  #fire(id: number): void {
    const timer = id < this.timers.length ? this.timers[id] : undefined;
    if (timer === undefined) {
      const pending = this.#pending[id]!;
      this.#removePending(id);
      if (typeof pending === 'function') this.#work(pending);
      else this.#enterDoor(pending);
    } else if (timer.slot === NEVER) unpark(this, timer.instance);
    else this.#fireTimer(timer.instance, timer.slot);
  }

  #enter(time: Micros): void {
    this.now = time;
    this.#livelockAt = this.deliveries + this.maxPerInstant;
    this.#closures = 0;
  }

  #work(work: () => void): void {
    if (++this.#closures > this.maxPerInstant) {
      const cause = new Error(`more than ${this.maxPerInstant} scheduled closures in one instant`);
      throw new KernelStop('kernel', this.now, this.options.seed, cause);
    }
    work();
  }

  /** Nobody outside can be held back: what a blocking inlet has no room for is lost at the door. */
  #enterDoor({ door, input }: Arrival): void {
    door.arriving--;
    if (offer(this, door.edge, input.payload)) return;
    door.edge.sent++;
    door.edge.dropped++;
  }

  #fireTimer(instance: Instance, slot: number): void {
    const dueUs = instance.dueUs[slot]!;
    if (dueUs === NEVER) return;
    if (dueUs > this.now) {
      this.wheel.set(instance.slots[slot]!.timerId, dueUs, this.sequence++);
      return;
    }
    instance.dueUs[slot] = NEVER;
    if (instance.slots[slot]!.kind === 'cmd') expire(this, instance, slot);
    else {
      instance.mailbox.push(slot, NEVER, undefined);
      this.makeReady(instance);
    }
  }

  #drain(): void {
    while (this.#readyCount > 0) {
      const instance = this.instances[this.#ready[this.#readyHead]!]!;
      this.#readyHead = (this.#readyHead + 1) & (this.#ready.length - 1);
      this.#readyCount--;
      if (instance.failed !== undefined) reset(this, instance);
      else if (instance.mailbox.length === 0) continue;
      else if (instance.outbox.length > 0 || instance.busyUntilUs > this.now) instance.parked++;
      else if (this.deliveries >= this.#livelockAt) watchLivelock(this, instance, this.deliveries - this.#livelockAt);
      else deliver(this, instance);
    }
  }

  #growReady(): void {
    const ready = this.readyIndexes();
    this.#ready = new Int32Array(this.#ready.length * 2);
    this.#ready.set(ready);
    this.#readyHead = 0;
  }
}
