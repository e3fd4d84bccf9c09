// The text of an event: names in braces are replaced by its arguments.
import { toHex } from '../codec/hex.ts';
import type { ValueRecord } from './encode.ts';

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

/** `{name}` becomes the argument of that name; a name without an argument stays as it is. */
export const formatEvent = (format: string, args: ValueRecord): string =>
  format.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(args, name) ? valueText(args[name]) : whole));
