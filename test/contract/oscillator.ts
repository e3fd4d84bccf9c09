// What every twin of the oscillator owes: one reading for each latch, in the same instant, of a counter in its range
// that runs on at about one count a microsecond.
import { expect, it } from 'vitest';
import type { Oscillator, OscillatorReading } from '../../src/hal/oscillator.ts';
import type { Component } from '../../src/kernel/component.ts';
import { componentBench } from '../support/component-bench.ts';

/** `toleranceUs` is how far a second may be from a million counts. */
export const oscillatorContract = (make: () => Component<(typeof Oscillator)['shape']>, toleranceUs: number): void => {
  const bench = () => {
    const made = componentBench(make());
    return { ...made, readings: () => made.out<OscillatorReading>('reading').map(({ counts }) => counts) };
  };

  it('answers each latch with one reading in the same instant', () => {
    const b = bench();
    for (let n = 1; n <= 3; n++) {
      b.send('latch', n);
      expect(b.readings().length).toBe(n);
    }
    expect(b.value('counts')).toBe(b.readings().at(-1));
  });

  it('counts whole microseconds from 0 to 2^48', () => {
    const b = bench();
    for (let n = 0; n < 20; n++) {
      b.run(777_777);
      b.send('latch', n);
    }
    for (const counts of b.readings()) {
      expect(Number.isInteger(counts)).toBe(true);
      expect(counts).toBeGreaterThanOrEqual(0);
      expect(counts).toBeLessThan(2 ** 48);
    }
  });

  it('runs at about one count a microsecond', () => {
    const b = bench();
    b.send('latch', 0);
    b.run(999_999);
    b.send('latch', 1);
    const [first, second] = b.readings();
    expect(Math.abs(second! - first! - 1_000_000)).toBeLessThanOrEqual(toleranceUs);
  });
};
