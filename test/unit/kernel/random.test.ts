import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';

describe('chance', () => {
  it('is the same for one seed, in every process and on every engine', () => {
    const random = new Random('flight');
    expect([random.uint32(), random.uint32(), random.below(1000), random.uniform()]).toMatchInlineSnapshot(`
      [
        2770942629,
        3842624736,
        735,
        0.07109277485869825,
      ]
    `);
  });

  it('of a fork does not depend on who else draws', () => {
    const alone = new Random('flight').fork('radio');
    const parent = new Random('flight');
    parent.uint32();
    const crowded = parent.fork('radio');
    parent.fork('store').uint32();
    expect(crowded.uint32()).toBe(alone.uint32());
    expect(new Random('flight').fork('store').uint32()).not.toBe(new Random('flight').fork('radio').uint32());
  });

  it('below is even', () => {
    const random = new Random('even');
    const counts = new Array<number>(10).fill(0);
    for (let n = 0; n < 100_000; n++) counts[random.below(10)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
