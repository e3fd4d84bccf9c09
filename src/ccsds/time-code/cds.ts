// CCSDS day segmented time code, 301.0-B-4 3.3: day, millisecond of the day, and what is below a millisecond. Based on
// UTC: a day with a leap second has 86 401 000 milliseconds.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import type { Epoch } from './cuc.ts';

export interface CdsFormat {
  readonly epoch: Epoch;
  readonly dayOctets: 2 | 3;
  /** Octets below a millisecond: 0 none, 2 microseconds, 4 picoseconds. */
  readonly fractionOctets: 0 | 2 | 4;
}

export interface CdsTime {
  /** Days since the epoch; with epoch 'tai1958' since 1958-01-01. */
  readonly day: number;
  /** 0..86 400 999. */
  readonly millisecond: number;
  /** Microseconds (0..999) or picoseconds (0..999 999 999) of the millisecond; 0 without. */
  readonly fraction: number;
}

const MAX_MILLISECOND = 86_400_999;
const MAX_FRACTION = { 0: 0, 2: 999, 4: 999_999_999 } as const;
const FRACTIONS = [0, 2, 4] as const;

/** The P-field (3.3.2), one octet. */
export const encodeCdsPField = (format: CdsFormat): number =>
  0x40 | (format.epoch === 'agency' ? 8 : 0) | (format.dayOctets === 3 ? 4 : 0) | (format.fractionOctets >> 1);

/** Refuses 'too short', 'not CDS', 'second P-field octet', 'bad CDS resolution'. */
export const decodeCdsPField = (octets: Uint8Array): Result<CdsFormat> => {
  if (octets.length === 0) return refuse('too short', 0);
  const field = octets[0]!;
  if (((field >> 4) & 7) !== 4) return refuse('not CDS', 0);
  if (field >= 0x80) return refuse('second P-field octet', 0);
  const fractionOctets = FRACTIONS[field & 3];
  if (fractionOctets === undefined) return refuse('bad CDS resolution', 0);
  return ok({ epoch: field & 8 ? 'agency' : 'tai1958', dayOctets: field & 4 ? 3 : 2, fractionOctets });
};

const put = (octets: Uint8Array, at: number, count: number, value: number): void => {
  let left = value;
  for (let index = at + count - 1; index >= at; index--) {
    octets[index] = left & 0xff;
    left = Math.floor(left / 256);
  }
};

const take = (octets: Uint8Array, at: number, count: number): number => {
  let value = 0;
  for (let index = at; index < at + count; index++) value = value * 256 + octets[index]!;
  return value;
};

/** The T-field alone. Refuses 'length mismatch', 'millisecond out of range', 'fraction out of range'. */
export const cds = (format: CdsFormat): Codec<CdsTime> & { readonly size: number } => {
  const { dayOctets, fractionOctets } = format;
  const size = dayOctets + 4 + fractionOctets;
  const maxFraction = MAX_FRACTION[fractionOctets];
  return {
    name: `CDS ${8 * dayOctets}-bit day, ${fractionOctets} octets of fraction`,
    size,
    encode: (time) => {
      const octets = new Uint8Array(size);
      put(octets, 0, dayOctets, integerIn('CDS day', time.day, 0, 2 ** (8 * dayOctets) - 1));
      put(octets, dayOctets, 4, integerIn('CDS millisecond', time.millisecond, 0, MAX_MILLISECOND));
      put(octets, dayOctets + 4, fractionOctets, integerIn('CDS fraction', time.fraction, 0, maxFraction));
      return octets;
    },
    decode: (octets) => {
      if (octets.length !== size) return refuse('length mismatch', octets.length);
      const millisecond = take(octets, dayOctets, 4);
      const fraction = take(octets, dayOctets + 4, fractionOctets);
      if (millisecond > MAX_MILLISECOND) return refuse('millisecond out of range', dayOctets);
      if (fraction > maxFraction) return refuse('fraction out of range', dayOctets + 4);
      return ok({ day: take(octets, 0, dayOctets), millisecond, fraction });
    },
  };
};
