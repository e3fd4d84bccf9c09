// A PUS-C telemetry packet, ECSS-E-ST-70-41C 7.4.3: primary header, secondary header of seven octets and a time field,
// source data, packet error control. The time field stays octets here: ../time-code reads it.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { sealCrc16 } from '../../codec/crc16.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { apidAt, PRIMARY_HEADER_OCTETS, sequenceCountAt, writePrimaryHeader } from '../space-packet/space-packet.ts';
import { checkPacket } from './check-packet.ts';
import { PACKET_ERROR_CONTROL_OCTETS } from './packet-error-control.ts';
import { PUS_C_VERSION } from './telecommand.ts';

/** Octets of the secondary header before its time field. */
export const TELEMETRY_HEADER_BEFORE_TIME_OCTETS = 7;
/** Offset of the time field in the packet. */
export const TELEMETRY_TIME_AT = PRIMARY_HEADER_OCTETS + TELEMETRY_HEADER_BEFORE_TIME_OCTETS;

export interface PusTelemetry {
  readonly apid: number;
  /** Packet sequence count, 0..16383. */
  readonly count: number;
  /** Spacecraft time reference status, 0..15. */
  readonly timeStatus: number;
  readonly service: number;
  readonly subtype: number;
  /** Message type counter, per service and subtype (and destination). */
  readonly messageCount: number;
  readonly destinationId: number;
  /** The time field as it stands, e.g. six octets of CUC 4+2. A view after decoding. */
  readonly time: Uint8Array;
  /** Source data. A view after decoding. */
  readonly data: Uint8Array;
}

const encode = (report: PusTelemetry): Uint8Array => {
  const dataAt = TELEMETRY_TIME_AT + report.time.length;
  const octets = new Uint8Array(dataAt + report.data.length + PACKET_ERROR_CONTROL_OCTETS);
  const { apid, count } = report;
  writePrimaryHeader(
    octets,
    0,
    { telecommand: false, secondaryHeader: true, apid, sequence: 'unsegmented', count },
    octets.length - PRIMARY_HEADER_OCTETS,
  );
  octets[6] = (PUS_C_VERSION << 4) | integerIn('time reference status', report.timeStatus, 0, 15);
  octets[7] = integerIn('service', report.service, 0, 255);
  octets[8] = integerIn('subtype', report.subtype, 0, 255);
  octets[9] = integerIn('message type counter', report.messageCount, 0, 65535) >> 8;
  octets[10] = report.messageCount & 0xff;
  octets[11] = integerIn('destination id', report.destinationId, 0, 65535) >> 8;
  octets[12] = report.destinationId & 0xff;
  octets.set(report.time, TELEMETRY_TIME_AT);
  octets.set(report.data, dataAt);
  sealCrc16(octets);
  return octets;
};

const decodeWith = (octets: Uint8Array, timeOctets: number): Result<PusTelemetry> => {
  const overhead = TELEMETRY_TIME_AT + timeOctets + PACKET_ERROR_CONTROL_OCTETS;
  const refused = checkPacket(octets, false, overhead);
  if (refused !== undefined) return refused;
  if (octets[6]! >> 4 !== PUS_C_VERSION) return refuse('bad PUS version', 6);
  const dataAt = TELEMETRY_TIME_AT + timeOctets;
  return ok({
    apid: apidAt(octets),
    count: sequenceCountAt(octets),
    timeStatus: octets[6]! & 15,
    service: octets[7]!,
    subtype: octets[8]!,
    messageCount: (octets[9]! << 8) | octets[10]!,
    destinationId: (octets[11]! << 8) | octets[12]!,
    time: octets.subarray(TELEMETRY_TIME_AT, dataAt),
    data: octets.subarray(dataAt, octets.length - PACKET_ERROR_CONTROL_OCTETS),
  });
};

/**
 * One whole packet whose time field has that many octets. Refuses, in this order: 'too short', 'bad packet version',
 * 'length mismatch', 'not telemetry', 'no secondary header', 'bad packet CRC', 'bad PUS version'.
 */
export const pusTelemetry = (timeOctets = 6): Codec<PusTelemetry> => ({
  name: `PUS-C telemetry with ${timeOctets} octets of time`,
  encode,
  decode: (octets) => decodeWith(octets, timeOctets),
});
