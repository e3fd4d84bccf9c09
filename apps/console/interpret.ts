// A line of the console: a word with what follows it, or a command of the dictionary.
import type { Completion } from '../../src/dictionary/complete.ts';
import { complete } from '../../src/dictionary/complete.ts';
import { isSpace, splitTokens } from '../../src/dictionary/tokens.ts';
import { type Answer, type Desk, done } from './desk.ts';
import { sendCommand } from './words/send.ts';
import { findWord, words } from './words.ts';

/** What a script expects is counted from the last line that sends. */
const startSeeing = ({ seen }: Desk): void => {
  seen.events = [];
  seen.directives = [];
};

/** Runs one line. Empty lines and comments (#) do nothing. Never rejects for what was typed. */
export const interpret = async (desk: Desk, line: string): Promise<Answer> => {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return done();
  const [first] = splitTokens(text, isSpace);
  const word = findWord(first!.text);
  if (word === undefined) {
    startSeeing(desk);
    return sendCommand(desk, text, false);
  }
  const rest = text.slice(first!.end).trim();
  if (word.sends === true) startSeeing(desk);
  return word.run(desk, rest);
};

/** What may stand at the end of a half-written line. */
export const completeLine = (desk: Desk, line: string): Completion => {
  const tokens = splitTokens(line, isSpace);
  const first = tokens[0];
  const last = tokens.at(-1);
  const from = last !== undefined && last.end === line.length ? last.start : line.length;
  if (first === undefined || (tokens.length === 1 && from === first.start)) {
    const prefix = first?.text ?? '';
    const own = words.filter(({ name }) => name.startsWith(prefix)).map(({ name, help }) => ({ text: name, help }));
    return { from, candidates: [...own, ...complete(desk.dictionary, line).candidates] };
  }
  const word = findWord(first.text);
  if (word === undefined) return complete(desk.dictionary, line);
  const typed = tokens.slice(1).map(({ text }) => text);
  const atStart = from === line.length && (last === undefined || last.end < line.length);
  const rest = line.slice(first.end).trimStart();
  return { from, candidates: word.complete?.(desk, atStart ? [...typed, ''] : typed, rest) ?? [] };
};
