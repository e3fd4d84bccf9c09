// Rates over hours and days: for each kind of command a two-sided CUSUM of Poisson counts (Lucas, 1985), for each role
// its pace (EWMA of the logarithm of gaps, in deviations), for each channel a CUSUM of refused frames.
// Bound: one number each; sums end at 1000.
import { bounds } from './observed.ts';

const DAY_US = 86_400_000_000;
const MOST = 1000;
const PACE_ALPHA = 0.3;
const FASTER = 2;
const SLOWER = 0.5;

export interface RateModel {
  /** Commands a day by symbol, and the highest sums that training saw, some more. */
  readonly aDay: Float64Array;
  readonly highUp: Float64Array;
  readonly highDown: Float64Array;
  readonly paceMiddle: Float64Array;
  readonly paceScale: Float64Array;
  readonly rejectsADay: Float64Array;
}

export const emptyRateModel = (): RateModel => ({
  aDay: new Float64Array(bounds.symbols),
  highUp: new Float64Array(bounds.symbols).fill(1),
  highDown: new Float64Array(bounds.symbols).fill(1),
  paceMiddle: new Float64Array(bounds.roles),
  paceScale: new Float64Array(bounds.roles).fill(1),
  rejectsADay: new Float64Array(bounds.channels),
});

export interface RateState {
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly lastUs: Float64Array;
  readonly pace: Float64Array;
  readonly roleUs: Float64Array;
  readonly rejects: Float64Array;
  readonly rejectUs: Float64Array;
}

export const firstRateState = (): RateState => ({
  up: new Float64Array(bounds.symbols),
  down: new Float64Array(bounds.symbols),
  lastUs: new Float64Array(bounds.symbols).fill(Number.NaN),
  pace: new Float64Array(bounds.roles),
  roleUs: new Float64Array(bounds.roles).fill(Number.NaN),
  rejects: new Float64Array(bounds.channels),
  rejectUs: new Float64Array(bounds.channels).fill(Number.NaN),
});

const within = (value: number): number => Math.max(0, Math.min(MOST, value));

/**
 * One more of a kind: the sum above falls by twice the usual count of the time between, the one below rises by half.
 */
export const countCommand = (model: RateModel, state: RateState, symbol: number, atUs: number): void => {
  const before = state.lastUs[symbol]!;
  state.lastUs[symbol] = atUs;
  const days = Number.isNaN(before) ? 0 : Math.max(0, atUs - before) / DAY_US;
  const usual = model.aDay[symbol]! * days;
  state.up[symbol] = within(within(state.up[symbol]! - FASTER * usual) + 1);
  state.down[symbol] = within(state.down[symbol]! + SLOWER * usual - 1);
};

/** The sums of a kind as parts of what training saw at most. */
export const rateScore = (model: RateModel, state: RateState, symbol: number): number =>
  Math.max(state.up[symbol]! / model.highUp[symbol]!, state.down[symbol]! / model.highDown[symbol]!);

/** ln of the gap in seconds, from a tenth to an hour. */
export const logGap = (gapUs: number): number => Math.log(Math.max(0.1, Math.min(3600, gapUs / 1_000_000)));

/**
 * Deviations by which the role is faster than usual, averaged over some commands. Being slow is no sign of anything.
 */
export const paceScore = (model: RateModel, state: RateState, role: number, atUs: number): number => {
  const before = state.roleUs[role]!;
  state.roleUs[role] = atUs;
  if (Number.isNaN(before)) return 0;
  const faster = (model.paceMiddle[role]! - logGap(atUs - before)) / model.paceScale[role]!;
  state.pace[role] = (1 - PACE_ALPHA) * state.pace[role]! + PACE_ALPHA * faster;
  return Math.max(0, state.pace[role]!);
};

/** The sum of a channel after one more refused frame. */
export const countReject = (model: RateModel, state: RateState, channel: number, atUs: number): number => {
  const before = state.rejectUs[channel]!;
  state.rejectUs[channel] = atUs;
  const days = Number.isNaN(before) ? 0 : Math.max(0, atUs - before) / DAY_US;
  const usual = 4 * Math.max(2, model.rejectsADay[channel]!) * days;
  state.rejects[channel] = within(within(state.rejects[channel]! - usual) + 1);
  return state.rejects[channel]!;
};
