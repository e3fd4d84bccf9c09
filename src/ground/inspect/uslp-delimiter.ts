// USLP frames back to back: each header tells the length of its frame, unsigned (732.1-B-2 4.1.2.7). Truncated frames
// tell none and end such a file's order: they are passed over.

import { decodeUslpHeader, USLP_HEADER_OCTETS, USLP_MAX_OCTETS } from '../../ccsds/uslp-frame/uslp-header.ts';
import { crc16 } from '../../codec/crc.ts';
import { crc32 } from '../../codec/crc32.ts';
import type { FecfOctets } from './parameters.ts';
import type { Delimiter } from './self-delimited.ts';

export const uslpDelimiter = (fecfOctets: FecfOctets): Delimiter => ({
  headerOctets: USLP_HEADER_OCTETS,
  mostOctets: USLP_MAX_OCTETS,
  lengthAt: (octets, at) => {
    const header = decodeUslpHeader(octets.subarray(at, at + USLP_HEADER_OCTETS + 7));
    if (!header.ok) return header.reason === 'frame too short' ? 0 : -1;
    if (header.value.truncated || header.value.lengthOctets <= USLP_HEADER_OCTETS) return -1;
    return header.value.lengthOctets;
  },
  ...(fecfOctets === 0 ? {} : { proves: (unit) => (fecfOctets === 2 ? crc16(unit) : crc32(unit)) === 0 }),
});
