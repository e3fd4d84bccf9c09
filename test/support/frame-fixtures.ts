// Frames that others made: vectors of the Python library spacepackets, and recordings of spacecraft. Origins are in the
// README of each group.
import { readFileSync } from 'node:fs';
import { hexOctets } from '../../src/codec/hex.ts';

export interface TmVector {
  readonly octets: string;
  readonly fecf: boolean;
  readonly spacecraftId: number;
  readonly virtualChannelId: number;
  readonly masterChannelCount: number;
  readonly virtualChannelCount: number;
  readonly synchronized: boolean;
  readonly packetOrder: boolean;
  readonly segmentLengthId: number;
  readonly firstHeaderPointer: number;
  /** Without its first octet. */
  readonly secondaryHeader: string | null;
  readonly ocf: string | null;
  readonly data: string;
}

export interface UslpVector {
  readonly octets: string;
  readonly truncated: boolean;
  readonly fecf: boolean;
  readonly spacecraftId: number;
  readonly destination: boolean;
  readonly virtualChannelId: number;
  readonly mapId: number;
  readonly insertZone: string;
  readonly ocf: string | null;
  readonly rule: number;
  readonly protocol: number;
  readonly pointer: number | null;
  readonly zone: string;
  readonly bypass: boolean;
  readonly protocolControl: boolean;
  readonly countOctets: number;
  readonly count: number;
  readonly frameOctets: number;
}

const path = (name: string): URL => new URL(`../../fixtures/${name}`, import.meta.url);

export const frameVectors = JSON.parse(readFileSync(path('frame-vectors/spacepackets.json'), 'utf8')) as {
  readonly tm: readonly TmVector[];
  readonly uslp: readonly UslpVector[];
};

/** A whole file below `fixtures`. */
export const fixtureOctets = (name: string): Uint8Array => new Uint8Array(readFileSync(path(name)));

/** The units of a file that has one a line, in hexadecimal. */
export const fixtureLines = (name: string): Uint8Array[] =>
  readFileSync(path(name), 'utf8').trim().split(/\s+/).map(hexOctets);

/** Units of fixed length. */
export const fixtureUnits = (name: string, lengthOctets: number): Uint8Array[] => {
  const octets = fixtureOctets(name);
  return Array.from({ length: Math.floor(octets.length / lengthOctets) }, (_, k) =>
    octets.subarray(k * lengthOctets, (k + 1) * lengthOctets),
  );
};
