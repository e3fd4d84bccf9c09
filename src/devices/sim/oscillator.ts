// Simulated twin of the oscillator: offset, constant drift and jumps, as options. No noise: an oscillator of this class
// wanders by nanoseconds over the second between two readings, below the resolution of the counter.
import { Oscillator, type OscillatorReading } from '../../hal/oscillator.ts';
import { type Component, component } from '../../kernel/component.ts';

/** The counter leaps once, at a time of the run. */
export interface ClockJump {
  readonly atUs: number;
  readonly byUs: number;
}

export interface OscillatorFaults {
  /** Counts at the start of the run. */
  readonly offsetUs: number;
  /** Parts per million that the counter runs fast (positive) or slow. */
  readonly driftPpm: number;
  readonly jumps: readonly ClockJump[];
}

export const perfectOscillator: OscillatorFaults = { offsetUs: 0, driftPpm: 0, jumps: [] };

/** The counter at a time of the run: pure, so that a saved run goes on with the same clock. */
export const countsAt = ({ offsetUs, driftPpm, jumps }: OscillatorFaults, nowUs: number): number => {
  let counts = offsetUs + nowUs + Math.floor((nowUs / 1e6) * driftPpm);
  for (const jump of jumps) if (jump.atUs <= nowUs) counts += jump.byUs;
  return Math.max(0, counts);
};

export const oscillator = (faults: Partial<OscillatorFaults> = {}): Component<(typeof Oscillator)['shape']> => {
  const options = { ...perfectOscillator, ...faults };
  return component(Oscillator, ({ in: i, now, run, sinks }) => {
    const counter = run(0).on(i.latch, () => {
      const counts = countsAt(options, now());
      return [counts, { type: 'reading', counts }];
    });
    return sinks({
      out: { reading: counter.only('reading', ({ counts }): OscillatorReading => ({ counts })) },
      tlm: { counts: counter.state((counts) => counts) },
    });
  });
};
