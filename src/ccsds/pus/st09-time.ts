// The CUC time report, TM[9,2] of ECSS-E-ST-70-41C 8.9: it travels in a packet of APID 0 without a secondary header.
// Octet 0 is the rate exponent: a report every 2^exponent telemetry frames. A P-field stands where a mission puts one.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { sealCrc16 } from '../../codec/crc16.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { spacePacket } from '../space-packet/space-packet.ts';
import { type CucFormat, cuc, decodeSelfDescribedCuc, type SelfDescribedCuc } from '../time-code/cuc.ts';
import { PACKET_ERROR_CONTROL_OCTETS } from './packet-error-control.ts';

export const TIME_APID = 0;

export interface TimeReport {
  /** 0..8. */
  readonly rateExponent: number;
  /** In units of 2^(-8 n) s for n fraction octets. */
  readonly ticks: bigint;
}

const MAX_RATE_EXPONENT = 8;

/** The packet data of a time packet with an implicit P-field. Refuses 'length mismatch' and 'bad rate'. */
export const timeReport = (format: CucFormat): Codec<TimeReport> & { readonly size: number } => {
  const time = cuc(format);
  return {
    name: `TM[9,2] with ${time.name}`,
    size: 1 + time.size,
    encode: ({ rateExponent, ticks }) => {
      const octets = new Uint8Array(1 + time.size);
      octets[0] = integerIn('rate exponent', rateExponent, 0, MAX_RATE_EXPONENT);
      octets.set(time.encode(ticks), 1);
      return octets;
    },
    decode: (octets) => {
      if (octets.length !== 1 + time.size) return refuse('length mismatch', octets.length);
      if (octets[0]! > MAX_RATE_EXPONENT) return refuse('bad rate', 0);
      const ticks = time.decode(octets.subarray(1));
      return ticks.ok ? ok({ rateExponent: octets[0]!, ticks: ticks.value }) : ticks;
    },
  };
};

export interface SelfDescribedTimeReport {
  readonly rateExponent: number;
  readonly time: SelfDescribedCuc;
}

/** The packet data of a time packet whose CUC has its P-field. Refuses as CUC does, 'bad rate', 'length mismatch'. */
export const decodeSelfDescribedTimeReport = (octets: Uint8Array): Result<SelfDescribedTimeReport> => {
  if (octets.length === 0) return refuse('too short', 0);
  if (octets[0]! > MAX_RATE_EXPONENT) return refuse('bad rate', 0);
  const time = decodeSelfDescribedCuc(octets.subarray(1));
  if (!time.ok) return refuse(time.reason, time.at + 1);
  if (octets.length !== 1 + time.value.octets) return refuse('length mismatch', octets.length);
  return ok({ rateExponent: octets[0]!, time: time.value });
};

/** The whole packet around the data of a time report. */
export const timePacket = (count: number, data: Uint8Array): Uint8Array =>
  spacePacket.encode({
    telecommand: false,
    secondaryHeader: false,
    apid: TIME_APID,
    sequence: 'unsegmented',
    count,
    data,
  });

/**
 * The same with packet error control behind the report, for a mission whose every packet ends with a check: mission
 * control that checks the packets of a virtual channel then takes time packets by the same rule as all others.
 */
export const checkedTimePacket = (count: number, data: Uint8Array): Uint8Array => {
  const room = new Uint8Array(data.length + PACKET_ERROR_CONTROL_OCTETS);
  room.set(data);
  const octets = timePacket(count, room);
  sealCrc16(octets);
  return octets;
};
