// Hard rules as data: which command by role, mode, station, pass, authorisation, argument and time tag; how many in how
// short a time; which pairs never. A rule is certain: it holds the command, and a second one within an hour locks.
import { bounds, type MissionCalendar, type ObservedCommand, type PassWindow } from './observed.ts';

export interface ArgumentRule {
  readonly least: number;
  readonly most: number;
  /** Of an identifier the distance between values says nothing. */
  readonly identifier: boolean;
}

export interface CommandRule {
  readonly opcode: number;
  readonly subsystem: number;
  readonly hazardous: boolean;
  readonly roles: readonly number[];
  readonly modes: readonly number[];
  readonly authorisations: number;
  readonly args: readonly ArgumentRule[];
  /** How far ahead it may wait on board, in microseconds: 0 for a command that runs at once or not at all. */
  readonly aheadUs: number;
}

export interface RateLimit {
  readonly role: number;
  /** Commands that the window may hold, at most 127. */
  readonly count: number;
  readonly windowUs: number;
}

export interface ForbiddenPair {
  readonly first: number;
  readonly second: number;
  readonly withinUs: number;
}

export interface UplinkPolicy {
  readonly commands: readonly CommandRule[];
  readonly limits: readonly RateLimit[];
  readonly pairs: readonly ForbiddenPair[];
  /** Commands may come so long before and after a pass. */
  readonly passMarginUs: number;
  readonly escalationUs: number;
  /** Modes too rare to have statistics (safe mode): rules alone judge there, so that no statistic stops a recovery. */
  readonly unscoredModes: readonly number[];
}

// biome-ignore format: one list of words
export const ruleNames = [
  'unknown command', 'role', 'mode', 'no pass', 'authorisation', 'argument', 'time tag', 'rate', 'forbidden pair',
] as const;
export type RuleName = (typeof ruleNames)[number];

const RECENT = 128;

/** Instants of the last commands of each role and of each kind, and of the last violation. */
export interface RuleState {
  readonly recentUs: Float64Array;
  readonly heads: Uint8Array;
  readonly lastUs: Float64Array;
  readonly violationUs: Float64Array;
}

const never = (length: number): Float64Array => new Float64Array(length).fill(-Infinity);

export const firstRuleState = (): RuleState => ({
  recentUs: never(bounds.roles * RECENT),
  heads: new Uint8Array(bounds.roles),
  lastUs: never(bounds.symbols),
  violationUs: never(1),
});

/**
 * The pass of that station at that time, the margin included, or undefined. Passes are few a day: the search is short.
 */
export const passAt = (calendar: MissionCalendar, station: number, atUs: number, marginUs: number) => {
  const { passes } = calendar;
  let low = 0;
  let high = passes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes[middle]!.fromUs - marginUs <= atUs) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1, tries = 0; i >= 0 && tries < 8; i--, tries++) {
    const pass: PassWindow = passes[i]!;
    if (pass.station === station && atUs <= pass.toUs + marginUs) return pass;
  }
  return undefined;
};

const argumentsFit = (rule: CommandRule, args: readonly number[]): boolean => {
  if (args.length !== rule.args.length) return false;
  for (let i = 0; i < args.length; i++) {
    const value = args[i]!;
    const range = rule.args[i]!;
    if (!(value >= range.least && value <= range.most)) return false;
  }
  return true;
};

/** What the commands of before forbid. Times are kept whether or not a rule is broken. */
const checkTimes = (policy: UplinkPolicy, state: RuleState, symbol: number, command: ObservedCommand) => {
  const { atUs, role } = command;
  let broken: RuleName | undefined;
  for (const limit of policy.limits) {
    if (limit.role !== role) continue;
    const at = (state.heads[role]! + RECENT - limit.count) % RECENT;
    if (atUs - state.recentUs[role * RECENT + at]! < limit.windowUs) broken = 'rate';
  }
  for (const pair of policy.pairs) {
    if (pair.second !== command.opcode) continue;
    const first = policy.commands.findIndex(({ opcode }) => opcode === pair.first);
    if (first >= 0 && atUs - state.lastUs[first]! < pair.withinUs) broken = 'forbidden pair';
  }
  state.recentUs[role * RECENT + state.heads[role]!] = atUs;
  state.heads[role] = (state.heads[role]! + 1) % RECENT;
  state.lastUs[symbol] = atUs;
  return broken;
};

/**
 * The first rule that a command breaks, or undefined. `symbol` is the place of the command in the policy, -1 for none.
 * Moves `state` in place.
 */
export const checkRules = (
  policy: UplinkPolicy,
  state: RuleState,
  symbol: number,
  command: ObservedCommand,
  pass: PassWindow | undefined,
): RuleName | undefined => {
  const rule = policy.commands[symbol];
  if (rule === undefined) return 'unknown command';
  if (!(command.role >= 0 && command.role < bounds.roles) || !rule.roles.includes(command.role)) return 'role';
  const timing = checkTimes(policy, state, symbol, command);
  if (!rule.modes.includes(command.mode)) return 'mode';
  if (pass === undefined) return 'no pass';
  if (!(command.authorisations >= rule.authorisations)) return 'authorisation';
  if (!argumentsFit(rule, command.args)) return 'argument';
  const aheadUs = command.executeUs - command.atUs;
  if (!(aheadUs >= 0 && aheadUs <= rule.aheadUs)) return 'time tag';
  return timing;
};

/** Whether this violation follows another closely enough to lock the uplink. Moves `state` in place. */
export const escalates = (policy: UplinkPolicy, state: RuleState, atUs: number): boolean => {
  const again = atUs - state.violationUs[0]! < policy.escalationUs;
  state.violationUs[0] = atUs;
  return again;
};
