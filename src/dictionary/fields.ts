// What can be said of a declared field without a value: its width, its range in words, its name as a type. All layouts
// are big-endian; an enumeration and a boolean take one octet, a text counts its octets in one, octets in two.
import type { AnyField, Fields } from '../kernel/field.ts';
import { kindText } from './names.ts';

/** Octets on the wire, or undefined when the value decides. */
export const fixedOctets = (field: AnyField): number | undefined => {
  switch (field.kind) {
    case 'unsigned':
    case 'signed':
    case 'float':
      return field.bits / 8;
    case 'boolean':
    case 'enum':
      return 1;
    default:
      return undefined;
  }
};

/** Octets of all fields together, or undefined when a value decides. */
export const fixedOctetsOf = (fields: Fields): number | undefined => {
  let sum = 0;
  for (const field of Object.values(fields)) {
    const octets = fixedOctets(field);
    if (octets === undefined) return undefined;
    sum += octets;
  }
  return sum;
};

/** A short name: u16, i32, f64, flag, enum, text, octets, rest, list. */
export const typeName = (field: AnyField): string => {
  switch (field.kind) {
    case 'unsigned':
      return `u${field.bits}`;
    case 'signed':
      return `i${field.bits}`;
    case 'float':
      return `f${field.bits}`;
    case 'boolean':
      return 'flag';
    default:
      return field.kind;
  }
};

/** What a value must be, for refusals and help: 'an integer from 0 to 255', 'one of off, on'. */
export const expectation = (field: AnyField): string => {
  switch (field.kind) {
    case 'unsigned':
      if (field.idOf !== undefined)
        return `the name of ${kindText[field.idOf]}, or an integer from ${field.min} to ${field.max}`;
      return `an integer from ${field.min} to ${field.max}`;
    case 'signed':
      return `an integer from ${field.min} to ${field.max}`;
    case 'float':
      if (field.min === -Infinity && field.max === Infinity) return 'a number';
      return `a number from ${field.min} to ${field.max}`;
    case 'boolean':
      return 'true or false';
    case 'enum':
      return `one of ${field.names.join(', ')}`;
    case 'text':
      return `a text of at most ${field.maxOctets} octets`;
    case 'octets':
      return `at most ${field.maxOctets} octets`;
    case 'rest':
      return field.holds === 'settings' ? '[parameter=value ...], or octets' : 'octets';
    case 'list':
      return `a list of at most ${field.maxCount} records, each ${itemText(field.item)}`;
  }
};

/** A record of one field is written as its value alone. */
const itemText = (item: Fields): string => {
  const [only, ...others] = Object.values(item);
  return only !== undefined && others.length === 0 ? expectation(only) : `{${Object.keys(item).join(' ')}}`;
};
