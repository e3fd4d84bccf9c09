import { describe, expect, it } from 'vitest';
import { runLink } from '../../support/cop1-link.ts';

describe('FOP-1 against FARM-1 over a bad link, at length', () => {
  it('C54 delivers every AD command once and in order, or has alerted, for 5000 seeds', () => {
    let quiet = 0;
    for (let seed = 0; seed < 5000; seed++) {
      const run = runLink(seed);
      expect(run.wrong).toEqual([]);
      expect(run.delivered).toBe(40);
      if (run.alerts === 0) quiet += 1;
    }
    expect(quiet).toBeGreaterThan(1000);
  });
});
