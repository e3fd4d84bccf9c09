// Housekeeping, ECSS-E-ST-70-41C 8.3, as pure layouts over ids and octets: structures (SID, interval, parameters),
// reports, intervals. Left out: super-commutated parameters, and so the field that counts them.
import type { Codec } from '../../codec/codec.ts';
import { Cursor } from '../../codec/cursor.ts';
import { ok, refuse } from '../../codec/result.ts';
import { Writer } from '../../codec/writer.ts';
import { identifierList } from './identifier-list.ts';

/** Subtypes of service 3 that this house speaks. */
export const st03 = {
  create: 1,
  delete: 3,
  enable: 5,
  disable: 6,
  requestStructures: 9,
  structure: 10,
  report: 25,
  oneShot: 27,
  setInterval: 31,
} as const;

/** TC[3,1]. */
export interface HousekeepingStructure {
  readonly sid: number;
  /** In units of the minimum interval of the mission, 100 ms. */
  readonly intervalTenths: number;
  readonly parameters: readonly number[];
}

/** TM[3,10]. */
export interface HousekeepingStructureReport extends HousekeepingStructure {
  /** Whether the structure is reported periodically. */
  readonly enabled: boolean;
}

/** TM[3,25]. */
export interface HousekeepingReport {
  readonly sid: number;
  /** The values in the order of the structure. A view after decoding. */
  readonly values: Uint8Array;
}

/** One entry of TC[3,31]. */
export interface IntervalSetting {
  readonly sid: number;
  readonly intervalTenths: number;
}

/** Refuses 'too short' and 'too long'. */
export const housekeepingStructure: Codec<HousekeepingStructure> = {
  name: 'TC[3,1]',
  encode: (value) =>
    new Writer(64)
      .u16(value.sid, 'SID')
      .u16(value.intervalTenths, 'collection interval')
      .octets(identifierList.encode(value.parameters))
      .finish(),
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const sid = cursor.u16();
    const intervalTenths = cursor.u16();
    if (cursor.short) return cursor.refusal();
    const parameters = identifierList.decode(cursor.rest());
    if (!parameters.ok) return refuse(parameters.reason, parameters.at + 4);
    return ok({ sid, intervalTenths, parameters: parameters.value });
  },
};

/** Refuses 'too short', 'too long' and 'bad status'. */
export const housekeepingStructureReport: Codec<HousekeepingStructureReport> = {
  name: 'TM[3,10]',
  encode: (value) =>
    new Writer(64)
      .u16(value.sid, 'SID')
      .u8(value.enabled ? 1 : 0)
      .u16(value.intervalTenths, 'collection interval')
      .octets(identifierList.encode(value.parameters))
      .finish(),
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const sid = cursor.u16();
    const status = cursor.u8();
    const intervalTenths = cursor.u16();
    if (cursor.short) return cursor.refusal();
    if (status > 1) return refuse('bad status', 2);
    const parameters = identifierList.decode(cursor.rest());
    if (!parameters.ok) return refuse(parameters.reason, parameters.at + 5);
    return ok({ sid, enabled: status === 1, intervalTenths, parameters: parameters.value });
  },
};

/** Refuses 'too short'. */
export const housekeepingReport: Codec<HousekeepingReport> = {
  name: 'TM[3,25]',
  encode: (value) => new Writer(64).u16(value.sid, 'SID').octets(value.values).finish(),
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const sid = cursor.u16();
    return cursor.short ? cursor.refusal() : ok({ sid, values: cursor.rest() });
  },
};

/** TC[3,3], [3,5], [3,6], [3,9] and [3,27] carry SIDs only. */
export const structureIds: Codec<readonly number[]> = identifierList;

/** TC[3,31]. Refuses 'too short' and 'too long'. */
export const intervalSettings: Codec<readonly IntervalSetting[]> = {
  name: 'TC[3,31]',
  encode: (settings) => {
    const writer = new Writer(64).u8(settings.length, 'number of structures');
    for (const setting of settings) writer.u16(setting.sid, 'SID').u16(setting.intervalTenths, 'collection interval');
    return writer.finish();
  },
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const count = cursor.u8();
    const settings: IntervalSetting[] = [];
    for (let index = 0; index < count && !cursor.short; index++)
      settings.push({ sid: cursor.u16(), intervalTenths: cursor.u16() });
    if (cursor.short) return cursor.refusal();
    return cursor.left > 0 ? refuse('too long', cursor.at) : ok(settings);
  },
};
