// Whether a value is one of its field: the reason when it is not, in short stable words.
import type { AnyField } from './field.ts';

const encoder = new TextEncoder();

const checkNumber = (value: unknown, min: number, max: number, whole: boolean): string | undefined => {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'not a number';
  if (whole && !Number.isInteger(value)) return 'not an integer';
  return value < min || value > max ? 'out of range' : undefined;
};

const checkOctets = (value: unknown, maxOctets: number): string | undefined => {
  if (!(value instanceof Uint8Array)) return 'not octets';
  return value.length > maxOctets ? 'too long' : undefined;
};

/** Undefined for a value that the field can hold. */
export const checkValue = (field: AnyField, value: unknown): string | undefined => {
  switch (field.kind) {
    case 'unsigned':
    case 'signed':
      return checkNumber(value, field.min, field.max, true);
    case 'float':
      return checkNumber(value, field.min, field.max, false);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'not a boolean';
    case 'enum':
      return typeof value === 'string' && field.names.includes(value) ? undefined : 'unknown name';
    case 'text':
      if (typeof value !== 'string') return 'not a text';
      return encoder.encode(value).length > field.maxOctets ? 'too long' : undefined;
    case 'octets':
      return checkOctets(value, field.maxOctets);
    case 'rest':
      return checkOctets(value, Infinity);
    case 'list':
      return checkList(field, value);
  }
};

const checkList = (field: Extract<AnyField, { kind: 'list' }>, value: unknown): string | undefined => {
  if (!Array.isArray(value)) return 'not a list';
  if (value.length > field.maxCount) return 'too long';
  for (const item of value as readonly unknown[]) {
    if (typeof item !== 'object' || item === null) return 'not a record';
    for (const [name, each] of Object.entries(field.item)) {
      const reason = checkValue(each, (item as Readonly<Record<string, unknown>>)[name]);
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
};
