// Help: all words at a glance, one word, or one command of the dictionary with its arguments.
import { completeName } from '../../../src/dictionary/complete.ts';
import type { CommandEntry, ParamEntry } from '../../../src/dictionary/dictionary.ts';
import { expectation, typeName } from '../../../src/dictionary/fields.ts';
import { findCommand } from '../../../src/dictionary/parse-arguments.ts';
import type { AnyField } from '../../../src/kernel/field.ts';
import { type Answer, type Desk, done, refused, type Word } from '../desk.ts';
import { matcher } from '../pattern.ts';
import { wrap } from '../text-width.ts';
import { spanText } from '../time-text.ts';

const KEYS = [
  'Tab completes, Up and Ctrl-R look through the history, Ctrl-C clears the line.',
  'Arguments in order or by name: instance.Command 12 mode=safe text="two words"',
];

const overview = (desk: Desk, all: readonly Word[]): Answer => {
  const { style } = desk;
  const words = all.filter(({ minor }) => minor !== true);
  const heads = words.map(({ name, usage }) => `${name} ${usage}`.trimEnd());
  const width = Math.min(22, Math.max(...heads.map((head) => head.length)));
  const lines = words.flatMap(({ help, name, usage }) => {
    const head = `${name} ${usage}`.trimEnd();
    const painted = `${style.bold(name)}${head.slice(name.length)}`;
    if (head.length > width) return [`  ${painted}`, ...wrap(' '.repeat(width + 4) + help, desk.width(), width + 4)];
    return wrap(`  ${painted}${' '.repeat(width - head.length)}  ${help}`, desk.width(), width + 4);
  });
  const known = `${desk.dictionary.commands.all.length} commands of the spacecraft: see commands, help COMMAND`;
  return done(...lines, '', ...[known, ...KEYS].flatMap((line) => wrap(line, desk.width())));
};

/** What a value may be, its unit and what it is about. */
const argumentLine = (
  desk: Desk,
  name: string,
  field: AnyField,
  width: number,
  what: string = expectation(field),
): string[] => {
  const unit = field.unit === undefined ? '' : ` in ${field.unit}`;
  const doc = field.doc === undefined ? '' : `: ${field.doc}`;
  return wrap(`  ${desk.style.name(name.padEnd(width))}  ${what}${unit}${doc}`, desk.width(), width + 4);
};

/** Of a parameter that is being set: its type too, which no declaration of the command tells. */
export const parameterHelp = (desk: Desk, { name, field }: ParamEntry): string[] =>
  argumentLine(desk, name, field, name.length, `${typeName(field)}, ${expectation(field)}`);

/** A line or more for each argument. */
export const argumentHelp = (desk: Desk, entry: CommandEntry): string[] => {
  const fields = Object.entries(entry.fields);
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  return fields.length === 0
    ? ['  no arguments']
    : fields.flatMap(([name, field]) => argumentLine(desk, name, field, width));
};

const commandHelp = (desk: Desk, entry: CommandEntry): Answer => {
  const fields = Object.entries(entry.fields);
  const carried = entry.standard
    ? `travels as PUS service (${entry.standard.service},${entry.standard.subtype})`
    : `travels as function 0x${entry.id.toString(16).padStart(4, '0')} of PUS service (8,1)`;
  const within = entry.withinUs > 0 ? `, takes up to ${spanText(entry.withinUs)}` : '';
  return done(
    `${desk.style.bold(entry.name)}${fields.map(([name]) => ` ${name}`).join('')}`,
    ...(entry.doc === undefined ? [] : wrap(`  ${entry.doc}`, desk.width(), 2)),
    ...argumentHelp(desk, entry),
    `  ${carried}${within}`,
  );
};

/** What is left to the explanation beside a form; with less it goes below. */
const LEAST_BESIDE = 24;

/** A form and what it does, parted by two spaces or more, in two columns where there is room. */
const manualLines = (line: string, width: number): string[] => {
  const [, form = line, text = ''] = /^(.*?\S) {2,}(\S.*)$/.exec(line) ?? [];
  const beside = line.length - text.length + 2;
  if (text === '') return wrap(`  ${line}`, width, 4);
  if (width - beside >= LEAST_BESIDE) return wrap(`  ${line}`, width, beside);
  return [...wrap(`  ${form}`, width, 4), ...wrap(`      ${text}`, width, 6)];
};

/** The word `help`, which has to know all words, itself among them. */
export const helpWord = (words: () => readonly Word[]): Word => ({
  name: 'help',
  usage: '[WORD|COMMAND]',
  help: 'this list, or more about a word or a command',
  run: (desk, rest) => {
    if (rest === '') return overview(desk, words());
    const word = words().find(({ name }) => name === rest);
    if (word !== undefined)
      return done(
        `${desk.style.bold(word.name)} ${word.usage}`.trimEnd(),
        ...wrap(`  ${word.help}`, desk.width(), 2),
        ...(word.more ?? []).flatMap((line) => manualLines(line, desk.width())),
      );
    const entry = findCommand(desk.dictionary, rest);
    if (entry !== undefined) return commandHelp(desk, entry);
    const alike = desk.dictionary.commands.all.filter(({ name }) => matcher(rest)(name)).map(({ name }) => name);
    if (alike.length > 0) return done(...wrap(alike.join(', '), desk.width()));
    return refused(`help: expected a word of the console or a command, got '${rest}'`);
  },
  complete: (desk, typed) => {
    const prefix = typed.at(-1) ?? '';
    const names = words().map(({ name }) => name);
    const commands = completeName(desk.dictionary.commands, prefix);
    return [...names.filter((name) => name.startsWith(prefix)), ...commands].map((text) => ({ text, help: '' }));
  },
});
