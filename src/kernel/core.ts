// What the parts of the kernel know of it: the state of one run, and the few verbs that every part needs. The parts lie
// in layers, each on those before it: sending, outcomes, wire, reset, delivery, livelock; `Kernel` joins them and is
// this core.
import type { Digest } from './digest.ts';
import type { Host } from './host.ts';
import type { Edge, Instance, OpenEntry, Port } from './instance.ts';
import type { Micros } from './time.ts';
import type { Trace } from './trace.ts';

export interface KernelOptions {
  /** One seed is one run. */
  readonly seed: string;
  /** The running digest of every delivery; on unless switched off for speed. */
  readonly digest?: boolean;
  /** Keeps the last deliveries in order: true for 1024, or how many. */
  readonly trace?: boolean | number;
  /** What a throw does: a processor reset of that instance, or (by default) the stop of the kernel. */
  readonly onFault?: 'stop' | 'reset';
  /** With a host, drivers are attached; without one their inputs come from a log. */
  readonly host?: Host;
  /** Deep-freezes states and messages and checks that sent octets are not changed: for tests. */
  readonly freeze?: boolean;
  /** More deliveries than this in one instant are a livelock and stop the kernel. */
  readonly maxPerInstant?: number;
  /** How many inputs of drivers the log keeps; the oldest give way. */
  readonly maxInputs?: number;
}

export interface Core {
  readonly now: Micros;
  readonly options: KernelOptions;
  readonly maxPerInstant: number;
  readonly instances: readonly Instance[];
  readonly edges: readonly Edge[];
  readonly digest: Digest;
  readonly digesting: boolean;
  readonly trace: Trace | undefined;
  deliveries: number;
  /** What the delivery that is under way has emitted: the first `outCount` of both. */
  readonly outPorts: Port[];
  readonly outValues: unknown[];
  outCount: number;
  /** The call that is being delivered, and the open ones that this delivery has answered. */
  calling: OpenEntry | undefined;
  answered: OpenEntry[];
  /** Who is being delivered to, and whose emissions are being sent. */
  addressee: Instance | undefined;
  current: Instance | undefined;
  /** One more turn for the instance, behind all that are due one already. */
  makeReady(instance: Instance): void;
  /** A timer of a slot: withdraws what was set before, also what has fired and still waits in the mailbox. */
  setTimer(instance: Instance, slot: number, setting: Micros | 'cancel'): void;
  /** The end of a service time. */
  setWake(instance: Instance, time: Micros): void;
  /**
   * A value from outside, now: stamped after all that has happened, and before all else of its instant. When too many
   * are on their way to one port it is dropped and counted there, and stands in no log. Returns whether it was taken.
   */
  inject(instance: string, port: string, payload: unknown): boolean;
  /** What a slot was sent from outside is counted here. */
  outsideEdge(instance: Instance, slot: number): Edge;
}
