import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequeue, emptyFifo, enqueue, type Fifo, peek } from '../../../src/kernel/fifo.ts';

describe('fifo', () => {
  it('gives what an array gives, for any order of adding and taking', () => {
    const steps = fc.array(fc.oneof(fc.constant('add' as const), fc.integer({ min: 0, max: 70 })), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (all) => {
        let fifo: Fifo<number> = emptyFifo();
        const model: number[] = [];
        let next = 0;
        for (const step of all) {
          for (let more = 0; step === 'add' && more < 11; more++) {
            fifo = enqueue(fifo, next);
            model.push(next++);
          }
          if (step === 'add') continue;
          const [items, left] = dequeue(fifo, step);
          expect(items).toEqual(model.splice(0, step));
          fifo = left;
        }
        expect([fifo.count, peek(fifo)]).toEqual([model.length, model[0]]);
      }),
    );
  });

  it('leaves an older version as it was', () => {
    let fifo: Fifo<number> = emptyFifo();
    for (let n = 0; n < 100; n++) fifo = enqueue(fifo, n);
    const before = structuredClone(fifo);
    enqueue(dequeue(fifo, 40)[1], 7);
    expect(fifo).toEqual(before);
  });
});
