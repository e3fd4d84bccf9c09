import { describe, expect, it } from 'vitest';
import { hexOctets } from '../../../src/codec/hex.ts';
import { complete, completeName, signatureOf } from '../../../src/dictionary/complete.ts';
import { misfitText } from '../../../src/dictionary/encode.ts';
import { parseCommandLine } from '../../../src/dictionary/parse-arguments.ts';
import { parseValue } from '../../../src/dictionary/parse-value.ts';
import { isSpace, splitTokens, unquote } from '../../../src/dictionary/tokens.ts';
import { type AnyField, f32, flag, i16, octets, text, u16 } from '../../../src/kernel/field.ts';
import { smallDictionary } from '../../support/small-dictionary.ts';

const parsed = (line: string): unknown => {
  const read = parseCommandLine(smallDictionary, line);
  return read.ok ? read.value.values : misfitText(read.misfit);
};

const written = (field: AnyField, word: string): unknown => {
  const read = parseValue(field, word, 'x');
  return read.ok ? read.value : misfitText(read.misfit);
};

describe('tokens', () => {
  const words = (line: string) => splitTokens(line, isSpace).map((token) => token.text);

  it('hold together what quotes and brackets enclose', () => {
    expect(words('  a "b c"  d=[1, 2 {x y}]\te')).toEqual(['a', '"b c"', 'd=[1, 2 {x y}]', 'e']);
    expect(words('a"b c"d ]x')).toEqual(['a"b c"d', ']x']);
    expect(words('a "open b')).toEqual(['a', '"open b']);
    expect(words('[a b')).toEqual(['[a b']);
    expect(words('"a\\" b" c')).toEqual(['"a\\" b"', 'c']);
    expect(words('')).toEqual([]);
  });

  it('know their place', () => {
    expect(splitTokens(' ab  c', isSpace)).toEqual([
      { text: 'ab', start: 1, end: 3 },
      { text: 'c', start: 5, end: 6 },
    ]);
  });

  it('lose their quotes', () => {
    expect([`"a b"`, `'a "b"'`, `"a\\"b\\\\"`, `"open`, `"`, ''].map(unquote)).toEqual([
      'a b',
      'a "b"',
      'a"b\\',
      '"open',
      '"',
      '',
    ]);
  });
});

describe('values as a person writes them', () => {
  it('are read by their field', () => {
    expect(['7', '0x1F', '0b101', '1_000'].map((word) => written(u16(), word))).toEqual([7, 31, 5, 1000]);
    expect(written(i16(), '-0x10')).toBe(-16);
    expect(['1', '-.5', '2.5e-3', '0x10'].map((word) => written(f32(), word))).toEqual([1, -0.5, 0.0025, 16]);
    expect(['on', 'FALSE', '1', 'no'].map((word) => written(flag(), word))).toEqual([true, false, true, false]);
    expect([`bare`, `"two words"`].map((word) => written(text(20), word))).toEqual(['bare', 'two words']);
    expect(['0a0B', '0x0a_0b', '"hi"', ''].map((word) => written(octets(9), word))).toEqual([
      hexOctets('0a0b'),
      hexOctets('0a0b'),
      hexOctets('6869'),
      hexOctets(''),
    ]);
  });

  it('are refused with what was expected', () => {
    expect(written(u16(), '65536')).toBe("x: expected an integer from 0 to 65535, got '65536'");
    expect(written(u16(), '1.5')).toBe("x: expected an integer from 0 to 65535, got '1.5'");
    expect(written(u16(), '')).toBe('x: expected an integer from 0 to 65535, got nothing');
    expect(written(f32(), '1,5')).toBe("x: expected a number, got '1,5'");
    expect(written(flag(), 'constructor')).toBe("x: expected true or false, got 'constructor'");
    expect(written(octets(9), '0a0')).toBe("x: expected at most 9 octets in hexadecimal, got '0a0'");
    expect(written(text(3), 'abcd')).toBe("x: expected a text of at most 3 octets, got 'abcd'");
  });
});

describe('command lines', () => {
  it('take arguments by place, by name, and both', () => {
    const values = { circuit: 2, state: 'auto' };
    expect(parsed('heater.Switch 2 auto')).toEqual(values);
    expect(parsed('heater.Switch state=auto circuit=0x2')).toEqual(values);
    expect(parsed('heater.Switch state=AUTO 2')).toEqual(values);
    expect(parsed('Switch 2 auto')).toEqual(values);
    expect(parsed('heater.Ping')).toEqual({});
  });

  it('take lists with and without brackets, of records and of single values', () => {
    expect(parsed('desk.Enable [1, 2]')).toEqual({ structures: [{ sid: 1 }, { sid: 2 }] });
    expect(parsed('desk.Enable structures=1,2')).toEqual({ structures: [{ sid: 1 }, { sid: 2 }] });
    expect(parsed('desk.Enable []')).toEqual({ structures: [] });
    expect(parsed('desk.Plan [{1 10}, {interval=20 sid=2}] yes')).toEqual({
      entries: [
        { sid: 1, interval: 10 },
        { sid: 2, interval: 20 },
      ],
      urgent: true,
    });
  });

  it('are refused with the argument that is wrong', () => {
    expect(parsed('')).toBe('command: expected a command of the dictionary, got nothing');
    expect(parsed('heater.Explode')).toBe("command: expected a command of the dictionary, got 'heater.Explode'");
    expect(parsed('heater.Switch 5 auto')).toBe("circuit: expected an integer from 1 to 4, got '5'");
    expect(parsed('heater.Switch 2')).toBe('state: expected one of off, on, auto, got nothing');
    expect(parsed('heater.Switch 2 on 3')).toBe("arguments: expected 2 of them, got '3'");
    expect(parsed('heater.Switch colour=red')).toBe("colour: expected one of circuit, state, got 'colour'");
    expect(parsed('heater.Switch circuit=1 circuit=2')).toBe("circuit: expected one value, got '2'");
    expect(parsed('desk.Plan [{1}] no')).toBe('entries[0].interval: expected an integer from 1 to 65535, got nothing');
    expect(parsed('desk.Plan [7] no')).toBe("entries[0]: expected {sid interval}, got '7'");
    expect(parsed('desk.Plan 1,2,3,4,5 no')).toBe("entries[0]: expected {sid interval}, got '1'");
    expect(parsed(`desk.Enable [${'1 '.repeat(21)}]`)).toContain('structures: expected a list of at most 20 records');
  });
});

describe('completion', () => {
  const texts = (line: string) => complete(smallDictionary, line).candidates.map((candidate) => candidate.text);

  it('offers commands by their start, else by what they contain', () => {
    expect(texts('')).toEqual(smallDictionary.commands.all.map((entry) => entry.name));
    expect(texts('desk.')).toEqual(['desk.Enable', 'desk.Plan']);
    expect(texts('swi')).toEqual(['heater.Switch']);
    expect(texts('nothing')).toEqual([]);
  });

  it('offers values of the next argument and the names of all that are open', () => {
    expect(texts('heater.Switch ')).toEqual(['circuit=', 'state=']);
    expect(texts('heater.Switch 2 ')).toEqual(['off', 'on', 'auto', 'state=']);
    expect(texts('heater.Switch circuit=2 o')).toEqual(['off', 'on']);
    expect(texts('heater.Switch state=')).toEqual(['state=off', 'state=on', 'state=auto']);
    expect(texts('heater.Switch state=a')).toEqual(['state=auto']);
    expect(texts('heater.Switch 1 on ')).toEqual([]);
    expect(texts('heater.Switch colour=')).toEqual([]);
    expect(texts('heater.Explode ')).toEqual([]);
    expect(texts('desk.Plan [{1 2}] ')).toEqual(['true', 'false', 'urgent=']);
  });

  it('says where the replaced word starts, and helps', () => {
    expect(complete(smallDictionary, 'heater.Switch 2 o')).toEqual({
      from: 16,
      candidates: [
        { text: 'off', help: 'one of off, on, auto' },
        { text: 'on', help: 'one of off, on, auto' },
      ],
    });
    expect(complete(smallDictionary, 'heater.Sw').candidates[0]?.help).toBe(
      'heater.Switch(circuit: u8, state: enum) - Switch it',
    );
    expect(complete(smallDictionary, 'heater.Name tri').candidates[0]?.help).toBe('an integer from -100 to 100; in mK');
    expect(signatureOf(smallDictionary.commands.byName('heater.Ping')!)).toBe('heater.Ping()');
  });

  it('completes names of channels', () => {
    expect(completeName(smallDictionary.channels, 'heater.e')).toEqual(['heater.energy']);
    expect(completeName(smallDictionary.channels, 'depth')).toEqual(['desk.depth']);
  });
});
