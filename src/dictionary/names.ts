// Ids and the names behind them: the wire has ids, a person types and reads names.
import type { IdKind } from '../kernel/field.ts';
import type { Dictionary } from './dictionary.ts';

const catalogueOf = (dictionary: Dictionary, kind: Exclude<IdKind, 'structure'>) => {
  const { commands, events, channels, params } = dictionary;
  return { command: commands, event: events, channel: channels, param: params }[kind];
};

/** The words for a kind, behind 'the name of'. */
export const kindText: Readonly<Record<IdKind, string>> = {
  command: 'a command',
  event: 'an event',
  channel: 'a channel',
  param: 'a parameter',
  structure: 'a structure',
};

export const idOfName = (dictionary: Dictionary, kind: IdKind, name: string): number | undefined =>
  kind === 'structure' ? dictionary.structures.byName(name)?.sid : catalogueOf(dictionary, kind).byName(name)?.id;

export const nameOfId = (dictionary: Dictionary, kind: IdKind, id: number): string | undefined =>
  kind === 'structure' ? dictionary.structures.byId(id)?.name : catalogueOf(dictionary, kind).byId(id)?.name;

/** An id without a name, as the reference prints it. */
export const idText = (id: number): string => `0x${id.toString(16).toUpperCase().padStart(4, '0')}`;

/** All names of a kind, in the order of their ids. */
export const namesOf = (dictionary: Dictionary, kind: IdKind): readonly string[] =>
  (kind === 'structure' ? dictionary.structures.all : catalogueOf(dictionary, kind).all).map(({ name }) => name);
