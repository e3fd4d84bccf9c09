// Which packet utilisation standard a packet speaks, by its secondary header alone: ECSS-E-ST-70-41C (PUS-C, version 2)
// or 41A (PUS-A, version 1). For readers of recordings, who know nothing of the mission. A guess by a few bits, which
// seconds of a time field can counterfeit: believe it of an APID only when the packets also end with a good packet
// error control.
import {
  hasSecondaryHeaderAt,
  isIdlePacketAt,
  isTelecommandAt,
  PRIMARY_HEADER_OCTETS,
} from '../space-packet/space-packet.ts';

export interface PusGuess {
  readonly standard: 'PUS-A' | 'PUS-C';
  readonly service: number;
  readonly subtype: number;
}

/**
 * Undefined when the packet has no secondary header, is too short, or its version is of neither. PUS-A puts a spare
 * bit, three bits of version and four spare bits (telemetry) or acknowledgements (telecommand) into the first octet.
 */
export const recognisePus = (packet: Uint8Array): PusGuess | undefined => {
  if (packet.length < PRIMARY_HEADER_OCTETS + 3) return undefined;
  if (!hasSecondaryHeaderAt(packet) || isIdlePacketAt(packet)) return undefined;
  const first = packet[6]!;
  const service = packet[7]!;
  const subtype = packet[8]!;
  if (service === 0 || subtype === 0) return undefined;
  if (first >> 4 === 2) return { standard: 'PUS-C', service, subtype };
  if (first >> 4 !== 1) return undefined;
  if (!isTelecommandAt(packet) && (first & 15) !== 0) return undefined;
  return { standard: 'PUS-A', service, subtype };
};
