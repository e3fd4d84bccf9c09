// The last two octets of a PUS packet: CRC-16 over all before them, primary header included (ECSS-E-ST-70-41C 7.4.3,
// annex B).
import { crc16 } from '../../codec/crc16.ts';

export const PACKET_ERROR_CONTROL_OCTETS = 2;

/** Whether a whole packet ends with its own good check. A packet too short to hold one has none. */
export const packetErrorControlIsGood = (packet: Uint8Array): boolean => packet.length >= 9 && crc16(packet) === 0;
