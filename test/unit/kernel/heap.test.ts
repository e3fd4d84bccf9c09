import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap } from '../../../src/kernel/heap.ts';

describe('the heap', () => {
  type Model = Map<number, { time: number; sequence: number }>;
  const firstOf = (model: Model) =>
    [...model].sort(([, a], [, b]) => a.time - b.time || a.sequence - b.sequence)[0]?.[0];

  it('does what a sorted list does', () => {
    const step = fc.oneof(
      fc.record({ set: fc.nat(40), time: fc.nat(30) }),
      fc.record({ remove: fc.nat(40) }),
      fc.constant('pop' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const heap = new Heap();
        const model: Model = new Map();
        steps.forEach((each, sequence) => {
          if (each === 'pop') {
            const first = firstOf(model);
            if (first === undefined) return;
            expect(heap.pop()).toBe(first);
            model.delete(first);
          } else if ('set' in each) {
            heap.set(each.set, each.time, sequence);
            model.set(each.set, { time: each.time, sequence });
          } else {
            heap.remove(each.remove);
            model.delete(each.remove);
          }
          expect(heap.size).toBe(model.size);
          const first = firstOf(model);
          expect(heap.firstTime).toBe(first === undefined ? Infinity : model.get(first)!.time);
        });
      }),
    );
  });

  it('grows', () => {
    const heap = new Heap();
    for (let id = 0; id < 1_000; id++) heap.set(id, 1_000 - id, id);
    expect(Array.from({ length: 1_000 }, () => heap.pop())).toEqual(Array.from({ length: 1_000 }, (_, n) => 999 - n));
  });
});
