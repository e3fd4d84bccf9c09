// Parameter management, ECSS-E-ST-70-41C 8.20, over ids and octets: how wide a value is, only the dictionary knows.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { Cursor } from '../../codec/cursor.ts';
import { ok, refuse } from '../../codec/result.ts';
import { Writer } from '../../codec/writer.ts';
import { identifierList } from './identifier-list.ts';

export const st20 = { request: 1, report: 2, set: 3 } as const;

/** TC[20,1]: N and the ids. */
export const parameterIds: Codec<readonly number[]> = identifierList;

export interface ParameterSetting {
  readonly id: number;
  /** The value as its field lies on the wire. A view after decoding. */
  readonly value: Uint8Array;
}

/** Octets of the value of a parameter that starts at `at`: -1 for an unknown id or octets that hold no such value. */
export type MeasureParameter = (id: number, octets: Uint8Array, at: number) => number;

/** TM[20,2] and TC[20,3]: N times id and value. Refuses 'too short', 'too long' and 'unknown parameter'. */
export const parameterSettings = (measure: MeasureParameter): Codec<readonly ParameterSetting[]> => ({
  name: 'TM[20,2], TC[20,3]',
  encode: (settings) => {
    const writer = new Writer(64).u8(integerIn('number of parameters', settings.length, 0, 255));
    for (const { id, value } of settings) writer.u16(id, 'parameter id').octets(value);
    return writer.finish();
  },
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const count = cursor.u8();
    const settings: ParameterSetting[] = [];
    for (let index = 0; index < count && !cursor.short; index++) {
      const id = cursor.u16();
      if (cursor.short) break;
      const width = measure(id, octets, cursor.at);
      if (width < 0) return refuse('unknown parameter', cursor.at - 2);
      settings.push({ id, value: cursor.octets(width) });
    }
    if (cursor.short) return cursor.refusal();
    return cursor.left > 0 ? refuse('too long', cursor.at) : ok(settings);
  },
});
