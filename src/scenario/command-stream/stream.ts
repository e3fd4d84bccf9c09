// What a labelled stream of commands is made of. Times are whole microseconds of simulation time. An item says what an
// observer on board would see, and beside it the label, which no observer may read.
import type { Role } from './catalogue.ts';

export const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
export const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;
export const WEEK_US = 7 * DAY_US;

export interface Pass {
  readonly station: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** A command before it is on its way: who sends what, how long after the one before. */
export interface Step {
  readonly opcode: number;
  readonly args: readonly number[];
  readonly role: Role;
  readonly gapS: number;
  readonly authorisations: number;
  /** Seconds after its release at which it is to run; 0 runs at once. */
  readonly delayS: number;
}

export interface StreamCommand {
  readonly type: 'command';
  readonly atUs: number;
  readonly opcode: number;
  readonly args: readonly number[];
  /** Index into `roles`. */
  readonly role: number;
  readonly station: number;
  /** Index into `modes`. */
  readonly mode: number;
  readonly authorisations: number;
  /** When it is to run; equal to `atUs` for now. */
  readonly executeUs: number;
  /** Index of the attack that sent it; -1 is nominal. */
  readonly attack: number;
}

/** A frame that link security refused: nobody knows who sent it. */
export interface StreamReject {
  readonly type: 'reject';
  readonly atUs: number;
  readonly channel: number;
  readonly attack: number;
}

export type StreamItem = StreamCommand | StreamReject;

/** An activity that was announced to the spacecraft, with the most commands that it may take of each kind. */
export interface PlannedActivity {
  readonly fromUs: number;
  readonly toUs: number;
  readonly role: number;
  readonly allowances: readonly { readonly opcode: number; readonly count: number }[];
}

export interface Attack {
  readonly kind: string;
  readonly firstUs: number;
  readonly lastUs: number;
  readonly items: number;
}

export interface CommandStream {
  readonly fromUs: number;
  readonly toUs: number;
  /** In the order of time. */
  readonly items: readonly StreamItem[];
  readonly passes: readonly Pass[];
  readonly plan: readonly PlannedActivity[];
  readonly attacks: readonly Attack[];
}
