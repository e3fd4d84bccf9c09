import { describe, expect, it } from 'vitest';
import { crc16, sealCrc16 } from '../../../src/codec/crc16.ts';
import { crc32 } from '../../../src/codec/crc32.ts';
import { hexOctets } from '../../../src/codec/hex.ts';
import { spacepacketsVectors } from '../../support/packet-fixtures.ts';

const digits = new TextEncoder().encode('123456789');

/** The definition: one bit at a time. */
const slow = (octets: Uint8Array, bits: 16 | 32, polynomial: number, preset: number): number => {
  const top = 2 ** (bits - 1);
  let register = preset;
  for (const octet of octets)
    for (let bit = 7; bit >= 0; bit--) {
      const out = (register >= top ? 1 : 0) ^ ((octet >> bit) & 1);
      register = (register * 2) % (2 * top);
      if (out) register = (register ^ polynomial) >>> 0;
    }
  return register;
};

describe('crc16', () => {
  it('gives the check value of CRC-16/CCITT-FALSE', () => {
    expect(crc16(digits)).toBe(0x29b1);
  });

  it('agrees with an independent implementation at every length', () => {
    for (const { octets, check } of spacepacketsVectors.crc16) expect(crc16(hexOctets(octets))).toBe(check);
  });

  it('agrees with the definition bit by bit, over all lengths around its stride and any start', () => {
    const octets = Uint8Array.from({ length: 80 }, (_, i) => (i * 89 + 7) & 0xff);
    for (let start = 0; start < 17; start++)
      for (let end = start; end <= octets.length; end += 3)
        expect(crc16(octets, start, end)).toBe(slow(octets.subarray(start, end), 16, 0x1021, 0xffff));
  });

  it('continues an earlier part', () => {
    expect(crc16(digits, 4, 9, crc16(digits, 0, 4))).toBe(0x29b1);
  });

  it('is zero over octets that end with their own check', () => {
    const sealed = new Uint8Array(41).fill(0xa5);
    sealCrc16(sealed);
    expect(crc16(sealed)).toBe(0);
    sealed[20] = 0;
    expect(crc16(sealed)).not.toBe(0);
  });
});

describe('crc32', () => {
  it('agrees with the definition bit by bit', () => {
    const octets = Uint8Array.from({ length: 41 }, (_, i) => (i * 151 + 3) & 0xff);
    for (let end = 0; end <= octets.length; end++)
      expect(crc32(octets, 0, end)).toBe(slow(octets.subarray(0, end), 32, 0x00a00805, 0));
  });

  it('is zero over octets that end with their own check, and over zeros', () => {
    const check = crc32(digits);
    const sealed = Uint8Array.of(...digits, check >>> 24, (check >>> 16) & 255, (check >>> 8) & 255, check & 255);
    expect(crc32(sealed)).toBe(0);
    expect(crc32(new Uint8Array(9))).toBe(0);
  });
});
