// How unusual the values of a command's arguments are: how rare the value, how rare the step from the value before
// (both as bits above what such an argument has on average), and whether a series drifts: a two-sided CUSUM over the
// distance from its own moving mean (Page, 1954). The mean follows seasons; who drifts faster is seen.
import { bounds } from './observed.ts';
import type { CommandRule } from './policy.ts';

const VALUE_BINS = 32;
const STEP_BINS = 24;
export const IDENTIFIERS = 16;
export const ALPHA = 0.35;
const SLACK = 1.2;
const MOST_DEVIATIONS = 4;
const MOST_DRIFT = 40;
const SETTLING = 3;

export interface ArgumentModel {
  /** By symbol * 4 + argument: the trained range of a number, an identifier's declared one. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly identifiers: Uint8Array;
  /** 0 where values wander for ever (numbers of files): their rarity says nothing. */
  readonly steady: Uint8Array;
  readonly values: Uint16Array;
  readonly steps: Uint16Array;
  readonly totals: Uint32Array;
  /** Average bits of value and of step. */
  readonly averageBits: Float64Array;
  /** First drift slot of an argument, -1 for none; slots that follow each other are of identifiers. */
  readonly slots: Int16Array;
  readonly scales: Float64Array;
  /** The highest sum that training saw in a slot, and some more. */
  readonly highs: Float64Array;
}

export interface ArgumentState {
  readonly last: Float64Array;
  readonly means: Float64Array;
  readonly up: Float64Array;
  readonly down: Float64Array;
}

const ARGUMENTS = bounds.symbols * bounds.argumentsEach;

/** Slots for numbers; a number behind an identifier has sixteen, by identifier. Beyond the bound there are none. */
const slotsOf = (commands: readonly CommandRule[]): Int16Array => {
  const slots = new Int16Array(ARGUMENTS).fill(-1);
  let next = 0;
  commands.forEach(({ args }, symbol) => {
    args.slice(0, bounds.argumentsEach).forEach(({ identifier }, i) => {
      const wanted = args[0]?.identifier === true && i > 0 ? IDENTIFIERS : 1;
      if (identifier || next + wanted > bounds.driftSlots) return;
      slots[symbol * bounds.argumentsEach + i] = next;
      next += wanted;
    });
  });
  return slots;
};

export const emptyArgumentModel = (commands: readonly CommandRule[]): ArgumentModel => {
  const model: ArgumentModel = {
    low: new Float64Array(ARGUMENTS),
    high: new Float64Array(ARGUMENTS),
    identifiers: new Uint8Array(ARGUMENTS),
    steady: new Uint8Array(ARGUMENTS).fill(1),
    values: new Uint16Array(ARGUMENTS * VALUE_BINS),
    steps: new Uint16Array(ARGUMENTS * STEP_BINS),
    totals: new Uint32Array(ARGUMENTS),
    averageBits: new Float64Array(ARGUMENTS * 2),
    slots: slotsOf(commands),
    scales: new Float64Array(bounds.driftSlots),
    highs: new Float64Array(bounds.driftSlots).fill(1),
  };
  commands.forEach(({ args }, symbol) => {
    args.slice(0, bounds.argumentsEach).forEach(({ least, most, identifier }, i) => {
      const at = symbol * bounds.argumentsEach + i;
      model.low[at] = least;
      model.high[at] = most;
      model.identifiers[at] = identifier ? 1 : 0;
    });
  });
  return model;
};

export const firstArgumentState = (): ArgumentState => ({
  last: new Float64Array(ARGUMENTS).fill(Number.NaN),
  means: new Float64Array(bounds.driftSlots).fill(Number.NaN),
  up: new Float64Array(bounds.driftSlots),
  down: new Float64Array(bounds.driftSlots),
});

/** Outer bins are for numbers outside of the trained range; identifiers use all of them. */
export const valueBin = (model: ArgumentModel, at: number, value: number): number => {
  const low = model.low[at]!;
  const span = model.high[at]! - low;
  if (model.identifiers[at] === 1)
    return (
      Math.max(
        0,
        Math.min(VALUE_BINS - 1, span < VALUE_BINS ? value - low : ((value - low) * VALUE_BINS) / (span + 1)),
      ) | 0
    );
  if (value < low) return 0;
  if (value > model.high[at]!) return VALUE_BINS - 1;
  return 1 + Math.floor(((value - low) * (VALUE_BINS - 2)) / (span + 1));
};

/** Steps by sign and binary magnitude; 0 stands in the middle. */
export const stepBin = (step: number): number => {
  const magnitude = Math.min(11, 32 - Math.clz32(Math.min(Math.abs(step), 0x7fff_ffff)));
  return 12 + (step < 0 ? -magnitude : magnitude);
};

const bits = (count: number, total: number, bins: number): number => -Math.log2((count + 0.5) / (total + 0.5 * bins));

export const valueBits = (model: ArgumentModel, at: number, value: number): number =>
  bits(model.values[at * VALUE_BINS + valueBin(model, at, value)]!, model.totals[at]!, VALUE_BINS);

export const stepBits = (model: ArgumentModel, at: number, step: number): number =>
  bits(model.steps[at * STEP_BINS + stepBin(step)]!, model.totals[at]!, STEP_BINS);

export const countValue = (model: ArgumentModel, at: number, value: number): void => {
  model.values[at * VALUE_BINS + valueBin(model, at, value)]!++;
  model.totals[at]!++;
};

export const countStep = (model: ArgumentModel, at: number, step: number): void => {
  model.steps[at * STEP_BINS + stepBin(step)]!++;
};

/** Bits above the average of the most unusual argument. Keeps the last values. */
export const argumentExcess = (
  model: ArgumentModel,
  state: ArgumentState,
  symbol: number,
  args: readonly number[],
): number => {
  let excess = 0;
  for (let i = 0; i < args.length && i < bounds.argumentsEach; i++) {
    const at = symbol * bounds.argumentsEach + i;
    const value = args[i]!;
    const step = value - state.last[at]!;
    state.last[at] = value;
    if (model.totals[at]! === 0) continue;
    if (model.steady[at] === 1) excess = Math.max(excess, valueBits(model, at, value) - model.averageBits[at * 2]!);
    if (!Number.isNaN(step)) excess = Math.max(excess, stepBits(model, at, step) - model.averageBits[at * 2 + 1]!);
  }
  return excess;
};

export const driftSlot = (model: ArgumentModel, at: number, i: number, args: readonly number[]): number => {
  const slot = model.slots[at]!;
  if (slot < 0 || i === 0) return slot;
  return model.slots[at - i]! < 0 ? slot + (args[0]! & (IDENTIFIERS - 1)) : slot;
};

/** Moves the mean and the sums of one slot; deviations are counted up to four. */
export const moveDrift = (state: ArgumentState, slot: number, value: number, scale: number): number => {
  const mean = state.means[slot]!;
  if (Number.isNaN(mean)) {
    state.means[slot] = value;
    return 0;
  }
  if (state.up[slot]! < 0) {
    state.up[slot]!++;
    state.means[slot] = (mean + value) / 2;
    return 0;
  }
  const deviation = Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, (value - mean) / scale));
  state.means[slot] = mean + ALPHA * (value - mean);
  state.up[slot] = Math.min(MOST_DRIFT, Math.max(0, state.up[slot]! + deviation - SLACK));
  state.down[slot] = Math.min(MOST_DRIFT, Math.max(0, state.down[slot]! - deviation - SLACK));
  return Math.max(state.up[slot]!, state.down[slot]!);
};

/** The larger of both sums of the argument that drifts most, as a part of what training saw at most. */
export const argumentDrift = (
  model: ArgumentModel,
  state: ArgumentState,
  symbol: number,
  args: readonly number[],
): number => {
  let most = 0;
  for (let i = 0; i < args.length && i < bounds.argumentsEach; i++) {
    const at = symbol * bounds.argumentsEach + i;
    const slot = driftSlot(model, at, i, args);
    if (slot < 0 || model.steady[at] === 0 || model.scales[slot] === 0) continue;
    most = Math.max(most, moveDrift(state, slot, args[i]!, model.scales[slot]!) / model.highs[slot]!);
  }
  return most;
};

/**
 * After an alarm the arguments of that command settle: the next value is the mean, three more move it and count not.
 */
export const settleDrift = (
  model: ArgumentModel,
  state: ArgumentState,
  symbol: number,
  args: readonly number[],
): void => {
  for (let i = 0; i < args.length && i < bounds.argumentsEach; i++) {
    const slot = driftSlot(model, symbol * bounds.argumentsEach + i, i, args);
    if (slot < 0) continue;
    state.means[slot] = Number.NaN;
    state.up[slot] = -SETTLING;
    state.down[slot] = 0;
  }
};
