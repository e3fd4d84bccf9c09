// USLP frames back to back: each header tells the length of its frame, unsigned (732.1-B-2 4.1.2.7). Truncated frames
// tell none and end such a file's order: they are passed over.
import { USLP_HEADER_OCTETS, USLP_MAX_OCTETS, USLP_VERSION } from '../../ccsds/uslp-frame/uslp-header.ts';
import { crc16 } from '../../codec/crc16.ts';
import { crc32 } from '../../codec/crc32.ts';
import type { FecfOctets } from './parameters.ts';
import type { Delimiter } from './self-delimited.ts';

export const uslpDelimiter = (fecfOctets: FecfOctets): Delimiter => ({
  headerOctets: USLP_HEADER_OCTETS,
  mostOctets: USLP_MAX_OCTETS,
  // Asked at every octet while order is lost, and so without the header's codec.
  lengthAt: (octets, at) => {
    if (octets[at]! >> 4 !== USLP_VERSION) return -1;
    if (at + USLP_HEADER_OCTETS > octets.length) return 0;
    const length = ((octets[at + 4]! << 8) | octets[at + 5]!) + 1;
    const truncated = (octets[at + 3]! & 1) === 1;
    return truncated || length <= USLP_HEADER_OCTETS + (octets[at + 6]! & 7) ? -1 : length;
  },
  ...(fecfOctets === 0 ? {} : { proves: (unit) => (fecfOctets === 2 ? crc16(unit) : crc32(unit)) === 0 }),
});
