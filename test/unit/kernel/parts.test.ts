import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Digest, digestOf } from '../../../src/kernel/digest.ts';
import { enumOf, f32, flag, i8, listOf, octets, rest, text, u8 } from '../../../src/kernel/field.ts';
import { checkValue } from '../../../src/kernel/field-value.ts';
import { Heap } from '../../../src/kernel/heap.ts';
import { Mailbox } from '../../../src/kernel/mailbox.ts';
import { copyPlain } from '../../../src/kernel/plain.ts';
import { Random } from '../../../src/kernel/random.ts';
import { InputLog, Trace } from '../../../src/kernel/trace.ts';

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

describe('the mailbox', () => {
  it('is a FIFO over all slots, with replacement and removal in the middle', () => {
    const box = new Mailbox(3);
    for (let n = 0; n < 20; n++) box.push(n % 3, n, `m${n}`);
    expect(box.replaceLast(1, 99, 'new')).toBe(19);
    expect(box.dropFirst(2)).toBe(2);
    expect(box.length).toBe(19);
    expect([...box.used]).toEqual([7, 7, 5]);
    const order = Array.from({ length: 19 }, () => box.shift());
    expect(order.slice(0, 4)).toEqual(['m0', 'm1', 'm3', 'm4']);
    expect(order.at(-1)).toBe('new');
    expect([...box.highWater]).toEqual([7, 7, 6]);
  });
});

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

describe('the digest', () => {
  it('is the same on every engine', () => {
    const digest = new Digest();
    digest.value({ time: 1.5, list: [1, -1, 2 ** 40, Number.NaN], text: 'ü', octets: Uint8Array.of(1, 2, 3, 4, 5) });
    expect(digest.hex).toMatchInlineSnapshot(`"98bd73dc7637cb5c"`);
  });

  it('tells unlike values apart', () => {
    const values = [
      undefined,
      null,
      true,
      false,
      0,
      1,
      0.5,
      '',
      '0',
      'undefined',
      [],
      {},
      [[]],
      [0],
      [undefined],
      { a: 1 },
      [1, 2],
      [[1], 2],
      [1, [2]],
      Uint8Array.of(),
      Uint8Array.of(0),
      Uint8Array.of(0, 0),
      [0, 0],
      1n,
    ];
    expect(new Set(values.map(digestOf)).size).toBe(values.length);
  });

  it('changes with every octet', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (a, at, bits) => {
          const b = a.slice();
          b[at % b.length]! ^= bits;
          expect(digestOf(b)).not.toBe(digestOf(a));
        },
      ),
    );
  });

  it('refuses functions, classes and cycles', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => digestOf(() => 1)).toThrow('got a function');
    expect(() => digestOf(Symbol('s'))).toThrow('got a symbol');
    expect(() => digestOf(new Random('x'))).toThrow('got a Random');
    expect(() => digestOf(cycle)).toThrow('a cycle');
  });
});

describe('a plain copy', () => {
  it('is equal and shares nothing', () => {
    const value = {
      a: [1, { b: Uint8Array.of(1) }],
      m: new Map([[1, { c: new Set([2]) }]]),
      f: new Float64Array([1.5]),
    };
    const copy = copyPlain(value, 'x');
    expect(copy).toEqual(value);
    (copy.a[1] as { b: Uint8Array }).b[0] = 9;
    expect((value.a[1] as { b: Uint8Array }).b[0]).toBe(1);
  });

  it('refuses a closure and a class by its path', () => {
    expect(() => copyPlain({ a: [{ b: () => 1 }] }, 'rx: state cell 0')).toThrow(
      'rx: state cell 0.a[0].b: expected plain data, got a function',
    );
    expect(() => copyPlain({ a: new Random('x') }, 'cell')).toThrow('cell.a: expected plain data, got a Random');
  });
});

describe('checkValue', () => {
  it.each([
    [u8(), 255, undefined],
    [u8(), 256, 'out of range'],
    [u8(), 1.5, 'not an integer'],
    [u8({ max: 9 }), 10, 'out of range'],
    [i8(), -128, undefined],
    [i8(), '1', 'not a number'],
    [f32({ max: 1 }), 0.5, undefined],
    [f32(), Number.NaN, 'not a number'],
    [flag(), 1, 'not a boolean'],
    [enumOf(['a', 'b']), 'c', 'unknown name'],
    [text(2), 'ü', undefined],
    [text(2), 'üx', 'too long'],
    [octets(1), Uint8Array.of(1, 2), 'too long'],
    [octets(1), [1], 'not octets'],
    [rest(), new Uint8Array(9999), undefined],
    [listOf({ x: u8() }, 2), [{ x: 1 }, { x: 2 }], undefined],
    [listOf({ x: u8() }, 1), [{ x: 1 }, { x: 2 }], 'too long'],
    [listOf({ x: u8() }, 2), [{ x: 300 }], 'out of range'],
    [listOf({ x: u8() }, 2), 7, 'not a list'],
    [listOf({ x: u8() }, 2), [7], 'not a record'],
  ])('%j holds %j: %s', (field, value, reason) => {
    expect(checkValue(field, value)).toBe(reason);
  });
});

describe('the logs', () => {
  it('the trace keeps the last, in order', () => {
    const trace = new Trace(3);
    for (let time = 0; time < 5; time++) trace.add({ time, instance: 'a', port: 'in.x', payload: time });
    expect(trace.all().map(({ time }) => time)).toEqual([2, 3, 4]);
    expect(trace.count).toBe(5);
  });

  it('the input log is bounded and says from where it is whole', () => {
    const log = new InputLog(4);
    for (let time = 0; time < 9; time++) log.add({ time, instance: 'a', port: 'out.x', payload: 0 });
    expect(log.position).toBe(9);
    expect(log.firstKept).toBe(5);
    expect(log.since(5)).toHaveLength(4);
    expect(() => log.since(0)).toThrow('expected a position from 5, got 0');
  });
});
