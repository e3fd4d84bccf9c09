import { describe, expect, it } from 'vitest';
import { fromHex, hexOctets, toHex } from '../../../src/codec/hex.ts';
import { decodeFields, decodeValue, measureValue } from '../../../src/dictionary/decode.ts';
import { encodeFields, encodeValue, misfitText } from '../../../src/dictionary/encode.ts';
import { fixedOctetsOf, typeName } from '../../../src/dictionary/fields.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/dictionary/utf8.ts';
import {
  type AnyField,
  enumOf,
  type Fields,
  f32,
  f64,
  flag,
  i8,
  i16,
  i32,
  listOf,
  octets,
  rest,
  text,
  u8,
  u16,
  u24,
  u32,
  u48,
} from '../../../src/kernel/field.ts';

const cases: readonly (readonly [AnyField, unknown, string])[] = [
  [u8(), 255, 'ff'],
  [u16(), 0x0102, '0102'],
  [u24(), 2 ** 24 - 1, 'ffffff'],
  [u32(), 2 ** 32 - 1, 'ffffffff'],
  [u48(), 2 ** 48 - 1, 'ffffffffffff'],
  [i8(), -128, '80'],
  [i16(), -2, 'fffe'],
  [i32(), -(2 ** 31), '80000000'],
  [f32(), 1.5, '3fc00000'],
  [f64(), -0.1, 'bfb999999999999a'],
  [f64(), Infinity, '7ff0000000000000'],
  [flag(), true, '01'],
  [enumOf(['off', 'on']), 'on', '01'],
  [text(8), 'Zoë', '045a6fc3ab'],
  [octets(8), hexOctets('0a0b'), '00020a0b'],
  [rest(), hexOctets('0a0b'), '0a0b'],
  [
    listOf({ sid: u16(), on: flag() }, 3),
    [
      { sid: 1, on: true },
      { sid: 2, on: false },
    ],
    '02000101000200',
  ],
];

const encodedHex = (field: AnyField, value: unknown): string => {
  const made = encodeValue(field, value, 'x');
  return made.ok ? toHex(made.value) : misfitText(made.misfit);
};

describe('octets of fields', () => {
  it('are big-endian and the same both ways', () => {
    for (const [field, value, hex] of cases) {
      expect(encodedHex(field, value)).toBe(hex);
      expect(decodeValue(field, hexOctets(hex))).toEqual({ ok: true, value });
    }
  });

  it('are refused one octet early with a reason, wherever they end', () => {
    for (const [field, , hex] of cases.filter(([field]) => field.kind !== 'rest')) {
      const whole = hexOctets(hex);
      for (let end = 0; end < whole.length; end++)
        expect(decodeValue(field, whole.subarray(0, end))).toMatchObject({ ok: false, reason: 'too short' });
      expect(decodeValue(field, Uint8Array.of(...whole, 0))).toEqual({
        ok: false,
        reason: 'too long',
        at: whole.length,
      });
    }
  });

  it('can be measured in place', () => {
    const octets = hexOctets('ff 0361626300 01');
    expect(measureValue(text(8), octets, 1)).toBe(4);
    expect(measureValue(u16(), octets, 5)).toBe(2);
    expect(measureValue(u16(), octets, 6)).toBe(-1);
    expect(measureValue(text(2), octets, 1)).toBe(-1);
  });

  it('have a fixed width only where no value decides', () => {
    expect(fixedOctetsOf({ a: u8(), b: f64(), c: flag(), d: enumOf(['x']), e: u24() })).toBe(14);
    expect(fixedOctetsOf({ a: u8(), b: text(4) })).toBeUndefined();
    expect(cases.map(([field]) => typeName(field)).join()).toBe(
      'u8,u16,u24,u32,u48,i8,i16,i32,f32,f64,f64,flag,enum,text,octets,rest,list',
    );
  });
});

describe('a value that its field cannot hold', () => {
  it('is refused with subject, expected and got', () => {
    expect(encodedHex(u8({ min: 1, max: 4 }), 5)).toBe('x: expected an integer from 1 to 4, got 5');
    expect(encodedHex(u8(), 1.5)).toBe('x: expected an integer from 0 to 255, got 1.5');
    expect(encodedHex(i8(), -129)).toBe('x: expected an integer from -128 to 127, got -129');
    expect(encodedHex(f32({ min: 0, max: 1 }), Number.NaN)).toBe('x: expected a number from 0 to 1, got NaN');
    expect(encodedHex(flag(), 1)).toBe('x: expected true or false, got 1');
    expect(encodedHex(enumOf(['off', 'on']), 'maybe')).toBe("x: expected one of off, on, got 'maybe'");
    expect(encodedHex(text(3), 'Zoë')).toBe("x: expected a text of at most 3 octets, got 'Zoë'");
    expect(encodedHex(octets(1), hexOctets('0102'))).toBe('x: expected at most 1 octets, got 2 octets 0102');
    expect(encodedHex(rest(), 'text')).toBe("x: expected octets, got 'text'");
    expect(encodedHex(u16(), undefined)).toBe('x: expected an integer from 0 to 65535, got nothing');
    const list = listOf({ sid: u16() }, 1);
    expect(encodedHex(list, [1, 2])).toBe(
      'x: expected a list of at most 1 records, each an integer from 0 to 65535, got a list of 2',
    );
    expect(encodedHex(list, [7])).toBe('x[0]: expected a record, got 7');
    expect(encodedHex(list, [{ sid: -1 }])).toBe('x[0].sid: expected an integer from 0 to 65535, got -1');
  });

  it('is refused as out of range when it arrives', () => {
    const reason = (field: AnyField, hex: string) => {
      const read = decodeValue(field, hexOctets(hex), 'x');
      return read.ok ? 'taken' : read.reason;
    };
    const wrong: readonly (readonly [AnyField, string])[] = [
      [u8({ min: 1, max: 4 }), '05'],
      [i16({ max: 10 }), '000b'],
      [f32({ min: 0, max: 1 }), '7fc00000'],
      [flag(), '02'],
      [enumOf(['off', 'on']), '02'],
      [text(1), '026162'],
      [text(9), '02c328'],
      [octets(1), '00020102'],
      [listOf({ sid: u16() }, 1), '02'],
    ];
    for (const [field, hex] of wrong) expect(reason(field, hex)).toBe('argument out of range: x');
    expect(decodeValue(f32(), hexOctets('7fc00000'))).toEqual({ ok: true, value: Number.NaN });
  });
});

describe('records of fields', () => {
  const fields = { a: u8({ max: 9 }), b: text(5), c: rest() } satisfies Fields;

  it('stand in the declared order', () => {
    const values = { c: hexOctets('ff'), b: 'hi', a: 3 };
    const made = encodeFields(fields, values);
    expect(made.ok && toHex(made.value)).toBe('03026869ff');
    expect(decodeFields(fields, hexOctets('03026869ff'))).toEqual({ ok: true, value: values });
  });

  it('name the argument that is wrong, missing or unknown', () => {
    expect(encodeFields(fields, { a: 10, b: '', c: new Uint8Array() })).toMatchObject({ misfit: { subject: 'a' } });
    expect(encodeFields(fields, { a: 1, b: '' })).toMatchObject({ misfit: { subject: 'c', got: 'nothing' } });
    expect(encodeFields(fields, { a: 1, z: 2 })).toMatchObject({
      misfit: { subject: 'z', expected: 'one of a, b, c' },
    });
    expect(encodeFields({}, { z: 2 })).toMatchObject({ misfit: { expected: 'one of no arguments' } });
    expect(decodeFields(fields, hexOctets('0a00'))).toEqual({ ok: false, reason: 'argument out of range: a', at: 0 });
    expect(decodeFields({}, hexOctets('00'))).toEqual({ ok: false, reason: 'too long', at: 0 });
  });
});

describe('UTF-8', () => {
  it('is that of the host for every kind of character', () => {
    for (const sample of ['', 'plain', 'Zoë', '日本', '🛰 orbit', '\u007f\u0080\u07ff\u0800\uffff']) {
      expect(toHex(encodeUtf8(sample))).toBe(toHex(new TextEncoder().encode(sample)));
      expect(decodeUtf8(encodeUtf8(sample))).toBe(sample);
    }
    expect(toHex(encodeUtf8('a\ud800b'))).toBe('61efbfbd62');
  });

  it('is refused where the host would refuse it', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (const hex of ['80', 'c080', 'c3', 'e0809f', 'eda080', 'f08080af', 'f4908080', 'f5808080', 'ff', 'e2826100']) {
      const made = fromHex(hex);
      expect(made.ok && decodeUtf8(made.value)).toBeUndefined();
      expect(() => strict.decode(hexOctets(hex))).toThrow();
    }
  });
});
