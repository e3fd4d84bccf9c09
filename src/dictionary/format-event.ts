// Values and events as a person reads them: names in braces are replaced by arguments, ids by the names behind them.
import { toHex } from '../codec/hex.ts';
import type { AnyField, Fields } from '../kernel/field.ts';
import type { Dictionary } from './dictionary.ts';
import type { ValueRecord } from './encode.ts';
import { nameOfId } from './names.ts';
import { readSettings } from './settings.ts';

/** A value as a person reads it: octets in hexadecimal, lists in brackets, records as name=value. */
export const valueText = (value: unknown): string => {
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, item]) => `${name}=${valueText(item)}`)
      .join(' ');
  return String(value);
};

const itemText = (dictionary: Dictionary, item: Fields, record: ValueRecord): string => {
  const names = Object.keys(item);
  const texts = names.map((name) => fieldText(dictionary, item[name]!, record[name]));
  return names.length === 1 ? texts[0]! : `{${texts.map((text, index) => `${names[index]}=${text}`).join(' ')}}`;
};

/** A value of a field as it may be typed again: names for ids, settings as parameter=value. */
export const fieldText = (dictionary: Dictionary, field: AnyField, value: unknown): string => {
  if (field.kind === 'unsigned' && field.idOf !== undefined && typeof value === 'number')
    return nameOfId(dictionary, field.idOf, value) ?? valueText(value);
  if (field.kind === 'list' && Array.isArray(value))
    return `[${value.map((record) => itemText(dictionary, field.item, record as ValueRecord)).join(' ')}]`;
  if (field.kind === 'rest' && field.holds === 'settings' && value instanceof Uint8Array) {
    const settings = readSettings(dictionary, value);
    if (settings !== undefined)
      return `[${settings.map(({ entry, value: to }) => `${entry.name}=${valueText(to)}`).join(' ')}]`;
  }
  return valueText(value);
};

/** `{name}` becomes the argument of that name; a name without an argument stays as it is. */
export const formatEvent = (
  format: string,
  args: ValueRecord,
  text: (name: string, value: unknown) => string = (_, value) => valueText(value),
): string =>
  format.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(args, name) ? text(name, args[name]) : whole));
