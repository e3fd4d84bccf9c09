import { describe, expect, it } from 'vitest';
import { enumOf, f32, flag, i8, listOf, octets, rest, text, u8 } from '../../../src/kernel/field.ts';
import { checkValue } from '../../../src/kernel/field-value.ts';

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
