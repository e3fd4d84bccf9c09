// What may stand at the end of a half-written command line: commands, then arguments by name, then values.
import type { AnyField } from '../kernel/field.ts';
import type { CommandEntry, Dictionary } from './dictionary.ts';
import { expectation, typeName } from './fields.ts';
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

const completeArgument = (entry: CommandEntry, given: readonly string[], word: string): readonly Candidate[] => {
  const named = keyAndValue(word);
  if (named) {
    const field = Object.hasOwn(entry.fields, named[0]) ? entry.fields[named[0]] : undefined;
    return field ? byPrefix(valuesOf(field, `${named[0]}=`), word) : [];
  }
  const taken = new Set(given.map((each) => keyAndValue(each)?.[0]).filter((key) => key !== undefined));
  const open = Object.keys(entry.fields).filter((name) => !taken.has(name));
  const left = open.slice(given.length - taken.size);
  const next = left[0] === undefined ? undefined : entry.fields[left[0]];
  const names = left.map((name) => ({ text: `${name}=`, help: fieldHelp(entry.fields[name]!) }));
  return byPrefix([...(next ? valuesOf(next, '') : []), ...names], word);
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
      entry,
      given.map((token) => token.text),
      word.text,
    ),
  };
};
