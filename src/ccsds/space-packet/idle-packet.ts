// Fill between packets: an idle packet of exactly the octets asked for (133.0-B-2 4.1.3.3.4, 132.0-B-3 4.2.2).
import { integerIn } from '../../codec/assert.ts';
import {
  IDLE_APID,
  MAX_PACKET_OCTETS,
  MIN_PACKET_OCTETS,
  PRIMARY_HEADER_OCTETS,
  writePrimaryHeader,
} from './space-packet.ts';

const IDLE = { telecommand: false, secondaryHeader: false, apid: IDLE_APID, sequence: 'unsegmented' } as const;

/** Writes one into octets [at, at + lengthOctets), 7..65542 of them. `fill` is the octet of the data. */
export const writeIdlePacket = (octets: Uint8Array, at: number, lengthOctets: number, count = 0, fill = 0x55): void => {
  integerIn('idle packet octets', lengthOctets, MIN_PACKET_OCTETS, MAX_PACKET_OCTETS);
  writePrimaryHeader(octets, at, { ...IDLE, count }, lengthOctets - PRIMARY_HEADER_OCTETS);
  octets.fill(fill, at + PRIMARY_HEADER_OCTETS, at + lengthOctets);
};

export const idlePacket = (lengthOctets: number, count = 0, fill = 0x55): Uint8Array => {
  integerIn('idle packet octets', lengthOctets, MIN_PACKET_OCTETS, MAX_PACKET_OCTETS);
  const octets = new Uint8Array(lengthOctets);
  writeIdlePacket(octets, 0, lengthOctets, count, fill);
  return octets;
};
