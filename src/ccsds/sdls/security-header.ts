// The security header, CCSDS 355.0-B-2 section 4.1.1: SPI, initialization vector, sequence number, pad length, each of
// the length that the association fixes. The trailer is the MAC alone and needs no code of its own.
import { COUNTER_LIMIT } from '../../crypto/replay-window.ts';
import { IV_FIXED_OCTETS, type SecurityAssociation, SPI_OCTETS, securityHeaderOctets } from './security-association.ts';

export interface SecurityHeader {
  readonly spi: number;
  /** A view into the frame; empty where the association has none. */
  readonly iv: Uint8Array;
  /** The first four octets of the IV, unsigned; 0 where there is none. */
  readonly fixed: number;
  /** What replay is judged by: the last eight octets of the IV, or the sequence number. From 2^48 on not exact. */
  readonly counter: number;
  readonly padLength: number;
}

const unsignedAt = (octets: Uint8Array, at: number, end: number): number => {
  let value = 0;
  for (let k = at; k < end; k++) value = value * 256 + octets[k]!;
  return value;
};

const putUnsigned = (octets: Uint8Array, at: number, end: number, value: number): void => {
  let left = value;
  for (let k = end - 1; k >= at; k--) {
    octets[k] = left % 256;
    left = Math.floor(left / 256);
  }
};

/** The first counter that no longer fits the field that carries it, or that would pass the end of all counters. */
export const counterEnd = (association: SecurityAssociation): number =>
  association.ivOctets > 0 ? COUNTER_LIMIT : Math.min(COUNTER_LIMIT, 2 ** (8 * association.sequenceOctets));

/** The SPI at `at`; the caller has checked that it is there. */
export const spiAt = (octets: Uint8Array, at: number): number => unsignedAt(octets, at, at + SPI_OCTETS);

/** The header at `at`; the caller has checked that it is whole. */
export const readSecurityHeader = (
  octets: Uint8Array,
  at: number,
  association: SecurityAssociation,
): SecurityHeader => {
  const ivAt = at + SPI_OCTETS;
  const sequenceAt = ivAt + association.ivOctets;
  const padAt = sequenceAt + association.sequenceOctets;
  const hasIv = association.ivOctets > 0;
  return {
    spi: spiAt(octets, at),
    iv: octets.subarray(ivAt, sequenceAt),
    fixed: hasIv ? unsignedAt(octets, ivAt, ivAt + IV_FIXED_OCTETS) : 0,
    counter: hasIv ? unsignedAt(octets, ivAt + IV_FIXED_OCTETS, sequenceAt) : unsignedAt(octets, sequenceAt, padAt),
    padLength: unsignedAt(octets, padAt, padAt + association.padLengthOctets),
  };
};

/** Writes the header at `at`. A carried-along sequence number shows its low octets; a counter is known to fit. */
export const writeSecurityHeader = (
  octets: Uint8Array,
  at: number,
  association: SecurityAssociation,
  fixed: number,
  ivCounter: number,
  sequence: number,
): void => {
  const ivAt = at + SPI_OCTETS;
  const sequenceAt = ivAt + association.ivOctets;
  putUnsigned(octets, at, ivAt, association.spi);
  if (association.ivOctets > 0) {
    putUnsigned(octets, ivAt, ivAt + IV_FIXED_OCTETS, fixed);
    putUnsigned(octets, ivAt + IV_FIXED_OCTETS, sequenceAt, ivCounter);
  }
  putUnsigned(octets, sequenceAt, sequenceAt + association.sequenceOctets, sequence);
  octets.fill(0, sequenceAt + association.sequenceOctets, at + securityHeaderOctets(association));
};
