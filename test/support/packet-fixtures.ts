// Packets that others made: vectors of the Python library spacepackets and packets cut out of recordings. Origins are
// in fixtures/packets/README.md.
import { readFileSync } from 'node:fs';
import type { SequenceFlag } from '../../src/ccsds/space-packet/space-packet.ts';

const read = (name: string): string => readFileSync(new URL(`../../fixtures/packets/${name}`, import.meta.url), 'utf8');

export interface Vectors {
  readonly headers: readonly {
    readonly octets: string;
    readonly telecommand: boolean;
    readonly secondaryHeader: boolean;
    readonly apid: number;
    readonly sequence: SequenceFlag;
    readonly count: number;
    readonly dataOctets: number;
  }[];
  readonly telecommands: readonly {
    readonly octets: string;
    readonly service: number;
    readonly subtype: number;
    readonly apid: number;
    readonly count: number;
    readonly sourceId: number;
    readonly acknowledge: number;
    readonly data: string;
  }[];
  readonly telemetry: readonly {
    readonly octets: string;
    readonly service: number;
    readonly subtype: number;
    readonly apid: number;
    readonly count: number;
    readonly messageCount: number;
    readonly destinationId: number;
    readonly timeStatus: number;
    readonly time: string;
    readonly data: string;
  }[];
  readonly cds: readonly { readonly octets: string; readonly day: number; readonly millisecond: number }[];
  readonly crc16: readonly { readonly octets: string; readonly check: number }[];
}

export interface Recorded {
  readonly hera: readonly {
    readonly apid: number;
    readonly service?: number;
    readonly subtype?: number;
    readonly octets: string;
  }[];
  readonly jpss1: readonly string[];
  readonly europaClipper: readonly string[];
  readonly variableLength: readonly string[];
}

export const spacepacketsVectors = JSON.parse(read('spacepackets.json')) as Vectors;
export const recordedPackets = JSON.parse(read('recorded.json')) as Recorded;
export const leapSecondsKernel = read('naif0012.tls');
