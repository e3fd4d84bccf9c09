import { describe, expect, it } from 'vitest';
import { copyPlain } from '../../../src/kernel/plain.ts';
import { Random } from '../../../src/kernel/random.ts';

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
