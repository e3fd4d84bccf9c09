// Field kinds as XTCE 1.2 data types, for parameters of telemetry and for arguments of commands. Equal types are
// written once. What XTCE readers cannot count for themselves (octets behind a count) is sized by another parameter.
import { assert } from '../codec/assert.ts';
import type { AnyField } from '../kernel/field.ts';
import { element, type XmlElement } from './xml.ts';

export type XtceSide = 'Parameter' | 'Argument';

/** Where the size of a value of variable length comes from: `slope` bits per unit of a reference, and a constant. */
export interface SizedBy {
  readonly reference: string;
  readonly slope: number;
  readonly intercept: number;
}

const integerEncoding = (bits: number, signed: boolean): XmlElement =>
  element('IntegerDataEncoding', { sizeInBits: bits, encoding: signed ? 'twosComplement' : 'unsigned' });

const units = (field: AnyField): readonly XmlElement[] =>
  field.unit === undefined ? [] : [element('UnitSet', {}, [element('Unit', {}, field.unit)])];

const range = (field: { readonly min: number; readonly max: number }, side: XtceSide): readonly XmlElement[] => {
  const limits = {
    minInclusive: Number.isFinite(field.min) ? field.min : undefined,
    maxInclusive: Number.isFinite(field.max) ? field.max : undefined,
  };
  if (limits.minInclusive === undefined && limits.maxInclusive === undefined) return [];
  const valid = element('ValidRange', limits);
  return [side === 'Argument' ? element('ValidRangeSet', {}, [valid]) : valid];
};

const dynamicValue = (side: XtceSide, { reference, slope, intercept }: SizedBy): XmlElement =>
  element('DynamicValue', {}, [
    side === 'Argument'
      ? element('ArgumentInstanceRef', { argumentRef: reference })
      : element('ParameterInstanceRef', { parameterRef: reference, useCalibratedValue: false }),
    element('LinearAdjustment', { slope, ...(intercept !== 0 && { intercept }) }),
  ]);

const textType = (field: { readonly maxOctets: number }, side: XtceSide, sizedBy: SizedBy): XmlElement =>
  element(`String${side}Type`, {}, [
    element('StringDataEncoding', { encoding: 'UTF-8' }, [
      element('Variable', { maxSizeInBits: field.maxOctets * 8 }, [dynamicValue(side, sizedBy)]),
    ]),
  ]);

const binaryType = (side: XtceSide, sizedBy: SizedBy): XmlElement =>
  element(`Binary${side}Type`, {}, [
    element('BinaryDataEncoding', {}, [element('SizeInBits', {}, [dynamicValue(side, sizedBy)])]),
  ]);

const sized = (field: AnyField, sizedBy: SizedBy | undefined): SizedBy => {
  assert(sizedBy !== undefined, `XTCE type of ${field.kind}: expected a reference for its size, got none`);
  return sizedBy;
};

/** The type without its name. `sizedBy` is for texts, octets, rests and lists. */
const typeOf = (field: AnyField, side: XtceSide, sizedBy?: SizedBy): XmlElement => {
  switch (field.kind) {
    case 'unsigned':
    case 'signed': {
      const signed = field.kind === 'signed';
      return element(`Integer${side}Type`, { signed, sizeInBits: field.bits > 32 ? 64 : 32 }, [
        ...units(field),
        integerEncoding(field.bits, signed),
        ...range(field, side),
      ]);
    }
    case 'float':
      return element(`Float${side}Type`, { sizeInBits: field.bits }, [
        ...units(field),
        element('FloatDataEncoding', { sizeInBits: field.bits, encoding: 'IEEE754_1985' }),
        ...range(field, side),
      ]);
    case 'boolean':
      return element(`Boolean${side}Type`, {}, [integerEncoding(8, false)]);
    case 'enum':
      return element(`Enumerated${side}Type`, {}, [
        integerEncoding(8, false),
        element(
          'EnumerationList',
          {},
          field.names.map((label, value) => element('Enumeration', { value, label })),
        ),
      ]);
    case 'text':
      return textType(field, side, sized(field, sizedBy));
    default:
      return binaryType(side, sized(field, sizedBy));
  }
};

export class XtceTypes {
  readonly side: XtceSide;
  readonly #names = new Map<string, string>();
  readonly #types: XmlElement[] = [];

  constructor(side: XtceSide) {
    this.side = side;
  }

  /** The name of a type with this content; `wanted` is used for the first of its kind and numbered after that. */
  add(type: XmlElement, wanted: string): string {
    const key = JSON.stringify(type);
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const taken = new Set(this.#names.values());
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
    this.#names.set(key, name);
    this.#types.push({ ...type, attributes: { name, ...type.attributes } });
    return name;
  }

  field(field: AnyField, sizedBy?: SizedBy): string {
    const wanted = 'bits' in field ? `${field.kind}${field.bits}` : field.kind;
    return this.add(typeOf(field, this.side, sizedBy), wanted);
  }

  /** An unsigned integer of any width, for headers. */
  unsigned(bits: number): string {
    const type = element(`Integer${this.side}Type`, { signed: false }, [integerEncoding(bits, false)]);
    return this.add(type, `bits${bits}`);
  }

  /** Octets sized by another value. */
  binary(sizedBy: SizedBy): string {
    return this.add(binaryType(this.side, sizedBy), 'octets');
  }

  get elements(): readonly XmlElement[] {
    return this.#types;
  }
}
