// Training of argument models: ranges and counts of two thirds of the weeks, the last third says whether an argument is
// steady, residuals around a moving mean give the scale that drift is measured in.
import {
  ALPHA,
  type ArgumentModel,
  type ArgumentState,
  countStep,
  countValue,
  driftSlot,
  firstArgumentState,
  IDENTIFIERS,
  moveDrift,
  stepBits,
  valueBits,
} from './argument-model.ts';
import { robustScale } from './neighbours.ts';
import { bounds, type ObservedCommand } from './observed.ts';

const WANDERS_BITS = 2;
const FEWEST = 6;
const SPARE_DEVIATIONS = 2;

type SymbolOf = ReadonlyMap<number, number>;
type Visit = (at: number, value: number, step: number, i: number, args: readonly number[]) => void;

const walk = (state: ArgumentState, symbolOf: SymbolOf, commands: readonly ObservedCommand[], visit: Visit): void => {
  for (const { opcode, args } of commands)
    args.slice(0, bounds.argumentsEach).forEach((value, i) => {
      const at = symbolOf.get(opcode)! * bounds.argumentsEach + i;
      visit(at, value, value - state.last[at]!, i, args);
      state.last[at] = value;
    });
};

/** Numbers are binned over what two thirds of the weeks showed, not over what is allowed. */
const narrowRanges = (model: ArgumentModel, symbolOf: SymbolOf, commands: readonly ObservedCommand[]): void => {
  const seen = new Map<number, readonly [low: number, high: number]>();
  for (const { opcode, args } of commands)
    args.slice(0, bounds.argumentsEach).forEach((value, i) => {
      const at = symbolOf.get(opcode)! * bounds.argumentsEach + i;
      const [low, high] = seen.get(at) ?? [value, value];
      seen.set(at, [Math.min(low, value), Math.max(high, value)]);
    });
  for (const [at, [low, high]] of seen) {
    if (model.identifiers[at] === 1) continue;
    model.low[at] = low;
    model.high[at] = high;
  }
};

const measureBits = (
  model: ArgumentModel,
  state: ArgumentState,
  symbolOf: SymbolOf,
  commands: readonly ObservedCommand[],
): void => {
  const sums = new Float64Array(model.averageBits.length);
  const counts = new Uint32Array(model.totals.length);
  const stepCounts = new Uint32Array(model.totals.length);
  walk(state, symbolOf, commands, (at, value, step) => {
    sums[at * 2]! += valueBits(model, at, value);
    counts[at]!++;
    if (Number.isNaN(step)) return;
    sums[at * 2 + 1]! += stepBits(model, at, step);
    stepCounts[at]!++;
  });
  for (let at = 0; at < counts.length; at++) {
    model.averageBits[at * 2] = sums[at * 2]! / Math.max(1, counts[at]!);
    model.averageBits[at * 2 + 1] = sums[at * 2 + 1]! / Math.max(1, stepCounts[at]!);
  }
};

/** Residuals of each slot around its moving mean; a slot with few of them takes the scale of its argument. */
const measureScales = (model: ArgumentModel, symbolOf: SymbolOf, commands: readonly ObservedCommand[]): void => {
  const means = new Map<number, number>();
  const residuals = new Map<number, number[]>();
  const pooled = new Map<number, number[]>();
  const argumentOf = new Map<number, number>();
  const add = (map: Map<number, number[]>, key: number, value: number): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };
  for (const { opcode, args } of commands)
    args.slice(0, bounds.argumentsEach).forEach((value, i) => {
      const at = symbolOf.get(opcode)! * bounds.argumentsEach + i;
      const slot = driftSlot(model, at, i, args);
      if (slot < 0) return;
      argumentOf.set(slot, at);
      const mean = means.get(slot);
      means.set(slot, mean === undefined ? value : mean + ALPHA * (value - mean));
      if (mean === undefined) return;
      add(residuals, slot, value - mean);
      add(pooled, at, value - mean);
    });
  for (const [slot, at] of argumentOf) {
    const own = residuals.get(slot) ?? [];
    const list = own.length >= FEWEST ? own : (pooled.get(at) ?? []);
    model.scales[slot] = list.length === 0 ? 0 : robustScale(list).scale;
  }
};

/** The highest sum of each slot, and two deviations more; slots of one argument share the highest of them. */
const measureHighs = (model: ArgumentModel, symbolOf: SymbolOf, commands: readonly ObservedCommand[]): void => {
  const state = firstArgumentState();
  const highs = new Map<number, number>();
  for (const { opcode, args } of commands)
    args.slice(0, bounds.argumentsEach).forEach((value, i) => {
      const at = symbolOf.get(opcode)! * bounds.argumentsEach + i;
      const slot = driftSlot(model, at, i, args);
      if (slot < 0 || model.scales[slot] === 0) return;
      highs.set(at, Math.max(highs.get(at) ?? 0, moveDrift(state, slot, value, model.scales[slot]!)));
    });
  for (const [at, high] of highs)
    for (let slot = model.slots[at]!, n = 0; n < IDENTIFIERS && slot + n < bounds.driftSlots; n++)
      if (n === 0 || model.slots[at - 1]! < 0) model.highs[slot + n] = high + SPARE_DEVIATIONS;
};

/** Fills `model` in place; `state` is a fresh one. */
export const trainArguments = (
  model: ArgumentModel,
  state: ArgumentState,
  symbolOf: SymbolOf,
  commands: readonly ObservedCommand[],
): void => {
  const most = Math.floor((commands.length * 2) / 3);
  const early = commands.slice(0, most);
  narrowRanges(model, symbolOf, early);
  const count: Visit = (at, value, step) => {
    countValue(model, at, value);
    if (!Number.isNaN(step)) countStep(model, at, step);
  };
  walk(state, symbolOf, early, count);
  measureBits(model, state, symbolOf, early);
  const before = model.averageBits.slice();
  measureBits(model, state, symbolOf, commands.slice(most));
  for (let at = 0; at < model.steady.length; at++)
    model.steady[at] = model.averageBits[at * 2]! - before[at * 2]! > WANDERS_BITS ? 0 : 1;
  walk(state, symbolOf, commands.slice(most), count);
  measureBits(model, state, symbolOf, commands);
  measureScales(model, symbolOf, commands);
  measureHighs(model, symbolOf, commands);
};
