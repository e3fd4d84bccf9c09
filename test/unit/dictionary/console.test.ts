import { describe, expect, it } from 'vitest';
import { hexOctets } from '../../../src/codec/hex.ts';
import { assemble } from '../../../src/dictionary/assemble.ts';
import { complete, completeName, signatureOf } from '../../../src/dictionary/complete.ts';
import { misfitText } from '../../../src/dictionary/encode.ts';
import { fieldText } from '../../../src/dictionary/format-event.ts';
import { parseCommandLine } from '../../../src/dictionary/parse-arguments.ts';
import { parseValue } from '../../../src/dictionary/parse-value.ts';
import { isSpace, splitTokens, unquote } from '../../../src/dictionary/tokens.ts';
import { command, declare } from '../../../src/kernel/declare.ts';
import { type AnyField, f32, flag, i16, listOf, octets, rest, text, u16 } from '../../../src/kernel/field.ts';
import { Heater, smallDictionary } from '../../support/small-dictionary.ts';

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

describe('names for ids', () => {
  const Names = declare('Names', {
    commands: {
      Watch: command(0, { sid: u16({ idOf: 'structure' }), channels: listOf({ id: u16({ idOf: 'channel' }) }, 5) }),
      Mute: command(1, { event: u16({ idOf: 'event' }), after: u16({ idOf: 'command' }) }),
      Set: command(2, { settings: rest({ holds: 'settings' }) }),
      Plan: command(3, { items: listOf({ param: u16({ idOf: 'param' }), at: u16() }, 5), now: flag() }),
    },
  });
  const dictionary = assemble(
    [
      { instance: 'heater', base: 0x0100, declared: Heater },
      { instance: 'names', base: 0x0300, declared: Names },
    ],
    [{ sid: 1, name: 'thermal', intervalTenths: 10, channels: ['heater.celsius'] }],
  );
  const read = (line: string): unknown => {
    const all = parseCommandLine(dictionary, line);
    return all.ok ? all.value.values : misfitText(all.misfit);
  };
  const texts = (line: string) => complete(dictionary, line).candidates.map((candidate) => candidate.text);
  const again = (line: string): string => {
    const all = parseCommandLine(dictionary, line);
    if (!all.ok) throw new Error(misfitText(all.misfit));
    const { entry, values } = all.value;
    return Object.entries(entry.fields)
      .map(([name, field]) => `${name}=${fieldText(dictionary, field, values[name])}`)
      .join(' ');
  };

  it('are taken for ids, alone, in lists and in records', () => {
    const watched = { sid: 1, channels: [{ id: 0x0100 }, { id: 0x0105 }] };
    expect(read('names.Watch thermal [heater.celsius heater.hot]')).toEqual(watched);
    expect(read('names.Watch 1 heater.celsius 0x0105')).toEqual(watched);
    expect(read('names.Watch channels=heater.celsius,heater.hot sid=thermal')).toEqual(watched);
    expect(read('names.Mute heater.tooHot heater.Ping')).toEqual({ event: 0x0100, after: 0x0104 });
    expect(read('names.Plan [{heater.mode 7} {at=8 param=heater.limit}] no')).toEqual({
      items: [
        { param: 0x0101, at: 7 },
        { param: 0x0100, at: 8 },
      ],
      now: false,
    });
  });

  it('are refused where nothing is called so', () => {
    expect(read('names.Watch cold []')).toBe(
      "sid: expected the name of a structure, or an integer from 0 to 65535, got 'cold'",
    );
    expect(read('names.Watch 1 [heater.tooHot]')).toContain('channels[0].id: expected the name of a channel');
  });

  it('stand before the values of settings, which lie on the wire as TC(20,3) has them', () => {
    expect(read('names.Set [heater.limit=1.5 heater.mode=full]')).toEqual({
      settings: hexOctets('0201003fc00000010101'),
    });
    expect(read('names.Set heater.mode=full heater.label="AB"')).toEqual({
      settings: hexOctets('02010101010202' + '4142'),
    });
    expect(read('names.Set settings=0x0101=full')).toEqual({ settings: hexOctets('01010101') });
    expect(read('names.Set heater.mode=off')).toBe("heater.mode: expected one of eco, full, got 'off'");
    expect(read('names.Set [heater.mode=eco heater.hot=1]')).toBe(
      "settings[1]: expected the name of a parameter, got 'heater.hot'",
    );
    expect(read('names.Set [heater.mode=eco heater.hot]')).toBe(
      "settings[1]: expected parameter=value, got 'heater.hot'",
    );
  });

  it('come back in the text of a value, so that it can be typed again', () => {
    for (const line of ['names.Watch thermal [heater.celsius 999]', 'names.Set [heater.limit=1.5 heater.mode=full]'])
      expect(again(`${line.split(' ')[0]} ${again(line)}`)).toBe(again(line));
    expect(again('names.Watch 1 [256 999]')).toBe('sid=thermal channels=[heater.celsius 999]');
    expect(again('names.Set 0201003fc00000010101')).toBe('settings=[heater.limit=1.5 heater.mode=full]');
    expect(again('names.Set 02ff')).toBe('settings=02ff');
  });

  it('are offered where they may stand', () => {
    expect(texts('names.Watch th')).toEqual(['thermal']);
    expect(texts('names.Watch sid=')).toEqual(['sid=thermal']);
    expect(texts('names.Watch 1 [heater.celsius heater.h')).toEqual(['[heater.celsius heater.hot']);
    expect(texts('names.Watch 1 channels=[heater.la')).toEqual(['channels=[heater.label']);
    expect(texts('names.Set [heater.mode=eco heater.li')).toEqual(['[heater.mode=eco heater.limit=']);
    expect(texts('names.Set heater.mode=')).toEqual(['heater.mode=eco', 'heater.mode=full']);
    expect(texts('names.Set [heater.limit=3 heater.mode=f')).toEqual(['[heater.limit=3 heater.mode=full']);
    expect(texts('names.Set heater.limit=')).toEqual([]);
    expect(texts('names.Set [heater.mode=eco]')).toEqual([]);
    expect(texts('names.Plan [{at=1 param=heater.m')).toEqual(['[{at=1 param=heater.mode']);
    expect(texts('names.Plan [{heater.mode 1')).toEqual([]);
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
