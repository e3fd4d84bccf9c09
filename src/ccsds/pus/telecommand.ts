// A PUS-C telecommand packet, ECSS-E-ST-70-41C 7.4.4: primary header, five octets of secondary header, application
// data, packet error control. Unsegmented always. Left out: user-defined spare octets of the secondary header.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { sealCrc16 } from '../../codec/crc16.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { apidAt, PRIMARY_HEADER_OCTETS, sequenceCountAt, writePrimaryHeader } from '../space-packet/space-packet.ts';
import { checkPacket } from './check-packet.ts';
import { PACKET_ERROR_CONTROL_OCTETS } from './packet-error-control.ts';

export const PUS_C_VERSION = 2;
export const TELECOMMAND_HEADER_OCTETS = 5;
export const TELECOMMAND_OVERHEAD_OCTETS =
  PRIMARY_HEADER_OCTETS + TELECOMMAND_HEADER_OCTETS + PACKET_ERROR_CONTROL_OCTETS;

/** Which successes the sender wants to hear of; failures are always told. */
export interface Acknowledgements {
  readonly acceptance: boolean;
  readonly start: boolean;
  readonly progress: boolean;
  readonly completion: boolean;
}

export const everyAcknowledgement: Acknowledgements = {
  acceptance: true,
  start: true,
  progress: true,
  completion: true,
};

export interface PusTelecommand {
  readonly apid: number;
  /** Packet sequence count, 0..16383. */
  readonly count: number;
  readonly acknowledge: Acknowledgements;
  readonly service: number;
  readonly subtype: number;
  readonly sourceId: number;
  /** Application data. A view after decoding. */
  readonly data: Uint8Array;
}

/** The four flags as they stand on the wire: acceptance is the lowest bit. */
const flagsOf = (acknowledge: Acknowledgements): number =>
  (acknowledge.acceptance ? 1 : 0) |
  (acknowledge.start ? 2 : 0) |
  (acknowledge.progress ? 4 : 0) |
  (acknowledge.completion ? 8 : 0);

const encode = (request: PusTelecommand): Uint8Array => {
  const octets = new Uint8Array(TELECOMMAND_OVERHEAD_OCTETS + request.data.length);
  const { apid, count } = request;
  writePrimaryHeader(
    octets,
    0,
    { telecommand: true, secondaryHeader: true, apid, sequence: 'unsegmented', count },
    octets.length - PRIMARY_HEADER_OCTETS,
  );
  octets[6] = (PUS_C_VERSION << 4) | flagsOf(request.acknowledge);
  octets[7] = integerIn('service', request.service, 0, 255);
  octets[8] = integerIn('subtype', request.subtype, 0, 255);
  octets[9] = integerIn('source id', request.sourceId, 0, 65535) >> 8;
  octets[10] = request.sourceId & 0xff;
  octets.set(request.data, 11);
  sealCrc16(octets);
  return octets;
};

const decode = (octets: Uint8Array): Result<PusTelecommand> => {
  const refused = checkPacket(octets, true, TELECOMMAND_OVERHEAD_OCTETS);
  if (refused !== undefined) return refused;
  if (octets[2]! >> 6 !== 3) return refuse('bad sequence flags', 2);
  if (octets[6]! >> 4 !== PUS_C_VERSION) return refuse('bad PUS version', 6);
  const flags = octets[6]!;
  return ok({
    apid: apidAt(octets),
    count: sequenceCountAt(octets),
    acknowledge: {
      acceptance: (flags & 1) !== 0,
      start: (flags & 2) !== 0,
      progress: (flags & 4) !== 0,
      completion: (flags & 8) !== 0,
    },
    service: octets[7]!,
    subtype: octets[8]!,
    sourceId: (octets[9]! << 8) | octets[10]!,
    data: octets.subarray(11, octets.length - PACKET_ERROR_CONTROL_OCTETS),
  });
};

/**
 * One whole packet. Refuses, in this order: 'too short', 'bad packet version', 'length mismatch', 'not a telecommand',
 * 'no secondary header', 'bad packet CRC', 'bad sequence flags', 'bad PUS version'.
 */
export const pusTelecommand: Codec<PusTelecommand> = { name: 'PUS-C telecommand', encode, decode };
