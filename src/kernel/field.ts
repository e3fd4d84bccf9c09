// What one value of an interface is: kind, width, range and unit as data. The dictionary turns it into octets.

interface Described {
  readonly unit?: string;
  readonly doc?: string;
}

/** The phantom `of` carries the TypeScript type of the value and never exists at run time. */
export interface Typed<T> {
  readonly of?: T;
}

/** What an id names: whoever types or reads it may use the name. */
export type IdKind = 'command' | 'event' | 'channel' | 'param' | 'structure';

export interface UnsignedField extends Described, Typed<number> {
  readonly kind: 'unsigned';
  readonly bits: 8 | 16 | 24 | 32 | 40 | 48;
  readonly min: number;
  readonly max: number;
  readonly idOf?: IdKind;
}

export interface SignedField extends Described, Typed<number> {
  readonly kind: 'signed';
  readonly bits: 8 | 16 | 32;
  readonly min: number;
  readonly max: number;
}

export interface FloatField extends Described, Typed<number> {
  readonly kind: 'float';
  readonly bits: 32 | 64;
  readonly min: number;
  readonly max: number;
}

export interface BooleanField extends Described, Typed<boolean> {
  readonly kind: 'boolean';
}

/** One octet on the wire: the place of the name in the list. */
export interface EnumField<N extends string = string> extends Described, Typed<N> {
  readonly kind: 'enum';
  readonly names: readonly N[];
}

/** UTF-8 behind a one-octet count of octets. */
export interface TextField extends Described, Typed<string> {
  readonly kind: 'text';
  readonly maxOctets: number;
}

/** Octets behind a two-octet count. */
export interface OctetsField extends Described, Typed<Uint8Array> {
  readonly kind: 'octets';
  readonly maxOctets: number;
}

/** All octets to the end of the packet: only as the last field. */
export interface RestField extends Described, Typed<Uint8Array> {
  readonly kind: 'rest';
  /** Settings of parameters: their number, then id and value of each, the value in the layout of its parameter. */
  readonly holds?: 'settings';
}

/** Items of one record behind a one-octet count (the N of a PUS request). */
export interface ListField<F extends Fields = Fields> extends Described, Typed<readonly Values<F>[]> {
  readonly kind: 'list';
  readonly item: F;
  readonly maxCount: number;
}

/** A list whatever its item is. */
export interface AnyListField extends Described, Typed<readonly unknown[]> {
  readonly kind: 'list';
  readonly item: Fields;
  readonly maxCount: number;
}

// biome-ignore format: the members read best side by side
export type AnyField =
  | UnsignedField | SignedField | FloatField | BooleanField | EnumField | TextField | OctetsField | RestField
  | AnyListField;

/** A field whose value is a T. */
export type Field<T> = AnyField & Typed<T>;

export interface Fields {
  readonly [name: string]: AnyField;
}

export type ValueOf<F> = F extends Typed<infer T> ? Exclude<T, undefined> : never;

export type Values<F> = { readonly [K in keyof F]: ValueOf<F[K]> };

interface Range extends Described {
  readonly min?: number;
  readonly max?: number;
}

interface IdRange extends Range {
  readonly idOf?: IdKind;
}

const unsigned = (bits: UnsignedField['bits'], range: IdRange = {}): UnsignedField => ({
  kind: 'unsigned',
  bits,
  min: 0,
  max: 2 ** bits - 1,
  ...range,
});

const signed = (bits: SignedField['bits'], range: Range = {}): SignedField => ({
  kind: 'signed',
  bits,
  min: -(2 ** (bits - 1)),
  max: 2 ** (bits - 1) - 1,
  ...range,
});

const float = (bits: FloatField['bits'], range: Range = {}): FloatField => ({
  kind: 'float',
  bits,
  min: -Infinity,
  max: Infinity,
  ...range,
});

export const u8 = (range?: Range): UnsignedField => unsigned(8, range);
export const u16 = (range?: IdRange): UnsignedField => unsigned(16, range);
export const u24 = (range?: Range): UnsignedField => unsigned(24, range);
export const u32 = (range?: Range): UnsignedField => unsigned(32, range);
/** Up to 2^48 - 1: an exact JavaScript integer. */
export const u48 = (range?: Range): UnsignedField => unsigned(48, range);
export const i8 = (range?: Range): SignedField => signed(8, range);
export const i16 = (range?: Range): SignedField => signed(16, range);
export const i32 = (range?: Range): SignedField => signed(32, range);
export const f32 = (range?: Range): FloatField => float(32, range);
export const f64 = (range?: Range): FloatField => float(64, range);
export const flag = (described: Described = {}): BooleanField => ({ kind: 'boolean', ...described });

export const enumOf = <const N extends string>(names: readonly N[], described: Described = {}): EnumField<N> => ({
  kind: 'enum',
  names,
  ...described,
});

export const text = (maxOctets: number, described: Described = {}): TextField => ({
  kind: 'text',
  maxOctets,
  ...described,
});

export const octets = (maxOctets: number, described: Described = {}): OctetsField => ({
  kind: 'octets',
  maxOctets,
  ...described,
});

export const rest = (described: Described & Pick<RestField, 'holds'> = {}): RestField => ({
  kind: 'rest',
  ...described,
});

export const listOf = <const F extends Fields>(item: F, maxCount: number, described: Described = {}): ListField<F> => ({
  kind: 'list',
  item,
  maxCount,
  ...described,
});
