import { describe, expect, it } from 'vitest';
import { equalOctets } from '../../../src/codec/equal-octets.ts';

describe('equalOctets', () => {
  it('tells any difference, wherever it is', () => {
    const octets = Uint8Array.from({ length: 16 }, (_, at) => at * 17);
    expect(equalOctets(octets, octets.slice())).toBe(true);
    expect(equalOctets(new Uint8Array(0), new Uint8Array(0))).toBe(true);
    expect(equalOctets(octets, octets.subarray(1))).toBe(false);
    for (let bit = 0; bit < 128; bit++) {
      const other = octets.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(equalOctets(octets, other)).toBe(false);
    }
  });
});
