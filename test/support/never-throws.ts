// Octets that nobody would send, for decoders of outside octets: they must answer, and never throw.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Codec } from '../../src/codec/codec.ts';
import type { Result } from '../../src/codec/result.ts';

/** Random octets, and good encodings with some octets changed, cut or added. */
export const wildOctets = (good: fc.Arbitrary<Uint8Array>, maxLength = 64): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.uint8Array({ maxLength }),
    fc
      .record({ octets: good, at: fc.nat(), value: fc.nat(255), cut: fc.nat(), tail: fc.uint8Array({ maxLength: 3 }) })
      .map(({ octets, at, value, cut, tail }) => {
        const copy = octets.slice();
        if (copy.length > 0) copy[at % copy.length] = value;
        const kept = copy.subarray(0, cut % 3 === 0 ? cut % (copy.length + 1) : copy.length);
        return Uint8Array.of(...kept, ...tail);
      }),
  );

const REASON = /^[A-Za-z][A-Za-z0-9 .:_-]*$/;

/** A refusal has stable words and a place within the octets. */
export const expectAnswer = <T>(read: Result<T>, length: number): void => {
  if (read.ok) return;
  expect(read.reason).toMatch(REASON);
  expect(read.at).toBeGreaterThanOrEqual(0);
  expect(read.at).toBeLessThanOrEqual(length);
};

/** decode(encode(value)) is the value, and wild octets get an answer; what is taken encodes to the same octets. */
export const expectCodec = <T>(codec: Codec<T>, values: fc.Arbitrary<T>, numRuns = 300): void => {
  fc.assert(
    fc.property(values, (value) => {
      expect(codec.decode(codec.encode(value))).toEqual({ ok: true, value });
    }),
    { numRuns },
  );
  const good = values.map((value) => codec.encode(value));
  fc.assert(
    fc.property(wildOctets(good), (octets) => {
      const read = codec.decode(octets);
      expectAnswer(read, octets.length);
      if (read.ok) expect([...codec.encode(read.value)]).toEqual([...octets]);
    }),
    { numRuns },
  );
};
