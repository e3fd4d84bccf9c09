// Typed values to octets, by declared fields. Every value is checked against its field, so that what leaves is what the
// other side accepts; what does not fit is told as subject, expected and got, for a person or a report.
import { toHex } from '../codec/hex.ts';
import { Writer } from '../codec/writer.ts';
import type { AnyField, Fields } from '../kernel/field.ts';
import { expectation } from './fields.ts';
import { encodeUtf8 } from './utf8.ts';

/** A value that its field cannot hold. */
export interface Misfit {
  /** The argument, with its place in a list: `entries[2].sid`. */
  readonly subject: string;
  readonly expected: string;
  readonly got: string;
}

export type Encoded =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly misfit: Misfit };

/** Values by field name, as arguments come from a console or an event. */
export type ValueRecord = Readonly<Record<string, unknown>>;

export const misfitText = (misfit: Misfit): string =>
  `${misfit.subject}: expected ${misfit.expected}, got ${misfit.got}`;

const LONGEST_SHOWN = 40;

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value instanceof Uint8Array) return `${value.length} octets${value.length <= 16 ? ` ${toHex(value)}` : ''}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const text = typeof value === 'string' ? `'${value}'` : String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
};

const misfit = (subject: string, field: AnyField, value: unknown): Misfit => ({
  subject,
  expected: expectation(field),
  got: shown(value),
});

const writeInteger = (writer: Writer, bits: number, value: number): void => {
  // Two's complement by adding the modulus: exact for all widths up to 48 bits.
  writer.unsigned(value < 0 ? value + 2 ** bits : value, bits / 8);
};

const writeFloat = (writer: Writer, bits: 32 | 64, value: number): void => {
  const octets = new Uint8Array(bits / 8);
  const view = new DataView(octets.buffer);
  if (bits === 32) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  writer.octets(octets);
};

const inRange = (value: number, field: { readonly min: number; readonly max: number }): boolean =>
  value >= field.min && value <= field.max;

const writeList = (
  writer: Writer,
  field: Extract<AnyField, { kind: 'list' }>,
  value: unknown,
  subject: string,
): Misfit | undefined => {
  if (!Array.isArray(value) || value.length > Math.min(field.maxCount, 255)) return misfit(subject, field, value);
  writer.u8(value.length);
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    const place = `${subject}[${index}]`;
    if (typeof item !== 'object' || item === null) return { subject: place, expected: 'a record', got: shown(item) };
    const wrong = writeFields(writer, field.item, item as ValueRecord, `${place}.`);
    if (wrong) return wrong;
  }
  return undefined;
};

/** Appends one value. What is returned says why nothing, or only a part, was written. */
export const writeValue = (writer: Writer, field: AnyField, value: unknown, subject: string): Misfit | undefined => {
  switch (field.kind) {
    case 'unsigned':
    case 'signed':
      if (!Number.isInteger(value) || !inRange(value as number, field)) return misfit(subject, field, value);
      writeInteger(writer, field.bits, value as number);
      return undefined;
    case 'float':
      if (typeof value !== 'number' || !(inRange(value, field) || (Number.isNaN(value) && field.min === -Infinity)))
        return misfit(subject, field, value);
      writeFloat(writer, field.bits, value);
      return undefined;
    case 'boolean':
      if (typeof value !== 'boolean') return misfit(subject, field, value);
      writer.u8(value ? 1 : 0);
      return undefined;
    case 'enum': {
      const place = typeof value === 'string' ? field.names.indexOf(value) : -1;
      if (place < 0) return misfit(subject, field, value);
      writer.u8(place);
      return undefined;
    }
    case 'text': {
      if (typeof value !== 'string') return misfit(subject, field, value);
      const octets = encodeUtf8(value);
      if (octets.length > Math.min(field.maxOctets, 255)) return misfit(subject, field, value);
      writer.u8(octets.length).octets(octets);
      return undefined;
    }
    case 'octets':
      if (!(value instanceof Uint8Array) || value.length > Math.min(field.maxOctets, 65535))
        return misfit(subject, field, value);
      writer.u16(value.length).octets(value);
      return undefined;
    case 'rest':
      if (!(value instanceof Uint8Array)) return misfit(subject, field, value);
      writer.octets(value);
      return undefined;
    case 'list':
      return writeList(writer, field, value, subject);
  }
};

/** Appends the values in the declared order. `prefix` stands before the names in a misfit. */
export const writeFields = (writer: Writer, fields: Fields, values: ValueRecord, prefix = ''): Misfit | undefined => {
  for (const name in fields) {
    const wrong = writeValue(writer, fields[name]!, values[name], prefix + name);
    if (wrong) return wrong;
  }
  return undefined;
};

const finished = (writer: Writer, wrong: Misfit | undefined): Encoded =>
  wrong ? { ok: false, misfit: wrong } : { ok: true, value: writer.finish() };

/** All fields in the declared order. A name that no field has is refused too. */
export const encodeFields = (fields: Fields, values: ValueRecord): Encoded => {
  for (const name in values)
    if (!Object.hasOwn(fields, name))
      return {
        ok: false,
        misfit: { subject: name, expected: `one of ${Object.keys(fields).join(', ') || 'no arguments'}`, got: name },
      };
  const writer = new Writer();
  return finished(writer, writeFields(writer, fields, values));
};

export const encodeValue = (field: AnyField, value: unknown, subject = 'value'): Encoded => {
  const writer = new Writer(8);
  return finished(writer, writeValue(writer, field, value, subject));
};
