// The octets that the authentication covers, CCSDS 355.0-B-2: the frame from its first octet to the end of the security
// header under a mask, and, where nothing is encrypted, the data behind it as it is.
import { type SecurityAssociation, SPI_OCTETS, securityHeaderOctets } from './security-association.ts';

/**
 * Of the security header the standard covers the SPI; the IV is covered by the cipher itself. A sequence number is
 * covered where it is the counter.
 */
const maskAt = (standard: Uint8Array, at: number, headerAt: number, association: SecurityAssociation): number => {
  if (at < headerAt) return standard[at] ?? 0;
  if (at < headerAt + SPI_OCTETS) return 0xff;
  return association.service === 'authentication' && at < headerAt + SPI_OCTETS + association.sequenceOctets ? 0xff : 0;
};

/**
 * The masked octets of the frame up to the end of its security header at `headerAt`, and then up to `end` unmasked.
 * Undefined when the mask of the association has another length: then the frame's header is not of this association.
 */
export const authenticatedOctets = (
  standardMask: Uint8Array,
  association: SecurityAssociation,
  octets: Uint8Array,
  headerAt: number,
  end: number,
): Uint8Array | undefined => {
  const masked = headerAt + securityHeaderOctets(association);
  const { mask } = association;
  const covered = octets.slice(0, Math.max(masked, end));
  if (mask === 'all ones') return covered;
  if (mask === 'standard') {
    for (let at = 0; at < masked; at++) covered[at]! &= maskAt(standardMask, at, headerAt, association);
    return covered;
  }
  if (mask.length !== masked) return undefined;
  for (let at = 0; at < masked; at++) covered[at]! &= mask[at]!;
  return covered;
};
