// What the ground trained and uploaded: tables, scales, references, tails, thresholds. Plain data of bounded size, and
// constant on board: a monitor that learnt in flight could be taught.
import { type ArgumentModel, emptyArgumentModel } from './argument-model.ts';
import type { NeighbourModel } from './neighbours.ts';
import { bounds } from './observed.ts';
import type { UplinkPolicy } from './policy.ts';
import { emptyRateModel, type RateModel } from './rate-watch.ts';
import type { ConformalThreshold, Tail } from './tail.ts';
import { emptyTimingModel, type TimingModel } from './timing-model.ts';
import { emptyTable, type TransitionTable } from './transition-table.ts';

/** In the order of `raw` and `rarities` of a state. */
// biome-ignore format: one list of words
export const scorers = [
  'transition', 'argument', 'drift', 'neighbour', 'robust z', 'rate', 'pace', 'timing', 'repetition', 'time tag',
] as const;
export type Scorer = (typeof scorers)[number];

export interface UplinkModel {
  readonly transitions: TransitionTable;
  /** Bits of surprise that a role has on average, and one more: what is above adds up. */
  readonly usualBits: Float64Array;
  /** The same of each kind of command, whoever sends it. */
  readonly usualOfKind: Float64Array;
  readonly timing: TimingModel;
  readonly arguments: ArgumentModel;
  readonly neighbours: NeighbourModel;
  readonly rates: RateModel;
  /** One for each scorer. */
  readonly tails: readonly Tail[];
  readonly hold: ConformalThreshold;
  /** So much rarer than what holds (-log10) locks. */
  readonly lockBeyond: number;
  /** Of the sum of refused frames on one channel. */
  readonly throttle: ConformalThreshold;
}

const nothing: ConformalThreshold = { threshold: Infinity, falseAlarmsADay: 0 };

/** A model that has seen nothing and never alarms; hard rules hold with it too. */
export const untrained = (policy: UplinkPolicy): UplinkModel => ({
  transitions: emptyTable(policy.commands.length),
  usualBits: new Float64Array(bounds.roles),
  usualOfKind: new Float64Array(bounds.symbols),
  timing: emptyTimingModel(),
  arguments: emptyArgumentModel(policy.commands),
  neighbours: {
    length: 0,
    k: 1,
    medians: new Float64Array(0),
    scales: new Float64Array(0),
    references: new Float32Array(0),
  },
  rates: emptyRateModel(),
  tails: [],
  hold: nothing,
  lockBeyond: 2,
  throttle: nothing,
});

/** Octets of all typed arrays in plain data. */
export const octetsOf = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each: unknown) => sum + octetsOf(each), 0);
};
