// The archive's ring: bounded, oldest forgotten first, old versions untouched.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRing, heldIn, newest, withItem, withItems } from '../../../../src/ground/archive/ring.ts';

const filled = (capacity: number, count: number) => {
  let ring = emptyRing<number>(capacity);
  for (let i = 0; i < count; i++) ring = withItem(ring, i);
  return ring;
};

describe('ring', () => {
  it('keeps the newest items, at least its capacity and at most a chunk more, and answers oldest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 1000 }), (capacity, count) => {
        const ring = filled(capacity, count);
        const kept = newest(ring, Infinity, () => true);
        expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => count - kept.length + i));
        expect(kept.length).toBe(heldIn(ring));
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(capacity, count));
        expect(kept.length).toBeLessThanOrEqual(capacity + 64);
        expect(ring.added).toBe(count);
      }),
      { numRuns: 60 },
    );
  });

  it('takes many at once as it takes them one by one', () => {
    const batches = fc.array(fc.array(fc.integer(), { maxLength: 150 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), batches, (capacity, lists) => {
        const many = lists.reduce((ring, items) => withItems(ring, items), emptyRing<number>(capacity));
        const held = newest(many, Infinity, () => true);
        expect(held).toEqual(lists.flat().slice(-held.length || Infinity));
        expect(heldIn(many)).toBe(held.length);
        expect(held.length).toBeGreaterThanOrEqual(Math.min(capacity, lists.flat().length));
        expect(held.length).toBeLessThan(capacity + 64);
      }),
    );
  });

  it('serves the newest that pass, up to a limit', () => {
    const even = newest(filled(1000, 500), 3, (item) => item % 2 === 0);
    expect(even).toEqual([494, 496, 498]);
  });

  it('never changes an older version of itself', () => {
    const before = Object.freeze(filled(100, 99));
    const chunks = structuredClone(before.chunks);
    withItem(before, 99);
    expect(before.chunks).toEqual(chunks);
  });
});
