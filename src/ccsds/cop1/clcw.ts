// Communications link control word, CCSDS 232.0-B-4 section 4.2: what FARM-1 of one virtual channel tells FOP-1, four
// octets in the operational control field of a downlink frame.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

export interface Clcw {
  /** 0..3; 0 is the only version that there is. */
  readonly version: number;
  /** Status field, 0..7: the mission's own. */
  readonly status: number;
  /** COP in effect, 0..3; 1 is COP-1. */
  readonly cop: number;
  /** 0..63 */
  readonly virtualChannelId: number;
  /** The spare bits 14, 15 and 23 as one number 0..7; 0 unless the word is not what it seems. */
  readonly reserved: number;
  readonly noRfAvailable: boolean;
  readonly noBitLock: boolean;
  readonly lockout: boolean;
  readonly wait: boolean;
  readonly retransmit: boolean;
  /** FARM-B counter, 0..3. */
  readonly farmB: number;
  /** N(R), the next expected N(S): 0..255. */
  readonly reportValue: number;
}

/** The word as an unsigned number of 32 bits. Throws a RangeError for a field that does not fit. */
export const packClcw = (word: Clcw): number =>
  ((integerIn('version', word.version, 0, 3) << 29) |
    (integerIn('status', word.status, 0, 7) << 26) |
    (integerIn('COP in effect', word.cop, 0, 3) << 24) |
    (integerIn('virtual channel id', word.virtualChannelId, 0, 63) << 18) |
    ((integerIn('reserved', word.reserved, 0, 7) & 6) << 15) |
    (word.noRfAvailable ? 0x8000 : 0) |
    (word.noBitLock ? 0x4000 : 0) |
    (word.lockout ? 0x2000 : 0) |
    (word.wait ? 0x1000 : 0) |
    (word.retransmit ? 0x800 : 0) |
    (integerIn('FARM-B counter', word.farmB, 0, 3) << 9) |
    ((word.reserved & 1) << 8) |
    integerIn('N(R)', word.reportValue, 0, 255)) >>>
  0;

/** Reason: 'not a CLCW', for a word whose type bit says that it is another report. */
export const unpackClcw = (word: number): Result<Clcw> => {
  if (word >>> 31 === 1) return refuse('not a CLCW');
  return ok({
    version: (word >>> 29) & 3,
    status: (word >>> 26) & 7,
    cop: (word >>> 24) & 3,
    virtualChannelId: (word >>> 18) & 63,
    reserved: ((word >>> 15) & 6) | ((word >>> 8) & 1),
    noRfAvailable: (word & 0x8000) !== 0,
    noBitLock: (word & 0x4000) !== 0,
    lockout: (word & 0x2000) !== 0,
    wait: (word & 0x1000) !== 0,
    retransmit: (word & 0x800) !== 0,
    farmB: (word >>> 9) & 3,
    reportValue: word & 255,
  });
};

/** Four octets. Reasons: 'length mismatch', 'not a CLCW'. */
export const clcw: Codec<Clcw> = {
  name: 'CLCW',
  size: 4,
  encode: (value) => {
    const octets = new Uint8Array(4);
    new DataView(octets.buffer).setUint32(0, packClcw(value));
    return octets;
  },
  decode: (octets) =>
    octets.length === 4
      ? unpackClcw(((octets[0]! << 24) | (octets[1]! << 16) | (octets[2]! << 8) | octets[3]!) >>> 0)
      : refuse('length mismatch', Math.min(octets.length, 4)),
};
