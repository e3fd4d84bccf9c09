// One value as a person writes it, by its field: 12, 0x0c, -3, 1.5e3, on, true, a name, "a text", 0a1b2c, [1, 2],
// [{sid=1 interval=10}, {2 20}]. Where a dictionary is at hand, the name of what an id names, and settings:
// [health.missingAfter=5].
import { fromHex } from '../codec/hex.ts';
import type { AnyField, Fields } from '../kernel/field.ts';
import type { Dictionary } from './dictionary.ts';
import { encodeValue, type Misfit } from './encode.ts';
import { expectation } from './fields.ts';
import { idOfName } from './names.ts';
import { joinSettings, MOST_SETTINGS, settingWord } from './settings.ts';
import { isSpaceOrComma, keyAndValue, splitTokens, unquote } from './tokens.ts';
import { encodeUtf8 } from './utf8.ts';

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly misfit: Misfit };

const got = <T>(value: T): Parsed<T> => ({ ok: true, value });

const wrong = (subject: string, expected: string, text: string): Parsed<never> => ({
  ok: false,
  misfit: { subject, expected, got: text === '' ? 'nothing' : `'${text}'` },
});

const INTEGER = /^-?(?:\d[\d_]*|0x[\da-f_]+|0b[01_]+)$/i;
const FLOAT = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|Infinity)$/i;
const TRUTH: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  1: true,
  false: false,
  off: false,
  no: false,
  0: false,
};

const parseInteger = (text: string): number | undefined => {
  if (!INTEGER.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  return plain.startsWith('-') ? -Number(plain.slice(1)) : Number(plain);
};

const parseNumber = (field: AnyField, text: string, dictionary: Dictionary | undefined): number | undefined => {
  const integer = parseInteger(text);
  if (integer !== undefined) return integer;
  if (field.kind === 'unsigned' && field.idOf !== undefined && dictionary !== undefined)
    return idOfName(dictionary, field.idOf, text);
  if (field.kind !== 'float') return undefined;
  return text === 'NaN' || FLOAT.test(text) ? Number(text) : undefined;
};

const parseEnum = (names: readonly string[], text: string): string | undefined => {
  if (names.includes(text)) return text;
  const alike = names.filter((name) => name.toLowerCase() === text.toLowerCase());
  return alike.length === 1 ? alike[0] : undefined;
};

/** Hexadecimal, with or without 0x; quoted it is a text. */
const parseOctets = (text: string): Uint8Array | undefined => {
  const plain = unquote(text);
  if (plain !== text) return encodeUtf8(plain);
  const octets = fromHex(text.replace(/^0x/i, '').replaceAll('_', ''));
  return octets.ok ? octets.value : undefined;
};

const bracketed = (text: string, open: string, close: string): string | undefined =>
  text.length >= 2 && text.startsWith(open) && text.endsWith(close) ? text.slice(1, -1) : undefined;

const parseItem = (
  item: Fields,
  text: string,
  place: string,
  dictionary: Dictionary | undefined,
): Parsed<Readonly<Record<string, unknown>>> => {
  const inner = bracketed(text, '{', '}');
  const names = Object.keys(item);
  if (inner === undefined && names.length !== 1) return wrong(place, `{${names.join(' ')}}`, text);
  return parseWords(
    item,
    inner === undefined ? [text] : splitTokens(inner, isSpaceOrComma).map((t) => t.text),
    `${place}.`,
    dictionary,
  );
};

const parseList = (
  field: Extract<AnyField, { kind: 'list' }>,
  text: string,
  subject: string,
  dictionary: Dictionary | undefined,
): Parsed<readonly unknown[]> => {
  const inner = bracketed(text, '[', ']') ?? text;
  const items: unknown[] = [];
  for (const token of splitTokens(inner, isSpaceOrComma)) {
    const item = parseItem(field.item, token.text, `${subject}[${items.length}]`, dictionary);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return items.length > field.maxCount ? wrong(subject, expectation(field), text) : got(items);
};

const parseSettings = (text: string, subject: string, dictionary: Dictionary): Parsed<Uint8Array> => {
  const settings: { readonly id: number; readonly octets: Uint8Array }[] = [];
  for (const { text: word } of splitTokens(bracketed(text, '[', ']') ?? text, isSpaceOrComma)) {
    const setting = settingWord(word);
    if (setting === undefined) return wrong(`${subject}[${settings.length}]`, 'parameter=value', word);
    const [name, written] = setting;
    const entry = dictionary.params.byName(name) ?? dictionary.params.byId(parseInteger(name) ?? -1);
    if (entry === undefined) return wrong(`${subject}[${settings.length}]`, 'the name of a parameter', name);
    const value = parseValue(entry.field, written, entry.name, dictionary);
    if (!value.ok) return value;
    const encoded = encodeValue(entry.field, value.value, entry.name);
    if (!encoded.ok) return encoded;
    settings.push({ id: entry.id, octets: encoded.value });
  }
  if (settings.length > MOST_SETTINGS) return wrong(subject, `at most ${MOST_SETTINGS} settings`, text);
  return got(joinSettings(settings));
};

/** Refuses with subject, expected and got. Ranges are checked here too, so that a mistake shows before sending. */
export const parseValue = (
  field: AnyField,
  text: string,
  subject: string,
  dictionary?: Dictionary,
): Parsed<unknown> => {
  switch (field.kind) {
    case 'unsigned':
    case 'signed':
    case 'float': {
      const value = parseNumber(field, text, dictionary);
      if (value === undefined || value < field.min || value > field.max) break;
      return got(value);
    }
    case 'boolean': {
      const value = Object.hasOwn(TRUTH, text.toLowerCase()) ? TRUTH[text.toLowerCase()] : undefined;
      if (value === undefined) break;
      return got(value);
    }
    case 'enum': {
      const value = parseEnum(field.names, unquote(text));
      if (value === undefined) break;
      return got(value);
    }
    case 'text': {
      const value = unquote(text);
      if (encodeUtf8(value).length > Math.min(field.maxOctets, 255)) break;
      return got(value);
    }
    case 'octets':
    case 'rest': {
      if (field.kind === 'rest' && field.holds === 'settings' && text.includes('=') && dictionary !== undefined)
        return parseSettings(text, subject, dictionary);
      const value = parseOctets(text);
      if (value === undefined || (field.kind === 'octets' && value.length > field.maxOctets)) break;
      return got(value);
    }
    case 'list':
      return parseList(field, text, subject, dictionary);
  }
  const hint = field.kind === 'octets' || field.kind === 'rest' ? ' in hexadecimal' : '';
  return wrong(subject, expectation(field) + hint, text);
};

/** Whether a field takes all words that are left: a list or settings without brackets, in the last place. */
const takesRest = (field: AnyField, words: readonly string[]): boolean =>
  (field.kind === 'list' || (field.kind === 'rest' && field.holds === 'settings')) && !words[0]?.startsWith('[');

/**
 * Words to the values of fields: `key=value` by name, others in the declared order of what is not given by name. Every
 * field must have a value, and no word may be left over. `prefix` stands before the names in a misfit.
 */
export const parseWords = (
  fields: Fields,
  words: readonly string[],
  prefix = '',
  dictionary?: Dictionary,
): Parsed<Readonly<Record<string, unknown>>> => {
  const texts = new Map<string, string>();
  const positional: string[] = [];
  for (const word of words) {
    const named = keyAndValue(word);
    if (!named) {
      positional.push(word);
      continue;
    }
    const [key, value] = named;
    if (!Object.hasOwn(fields, key))
      return wrong(prefix + key, `one of ${Object.keys(fields).join(', ') || 'no arguments'}`, key);
    if (texts.has(key)) return wrong(prefix + key, 'one value', value);
    texts.set(key, value);
  }
  const values: Record<string, unknown> = {};
  const last = Object.keys(fields).findLast((name) => !texts.has(name));
  for (const name in fields) {
    const field = fields[name]!;
    if (name === last && positional.length > 1 && takesRest(field, positional))
      positional.splice(0, positional.length, positional.join(' '));
    const text = texts.get(name) ?? positional.shift();
    if (text === undefined) return wrong(prefix + name, expectation(field), '');
    const value = parseValue(field, text, prefix + name, dictionary);
    if (!value.ok) return value;
    values[name] = value.value;
  }
  if (positional.length > 0)
    return wrong(`${prefix}arguments`, `${Object.keys(fields).length} of them`, positional[0]!);
  return got(values);
};
