// The commands of the last half hour as a vector: counts by subsystem and role, pace (logarithm of gaps: median and
// median deviation, from a histogram), unusual arguments, hazard, tags, repetition, place in the pass, hour of the day.
// Bound: the newest 256 commands; more than that in half an hour lets the oldest out early.
import { bounds, type PassWindow } from './observed.ts';

const WINDOW_US = 1_800_000_000;
const DAY_US = 86_400_000_000;
const GAP_BINS = 24;
const PLACES = bounds.windowCommands;

export const vectorLength = bounds.subsystems + bounds.roles + 10;

export interface WindowState {
  readonly atUs: Float64Array;
  readonly symbols: Uint8Array;
  readonly roles: Uint8Array;
  readonly excess: Float64Array;
  /** Bit 0: hazardous, bit 1: waits for its time. */
  readonly marks: Uint8Array;
  readonly gaps: Uint8Array;
  /** Place of the oldest, and how many. */
  readonly ends: Uint16Array;
  readonly bySymbol: Uint16Array;
  readonly byRole: Uint16Array;
  readonly bySubsystem: Uint16Array;
  readonly byGap: Uint16Array;
  /** Hazardous, tagged. */
  readonly marked: Uint16Array;
  readonly excessSum: Float64Array;
}

export const firstWindow = (): WindowState => ({
  atUs: new Float64Array(PLACES),
  symbols: new Uint8Array(PLACES),
  roles: new Uint8Array(PLACES),
  excess: new Float64Array(PLACES),
  marks: new Uint8Array(PLACES),
  gaps: new Uint8Array(PLACES),
  ends: new Uint16Array(2),
  bySymbol: new Uint16Array(bounds.symbols),
  byRole: new Uint16Array(bounds.roles),
  bySubsystem: new Uint16Array(bounds.subsystems),
  byGap: new Uint16Array(GAP_BINS),
  marked: new Uint16Array(2),
  excessSum: new Float64Array(1),
});

/** One bin for each doubling of the gap, from milliseconds on. */
export const gapBin = (gapUs: number): number =>
  Math.min(GAP_BINS - 1, 32 - Math.clz32(Math.max(0, Math.min(0x7fff_ffff, gapUs / 1000))));

export interface WindowEntry {
  readonly atUs: number;
  readonly symbol: number;
  readonly subsystem: number;
  readonly role: number;
  readonly excess: number;
  readonly hazardous: boolean;
  readonly tagged: boolean;
}

const count = (w: WindowState, place: number, subsystem: number, sign: number): void => {
  w.bySymbol[w.symbols[place]!]! += sign;
  w.byRole[w.roles[place]!]! += sign;
  w.bySubsystem[subsystem]! += sign;
  w.byGap[w.gaps[place]!]! += sign;
  w.marked[0]! += sign * (w.marks[place]! & 1);
  w.marked[1]! += sign * (w.marks[place]! >> 1);
  w.excessSum[0]! += sign * w.excess[place]!;
};

const dropOldest = (w: WindowState, subsystemOf: Uint8Array): void => {
  const place = w.ends[0]!;
  count(w, place, subsystemOf[w.symbols[place]!]!, -1);
  w.ends[0] = (place + 1) % PLACES;
  w.ends[1]!--;
  if (w.ends[1] === 0) w.excessSum[0] = 0;
};

/** Takes a command in and lets those out that are older than the window. */
export const enterWindow = (w: WindowState, entry: WindowEntry, subsystemOf: Uint8Array): void => {
  while (w.ends[1]! > 0 && (w.ends[1] === PLACES || entry.atUs - w.atUs[w.ends[0]!]! > WINDOW_US))
    dropOldest(w, subsystemOf);
  const place = (w.ends[0]! + w.ends[1]!) % PLACES;
  const before = (place + PLACES - 1) % PLACES;
  w.atUs[place] = entry.atUs;
  w.symbols[place] = entry.symbol;
  w.roles[place] = entry.role;
  w.excess[place] = entry.excess;
  w.marks[place] = (entry.hazardous ? 1 : 0) | (entry.tagged ? 2 : 0);
  w.gaps[place] = w.ends[1] === 0 ? GAP_BINS - 1 : gapBin(entry.atUs - w.atUs[before]!);
  w.ends[1]!++;
  count(w, place, entry.subsystem, 1);
};

/** The bin in which half of the gaps are reached. */
const medianGap = (w: WindowState): number => {
  let left = (w.ends[1]! + 1) >> 1;
  for (let bin = 0; bin < GAP_BINS; bin++) {
    left -= w.byGap[bin]!;
    if (left <= 0) return bin;
  }
  return GAP_BINS - 1;
};

/** The distance from the median, in bins, that half of the gaps keep. */
const gapDeviation = (w: WindowState, median: number): number => {
  let left = (w.ends[1]! + 1) >> 1;
  for (let away = 0; away < GAP_BINS; away++) {
    if (median - away >= 0) left -= w.byGap[median - away]!;
    if (away > 0 && median + away < GAP_BINS) left -= w.byGap[median + away]!;
    if (left <= 0) return away;
  }
  return GAP_BINS;
};

/** Writes the vector of the window into `vector`. */
export const describeWindow = (
  w: WindowState,
  atUs: number,
  pass: PassWindow | undefined,
  vector: Float64Array,
): void => {
  let at = 0;
  for (let i = 0; i < bounds.subsystems; i++) vector[at++] = Math.log1p(w.bySubsystem[i]!);
  for (let i = 0; i < bounds.roles; i++) vector[at++] = Math.log1p(w.byRole[i]!);
  let repeated = 0;
  for (let i = 0; i < w.bySymbol.length; i++) repeated = Math.max(repeated, w.bySymbol[i]!);
  const median = medianGap(w);
  vector[at++] = Math.log1p(repeated);
  vector[at++] = median;
  vector[at++] = gapDeviation(w, median);
  vector[at++] = w.excessSum[0]! / Math.max(1, w.ends[1]!);
  vector[at++] = Math.log1p(w.marked[0]!);
  vector[at++] = Math.log1p(w.marked[1]!);
  vector[at++] = pass === undefined ? -1 : (atUs - pass.fromUs) / (pass.toUs - pass.fromUs);
  vector[at++] = Math.log1p(w.ends[1]!);
  const angle = ((atUs % DAY_US) / DAY_US) * 2 * Math.PI;
  vector[at++] = Math.sin(angle);
  vector[at] = Math.cos(angle);
};
