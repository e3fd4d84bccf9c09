// What the monitor is shown: authenticated commands, frames that link security refused, and what the mission has told
// the spacecraft of itself (passes, announced activities). Times are whole microseconds of on-board time.

/** An authenticated command, before it is dispatched. Numbers of role, station and mode are indexes of the mission. */
export interface ObservedCommand {
  readonly atUs: number;
  readonly opcode: number;
  /** Whole numbers in declared order; an argument that is none is left out. */
  readonly args: readonly number[];
  readonly role: number;
  readonly station: number;
  readonly mode: number;
  readonly authorisations: number;
  /** When it is to run: `atUs` for at once. */
  readonly executeUs: number;
}

/** A frame that was refused before anything was known about its sender. */
export interface ObservedReject {
  readonly atUs: number;
  readonly channel: number;
}

export interface PassWindow {
  readonly station: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** An announced activity: the statistical scorers let pass so many of these commands of that role in that time. */
export interface AnnouncedActivity {
  readonly fromUs: number;
  readonly toUs: number;
  readonly role: number;
  readonly allowances: readonly { readonly opcode: number; readonly count: number }[];
}

/** What was uploaded about the weeks to come. Both lists in the order of their beginnings. */
export interface MissionCalendar {
  readonly passes: readonly PassWindow[];
  readonly plan: readonly AnnouncedActivity[];
}

export type ObservedItem =
  | ({ readonly type: 'command' } & ObservedCommand)
  | ({ readonly type: 'reject' } & ObservedReject);

export interface NominalWeeks extends MissionCalendar {
  readonly items: readonly ObservedItem[];
}

/** Beyond these there is nothing: what does not fit is clamped, left out or forgotten, as each file says. */
export const bounds = {
  roles: 8,
  /** Kinds of command: three codes above them have a meaning of their own in a transition table. */
  symbols: 120,
  argumentsEach: 4,
  subsystems: 16,
  channels: 8,
  windowCommands: 256,
  references: 512,
  driftSlots: 512,
  planEntries: 256,
  allowancesEach: 16,
} as const;

export const clampIndex = (value: number, limit: number): number =>
  Number.isInteger(value) && value >= 0 && value < limit ? value : limit - 1;
