// N, then N identifiers: the form of most PUS requests and of some reports. N has one octet here, identifiers have two.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { Cursor } from '../../codec/cursor.ts';
import { ok, refuse } from '../../codec/result.ts';
import { Writer } from '../../codec/writer.ts';

/** Refuses 'too short' and 'too long'. */
export const identifierList: Codec<readonly number[]> = {
  name: 'identifiers',
  encode: (ids) => {
    const writer = new Writer(1 + 2 * ids.length).u8(integerIn('number of identifiers', ids.length, 0, 255));
    for (const id of ids) writer.u16(id, 'identifier');
    return writer.finish();
  },
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const count = cursor.u8();
    const ids: number[] = [];
    for (let index = 0; index < count && !cursor.short; index++) ids.push(cursor.u16());
    if (cursor.short) return cursor.refusal();
    return cursor.left > 0 ? refuse('too long', cursor.at) : ok(ids);
  },
};
