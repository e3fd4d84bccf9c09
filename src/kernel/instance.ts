// One component aboard: mailbox, state cells, timers, open calls and counters. All of it is data except the streams,
// which a snapshot does not need, because they hold no state.
import type { Component } from './component.ts';
import type { Command, Overflow, Shape } from './declare.ts';
import { Mailbox } from './mailbox.ts';
import { freezePlain } from './plain.ts';
import type { Random } from './random.ts';
import type { Cell, Keeper, Source } from './run.ts';

export type SlotKind = 'boot' | 'ping' | 'fault' | 'in' | 'cmd' | 'timer' | 'out';

/** One kind of message that an instance can take. The number of a slot is its place in the declaration. */
export interface Slot {
  readonly kind: SlotKind;
  readonly name: string;
  readonly depth: number;
  readonly full: Overflow;
  readonly command: Command | undefined;
  /** Of a timer, or of the deadline of a deferred command: its id in the kernel's wheel, else -1. */
  readonly timerId: number;
}

export const BOOT = 0;
export const PING = 1;
export const FAULT = 2;
export const NEVER = -1;
const MAX_SLOTS = 255;
/** Calls of one command that may wait, or as many as it may have open; the next is answered `busy`. */
export const COMMAND_DEPTH = 8;
/** Inputs of one outlet of a driver that may be on their way; the next is dropped and counted. */
export const DRIVER_DEPTH = 1024;

/** One wire, from whoever sends to one slot. sent = delivered + dropped + waiting. */
export interface Edge {
  readonly id: number;
  /** Whoever is held to account for what is dropped. */
  readonly from: string;
  /** Undefined for what comes from outside, or from a pattern that answers for many. */
  readonly sender: Instance | undefined;
  readonly target: Instance;
  readonly slot: number;
  /** Where the target answers a call or a ping that came by this edge. */
  readonly back: Port | undefined;
  sent: number;
  dropped: number;
}

/** Where the values of a sink go: along edges, to a function that a pattern installs, and to observers outside. */
export interface Port {
  readonly name: string;
  readonly edges: Edge[];
  route?: (value: unknown) => void;
  taps?: ((value: unknown) => void)[];
}

/** A call that has been delivered and not yet answered. */
export interface OpenEntry {
  readonly slot: number;
  readonly call: number;
  readonly token: number;
  readonly opcode: number;
  /** The id of the edge that the call came by. */
  readonly edge: number;
  readonly dueUs: number;
}

/** A message in the outbox of whoever could not send it. */
export interface Held {
  readonly edge: Edge;
  readonly payload: unknown;
}

/** What the page says of one instance. */
export interface Seat {
  readonly component: Component;
  readonly base: number;
  readonly takesUs?: number;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The one place that makes slots: so all of them have one hidden class, and reading them in a delivery stays cheap. */
const slotOf = (
  kind: SlotKind,
  name: string,
  { depth = 1, full = 'dropNewest', timerId = NEVER, command }: Partial<Slot> = {},
): Slot => ({ kind, name, depth, full, command, timerId });

const slotsOf = ({ declared, attach }: Component, timerId: () => number): Slot[] => {
  const { inlets = {}, commands = {}, timers = {}, outlets = {} }: Shape = declared.shape;
  return [
    slotOf('boot', 'boot'),
    slotOf('ping', 'ping'),
    slotOf('fault', 'fault'),
    ...Object.entries(inlets).map(([name, { depth, full }]) => slotOf('in', name, { depth, full })),
    ...Object.entries(commands).map(([name, command]) =>
      slotOf('cmd', name, {
        depth: Math.max(COMMAND_DEPTH, command.concurrent),
        command,
        timerId: command.withinUs > 0 ? timerId() : NEVER,
      }),
    ),
    ...Object.keys(timers).map((name) => slotOf('timer', name, { timerId: timerId() })),
    ...Object.keys(attach ? outlets : {}).map((name) => slotOf('out', name, { depth: DRIVER_DEPTH })),
  ];
};

export class Instance implements Keeper {
  readonly index: number;
  readonly name: string;
  readonly seat: Seat;
  readonly shape: Shape;
  readonly random: Random;
  readonly slots: readonly Slot[];
  /** The wheel id of the end of a service time. */
  readonly wakeId: number;
  readonly takesUs: number;
  readonly mailbox: Mailbox;
  readonly ports = new Map<string, Port>();
  readonly readings = new Map<string, () => unknown>();
  readonly freeze: ((value: unknown) => void) | undefined;
  /** Senders that wait for room here. */
  waiting: Instance[] = [];
  sources: Source<unknown>[] = [];
  /** Of a driver that is attached. */
  detach: (() => void) | undefined;
  /** What was thrown; the reset or the stop that follows takes it away. */
  failed: unknown;
  cells: Cell[] = [];
  /** What it has sent to an inlet that blocks and has no room. */
  outbox: Held[] = [];
  /** Turns that came while it was held back or busy; it gets them when it is free. */
  parked = 0;
  busyUntilUs = 0;
  resets = 0;
  /** The instant of the last reset, how many there have been in it, and until when the instance rests from them. */
  resetUs = NEVER;
  resetsThen = 0;
  restUntilUs = 0;
  /** In full, for whoever inspects: no part of the run. */
  lastFault = '';
  servedUs = 0;
  /** Calls delivered and not yet answered, oldest first. */
  open: OpenEntry[] = [];
  /** Calls that the kernel has answered for a silent component, whose own answer may still come. */
  expired: { readonly slot: number; readonly call: number }[] = [];
  /** How many calls have been delivered: the number of the next one. */
  calls = 0;
  /** By slot: when the timer is due, how many of its messages wait, and how many of those were withdrawn. */
  readonly dueUs: number[];
  readonly withdrawn: Int32Array;
  /** In the order of the declaration. */
  readonly params: unknown[];

  constructor(index: number, name: string, seat: Seat, random: Random, freeze: boolean, timerId: () => number) {
    this.index = index;
    this.name = name;
    this.seat = seat;
    this.shape = seat.component.declared.shape;
    this.random = random;
    this.freeze = freeze ? freezePlain : undefined;
    this.slots = slotsOf(seat.component, timerId);
    if (this.slots.length > MAX_SLOTS)
      throw new RangeError(`${name}: expected at most ${MAX_SLOTS} slots, got ${this.slots.length}`);
    this.wakeId = timerId();
    this.takesUs = seat.takesUs ?? 0;
    this.mailbox = new Mailbox(this.slots.length);
    this.dueUs = this.slots.map(() => NEVER);
    this.withdrawn = new Int32Array(this.slots.length);
    this.params = Object.entries(this.shape.params ?? {}).map(([key, { initial }]) => seat.params?.[key] ?? initial);
  }

  cell(initial: unknown): Cell {
    const cell = { value: initial };
    this.cells.push(cell);
    return cell;
  }

  fault(error: unknown): void {
    this.failed ??= error ?? new Error('an undefined value was thrown');
  }

  slot(kind: SlotKind, name: string): number {
    const at = this.slots.findIndex((slot) => slot.kind === kind && slot.name === name);
    if (at < 0) throw new Error(`${this.name}: expected a declared port, got ${kind}.${name}`);
    return at;
  }

  port(group: 'out' | 'tlm' | 'evr', name: string): Port {
    const key = `${group}.${name}`;
    const port = this.ports.get(key);
    if (port === undefined) throw new Error(`${this.name}: expected a declared port, got ${key}`);
    return port;
  }
}
