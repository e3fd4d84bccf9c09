// A header as a declared layout: rows of name and width in bits, in the order of the wire. From it come the size, the
// encoder and the decoder. It is the default and the oracle: hot paths have hand-written twins that tests hold equal.
import { assert } from './assert.ts';
import { readBits, writeBits } from './bits.ts';
import type { Codec } from './codec.ts';
import { ok, refuse } from './result.ts';

/** `[name, bits]`; a third member makes it a constant that the decoder insists on. */
export type HeaderRow = readonly [name: string, bits: number, constant?: number];

type Constant = readonly [name: string, bits: number, constant: number];

/** One number per row that is not a constant. */
export type HeaderValue<R extends readonly HeaderRow[]> = {
  readonly [Row in R[number] as Row extends Constant ? never : Row[0]]: number;
};

export interface Header<T> extends Codec<T> {
  readonly size: number;
  readonly rows: readonly HeaderRow[];
}

/**
 * The codec of a header of whole octets; each row has 1..48 bits. `decode` looks at the first `size` octets and
 * refuses 'too short' and `bad <name>` for a constant that differs; `encode` throws a RangeError for what does not fit.
 */
export const header = <const R extends readonly HeaderRow[]>(name: string, rows: R): Header<HeaderValue<R>> => {
  const totalBits = rows.reduce((sum, row) => sum + row[1], 0);
  assert(totalBits % 8 === 0, `${name}: expected a whole number of octets, got ${totalBits} bits`);
  const size = totalBits / 8;
  return {
    name,
    size,
    rows,
    encode: (value) => {
      const octets = new Uint8Array(size);
      const given = value as Readonly<Record<string, number>>;
      let at = 0;
      for (const [field, bits, constant] of rows) {
        writeBits(octets, at, bits, constant ?? given[field]!);
        at += bits;
      }
      return octets;
    },
    decode: (octets) => {
      if (octets.length < size) return refuse('too short', octets.length);
      const value: Record<string, number> = {};
      let at = 0;
      for (const [field, bits, constant] of rows) {
        const read = readBits(octets, at, bits);
        if (constant === undefined) value[field] = read;
        else if (read !== constant) return refuse(`bad ${field}`, at >> 3);
        at += bits;
      }
      return ok(value as HeaderValue<R>);
    },
  };
};
