import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Wheel } from '../../../src/kernel/wheel.ts';

/** A sorted list that knows nothing of slots. */
class Naive {
  readonly entries: { id: number; time: number; sequence: number }[] = [];

  set(id: number, time: number, sequence: number): void {
    this.remove(id);
    this.entries.push({ id, time, sequence });
    this.entries.sort((a, b) => a.time - b.time || a.sequence - b.sequence);
  }

  remove(id: number): void {
    const at = this.entries.findIndex((each) => each.id === id);
    if (at >= 0) this.entries.splice(at, 1);
  }
}

const id = fc.nat(60);
/** Delays of every level: the same instant, the same turn, and days and years ahead. */
const delay = fc.oneof(
  fc.constantFrom(0, 0, 1, 1_023, 1_024, 1_025, 2 ** 20 - 1, 2 ** 20, 2 ** 31, 2 ** 32 + 1, 2 ** 40, 2 ** 50),
  fc.nat(3),
  fc.nat(3_000),
  fc.nat(3_000_000),
  fc.maxSafeNat(),
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ set: id, delay }) },
  { weight: 1, arbitrary: fc.record({ input: id, delay }) },
  { weight: 1, arbitrary: fc.record({ remove: id }) },
  { weight: 3, arbitrary: fc.constant('pop' as const) },
  { weight: 1, arbitrary: fc.constant('look' as const) },
);

describe('the timing wheel', () => {
  it('does what a sorted list does', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const wheel = new Wheel();
        const naive = new Naive();
        let now = 0;
        let sequence = 0;
        let inputSequence = -(2 ** 52);
        const set = (which: number, delayUs: number, at: number) => {
          const time = Math.min(now + delayUs, Number.MAX_SAFE_INTEGER);
          wheel.set(which, time, at);
          naive.set(which, time, at);
        };
        for (const each of steps) {
          if (each === 'pop') {
            const first = naive.entries.shift();
            if (first === undefined) continue;
            now = first.time;
            expect(wheel.firstTime).toBe(first.time);
            expect(wheel.pop()).toBe(first.id);
          } else if (each === 'look') {
            expect(wheel.firstTime).toBe(naive.entries[0]?.time ?? Infinity);
          } else if ('set' in each) set(each.set, each.delay, sequence++);
          else if ('input' in each) set(each.input, each.delay, inputSequence++);
          else {
            wheel.remove(each.remove);
            naive.remove(each.remove);
            expect(wheel.timeOf(each.remove)).toBe(Infinity);
          }
          expect(wheel.size).toBe(naive.entries.length);
        }
        expect(wheel.entries()).toEqual(naive.entries);
        for (const { id: next, time, sequence: at } of naive.entries) {
          expect(wheel.sequenceOf(next)).toBe(at);
          expect(wheel.timeOf(next)).toBe(time);
          expect(wheel.pop()).toBe(next);
        }
        expect(wheel.firstTime).toBe(Infinity);
      }),
      { numRuns: 500 },
    );
  });

  it('filled again from its entries, at any time, it goes on in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(delay, fc.nat(9)), { maxLength: 100 }), fc.nat(60), (delays, taken) => {
        const wheel = new Wheel();
        delays.forEach(([delayUs, salt], at) => {
          wheel.set(at, delayUs, (at * 7 + salt) % 997);
        });
        for (let count = Math.min(taken, delays.length); count > 0; count--) wheel.pop();
        const entries = wheel.entries();
        wheel.clear();
        expect(wheel.size).toBe(0);
        for (const each of [...entries].reverse()) wheel.set(each.id, each.time, each.sequence);
        expect(entries.map(() => wheel.pop())).toEqual(entries.map((each) => each.id));
      }),
    );
  });

  it('grows', () => {
    const wheel = new Wheel();
    for (let each = 0; each < 1_000; each++) wheel.set(each, 1_000 - each, each);
    expect(Array.from({ length: 1_000 }, () => wheel.pop())).toEqual(Array.from({ length: 1_000 }, (_, n) => 999 - n));
  });

  it.each([[-1], [Number.NaN], [Infinity]])('refuses the instant %d', (time) => {
    expect(() => new Wheel().set(0, time, 0)).toThrow('timing wheel: expected an instant from 0 us');
  });

  it('refuses an instant of a turn that is over', () => {
    const wheel = new Wheel();
    wheel.set(0, 5_000, 0);
    wheel.pop();
    expect(() => wheel.set(0, 4_000, 1)).toThrow('expected an instant from 4096 us, got 4000');
  });
});
