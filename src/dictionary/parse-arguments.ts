// A command line of a console: the qualified name of a command, then its arguments by name or by place.
import type { CommandEntry, Dictionary } from './dictionary.ts';
import { type Parsed, parseWords } from './parse-value.ts';
import { isSpace, splitTokens } from './tokens.ts';

export interface ParsedCommand {
  readonly entry: CommandEntry;
  readonly values: Readonly<Record<string, unknown>>;
}

/** By qualified name, or by the name alone when only one instance has such a command. */
export const findCommand = (dictionary: Dictionary, name: string): CommandEntry | undefined => {
  const qualified = dictionary.commands.byName(name);
  if (qualified) return qualified;
  const alike = dictionary.commands.all.filter((entry) => entry.command === name);
  return alike.length === 1 ? alike[0] : undefined;
};

/** The values of a command's arguments from the text behind its name. */
export const parseArguments = (
  dictionary: Dictionary,
  entry: CommandEntry,
  text: string,
): Parsed<Readonly<Record<string, unknown>>> =>
  parseWords(
    entry.fields,
    splitTokens(text, isSpace).map((token) => token.text),
    '',
    dictionary,
  );

/** Refuses with subject, expected and got; the subject is an argument, or 'command'. */
export const parseCommandLine = (dictionary: Dictionary, line: string): Parsed<ParsedCommand> => {
  const [first] = splitTokens(line, isSpace);
  const entry = first && findCommand(dictionary, first.text);
  if (!first || !entry)
    return {
      ok: false,
      misfit: {
        subject: 'command',
        expected: 'a command of the dictionary',
        got: first ? `'${first.text}'` : 'nothing',
      },
    };
  const values = parseArguments(dictionary, entry, line.slice(first.end));
  return values.ok ? { ok: true, value: { entry, values: values.value } } : values;
};
