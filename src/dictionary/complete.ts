// What may stand at the end of a half-written command line: commands, then arguments by name, then values.
import type { AnyField } from '../kernel/field.ts';
import type { CommandEntry, Dictionary, ParamEntry } from './dictionary.ts';
import { expectation, typeName } from './fields.ts';
import { namesOf } from './names.ts';
import { findCommand } from './parse-arguments.ts';
import { isSpace, keyAndValue, splitTokens } from './tokens.ts';

export interface Candidate {
  /** Takes the place of the line from `from` on. */
  readonly text: string;
  readonly help: string;
}

export interface Completion {
  readonly from: number;
  readonly candidates: readonly Candidate[];
}

/** `store.Clear(area, force)`. */
export const signatureOf = (entry: CommandEntry): string =>
  `${entry.name}(${Object.entries(entry.fields)
    .map(([name, field]) => `${name}: ${typeName(field)}`)
    .join(', ')})`;

const fieldHelp = (field: AnyField): string =>
  [expectation(field), field.unit && `in ${field.unit}`, field.doc].filter(Boolean).join('; ');

const byPrefix = (candidates: readonly Candidate[], prefix: string): readonly Candidate[] => {
  const wanted = prefix.toLowerCase();
  const starting = candidates.filter((candidate) => candidate.text.toLowerCase().startsWith(wanted));
  if (starting.length > 0) return starting;
  return candidates.filter((candidate) => candidate.text.toLowerCase().includes(wanted));
};

/** The values that a field names by itself; others have none. */
const valuesOf = (field: AnyField, before: string): readonly Candidate[] => {
  const help = fieldHelp(field);
  if (field.kind === 'enum') return field.names.map((name) => ({ text: before + name, help }));
  if (field.kind === 'boolean') return ['true', 'false'].map((name) => ({ text: before + name, help }));
  return [];
};

const completeCommand = (dictionary: Dictionary, prefix: string): readonly Candidate[] =>
  byPrefix(
    dictionary.commands.all.map((entry) => ({
      text: entry.name,
      help: [signatureOf(entry), entry.doc].filter(Boolean).join(' - '),
    })),
    prefix,
  );

/** The parameter whose value is being typed at the end of `text`: behind `name=`, in a list or alone. */
export const settingAt = (dictionary: Dictionary, text: string): ParamEntry | undefined => {
  const name = /([\w.]+)=[^[\]{}\s,=]*$/.exec(text)?.[1];
  return name === undefined ? undefined : dictionary.params.byName(name);
};

/** The names that may stand where `fragment` is being typed, in `text` before it. */
const namesFor = (dictionary: Dictionary, field: AnyField, before: string): readonly string[] => {
  if (field.kind === 'unsigned') return field.idOf === undefined ? [] : namesOf(dictionary, field.idOf);
  if (field.kind !== 'list') return [];
  const names = Object.keys(field.item);
  const key = /(\w+)=$/.exec(before)?.[1] ?? (names.length === 1 || before.endsWith('{') ? names[0] : undefined);
  const item = key !== undefined && Object.hasOwn(field.item, key) ? field.item[key] : undefined;
  return item === undefined ? [] : namesFor(dictionary, item, before);
};

/** Parameters by name, each with what its value may be; behind a name the values that its field names by itself. */
const settingsFor = (dictionary: Dictionary, before: string): readonly Candidate[] => {
  const chosen = settingAt(dictionary, before);
  if (chosen !== undefined) return valuesOf(chosen.field, '');
  if (before.endsWith('=')) return [];
  return dictionary.params.all.map(({ name, field }) => ({ text: `${name}=`, help: fieldHelp(field) }));
};

/** Names for ids, in a list too: what stands before the name being typed stays. */
const completeNames = (dictionary: Dictionary, field: AnyField, word: string, from: number): readonly Candidate[] => {
  const text = word.slice(from);
  const fragment = /[^[\]{}\s,=]*$/.exec(text)![0];
  const before = text.slice(0, text.length - fragment.length);
  // What is closed goes on behind a space.
  if (/[\]}]$/.test(before)) return [];
  const kept = word.slice(0, word.length - fragment.length);
  const names =
    field.kind === 'rest' && field.holds === 'settings'
      ? settingsFor(dictionary, before)
      : namesFor(dictionary, field, before).map((name) => ({ text: name, help: fieldHelp(field) }));
  return byPrefix(names, fragment).map((each) => ({ ...each, text: kept + each.text }));
};

const completeArgument = (
  dictionary: Dictionary,
  entry: CommandEntry,
  given: readonly string[],
  word: string,
): readonly Candidate[] => {
  const named = keyAndValue(word);
  if (named) {
    const field = Object.hasOwn(entry.fields, named[0]) ? entry.fields[named[0]] : undefined;
    if (!field) return [];
    const values = byPrefix(valuesOf(field, `${named[0]}=`), word);
    return [...values, ...completeNames(dictionary, field, word, named[0].length + 1)];
  }
  const taken = new Set(given.map((each) => keyAndValue(each)?.[0]).filter((key) => key !== undefined));
  const open = Object.keys(entry.fields).filter((name) => !taken.has(name));
  const left = open.slice(given.length - taken.size);
  const next = left[0] === undefined ? undefined : entry.fields[left[0]];
  const names = left.map((name) => ({ text: `${name}=`, help: fieldHelp(entry.fields[name]!) }));
  const values = byPrefix([...(next ? valuesOf(next, '') : []), ...names], word);
  return next ? [...values, ...completeNames(dictionary, next, word, 0)] : values;
};

/** Names of channels, parameters or events that start with a prefix, or contain it when none does. */
export const completeName = (
  catalogue: { readonly all: readonly { readonly name: string }[] },
  prefix: string,
): readonly string[] =>
  byPrefix(
    catalogue.all.map((entry) => ({ text: entry.name, help: '' })),
    prefix,
  ).map((candidate) => candidate.text);

/** The line up to the cursor. With an unknown command there are no candidates for its arguments. */
export const complete = (dictionary: Dictionary, line: string): Completion => {
  const tokens = splitTokens(line, isSpace);
  const last = tokens.at(-1);
  const word = last && last.end === line.length ? last : { text: '', start: line.length, end: line.length };
  const before = tokens.filter((token) => token !== word);
  const [first, ...given] = before;
  if (!first) return { from: word.start, candidates: completeCommand(dictionary, word.text) };
  const entry = findCommand(dictionary, first.text);
  if (!entry) return { from: word.start, candidates: [] };
  return {
    from: word.start,
    candidates: completeArgument(
      dictionary,
      entry,
      given.map((token) => token.text),
      word.text,
    ),
  };
};
