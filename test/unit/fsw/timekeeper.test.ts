import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apidAt } from '../../../src/ccsds/space-packet/space-packet.ts';
import { readCuc42 } from '../../../src/ccsds/time-code/cuc-4-2.ts';
import { crc16 } from '../../../src/codec/crc16.ts';
import { type ClockState, onBoardTimeUs } from '../../../src/fsw/clock-state.ts';
import { timekeeper } from '../../../src/fsw/timekeeper/behaviour.ts';
import { adjustRate, firstTimekeeping, takeReading } from '../../../src/fsw/timekeeper/timekeeping.ts';
import { componentBench } from '../../support/component-bench.ts';
import { orbiterBench } from '../../support/orbiter-bench.ts';

const EPOCH_US = 2_000_000_000_000_000;

const bench = () => {
  const made = componentBench(timekeeper({ epochUs: EPOCH_US }));
  const clock = (): ClockState => made.out<ClockState>('clock').at(-1)!;
  /** A reading so many microseconds on, in which the counter has gained that much more. */
  const read = (afterUs: number, gainedUs = 0): void => {
    made.run(afterUs - 1);
    counted += afterUs + gainedUs;
    made.send('reading', { counts: counted });
  };
  let counted = 0;
  return { ...made, clock, read };
};

describe('timekeeper', () => {
  it('TIM-01 latches the oscillator when it starts and on each tick, and tells the state of the clock', () => {
    const b = bench();
    b.send('tick', 1);
    expect(b.out('latch').length).toBe(2);
    b.read(1_000_000);
    expect(b.clock()).toEqual({ readAtUs: 1_000_001, onBoardUs: EPOCH_US + 1_000_000 });
  });

  it('TIM-02 follows the counter with its drift', () => {
    const b = bench();
    b.read(1_000_000);
    b.read(1_000_000, 25);
    b.read(1_000_000, 25);
    expect(b.clock().onBoardUs).toBe(EPOCH_US + 3_000_050);
    expect(onBoardTimeUs(b.clock(), b.clock().readAtUs + 500)).toBe(EPOCH_US + 3_000_550);
  });

  it('TIM-03 leaves a jump of the counter out, and tells of it', () => {
    const b = bench();
    b.read(1_000_000);
    b.read(1_000_000, 5_000_000);
    b.read(1_000_000, -70_000);
    b.read(1_000_000, 10);
    expect(b.clock().onBoardUs).toBe(EPOCH_US + 4_000_010);
    expect([b.told, b.value('jumps')]).toEqual([['ClockJumped', 'ClockJumped'], 2]);
    expect(b.eventArgs).toEqual([{ jump: 5_000_000 }, { jump: -70_000 }]);
  });

  it('TIM-04 sets the date and tells by how much it stepped', () => {
    const b = bench();
    b.read(1_000_000);
    b.call('SetTime', { seconds: 2_000_000_100, fraction: 32_768 });
    expect(b.clock().onBoardUs).toBe(EPOCH_US + 100_500_000);
    expect([b.outcomes, b.eventArgs]).toEqual([['done'], [{ step: 99_499_999 }]]);
    b.read(1_000_000);
    expect(b.clock().onBoardUs - EPOCH_US - 101_500_000).toBeLessThanOrEqual(2);
  });

  it('TIM-05 gains the rate that is asked for, and loses nothing by rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 1, max: 50 }), (ratePpb, readings) => {
        let state = adjustRate({ ...firstTimekeeping(EPOCH_US), readings: 1 }, ratePpb)[0];
        for (let n = 1; n <= readings; n++) state = takeReading(state, n * 1_000_003, n * 1_000_003, 10)[0];
        const counted = readings * 1_000_003;
        expect(state.clock.onBoardUs - EPOCH_US).toBe(counted + Math.floor((counted * ratePpb) / 1e9));
      }),
    );
  });

  it('TIM-05 takes the rate as a command', () => {
    const b = bench();
    b.read(1_000_000);
    b.call('AdjustRate', { rate: 100_000 });
    b.read(1_000_000);
    expect(b.clock().onBoardUs).toBe(EPOCH_US + 2_000_100);
    expect([b.outcomes, b.eventArgs, b.value('rate')]).toEqual([['done'], [{ rate: 100_000 }], 100_000]);
  });

  it('TIM-06 makes a time packet for each mark, with the time of the mark', () => {
    const b = bench();
    b.read(1_000_000);
    b.send('mark', { atUs: b.clock().readAtUs + 250_000, rateExponent: 3, frameCount: 16 });
    b.send('mark', { atUs: b.clock().readAtUs + 350_000, rateExponent: 3, frameCount: 24 });
    const [first, second] = b.out<Uint8Array>('timePacket');
    expect([apidAt(first!), first![6], first![3], second![3], crc16(first!)]).toEqual([0, 3, 0, 1, 0]);
    const time = readCuc42(first!, 7) - EPOCH_US;
    expect(Math.abs(time - 1_250_000)).toBeLessThanOrEqual(16);
    expect([b.value('timePackets'), b.value('lastMarkCount')]).toEqual([2, 24]);
  });

  it('TIM-06 tells the drift of the oscillator to the ground', () => {
    const b = orbiterBench({ clock: { driftPpm: 50 } });
    b.run(120_000_000);
    const times = b.times.map((octets) => readCuc42(octets, 7));
    expect(times.length).toBeGreaterThan(6);
    const elapsed = times.at(-1)! - times[0]!;
    const nominal = Math.round(elapsed / 1.00005 / 100_000) * 100_000;
    expect(Math.abs((elapsed / nominal - 1) * 1e6 - 50)).toBeLessThan(1);
  });

  it('TIM-08 begins again after 2^32 s, and telemetry goes on', () => {
    const b = orbiterBench();
    b.run(50_000);
    b.command('timekeeper.SetTime', { seconds: 0xffff_ffff, fraction: 0 });
    b.run(5_000_000);
    b.command('connectionTest.AreYouAlive');
    b.run(1_000_000);
    expect(b.kinds([17])).toEqual(['17,2']);
    expect(readCuc42(b.packets.at(-1)!.time)).toBeLessThan(10_000_000);
    expect(b.value('timekeeper.onBoardTime')).toBeLessThan(10);
  });

  it('TIM-07 takes the first reading as it is', () => {
    const b = bench();
    b.read(1_000_000, 77_000_000);
    expect([b.clock().onBoardUs, b.told]).toEqual([EPOCH_US + 78_000_000, []]);
  });
});
