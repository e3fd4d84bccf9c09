// The dictionary as JSON with a stable order, so that every change of an interface shows as a difference of text; and
// its version, a digest of that text, by which two ends know that they speak of the same.
import { toHex } from '../codec/hex.ts';
import type { AnyField, Fields } from '../kernel/field.ts';
import type { Dictionary } from './dictionary.ts';
import { typeName } from './fields.ts';
import { encodeUtf8 } from './utf8.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const widest = (field: Extract<AnyField, { kind: 'unsigned' | 'signed' | 'float' }>): readonly [number, number] => {
  if (field.kind === 'float') return [-Infinity, Infinity];
  if (field.kind === 'unsigned') return [0, 2 ** field.bits - 1];
  return [-(2 ** (field.bits - 1)), 2 ** (field.bits - 1) - 1];
};

/** Ranges stand only where they are narrower than the type. */
const limitsJson = (field: AnyField): Readonly<Record<string, Json>> => {
  switch (field.kind) {
    case 'unsigned':
    case 'signed':
    case 'float': {
      const [min, max] = widest(field);
      return {
        ...(field.min !== min && { min: field.min }),
        ...(field.max !== max && { max: field.max }),
        ...(field.kind === 'unsigned' && field.idOf !== undefined && { idOf: field.idOf }),
      };
    }
    case 'enum':
      return { names: field.names };
    case 'text':
    case 'octets':
      return { maxOctets: field.maxOctets };
    case 'list':
      return { maxCount: field.maxCount, item: fieldsJson(field.item) };
    case 'rest':
      return field.holds === undefined ? {} : { holds: field.holds };
    default:
      return {};
  }
};

export const fieldJson = (field: AnyField): Readonly<Record<string, Json>> => ({
  type: typeName(field),
  ...limitsJson(field),
  ...(field.unit !== undefined && { unit: field.unit }),
  ...(field.doc !== undefined && { doc: field.doc }),
});

/** A list, because the order of fields is the order of the wire. */
const fieldsJson = (fields: Fields): readonly Json[] =>
  Object.entries(fields).map(([name, field]) => ({ name, ...fieldJson(field) }));

/** A typed value as JSON: octets in hexadecimal, numbers that JSON has not as text. */
export const valueJson = (value: unknown): Json => {
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(valueJson);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, valueJson(item)]));
  return null;
};

const contentJson = (dictionary: Dictionary): Readonly<Record<string, Json>> => ({
  commands: dictionary.commands.all.map(({ id, name, standard, withinUs, doc, fields }) => ({
    id,
    name,
    ...(standard && { service: standard.service, subtype: standard.subtype }),
    ...(withinUs > 0 && { withinUs }),
    ...(doc !== undefined && { doc }),
    arguments: fieldsJson(fields),
  })),
  events: dictionary.events.all.map(({ id, name, severity, format, throttle, fields }) => ({
    id,
    name,
    severity,
    format,
    ...(throttle && { throttle: { count: throttle.count, windowUs: throttle.windowUs } }),
    arguments: fieldsJson(fields),
  })),
  channels: dictionary.channels.all.map(({ id, name, field }) => ({ id, name, ...fieldJson(field) })),
  params: dictionary.params.all.map(({ id, name, field, initial }) => ({
    id,
    name,
    ...fieldJson(field),
    initial: valueJson(initial),
  })),
  structures: dictionary.structures.all.map(({ sid, name, intervalTenths, channels }) => ({
    sid,
    name,
    intervalTenths,
    channels,
  })),
});

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
const MASK = (1n << 64n) - 1n;

const fnv1a = (octets: Uint8Array): string => {
  let hash = FNV_OFFSET;
  for (const octet of octets) hash = ((hash ^ BigInt(octet)) * FNV_PRIME) & MASK;
  return hash.toString(16).padStart(16, '0');
};

/** 16 hexadecimal digits that change with every change of the content (FNV-1a, 64 bits: not against malice). */
export const dictionaryVersion = (dictionary: Dictionary): string =>
  fnv1a(encodeUtf8(JSON.stringify(contentJson(dictionary))));

/** Pretty-printed, with a final newline. */
export const dictionaryJson = (dictionary: Dictionary): string =>
  `${JSON.stringify({ version: dictionaryVersion(dictionary), ...contentJson(dictionary) }, null, 2)}\n`;
