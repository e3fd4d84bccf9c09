// The on-board clock: what an oscillator's counter means as a date. See sdd.md.
import type { OscillatorReading } from '../../hal/oscillator.ts';
import { channel, command, declare, event, inlet, outlet, param } from '../../kernel/declare.ts';
import { f64, i32, u8, u16, u32, u48 } from '../../kernel/field.ts';
import type { ClockState } from '../clock-state.ts';
import type { TimeMark } from '../time-mark.ts';

export const Timekeeper = declare('Timekeeper', {
  inlets: {
    tick: inlet<number>({ depth: 1, full: 'block' }),
    reading: inlet<OscillatorReading>({ depth: 4, full: 'dropOldest' }),
    mark: inlet<TimeMark>({ depth: 4, full: 'dropOldest' }),
  },
  outlets: { latch: outlet<number>(), clock: outlet<ClockState>(), timePacket: outlet<Uint8Array>() },
  commands: {
    SetTime: command(
      0,
      { seconds: u32({ unit: 's', doc: 'since 1958-01-01 TAI' }), fraction: u16({ doc: 'in 1/65536 s' }) },
      { doc: 'sets the on-board date of the instant of execution' },
    ),
    AdjustRate: command(
      1,
      { rate: i32({ unit: 'ppb', min: -1_000_000, max: 1_000_000, doc: 'gained per second of counts' }) },
      { doc: 'makes the on-board clock run faster or slower than its oscillator' },
    ),
  },
  events: {
    TimeSet: event(0, 'info', { step: f64({ unit: 'us', doc: 'new less old' }) }, 'clock set by {step} us'),
    RateAdjusted: event(1, 'info', { rate: i32({ unit: 'ppb' }) }, 'clock rate set to {rate} ppb'),
    ClockJumped: event(
      2,
      'medium',
      { jump: f64({ unit: 'us', doc: 'counts less what was expected' }) },
      'oscillator jumped by {jump} us: left out of the clock',
    ),
  },
  channels: {
    onBoardTime: channel(0, u48({ unit: 's', doc: 'on-board time at the last reading, since 1958-01-01 TAI' })),
    rate: channel(1, i32({ unit: 'ppb' })),
    readings: channel(2, u32()),
    jumps: channel(3, u32({ doc: 'jumps of the counter that were left out' })),
    timePackets: channel(4, u32({ doc: 'time packets made' })),
    lastMarkCount: channel(5, u8({ doc: 'frame count that the last time packet speaks of' })),
  },
  params: {
    jumpLimit: param(
      0,
      u32({ unit: 'us', min: 10, doc: 'a reading further than this from expectation is a jump' }),
      10_000,
    ),
  },
});
