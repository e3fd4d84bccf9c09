// CCSDS unsegmented time code, 301.0-B-4 3.2: a count of seconds and of binary fractions of a second since an epoch.
// The value is a count of the finest unit, 2^(-8 n) s for n fraction octets: a bigint, because 17 octets must survive.
import type { Codec } from '../../codec/codec.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

/** Level 1: the CCSDS epoch 1958-01-01 TAI. Level 2: an epoch of the agency. */
export type Epoch = 'tai1958' | 'agency';

export interface CucFormat {
  readonly epoch: Epoch;
  /** Octets of seconds, 1..7. */
  readonly basicOctets: number;
  /** Octets of fraction, 0..10. */
  readonly fractionOctets: number;
}

/** The format of a P-field and how many octets it took: 1 or 2. */
export interface CucPField extends CucFormat {
  readonly octets: number;
}

const EPOCH_CODE = { tai1958: 1, agency: 2 } as const;

const checkFormat = ({ basicOctets, fractionOctets }: CucFormat): void => {
  if (!Number.isInteger(basicOctets) || basicOctets < 1 || basicOctets > 7)
    throw new RangeError(`CUC basic time: expected 1..7 octets, got ${basicOctets}`);
  if (!Number.isInteger(fractionOctets) || fractionOctets < 0 || fractionOctets > 10)
    throw new RangeError(`CUC fractional time: expected 0..10 octets, got ${fractionOctets}`);
};

/** The P-field (3.2.2): a second octet only for more than 4 + 3 octets. */
export const encodeCucPField = (format: CucFormat): Uint8Array => {
  checkFormat(format);
  const basic = Math.min(format.basicOctets, 4);
  const fraction = Math.min(format.fractionOctets, 3);
  const moreBasic = format.basicOctets - basic;
  const moreFraction = format.fractionOctets - fraction;
  const first = (EPOCH_CODE[format.epoch] << 4) | ((basic - 1) << 2) | fraction;
  if (moreBasic === 0 && moreFraction === 0) return Uint8Array.of(first);
  return Uint8Array.of(0x80 | first, (moreBasic << 5) | (moreFraction << 2));
};

/** Refuses 'too short', 'not CUC', 'third P-field octet'. */
export const decodeCucPField = (octets: Uint8Array): Result<CucPField> => {
  if (octets.length === 0) return refuse('too short', 0);
  const first = octets[0]!;
  const code = (first >> 4) & 7;
  if (code !== 1 && code !== 2) return refuse('not CUC', 0);
  const epoch = code === 1 ? 'tai1958' : 'agency';
  const basicOctets = ((first >> 2) & 3) + 1;
  const fractionOctets = first & 3;
  if (first < 0x80) return ok({ epoch, basicOctets, fractionOctets, octets: 1 });
  if (octets.length < 2) return refuse('too short', 1);
  const second = octets[1]!;
  if (second >= 0x80) return refuse('third P-field octet', 1);
  return ok({
    epoch,
    basicOctets: basicOctets + ((second >> 5) & 3),
    fractionOctets: fractionOctets + ((second >> 2) & 7),
    octets: 2,
  });
};

const readTicks = (octets: Uint8Array, start: number, end: number): bigint => {
  let ticks = 0n;
  for (let at = start; at < end; at++) ticks = (ticks << 8n) | BigInt(octets[at]!);
  return ticks;
};

/** The T-field alone; both sides know the format (implicit P-field). Refuses 'length mismatch'. */
export const cuc = (format: CucFormat): Codec<bigint> & { readonly size: number } => {
  checkFormat(format);
  const size = format.basicOctets + format.fractionOctets;
  return {
    name: `CUC ${format.basicOctets}+${format.fractionOctets}`,
    size,
    encode: (ticks) => {
      if (ticks < 0n || ticks >> BigInt(8 * size) !== 0n)
        throw new RangeError(`CUC: expected 0..2^${8 * size}-1, got ${ticks}`);
      const octets = new Uint8Array(size);
      let left = ticks;
      for (let at = size - 1; at >= 0; at--) {
        octets[at] = Number(left & 0xffn);
        left >>= 8n;
      }
      return octets;
    },
    decode: (octets) =>
      octets.length === size ? ok(readTicks(octets, 0, size)) : refuse('length mismatch', octets.length),
  };
};

export interface SelfDescribedCuc {
  readonly format: CucPField;
  readonly ticks: bigint;
  /** Octets of P-field and T-field together. */
  readonly octets: number;
}

/** P-field, then T-field; octets after them are not looked at. Refuses as the P-field does, and 'too short'. */
export const decodeSelfDescribedCuc = (octets: Uint8Array): Result<SelfDescribedCuc> => {
  const format = decodeCucPField(octets);
  if (!format.ok) return format;
  const end = format.value.octets + format.value.basicOctets + format.value.fractionOctets;
  if (octets.length < end) return refuse('too short', octets.length);
  return ok({ format: format.value, ticks: readTicks(octets, format.value.octets, end), octets: end });
};

/** Microseconds since the epoch, to the finest unit not later than them. */
export const cucFromMicros = (micros: number, fractionOctets: number): bigint =>
  (BigInt(micros) << BigInt(8 * fractionOctets)) / 1_000_000n;

/** To the first microsecond not before: so a time that came from microseconds gives its own octets again. */
export const microsFromCuc = (ticks: bigint, fractionOctets: number): number => {
  const shift = BigInt(8 * fractionOctets);
  return Number((ticks * 1_000_000n + (1n << shift) - 1n) >> shift);
};
