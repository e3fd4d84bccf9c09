import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBits, writeBits } from '../../../src/codec/bits.ts';
import { crc16 } from '../../../src/codec/crc16.ts';
import { crc32 } from '../../../src/codec/crc32.ts';
import { Cursor } from '../../../src/codec/cursor.ts';
import { header } from '../../../src/codec/header.ts';
import { fromHex, toHex } from '../../../src/codec/hex.ts';

describe('codec', () => {
  it('reads back the bits it writes and changes no other', () => {
    const place = fc.record({ bits: fc.integer({ min: 1, max: 48 }), at: fc.nat(32), fill: fc.constantFrom(0, 255) });
    fc.assert(
      fc.property(place, fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }), ({ bits, at, fill }, drawn) => {
        const value = Number(drawn % (1n << BigInt(bits)));
        const octets = new Uint8Array(10).fill(fill);
        writeBits(octets, at, bits, value);
        expect(readBits(octets, at, bits)).toBe(value);
        writeBits(octets, at, bits, fill === 0 ? 0 : 2 ** bits - 1);
        expect([...octets]).toEqual(new Array(10).fill(fill));
      }),
    );
  });

  it('reads any hexadecimal it writes and never throws on text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (octets, text) => {
        expect(fromHex(toHex(octets))).toEqual({ ok: true, value: octets });
        const read = fromHex(text);
        if (read.ok) expect(toHex(read.value)).toBe(text.toLowerCase());
      }),
    );
  });

  it('holds every declared header equal to its own reading', () => {
    const rows = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }).map((widths) => {
      const rest = (8 - (widths.reduce((sum, bits) => sum + bits, 0) % 8)) % 8;
      return (rest === 0 ? widths : [...widths, rest]).map((bits, i) => [`field${i}`, bits] as const);
    });
    fc.assert(
      fc.property(rows, fc.uint8Array({ minLength: 40, maxLength: 40 }), (declared, octets) => {
        const codec = header('any', declared);
        const read = codec.decode(octets);
        expect(read.ok && toHex(codec.encode(read.value))).toBe(toHex(octets.subarray(0, codec.size)));
      }),
    );
  });

  it('finds every error of one to three bits in a checked unit', () => {
    const flips = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 3, selector: (bit) => bit % 320 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 36, maxLength: 36 }), flips, (octets, bits) => {
        for (const [check, width] of [
          [crc16, 2],
          [crc32, 4],
        ] as const) {
          const unit = new Uint8Array(40);
          unit.set(octets.subarray(0, 40 - width));
          const value = check(unit, 0, 40 - width);
          for (let i = 0; i < width; i++) unit[40 - width + i] = Math.floor(value / 2 ** (8 * (width - 1 - i))) % 256;
          expect(check(unit)).toBe(0);
          for (const bit of bits) unit[(bit % 320) >> 3]! ^= 0x80 >> (bit % 8);
          expect(check(unit)).not.toBe(0);
        }
      }),
    );
  });

  it('never throws and never passes its end, whatever is read', () => {
    const reads = fc.array(fc.record({ what: fc.nat(6), count: fc.integer({ min: -3, max: 40 }) }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(50), fc.nat(50), reads, (octets, start, end, list) => {
        const cursor = new Cursor(octets, start, end);
        for (const { what, count } of list) {
          if (what === 0) cursor.u8();
          else if (what === 1) cursor.u16();
          else if (what === 2) cursor.u32();
          else if (what === 3) cursor.unsigned(Math.max(0, Math.min(count, 6)));
          else if (what === 4) cursor.octets(count);
          else if (what === 5) cursor.skip(count);
          else cursor.rest();
          expect(cursor.at).toBeLessThanOrEqual(octets.length);
          expect(cursor.left).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
