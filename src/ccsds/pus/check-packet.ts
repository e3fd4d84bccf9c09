// What every PUS packet must be before its secondary header is read, ECSS-E-ST-70-41C 7.4: a whole space packet of the
// right type, with a secondary header, long enough and with a good check at its end.
import { type Refused, refuse } from '../../codec/result.ts';
import {
  hasSecondaryHeaderAt,
  isTelecommandAt,
  PRIMARY_HEADER_OCTETS,
  packetLengthAt,
  versionAt,
} from '../space-packet/space-packet.ts';
import { PACKET_ERROR_CONTROL_OCTETS, packetErrorControlIsGood } from './packet-error-control.ts';

/**
 * Undefined for a good packet of at least `overheadOctets`. Refuses, in this order: 'too short', 'bad packet version',
 * 'length mismatch', 'not a telecommand' or 'not telemetry', 'no secondary header', 'too short', 'bad packet CRC'.
 */
export const checkPacket = (octets: Uint8Array, telecommand: boolean, overheadOctets: number): Refused | undefined => {
  if (octets.length < PRIMARY_HEADER_OCTETS) return refuse('too short', octets.length);
  if (versionAt(octets) !== 0) return refuse('bad packet version', 0);
  if (packetLengthAt(octets) !== octets.length) return refuse('length mismatch', 4);
  if (isTelecommandAt(octets) !== telecommand) return refuse(telecommand ? 'not a telecommand' : 'not telemetry', 0);
  if (!hasSecondaryHeaderAt(octets)) return refuse('no secondary header', 0);
  if (octets.length < overheadOctets) return refuse('too short', octets.length);
  if (!packetErrorControlIsGood(octets)) return refuse('bad packet CRC', octets.length - PACKET_ERROR_CONTROL_OCTETS);
  return undefined;
};
