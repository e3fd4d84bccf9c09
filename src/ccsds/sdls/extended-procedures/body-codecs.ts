// Building blocks of the bodies of extended procedures: nothing at all, one record of fixed fields, a list of equal
// records that fills the body. Bodies are at most as long as the 16-bit length in bits can tell.
import type { Codec } from '../../../codec/codec.ts';
import { Cursor } from '../../../codec/cursor.ts';
import { ok, refuse } from '../../../codec/result.ts';
import { Writer } from '../../../codec/writer.ts';

/** 65535 bits, in whole octets. */
export const BODY_MAXIMUM_OCTETS = 8191;

/** A body without fields. */
export type Nothing = Readonly<Record<string, never>>;

export const nothing: Codec<Nothing> = {
  name: 'empty body',
  size: 0,
  encode: () => new Uint8Array(0),
  decode: (octets) => (octets.length === 0 ? ok({}) : refuse('length mismatch', 0)),
};

/** `count` octets of the right length, or a RangeError. */
export const exactly = (subject: string, octets: Uint8Array, count: number): Uint8Array => {
  if (octets.length !== count) throw new RangeError(`${subject}: expected ${count} octets, got ${octets.length}`);
  return octets;
};

/** One record of `size` octets. Refuses 'length mismatch'. */
export const record = <T>(
  name: string,
  size: number,
  write: (writer: Writer, value: T) => void,
  read: (cursor: Cursor) => T,
): Codec<T> => ({
  name,
  size,
  encode: (value) => {
    const writer = new Writer(size);
    write(writer, value);
    return writer.finish();
  },
  decode: (octets) => (octets.length === size ? ok(read(new Cursor(octets))) : refuse('length mismatch', 0)),
});

/** Records of one size up to the end, one at least. Refuses 'length mismatch'. */
export const list = <T>(item: Codec<T> & { readonly size: number }): Codec<readonly T[]> => ({
  name: `list of ${item.name}`,
  encode: (values) => {
    if (values.length === 0) throw new RangeError(`list of ${item.name}: expected one at least, got none`);
    const writer = new Writer(values.length * item.size);
    for (const value of values) writer.octets(item.encode(value));
    return writer.finish();
  },
  decode: (octets) => {
    if (octets.length === 0 || octets.length % item.size !== 0) return refuse('length mismatch', octets.length);
    const values: T[] = [];
    for (let at = 0; at < octets.length; at += item.size) {
      const read = item.decode(octets.subarray(at, at + item.size));
      if (!read.ok) return refuse(read.reason, at + read.at);
      values.push(read.value);
    }
    return ok(values);
  },
});

/** What a record gives as a list item: its size is known. */
export const sized = <T>(codec: Codec<T>): Codec<T> & { readonly size: number } => {
  if (codec.size === undefined) throw new RangeError(`${codec.name}: expected a fixed size, got none`);
  return { ...codec, size: codec.size };
};

/** A list under the name `key`, behind nothing else. */
export const named = <K extends string, T>(key: K, codec: Codec<T>): Codec<Readonly<Record<K, T>>> => ({
  name: codec.name,
  encode: (value) => codec.encode(value[key]),
  decode: (octets) => {
    const read = codec.decode(octets);
    return read.ok ? ok({ [key]: read.value } as Readonly<Record<K, T>>) : read;
  },
});
