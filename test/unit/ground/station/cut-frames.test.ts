// Frames out of a stream: in any pieces the same frames, and a start in the middle of one is found again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cut, cutFrames } from '../../../../src/ground/station/cut-frames.ts';

const framing = { frameOctets: 40, spacecraftId: 42 };
const frame = (count: number): Uint8Array => {
  const octets = new Uint8Array(40).fill(0x55);
  octets.set([0x02, 0xa0, count, count]);
  return octets;
};
const frames = Array.from({ length: 10 }, (_, i) => frame(i));
const stream = Uint8Array.from(frames.flatMap((each) => [...each]));

const inPieces = (octets: Uint8Array, sizes: readonly number[]) => {
  let cut: Cut = { rest: new Uint8Array(0), frames: [], skipped: 0 };
  const found: Uint8Array[] = [];
  let skipped = 0;
  let at = 0;
  for (let i = 0; at < octets.length; i++) {
    const size = sizes[i % sizes.length]!;
    cut = cutFrames(cut.rest, octets.subarray(at, at + size), framing);
    expect(cut.rest.length).toBeLessThan(framing.frameOctets);
    found.push(...cut.frames);
    skipped += cut.skipped;
    at += size;
  }
  return { found, skipped };
};

describe('frames out of a stream', () => {
  it('are the same in whatever pieces they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 130 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        expect(inPieces(stream, sizes)).toEqual({ found: frames, skipped: 0 });
      }),
    );
  });

  it('are found again by a receiver that joins in the middle of one', () => {
    const { found, skipped } = inPieces(stream.subarray(17), [33]);
    expect(found).toEqual(frames.slice(1));
    expect(skipped).toBe(23);
  });

  it('are looked for in any octets without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 500 }), (octets) => {
        const { found } = inPieces(octets, [77]);
        for (const each of found) expect(each).toHaveLength(40);
      }),
    );
  });
});
