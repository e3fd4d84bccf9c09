// The secondary headers of the older standard, ECSS-E-70-41A 5.4.4 and 5.4.5, where missions choose which optional
// fields stand: source id (telecommand), packet subcounter, destination id and time (telemetry).
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, refuse } from '../../codec/result.ts';
import { Writer } from '../../codec/writer.ts';

const PUS_A_VERSION = 1;

export interface PusATelecommandHeader {
  /** Acceptance 1, start 2, progress 4, completion 8. */
  readonly acknowledge: number;
  readonly service: number;
  readonly subtype: number;
  /** Absent where the mission has none. */
  readonly sourceId?: number;
}

export interface PusATelemetryHeader {
  readonly service: number;
  readonly subtype: number;
  readonly subcounter?: number;
  readonly destinationId?: number;
  /** The time field as it stands; empty where the mission has none. */
  readonly time: Uint8Array;
}

/** The layout of telecommands; octets after the header are not looked at. Refuses 'too short', 'bad PUS version'. */
export const pusATelecommandHeader = ({ sourceId }: { readonly sourceId: boolean }): Codec<PusATelecommandHeader> => {
  const size = sourceId ? 4 : 3;
  return {
    name: 'PUS-A telecommand header',
    size,
    encode: (value) => {
      const writer = new Writer(size);
      writer.u8((PUS_A_VERSION << 4) | integerIn('acknowledge', value.acknowledge, 0, 15));
      writer.u8(value.service, 'service').u8(value.subtype, 'subtype');
      if (sourceId) writer.u8(value.sourceId ?? 0, 'source id');
      return writer.finish();
    },
    decode: (octets) => {
      if (octets.length < size) return refuse('too short', octets.length);
      if (octets[0]! >> 4 !== PUS_A_VERSION) return refuse('bad PUS version', 0);
      const header = { acknowledge: octets[0]! & 15, service: octets[1]!, subtype: octets[2]! };
      return ok(sourceId ? { ...header, sourceId: octets[3]! } : header);
    },
  };
};

export interface PusATelemetryLayout {
  readonly subcounter: boolean;
  readonly destinationId: boolean;
  readonly timeOctets: number;
}

/** The layout of telemetry; octets after the header are not looked at. Refuses 'too short', 'bad PUS version'. */
export const pusATelemetryHeader = (layout: PusATelemetryLayout): Codec<PusATelemetryHeader> => {
  const timeAt = 3 + (layout.subcounter ? 1 : 0) + (layout.destinationId ? 1 : 0);
  const size = timeAt + layout.timeOctets;
  return {
    name: 'PUS-A telemetry header',
    size,
    encode: (value) => {
      const writer = new Writer(size);
      writer
        .u8(PUS_A_VERSION << 4)
        .u8(value.service, 'service')
        .u8(value.subtype, 'subtype');
      if (layout.subcounter) writer.u8(value.subcounter ?? 0, 'subcounter');
      if (layout.destinationId) writer.u8(value.destinationId ?? 0, 'destination id');
      integerIn('time octets', value.time.length, layout.timeOctets, layout.timeOctets);
      return writer.octets(value.time).finish();
    },
    decode: (octets) => {
      if (octets.length < size) return refuse('too short', octets.length);
      if ((octets[0]! & 0x70) !== PUS_A_VERSION << 4) return refuse('bad PUS version', 0);
      return ok({
        service: octets[1]!,
        subtype: octets[2]!,
        ...(layout.subcounter ? { subcounter: octets[3]! } : {}),
        ...(layout.destinationId ? { destinationId: octets[timeAt - 1]! } : {}),
        time: octets.subarray(timeAt, size),
      });
    },
  };
};
