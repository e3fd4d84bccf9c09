import { describe, expect, it } from 'vitest';
import { readBits, writeBits } from '../../../src/codec/bits.ts';
import { Cursor } from '../../../src/codec/cursor.ts';
import { header } from '../../../src/codec/header.ts';
import { fromHex, hexOctets, toHex } from '../../../src/codec/hex.ts';
import { joinOctets } from '../../../src/codec/octets.ts';
import { Writer } from '../../../src/codec/writer.ts';

describe('joinOctets', () => {
  it('copies all parts, one behind the other', () => {
    const parts = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)];
    const joined = joinOctets(parts);
    parts[0]![0] = 9;
    expect(joined).toEqual(Uint8Array.of(1, 2, 3));
    expect(joinOctets([])).toEqual(new Uint8Array(0));
  });
});

describe('hex', () => {
  it('reads either case and writes lower case', () => {
    expect(toHex(hexOctets('0aFF 1b'))).toBe('0aff1b');
    expect(toHex(Uint8Array.of(1, 2), ' ')).toBe('01 02');
  });

  it('refuses what is not hexadecimal, with the place', () => {
    expect(fromHex('0g')).toEqual({ ok: false, reason: 'not hexadecimal', at: 1 });
    expect(fromHex('@a')).toEqual({ ok: false, reason: 'not hexadecimal', at: 0 });
    expect(fromHex('abc')).toEqual({ ok: false, reason: 'odd number of digits', at: 3 });
    expect(() => hexOctets('xy')).toThrow(RangeError);
  });
});

describe('Cursor', () => {
  it('reads big-endian integers of up to 48 bits', () => {
    const cursor = new Cursor(hexOctets('01 0203 040506 0708090a ffffffffffff'));
    expect([cursor.u8(), cursor.u16(), cursor.u24(), cursor.u32(), cursor.unsigned(6)]).toEqual([
      1,
      0x0203,
      0x040506,
      0x0708090a,
      2 ** 48 - 1,
    ]);
    expect([cursor.left, cursor.short]).toEqual([0, false]);
  });

  it('gives zeros past the end, stays short, and says where the octets ended', () => {
    const cursor = new Cursor(Uint8Array.of(1, 2, 3));
    cursor.u16();
    expect(cursor.u16()).toBe(0);
    expect(cursor.u8()).toBe(0);
    expect(cursor.octets(1)).toHaveLength(0);
    expect(cursor.refusal()).toEqual({ ok: false, reason: 'too short', at: 2 });
  });

  it('clips its bounds to the array', () => {
    expect(new Cursor(new Uint8Array(4), 2, 99).left).toBe(2);
    expect(new Cursor(new Uint8Array(4), 9).left).toBe(0);
  });
});

describe('Writer', () => {
  it('grows, and writes what the cursor reads', () => {
    const octets = new Writer(1)
      .u8(1)
      .u16(0x0203)
      .u24(0x040506)
      .u32(0x0708090a)
      .unsigned(2 ** 48 - 1, 6)
      .finish();
    expect(toHex(octets)).toBe('0102030405060708090affffffffffff');
    expect(toHex(new Writer(0).fill(0x55, 3).octets(Uint8Array.of(9)).finish())).toBe('55555509');
  });

  it('throws with subject, expected and got for a value that does not fit', () => {
    expect(() => new Writer().u8(256, 'service')).toThrow('service: expected an integer from 0 to 255, got 256');
    expect(() => new Writer().u16(-1)).toThrow(RangeError);
  });
});

describe('bits', () => {
  it('writes and reads a field across octets and leaves its neighbours', () => {
    const octets = new Uint8Array(3).fill(0xff);
    writeBits(octets, 5, 11, 0);
    expect(toHex(octets)).toBe('f800ff');
    writeBits(octets, 5, 11, 0x555);
    expect(readBits(octets, 5, 11)).toBe(0x555);
    expect(readBits(octets, 16, 8)).toBe(0xff);
  });

  it('throws for a value or a place that does not fit', () => {
    expect(() => writeBits(new Uint8Array(1), 0, 3, 8)).toThrow('3 bits');
    expect(() => writeBits(new Uint8Array(1), 6, 3, 1)).toThrow('room');
  });
});

describe('header', () => {
  const primary = header('space packet header', [
    ['version', 3, 0],
    ['type', 1],
    ['secondaryHeader', 1],
    ['apid', 11],
    ['flags', 2],
    ['count', 14],
    ['length', 16],
  ]);

  it('has the size of its rows and reads what it writes', () => {
    const value = { type: 1, secondaryHeader: 0, apid: 101, flags: 3, count: 16383, length: 7 };
    expect(primary.size).toBe(6);
    expect(toHex(primary.encode(value))).toBe('1065ffff0007');
    expect(primary.decode(primary.encode(value))).toEqual({ ok: true, value });
  });

  it('refuses a constant that differs and octets that end early', () => {
    expect(primary.decode(hexOctets('300000000000'))).toEqual({ ok: false, reason: 'bad version', at: 0 });
    expect(primary.decode(hexOctets('0000000000'))).toEqual({ ok: false, reason: 'too short', at: 5 });
  });

  it('throws for rows that are not whole octets', () => {
    expect(() => header('odd', [['a', 7]])).toThrow('whole number of octets');
  });
});
