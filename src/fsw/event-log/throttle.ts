// A bound on how often one event may speak: so many reports in a window, then silence and a count of what was not said.
// The window starts with the first report and ends by itself, so that a steady flood shows once per window.
import type { Throttle } from '../../kernel/declare.ts';

/** What throttles an event whose declaration says nothing about it. */
export const defaultThrottle: Throttle = { count: 8, windowUs: 10_000_000 };

/** The gate of one event. */
export interface Gate {
  readonly openedUs: number;
  /** Reports that passed in this window: 0 means that no window runs. */
  readonly passed: number;
  readonly suppressed: number;
}

export const openGate: Gate = { openedUs: 0, passed: 0, suppressed: 0 };

const ended = (gate: Gate, { windowUs }: Throttle, nowUs: number): boolean =>
  gate.passed > 0 && nowUs - gate.openedUs >= windowUs;

/** One report asks to pass. The caller has closed the window first, if it had ended. */
export const admit = (gate: Gate, throttle: Throttle, nowUs: number): readonly [gate: Gate, passes: boolean] => {
  if (gate.passed === 0) return [{ openedUs: nowUs, passed: 1, suppressed: 0 }, true];
  if (gate.passed < throttle.count) return [{ ...gate, passed: gate.passed + 1 }, true];
  return [{ ...gate, suppressed: gate.suppressed + 1 }, false];
};

/** Ends the window if its time is over. The number is of the reports that it held back. */
export const closeEnded = (gate: Gate, throttle: Throttle, nowUs: number): readonly [gate: Gate, heldBack: number] =>
  ended(gate, throttle, nowUs) ? [openGate, gate.suppressed] : [gate, 0];
