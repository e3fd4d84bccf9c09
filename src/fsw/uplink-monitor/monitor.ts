// One command or one refused frame at a time: hard rules, then the scorers, then one verdict. Authenticated commands
// may be held or lock the uplink; what nobody authenticated can only throttle the channel that it came on. Nothing here
// throws on any command. The steps move the state in place: its owner copies it first where the one before must stay.

import { type AllowanceState, firstAllowances, isAnnounced } from './announced.ts';
import {
  type ArgumentState,
  argumentDrift,
  argumentExcess,
  firstArgumentState,
  settleDrift,
} from './argument-model.ts';
import { describeWindow, enterWindow, firstWindow, vectorLength, type WindowState } from './command-window.ts';
import { type Scorer, scorers, type UplinkModel } from './model.ts';
import { neighbourDistance, standardise } from './neighbours.ts';
import type { PassWindow } from './observed.ts';
import { bounds, clampIndex, type MissionCalendar, type ObservedCommand, type ObservedReject } from './observed.ts';
import {
  checkRules,
  escalates,
  firstRuleState,
  passAt,
  type RuleName,
  type RuleState,
  type UplinkPolicy,
} from './policy.ts';
import { countCommand, countReject, firstRateState, paceScore, type RateState, rateScore } from './rate-watch.ts';
import { rarity } from './tail.ts';
import { firstTimingState, type TimingState, timingExcess } from './timing-model.ts';
import { type Contexts, firstContexts, pause, surprise } from './transition-table.ts';

export interface MonitorState {
  readonly rules: RuleState;
  readonly contexts: Contexts;
  readonly roleUs: Float64Array;
  /** Bits beyond the usual that have added up, by role: of transitions, arguments, times. */
  readonly surprise: Float64Array;
  readonly unusual: Float64Array;
  readonly untimely: Float64Array;
  readonly mistagged: Float64Array;
  /** The same of transitions, by kind of command, over days. */
  readonly outOfPlace: Float64Array;
  readonly outOfPlaceUs: Float64Array;
  readonly timing: TimingState;
  readonly arguments: ArgumentState;
  readonly window: WindowState;
  readonly rates: RateState;
  readonly allowances: AllowanceState;
  /** Of the last command, in the order of `scorers`: scores, and their rarities. */
  readonly raw: Float64Array;
  readonly rarities: Float64Array;
  readonly vector: Float64Array;
}

export const firstMonitorState = (): MonitorState => ({
  rules: firstRuleState(),
  contexts: firstContexts(bounds.roles),
  roleUs: new Float64Array(bounds.roles).fill(-Infinity),
  surprise: new Float64Array(bounds.roles),
  unusual: new Float64Array(bounds.roles),
  untimely: new Float64Array(bounds.roles),
  mistagged: new Float64Array(bounds.roles),
  outOfPlace: new Float64Array(bounds.symbols),
  outOfPlaceUs: new Float64Array(bounds.symbols),
  timing: firstTimingState(),
  arguments: firstArgumentState(),
  window: firstWindow(),
  rates: firstRateState(),
  allowances: firstAllowances(),
  raw: new Float64Array(scorers.length),
  rarities: new Float64Array(scorers.length),
  vector: new Float64Array(vectorLength),
});

export type Verdict = 'pass' | 'hold' | 'lock';

export interface Assessment {
  readonly verdict: Verdict;
  /** The rule that was broken. */
  readonly rule: RuleName | undefined;
  /** -log10 of the probability that a nominal day comes to this; 0 for an announced command. */
  readonly score: number;
  readonly leading: Scorer | undefined;
  readonly announced: boolean;
}

/** What is constant while commands are assessed, with the lookups that are made of it once. */
export interface Monitor {
  readonly model: UplinkModel;
  readonly policy: UplinkPolicy;
  readonly symbolOf: ReadonlyMap<number, number>;
  readonly subsystemOf: Uint8Array;
}

export const monitorOf = (policy: UplinkPolicy, model: UplinkModel): Monitor => {
  if (policy.commands.length > bounds.symbols)
    throw new RangeError(`policy: expected at most ${bounds.symbols} commands, got ${policy.commands.length}`);
  return {
    model,
    policy,
    symbolOf: new Map(policy.commands.map(({ opcode }, symbol) => [opcode, symbol])),
    subsystemOf: Uint8Array.from({ length: bounds.symbols }, (_, symbol) =>
      clampIndex(policy.commands[symbol]?.subsystem ?? 0, bounds.subsystems),
    ),
  };
};

const SILENCE_US = 1_200_000_000;
const ARGUMENT_SLACK_BITS = 1;
const TIMING_SLACK_BITS = 2;
const TAG_SLACK_BITS = 3;
const timingBits = new Float64Array(2);
const MOST_BITS = 500;
const DAY_US = 86_400_000_000;
const FORGOTTEN_A_DAY = 0.35;

/** A sum that never falls below nothing. */
const accumulate = (sums: Float64Array, role: number, bits: number): number => {
  sums[role] = Math.max(0, Math.min(MOST_BITS, sums[role]! + bits));
  return sums[role]!;
};

/** A long silence begins a new context and forgives half. */
const noticeSilence = (state: MonitorState, role: number, atUs: number): boolean => {
  const silent = atUs - state.roleUs[role]! > SILENCE_US;
  if (silent) {
    pause(state.contexts, role);
    state.surprise[role]! *= 0.5;
    state.unusual[role]! *= 0.5;
    state.untimely[role]! *= 0.5;
    state.mistagged[role]! *= 0.5;
  }
  state.roleUs[role] = atUs;
  return silent;
};

/** A kind that comes out of place again and again adds up over days, whatever else is done between. */
const repeatOutOfPlace = (state: MonitorState, symbol: number, atUs: number, bits: number): number => {
  const days = Math.max(0, atUs - state.outOfPlaceUs[symbol]!) / DAY_US;
  state.outOfPlaceUs[symbol] = atUs;
  state.outOfPlace[symbol]! *= Math.exp(-FORGOTTEN_A_DAY * days);
  return accumulate(state.outOfPlace, symbol, bits);
};

/** Fills `raw` for a command that broke no rule. */
export const scoreCommand = (
  { model, policy, subsystemOf }: Monitor,
  state: MonitorState,
  command: ObservedCommand,
  symbol: number,
  pass: PassWindow | undefined,
): void => {
  const { role, atUs, args, executeUs } = command;
  const { raw, vector } = state;
  const begins = noticeSilence(state, role, atUs);
  const bits = surprise(model.transitions, state.contexts, role, symbol);
  const excess = argumentExcess(model.arguments, state.arguments, symbol, args);
  const entry = { atUs, symbol, subsystem: subsystemOf[symbol]!, role, excess };
  const rule = policy.commands[symbol]!;
  enterWindow(state.window, { ...entry, hazardous: rule.hazardous, tagged: executeUs > atUs }, subsystemOf);
  describeWindow(state.window, atUs, pass, vector);
  countCommand(model.rates, state.rates, symbol, atUs);
  raw[0] = accumulate(state.surprise, role, bits - model.usualBits[role]!);
  raw[1] = accumulate(state.unusual, role, excess - ARGUMENT_SLACK_BITS);
  raw[2] = argumentDrift(model.arguments, state.arguments, symbol, args);
  raw[4] = standardise(model.neighbours, vector);
  raw[3] = neighbourDistance(model.neighbours, vector);
  raw[5] = rateScore(model.rates, state.rates, symbol);
  raw[6] = paceScore(model.rates, state.rates, role, atUs);
  timingExcess(model.timing, state.timing, symbol, command, begins, timingBits);
  raw[7] = accumulate(state.untimely, role, timingBits[0]! - TIMING_SLACK_BITS);
  if (executeUs > atUs) raw[9] = accumulate(state.mistagged, role, timingBits[1]! - TAG_SLACK_BITS);
  raw[8] = repeatOutOfPlace(state, symbol, atUs, bits - model.usualOfKind[symbol]!);
};

/** Fusion by the maximum: the index of the rarest score, -1 where there are no tails. */
const rarest = ({ tails }: UplinkModel, state: MonitorState): number => {
  let leading = -1;
  for (let i = 0; i < tails.length; i++) {
    state.rarities[i] = rarity(tails[i]!, state.raw[i]!);
    if (leading < 0 || state.rarities[i]! > state.rarities[leading]!) leading = i;
  }
  return leading;
};

/** An alarm is told once: what has added up begins anew. */
const clearSums = ({ model }: Monitor, state: MonitorState, symbol: number, args: readonly number[]): void => {
  state.surprise.fill(0);
  state.unusual.fill(0);
  state.untimely.fill(0);
  state.mistagged.fill(0);
  state.outOfPlace[symbol] = 0;
  settleDrift(model.arguments, state.arguments, symbol, args);
  state.rates.up[symbol] = 0;
  state.rates.down[symbol] = 0;
  state.rates.pace.fill(0);
};

const quiet = { rule: undefined, score: 0, leading: undefined } as const;

export const assessCommand = (
  monitor: Monitor,
  calendar: MissionCalendar,
  state: MonitorState,
  command: ObservedCommand,
): Assessment => {
  const { model, policy } = monitor;
  const symbol = monitor.symbolOf.get(command.opcode) ?? -1;
  const pass = passAt(calendar, command.station, command.atUs, policy.passMarginUs);
  const rule = checkRules(policy, state.rules, symbol, command, pass);
  state.raw.fill(0);
  state.rarities.fill(0);
  if (rule !== undefined) {
    const verdict = escalates(policy, state.rules, command.atUs) ? 'lock' : 'hold';
    return { ...quiet, verdict, rule, score: Infinity, announced: false };
  }
  if (policy.unscoredModes.includes(command.mode)) return { ...quiet, verdict: 'pass', announced: false };
  if (isAnnounced(calendar, state.allowances, command)) return { ...quiet, verdict: 'pass', announced: true };
  scoreCommand(monitor, state, command, symbol, pass);
  const leading = rarest(model, state);
  const score = leading < 0 ? 0 : state.rarities[leading]!;
  if (!(score > model.hold.threshold))
    return { ...quiet, verdict: 'pass', score, leading: scorers[leading], announced: false };
  clearSums(monitor, state, symbol, command.args);
  const verdict = score > model.hold.threshold + model.lockBeyond ? 'lock' : 'hold';
  return { verdict, rule: undefined, score, leading: scorers[leading], announced: false };
};

/** Whether the channel of a refused frame is to be throttled. It moves nothing that a command is judged by. */
export const assessReject = (
  { model }: Monitor,
  state: MonitorState,
  { channel, atUs }: ObservedReject,
): { readonly throttle: boolean; readonly sum: number } => {
  const at = clampIndex(channel, bounds.channels);
  const sum = countReject(model.rates, state.rates, at, atUs);
  const throttle = sum > model.throttle.threshold;
  if (throttle) state.rates.rejects[at] = 0;
  return { throttle, sum };
};

/** One sentence for people: the verdict, what led to it, and the two scores behind it. */
export const explain = (state: MonitorState, { verdict, rule, score, leading, announced }: Assessment): string => {
  if (rule !== undefined) return `${verdict}: rule '${rule}'`;
  if (announced) return 'pass: announced';
  if (leading === undefined) return `${verdict}: no model`;
  const order = scorers
    .map((name, i) => ({ name, raw: state.raw[i]!, rarity: state.rarities[i]! }))
    .sort((a, b) => b.rarity - a.rarity)
    .slice(0, 3)
    .map((each) => `${each.name} ${each.raw.toFixed(1)} (${each.rarity.toFixed(1)})`);
  const days = Math.round(Math.exp(Math.min(score, 9) * Math.LN10));
  return `${verdict}: ${leading}, one nominal day in ${days}; ${order.join(', ')}`;
};
