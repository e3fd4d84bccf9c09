// Ticks at one period. Consumers take ticks through inlets that block, so that a consumer which has not finished holds
// the group back: the next cycle then comes late, and lateness is what a slip is.
import { type Component, component } from '../../kernel/component.ts';
import { beat, begin, noCycles } from './cycle.ts';
import { RateGroup } from './declaration.ts';

export interface RateGroupOptions {
  readonly periodUs: number;
}

const MOST_U32 = 0xffff_ffff;

export const rateGroup = ({ periodUs }: RateGroupOptions): Component<(typeof RateGroup)['shape']> =>
  component(RateGroup, ({ boot, timer, now, run, sinks }) => {
    const cycles = run(noCycles)
      .on(boot, (state) => begin(state, now(), periodUs))
      .on(timer.next, (state) => beat(state, now(), periodUs));
    return sinks({
      out: { tick: cycles.only('tick', ({ cycle }) => cycle) },
      evr: {
        CycleSlipped: cycles.only('slipped', ({ cycle, lateUs, missed }) => ({
          cycle,
          lateUs: Math.min(lateUs, MOST_U32),
          missed: Math.min(missed, 0xffff),
        })),
      },
      tlm: {
        cycles: cycles.state((state) => state.begun),
        slips: cycles.state((state) => state.slips),
        missed: cycles.state((state) => state.missed),
        worstLateUs: cycles.state((state) => Math.min(state.worstLateUs, MOST_U32)),
      },
      timer: { next: cycles.only('arm', ({ delayUs }) => delayUs) },
    });
  });
