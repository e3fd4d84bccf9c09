// When things are usually done, as bits above what is average: at which hour a role begins to work, how long after the
// last of its kind a command comes, how far ahead it is tagged (the first of a load, and each after the one before).
import { bounds, type ObservedCommand } from './observed.ts';

const HOUR_US = 3_600_000_000;
const SECOND_US = 1_000_000;
const HOURS = 24;
const INTERVALS = 28;
const TAGS = 64;

/** Counts by row and bin; bits on average by row. */
export interface Histogram {
  readonly bins: number;
  readonly counts: Uint16Array;
  readonly totals: Uint32Array;
  readonly averageBits: Float64Array;
}

const histogram = (rows: number, bins: number): Histogram => ({
  bins,
  counts: new Uint16Array(rows * bins),
  totals: new Uint32Array(rows),
  averageBits: new Float64Array(rows),
});

export interface TimingModel {
  readonly hours: Histogram;
  readonly intervals: Histogram;
  readonly tags: Histogram;
}

export const emptyTimingModel = (): TimingModel => ({
  hours: histogram(bounds.roles, HOURS),
  intervals: histogram(bounds.symbols, INTERVALS),
  tags: histogram(bounds.roles * 2, TAGS),
});

export interface TimingState {
  readonly lastUs: Float64Array;
  /** By role: how far ahead its last tagged command was, in seconds; none in this spell of work is NaN. */
  readonly aheadS: Float64Array;
}

export const firstTimingState = (): TimingState => ({
  lastUs: new Float64Array(bounds.symbols).fill(Number.NaN),
  aheadS: new Float64Array(bounds.roles).fill(Number.NaN),
});

/** One bin for each doubling of the seconds. */
export const intervalBin = (seconds: number): number =>
  Math.min(INTERVALS - 1, 32 - Math.clz32(Math.max(0, Math.min(0x7fff_ffff, seconds))));

/** By sign and magnitude, somewhat finer than a bin for each doubling. */
export const tagBin = (seconds: number): number => {
  const magnitude = Math.min(TAGS / 2 - 1, Math.round(1.6 * Math.log2(1 + Math.abs(seconds))));
  return TAGS / 2 + (seconds < 0 ? -magnitude : magnitude);
};

/** Bits of a bin, half a count added to each. */
export const binBits = ({ bins, counts, totals }: Histogram, row: number, bin: number): number =>
  -Math.log2((counts[row * bins + bin]! + 0.5) / (totals[row]! + 0.5 * bins));

export const countBin = ({ bins, counts, totals }: Histogram, row: number, bin: number): void => {
  if (counts[row * bins + bin]! === 0xffff) return;
  counts[row * bins + bin]!++;
  totals[row]!++;
};

/** The entropy of what was counted, with the same half counts. Training only. */
export const averageRows = (of: Histogram): void => {
  for (let row = 0; row < of.totals.length; row++) {
    let sum = 0;
    for (let bin = 0; bin < of.bins; bin++) sum += of.counts[row * of.bins + bin]! * binBits(of, row, bin);
    of.averageBits[row] = sum / Math.max(1, of.totals[row]!);
  }
};

type Visit = (of: Histogram, row: number, bin: number) => void;

/** Names the bins that a command falls into; `begins` after a long silence of its role. Moves the state. */
export const visitTiming = (
  model: TimingModel,
  state: TimingState,
  symbol: number,
  command: ObservedCommand,
  begins: boolean,
  visit: Visit,
): void => {
  const { atUs, executeUs, role } = command;
  if (begins) {
    state.aheadS[role] = Number.NaN;
    visit(model.hours, role, Math.floor(atUs / HOUR_US) % HOURS);
  }
  const before = state.lastUs[symbol]!;
  state.lastUs[symbol] = atUs;
  if (!Number.isNaN(before)) visit(model.intervals, symbol, intervalBin((atUs - before) / SECOND_US));
  if (executeUs <= atUs) return;
  const aheadS = (executeUs - atUs) / SECOND_US;
  const last = state.aheadS[role]!;
  state.aheadS[role] = aheadS;
  visit(model.tags, role * 2 + (Number.isNaN(last) ? 0 : 1), tagBin(Number.isNaN(last) ? aheadS : aheadS - last));
};

/** Bits above the average: of hour and interval the more unusual one, and of the time tag. */
export const timingExcess = (
  model: TimingModel,
  state: TimingState,
  symbol: number,
  command: ObservedCommand,
  begins: boolean,
  excess: Float64Array,
): void => {
  excess.fill(0);
  visitTiming(model, state, symbol, command, begins, (of, row, bin) => {
    if (of.totals[row]! === 0) return;
    const which = of === model.tags ? 1 : 0;
    excess[which] = Math.max(excess[which]!, binBits(of, row, bin) - of.averageBits[row]!);
  });
};
