// Event reports, ECSS-E-ST-70-41C 8.5: the subtype is the severity, the data are an event id and what it declares.
import type { Codec } from '../../codec/codec.ts';
import { Cursor } from '../../codec/cursor.ts';
import { ok } from '../../codec/result.ts';
import { Writer } from '../../codec/writer.ts';
import { identifierList } from './identifier-list.ts';

/** In the order of the subtypes 1..4. */
export const eventSeverities = ['info', 'low', 'medium', 'high'] as const;
export type EventSeverity = (typeof eventSeverities)[number];

export const st05 = { enable: 5, disable: 6, requestDisabled: 7, disabled: 8 } as const;

/** Subtype 1..4 of a severity. */
export const eventSubtype = (severity: EventSeverity): number => eventSeverities.indexOf(severity) + 1;

export const severityOfSubtype = (subtype: number): EventSeverity | undefined => eventSeverities[subtype - 1];

/** TM[5,1] .. TM[5,4]. */
export interface EventReport {
  readonly id: number;
  /** Auxiliary data in the layout that the event declares. A view after decoding. */
  readonly values: Uint8Array;
}

/** Refuses 'too short'. */
export const eventReport: Codec<EventReport> = {
  name: 'TM[5,1..4]',
  encode: (value) => new Writer(32).u16(value.id, 'event id').octets(value.values).finish(),
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const id = cursor.u16();
    return cursor.short ? cursor.refusal() : ok({ id, values: cursor.rest() });
  },
};

/** TC[5,5], TC[5,6] and TM[5,8]. */
export const eventIds: Codec<readonly number[]> = identifierList;
