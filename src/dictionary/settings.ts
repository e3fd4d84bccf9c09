// Settings of parameters (the data of PUS TC[20,3]) as a person writes and reads them: health.missingAfter=5.
import { Cursor } from '../codec/cursor.ts';
import { Writer } from '../codec/writer.ts';
import { readValue } from './decode.ts';
import type { Dictionary, ParamEntry } from './dictionary.ts';

export interface Setting {
  readonly entry: ParamEntry;
  readonly value: unknown;
}

export const MOST_SETTINGS = 255;

/** Name and text of `name=text`; the name may have dots. */
export const settingWord = (word: string): readonly [name: string, text: string] | undefined => {
  const at = word.indexOf('=');
  return at > 0 ? [word.slice(0, at), word.slice(at + 1)] : undefined;
};

/** Their number, then id and octets of each. */
export const joinSettings = (settings: readonly { readonly id: number; readonly octets: Uint8Array }[]): Uint8Array => {
  const writer = new Writer(64).u8(settings.length);
  for (const { id, octets } of settings) writer.u16(id).octets(octets);
  return writer.finish();
};

/** Undefined for octets that are no settings of this dictionary. */
export const readSettings = (dictionary: Dictionary, octets: Uint8Array): readonly Setting[] | undefined => {
  const cursor = new Cursor(octets);
  const count = cursor.u8();
  const settings: Setting[] = [];
  for (let index = 0; index < count; index++) {
    const entry = dictionary.params.byId(cursor.u16());
    if (cursor.short || entry === undefined) return undefined;
    const value = readValue(cursor, entry.field, entry.name);
    if (!value.ok) return undefined;
    settings.push({ entry, value: value.value });
  }
  return cursor.short || cursor.left > 0 ? undefined : settings;
};
