import { describe, expect, it } from 'vitest';
import { expectProcedureLaws, expectVisited } from '../../support/procedures-laws.ts';

const MESSAGES = 1_000_000;

describe('extended procedures, at length', () => {
  it('B10 B11 B12 A18 A19 A20 A21 A40 hold their laws over 1 000 000 mutated messages', () => {
    const words = expectProcedureLaws(20261121, MESSAGES, 0.85);
    expectVisited(words);
    expect([...words.values()].reduce((sum, count) => sum + count, 0)).toBe(MESSAGES);
  });

  it('hold them over 200 000 commands that are well formed', () => {
    expectVisited(expectProcedureLaws(7, 200_000, 0));
  });
});
