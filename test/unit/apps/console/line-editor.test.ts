import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Key,
  type LineEditor,
  MAX_HISTORY_LINES,
  MAX_LINE_CHARACTERS,
  newLine,
  pressed,
  taken,
} from '../../../../apps/console/line-editor.ts';

const type = (editor: LineEditor, text: string): LineEditor =>
  [...text].reduce((line, character) => pressed(line, { sequence: character, name: character }), editor);
const press = (editor: LineEditor, ...keys: string[]): LineEditor =>
  keys.reduce((line, key) => {
    const [modifier, name] = key.includes('-') ? key.split('-') : ['', key];
    return pressed(line, { name, ctrl: modifier === 'C', meta: modifier === 'M' });
  }, editor);
/** The text with the cursor in it. */
const shown = ({ text, cursor }: LineEditor): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

describe('line editor', () => {
  it('inserts where the cursor is', () => {
    const line = type(press(type(newLine(), 'send it'), 'left', 'left'), 'all of ');
    expect(shown(line)).toBe('send all of |it');
  });

  it('moves by characters, words and to the ends', () => {
    const line = type(newLine(), 'tc one 火🛰');
    expect(shown(press(line, 'left'))).toBe('tc one 火|🛰');
    expect(shown(press(line, 'C-a', 'right'))).toBe('t|c one 火🛰');
    expect(shown(press(line, 'M-b', 'M-b'))).toBe('tc |one 火🛰');
    expect(shown(press(line, 'home', 'M-f', 'M-f'))).toBe('tc one| 火🛰');
    expect(shown(press(line, 'home', 'left', 'end', 'right'))).toBe('tc one 火🛰|');
  });

  it('erases, cuts and puts back', () => {
    const line = type(newLine(), 'one two three');
    expect(shown(press(line, 'backspace'))).toBe('one two thre|');
    expect(shown(press(line, 'C-w', 'C-w'))).toBe('one |');
    expect(shown(press(line, 'C-w', 'C-a', 'C-y'))).toBe('three|one two ');
    expect(shown(press(line, 'M-b', 'C-u'))).toBe('|three');
    expect(shown(press(line, 'home', 'M-f', 'C-k'))).toBe('one|');
    expect(shown(press(line, 'home', 'delete', 'C-d'))).toBe('|e two three');
    expect(shown(press(line, 'C-t'))).toBe('one two three|');
    expect(shown(press(type(newLine(), 'ab'), 'C-t'))).toBe('ba|');
  });

  it('goes through the history and back to the line being typed', () => {
    const line = type(newLine(['first', 'second']), 'third');
    expect(shown(press(line, 'up'))).toBe('second|');
    expect(shown(press(line, 'up', 'up', 'up'))).toBe('first|');
    expect(shown(press(line, 'up', 'up', 'down', 'down', 'down'))).toBe('third|');
  });

  it('searches the history backwards', () => {
    const line = newLine(['set rate 1', 'ping', 'set rate 2']);
    const searching = type(press(line, 'C-r'), 'rate');
    expect(searching.text).toBe('set rate 2');
    expect(press(searching, 'C-r').text).toBe('set rate 1');
    expect(press(searching, 'C-r', 'C-r').text).toBe('set rate 1');
    expect(press(searching, 'C-g')).toMatchObject({ text: '', search: undefined });
    const chosen = press(searching, 'C-r', 'end');
    expect(chosen).toMatchObject({ text: 'set rate 1', search: undefined });
  });

  it('remembers lines once, and so many', () => {
    let line = newLine();
    for (const text of ['a', 'a', ' ', 'b', 'a']) line = taken(line, text);
    expect(line.history).toEqual(['a', 'b', 'a']);
    for (let count = 0; count < MAX_HISTORY_LINES + 10; count++) line = taken(line, `line ${count}`);
    expect(line.history).toHaveLength(MAX_HISTORY_LINES);
    expect(line.history.at(-1)).toBe(`line ${MAX_HISTORY_LINES + 9}`);
  });

  it('drops what would break the row, and is bounded', () => {
    expect(pressed(newLine(), { sequence: 'a\u0000b\u001bc' }).text).toBe('abc');
    const full = pressed(newLine(), { sequence: 'x'.repeat(MAX_LINE_CHARACTERS) });
    expect(type(full, 'y').text).toHaveLength(MAX_LINE_CHARACTERS);
  });

  it('keeps its cursor between characters, whatever is pressed', () => {
    const names = [
      'left',
      'right',
      'up',
      'down',
      'home',
      'end',
      'backspace',
      'delete',
      'a',
      'b',
      'd',
      'e',
      'f',
      'g',
      'h',
    ];
    const key: fc.Arbitrary<Key> = fc.oneof(
      fc.record({
        name: fc.constantFrom(...names, 'k', 'r', 't', 'u', 'w', 'y', 'tab'),
        ctrl: fc.boolean(),
        meta: fc.boolean(),
      }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }).map((sequence) => ({ sequence })),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
        let line = newLine(['an old line', '火星 🛰']);
        for (const each of keys) {
          line = pressed(line, each);
          expect(line.cursor).toBeGreaterThanOrEqual(0);
          expect(line.cursor).toBeLessThanOrEqual(line.text.length);
          expect(line.text).not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});
