// A rate group: one period, one tick for every component that works at it. See sdd.md.
import { channel, declare, event, outlet, timer } from '../../kernel/declare.ts';
import { u16, u32 } from '../../kernel/field.ts';

export const RateGroup = declare('RateGroup', {
  outlets: { tick: outlet<number>() },
  events: {
    CycleSlipped: event(
      0,
      'medium',
      {
        cycle: u32({ doc: 'cycle that came late' }),
        lateUs: u32({ unit: 'us' }),
        missed: u16({ doc: 'cycles left out' }),
      },
      'cycle {cycle} came {lateUs} us late, {missed} left out',
    ),
  },
  channels: {
    cycles: channel(0, u32({ doc: 'cycles begun' })),
    slips: channel(1, u32({ doc: 'cycles that came late' })),
    missed: channel(2, u32({ doc: 'cycles left out' })),
    worstLateUs: channel(3, u32({ unit: 'us' })),
  },
  timers: { next: timer() },
});
