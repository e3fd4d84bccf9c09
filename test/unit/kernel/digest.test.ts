import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Digest, digestOf } from '../../../src/kernel/digest.ts';
import { Random } from '../../../src/kernel/random.ts';

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
