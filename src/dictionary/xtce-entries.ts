// Declared fields as a run of XTCE entries. A count becomes a value of its own, which sizes what follows it; a list is
// its count and its octets, because readers of XTCE differ too much in what arrays they know.
import type { AnyField, Fields } from '../kernel/field.ts';
import { fixedOctets, fixedOctetsOf } from './fields.ts';
import { element, type XmlElement } from './xml.ts';
import type { XtceTypes } from './xtce-types.ts';

/** Letters that a name of XTCE may not have are the point, the slash, the colon, brackets and white space. */
export const xtceName = (name: string): string => name.replace(/[./:[\]\s]/g, '_');

const COUNT_OF_8: AnyField = { kind: 'unsigned', bits: 8, min: 0, max: 255 };
const COUNT_OF_16: AnyField = { kind: 'unsigned', bits: 16, min: 0, max: 65535 };

/** One value: its declaration (Parameter or Argument), and whether it lies in the packet. */
export interface XtceValue {
  readonly name: string;
  readonly type: string;
  readonly doc?: string | undefined;
  /** False for an argument that only tells how long another one is. */
  readonly inPacket: boolean;
}

const value = (name: string, type: string, doc?: string, inPacket = true): XtceValue => ({ name, type, doc, inPacket });

/**
 * How a reader learns the size of octets that run to the end: bits per unit of a reference, less what else is there.
 */
export interface EndRule {
  readonly reference: string;
  /** Octets of the packet that are not these: before, and the check after. */
  readonly octetsBesides: number;
}

const counted = (types: XtceTypes, name: string, field: AnyField, count: AnyField, octetsEach: number): XtceValue[] => {
  const reference = `${name}_count`;
  return [
    value(reference, types.field(count)),
    value(name, types.field(field, { reference, slope: 8 * octetsEach, intercept: 0 }), field.doc),
  ];
};

const toTheEnd = (
  types: XtceTypes,
  name: string,
  field: AnyField,
  end: EndRule | undefined,
): XtceValue[] | undefined => {
  if (types.side === 'Parameter') {
    if (!end) return undefined;
    const sizedBy = { reference: end.reference, slope: 8, intercept: 8 * (7 - end.octetsBesides) };
    return [value(name, types.field(field, sizedBy), field.doc)];
  }
  const reference = `${name}_octets`;
  return [
    value(reference, types.field(COUNT_OF_16), undefined, false),
    value(name, types.field(field, { reference, slope: 8, intercept: 0 }), field.doc),
  ];
};

/** The values of one field, or undefined when XTCE cannot size it. */
export const xtceValues = (
  types: XtceTypes,
  name: string,
  field: AnyField,
  end?: EndRule,
): readonly XtceValue[] | undefined => {
  switch (field.kind) {
    case 'text':
      return counted(types, name, field, COUNT_OF_8, 1);
    case 'octets':
      return counted(types, name, field, COUNT_OF_16, 1);
    case 'list': {
      const octetsEach = fixedOctetsOf(field.item);
      if (octetsEach !== undefined) return counted(types, name, field, COUNT_OF_8, octetsEach);
      const rest = toTheEnd(types, name, field, end);
      return rest && [value(`${name}_count`, types.field(COUNT_OF_8)), ...rest];
    }
    case 'rest':
      return toTheEnd(types, name, field, end);
    default:
      return [value(name, types.field(field), field.doc)];
  }
};

export interface XtceRun {
  readonly values: readonly XtceValue[];
  /** False when a field could not be expressed: nothing can be placed after it. */
  readonly whole: boolean;
}

/**
 * Fields in order, each named `prefix` and its name. `octetsBefore` is where the first lies in the packet; a rest can
 * be sized only while all before it is of fixed length.
 */
export const xtceRun = (types: XtceTypes, prefix: string, fields: Fields, octetsBefore: number): XtceRun => {
  const values: XtceValue[] = [];
  let before: number | undefined = octetsBefore;
  for (const [name, field] of Object.entries(fields)) {
    const checkOctets = 2;
    const countOctets: number = field.kind === 'list' ? 1 : 0;
    const octetsBesides: number | undefined = before === undefined ? undefined : before + countOctets + checkOctets;
    const end = octetsBesides === undefined ? undefined : { reference: 'packet_length', octetsBesides };
    const made = xtceValues(types, prefix + xtceName(name), field, end);
    if (!made) return { values, whole: false };
    values.push(...made);
    const octets = fixedOctets(field);
    before = before === undefined || octets === undefined ? undefined : before + octets;
  }
  return { values, whole: true };
};

export const declarations = (tag: XtceTypes['side'], values: readonly XtceValue[]): readonly XmlElement[] =>
  values.map(({ name, type, doc }) =>
    element(tag, {
      [tag === 'Parameter' ? 'parameterTypeRef' : 'argumentTypeRef']: type,
      name,
      shortDescription: doc,
    }),
  );

export const entries = (tag: XtceTypes['side'], values: readonly XtceValue[]): readonly XmlElement[] =>
  values
    .filter(({ inPacket }) => inPacket)
    .map(({ name }) =>
      tag === 'Parameter'
        ? element('ParameterRefEntry', { parameterRef: name })
        : element('ArgumentRefEntry', { argumentRef: name }),
    );
