// The beat of a rate group as a pure step: when the next cycle is due, and what is said of one that came late.
import type { Step } from '../../kernel/machine.ts';

export interface Cycles {
  /** When the cycle that the timer is set for is due; always a multiple of the period. */
  readonly dueUs: number;
  readonly begun: number;
  readonly slips: number;
  readonly missed: number;
  readonly worstLateUs: number;
}

export type CycleAction =
  | { readonly type: 'arm'; readonly delayUs: number }
  | { readonly type: 'tick'; readonly cycle: number }
  | { readonly type: 'slipped'; readonly cycle: number; readonly lateUs: number; readonly missed: number };

export const noCycles: Cycles = { dueUs: 0, begun: 0, slips: 0, missed: 0, worstLateUs: 0 };

/** The first cycle is due at the next multiple of the period, so that groups of one orbiter keep step. */
export const begin = (cycles: Cycles, nowUs: number, periodUs: number): Step<Cycles, CycleAction> => {
  const dueUs = (Math.floor(nowUs / periodUs) + 1) * periodUs;
  return [
    { ...cycles, dueUs },
    { type: 'arm', delayUs: dueUs - nowUs },
  ];
};

/** A cycle begins. What was due meanwhile is left out and not made up for: late work is not doubled. */
export const beat = (cycles: Cycles, nowUs: number, periodUs: number): Step<Cycles, CycleAction> => {
  const lateUs = nowUs - cycles.dueUs;
  const missed = Math.floor(lateUs / periodUs);
  const dueUs = cycles.dueUs + (missed + 1) * periodUs;
  const cycle = cycles.dueUs / periodUs;
  const tick = { type: 'tick', cycle } as const;
  const arm = { type: 'arm', delayUs: dueUs - nowUs } as const;
  if (lateUs === 0) return [{ ...cycles, dueUs, begun: cycles.begun + 1 }, tick, arm];
  const next = {
    dueUs,
    begun: cycles.begun + 1,
    slips: cycles.slips + 1,
    missed: cycles.missed + missed,
    worstLateUs: Math.max(cycles.worstLateUs, lateUs),
  };
  // The word of the slip goes first: the tick may be held back by whoever causes it.
  return [next, { type: 'slipped', cycle, lateUs, missed }, tick, arm];
};
