import { describe, expect, it } from 'vitest';
import { figureLine } from '../../../../apps/bench/figure-line.ts';
import { figure } from '../../../bench/figure.ts';

describe('a figure as a line', () => {
  it('says what was measured, against what, and whether the goal holds', () => {
    const made = figure({
      name: 'kernel/deliveries',
      unit: 'deliveries/s',
      ours: 4_823_456,
      against: 'plain function calls',
      reference: 490_000_000,
      goal: 3_000_000,
    });
    expect(figureLine(made)).toBe(
      'holds  kernel/deliveries: 4.82 M deliveries/s against 490 M (plain function calls), ratio 0.00984, goal 3000000',
    );
    expect(figureLine({ ...made, holds: false }).startsWith('FAILS  kernel/deliveries')).toBe(true);
  });

  it.each([
    [0, '0'],
    [1.4839, '1.48'],
    [9999, '10000'],
    [12_345, '12.3 k'],
    [3_736_000_000, '3.74 G'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('shortens %s to %s', (ours, text) => {
    const made = figure({ name: 'x', unit: 'u', ours, against: 'y', reference: 1, goal: 0 });
    expect(figureLine(made)).toContain(`x: ${text} u against 1 (y)`);
  });
});
