// The on-board time of this mission, CUC of four octets of seconds and two of fraction since 1958-01-01 TAI (implicit
// P-field 1E): the twin of `cuc` for the hot path, in plain numbers. Good until the year 2094.
import { integerIn } from '../../codec/assert.ts';

export const CUC_4_2_OCTETS = 6;
/** P-field of this format, where one has to be stated. */
export const CUC_4_2_P_FIELD = 0x1e;

const MAX_MICROS = 2 ** 32 * 1_000_000 - 1;

/** Writes TAI microseconds since 1958 into six octets, rounded down to 2^-16 s. */
export const writeCuc42 = (octets: Uint8Array, at: number, micros: number): void => {
  integerIn('CUC 4+2 microseconds', micros, 0, MAX_MICROS);
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = Math.floor(((micros - seconds * 1_000_000) * 65536) / 1_000_000);
  octets[at] = seconds >>> 24;
  octets[at + 1] = (seconds >>> 16) & 0xff;
  octets[at + 2] = (seconds >>> 8) & 0xff;
  octets[at + 3] = seconds & 0xff;
  octets[at + 4] = fraction >> 8;
  octets[at + 5] = fraction & 0xff;
};

export const cuc42 = (micros: number): Uint8Array => {
  const octets = new Uint8Array(CUC_4_2_OCTETS);
  writeCuc42(octets, 0, micros);
  return octets;
};

/** The first microsecond not before the time in six octets at `at`, which the caller has checked to be there. */
export const readCuc42 = (octets: Uint8Array, at = 0): number => {
  const seconds = octets[at]! * 0x1000000 + ((octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!);
  const fraction = (octets[at + 4]! << 8) | octets[at + 5]!;
  return seconds * 1_000_000 + Math.ceil((fraction * 1_000_000) / 65536);
};
