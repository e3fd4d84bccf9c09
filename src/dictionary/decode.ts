// Octets to typed values, by declared fields; what a field cannot hold is refused with a stable reason that a failure
// report or a counter can carry: 'too short', 'too long', 'argument out of range: x'.
import { Cursor } from '../codec/cursor.ts';
import { ok, type Result, refuse } from '../codec/result.ts';
import type { AnyField, Fields, ValueOf, Values } from '../kernel/field.ts';
import { decodeUtf8 } from './utf8.ts';

const outOfRange = (subject: string, at: number) => refuse(`argument out of range: ${subject}`, at);

const readFloat = (octets: Uint8Array): number => {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  return octets.length === 4 ? view.getFloat32(0) : view.getFloat64(0);
};

const readNumber = (
  cursor: Cursor,
  field: Extract<AnyField, { kind: 'unsigned' | 'signed' | 'float' }>,
  subject: string,
): Result<number> => {
  const at = cursor.at;
  let value: number;
  if (field.kind === 'float') {
    const octets = cursor.octets(field.bits / 8);
    value = cursor.short ? 0 : readFloat(octets);
  } else {
    const unsigned = cursor.unsigned(field.bits / 8);
    value = field.kind === 'signed' && unsigned >= 2 ** (field.bits - 1) ? unsigned - 2 ** field.bits : unsigned;
  }
  if (cursor.short) return cursor.refusal();
  const open = field.kind === 'float' && Number.isNaN(value) && field.min === -Infinity;
  return open || (value >= field.min && value <= field.max) ? ok(value) : outOfRange(subject, at);
};

const readList = (
  cursor: Cursor,
  field: Extract<AnyField, { kind: 'list' }>,
  subject: string,
): Result<readonly unknown[]> => {
  const at = cursor.at;
  const count = cursor.u8();
  if (cursor.short) return cursor.refusal();
  if (count > field.maxCount) return outOfRange(subject, at);
  const items: unknown[] = [];
  for (let index = 0; index < count; index++) {
    const item = readFields(cursor, field.item);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return ok(items);
};

/** The next value. Octets stay views of the input. */
export const readValue = (cursor: Cursor, field: AnyField, subject: string): Result<unknown> => {
  const at = cursor.at;
  switch (field.kind) {
    case 'unsigned':
    case 'signed':
    case 'float':
      return readNumber(cursor, field, subject);
    case 'boolean': {
      const octet = cursor.u8();
      if (cursor.short) return cursor.refusal();
      return octet <= 1 ? ok(octet === 1) : outOfRange(subject, at);
    }
    case 'enum': {
      const place = cursor.u8();
      if (cursor.short) return cursor.refusal();
      return place < field.names.length ? ok(field.names[place]!) : outOfRange(subject, at);
    }
    case 'text': {
      const octets = cursor.octets(cursor.u8());
      if (cursor.short) return cursor.refusal();
      const text = octets.length > field.maxOctets ? undefined : decodeUtf8(octets);
      return text === undefined ? outOfRange(subject, at) : ok(text);
    }
    case 'octets': {
      const octets = cursor.octets(cursor.u16());
      if (cursor.short) return cursor.refusal();
      return octets.length > field.maxOctets ? outOfRange(subject, at) : ok(octets);
    }
    case 'rest':
      return ok(cursor.rest());
    case 'list':
      return readList(cursor, field, subject);
  }
};

/** The next values in the declared order. */
export const readFields = <F extends Fields>(cursor: Cursor, fields: F): Result<Values<F>> => {
  const values: Record<string, unknown> = {};
  for (const name in fields) {
    const value = readValue(cursor, fields[name]!, name);
    if (!value.ok) return value;
    values[name] = value.value;
  }
  return ok(values as Values<F>);
};

/** Exactly these fields, no octet more. Refuses 'too short', 'too long', 'argument out of range: <name>'. */
export const decodeFields = <F extends Fields>(fields: F, octets: Uint8Array): Result<Values<F>> => {
  const cursor = new Cursor(octets);
  const values = readFields(cursor, fields);
  if (values.ok && cursor.left > 0) return refuse('too long', cursor.at);
  return values;
};

/** Exactly one value. Refuses as `decodeFields`. */
export const decodeValue = <F extends AnyField>(
  field: F,
  octets: Uint8Array,
  subject = 'value',
): Result<ValueOf<F>> => {
  const cursor = new Cursor(octets);
  const value = readValue(cursor, field, subject);
  if (value.ok && cursor.left > 0) return refuse('too long', cursor.at);
  return value as Result<ValueOf<F>>;
};

/** Octets of the value of a field that starts at `at`, or -1 when they hold no such value. */
export const measureValue = (field: AnyField, octets: Uint8Array, at: number): number => {
  const cursor = new Cursor(octets, at);
  return readValue(cursor, field, 'value').ok ? cursor.at - at : -1;
};
