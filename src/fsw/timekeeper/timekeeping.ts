// The clock as pure steps: readings move it, jumps are left out of it, commands set it.
// All of it in whole microseconds; a remainder carries what rate adjustment leaves over, so that nothing is lost.
import type { Step } from '../../kernel/machine.ts';
import { type ClockState, onBoardTimeUs, wrapClock } from '../clock-state.ts';

export interface Timekeeping {
  readonly clock: ClockState;
  /** Counter at the reading. */
  readonly counts: number;
  /** On-board nanoseconds gained per second of counts. */
  readonly ratePpb: number;
  /** In 1e-9 us: what the last correction left over, 0 <= remainder < 1e9. */
  readonly remainder: number;
  readonly readings: number;
  readonly jumps: number;
}

export type TimekeepingAction =
  | { readonly type: 'clock'; readonly clock: ClockState }
  | { readonly type: 'jumped'; readonly jumpUs: number }
  | { readonly type: 'set'; readonly stepUs: number }
  | { readonly type: 'adjusted'; readonly ratePpb: number };

type To = Step<Timekeeping, TimekeepingAction>;

/** At power-on the counter is 0 and the date is the epoch of the mission. */
export const firstTimekeeping = (epochUs: number): Timekeeping => ({
  clock: { readAtUs: 0, onBoardUs: epochUs },
  counts: 0,
  ratePpb: 0,
  remainder: 0,
  readings: 0,
  jumps: 0,
});

/**
 * A reading of the counter. One that is further than the limit from what the scheduler's time lets expect is a jump:
 * the clock then runs on by expectation (flywheel) and counts from the new value. The first reading has no expectation.
 */
export const takeReading = (state: Timekeeping, counts: number, nowUs: number, jumpLimitUs: number): To => {
  const expectedUs = nowUs - state.clock.readAtUs;
  const elapsed = counts - state.counts;
  const jumpUs = elapsed - expectedUs;
  const jumped = state.readings > 0 && Math.abs(jumpUs) > jumpLimitUs;
  const countedUs = jumped ? expectedUs : elapsed;
  const correction = countedUs * state.ratePpb + state.remainder;
  const wholeUs = Math.floor(correction / 1e9);
  const clock = { readAtUs: nowUs, onBoardUs: wrapClock(state.clock.onBoardUs + countedUs + wholeUs) };
  const next: Timekeeping = {
    ...state,
    clock,
    counts,
    remainder: correction - wholeUs * 1e9,
    readings: state.readings + 1,
    jumps: state.jumps + (jumped ? 1 : 0),
  };
  return jumped ? [next, { type: 'jumped', jumpUs }, { type: 'clock', clock }] : [next, { type: 'clock', clock }];
};

/** Sets the date of this instant; the counter is taken to have run nominally since its last reading. */
export const setTime = (state: Timekeeping, onBoardUs: number, nowUs: number): To => {
  const clock = { readAtUs: nowUs, onBoardUs: wrapClock(onBoardUs) };
  const counts = state.counts + (nowUs - state.clock.readAtUs);
  const stepUs = onBoardUs - onBoardTimeUs(state.clock, nowUs);
  return [
    { ...state, clock, counts, remainder: 0 },
    { type: 'set', stepUs },
    { type: 'clock', clock },
  ];
};

/** From the next reading on: the correction of the past stays as it was. */
export const adjustRate = (state: Timekeeping, ratePpb: number): To => [
  { ...state, ratePpb, remainder: 0 },
  { type: 'adjusted', ratePpb },
];
