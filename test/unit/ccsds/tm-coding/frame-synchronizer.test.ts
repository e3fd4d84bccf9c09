import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  attachedSyncMarker,
  findMarker,
  markerDistance,
} from '../../../../src/ccsds/tm-coding/attached-sync-marker.ts';
import {
  FrameSynchronizer,
  type FrameSynchronizerOptions,
} from '../../../../src/ccsds/tm-coding/frame-synchronizer.ts';

const snpp = new Uint8Array(
  readFileSync(new URL('../../../../fixtures/cadu-and-cltu/snpp_7cadus_2vcids.dat', import.meta.url)),
);
const frameLength = 100;
/** Frame n: octets that hold no marker. */
const frame = (n: number) => Uint8Array.from({ length: frameLength }, (_, i) => (n * 31 + i * 7) & 0x7f);
const cadus = (...numbers: number[]) => numbers.flatMap((n) => [...attachedSyncMarker, ...frame(n)]);
/** The bits of `octets` from bit `shift` on of a longer stream that begins with zeros. */
const shifted = (octets: readonly number[], shift: number) => {
  const out = new Uint8Array(octets.length + Math.ceil(shift / 8) + 1);
  for (let b = 0; b < octets.length * 8; b++) {
    const at = b + shift;
    out[at >> 3]! |= ((octets[b >> 3]! >> (7 - (b & 7))) & 1) << (7 - (at & 7));
  }
  return out;
};
const run = (stream: Uint8Array, options: Partial<FrameSynchronizerOptions> = {}, piece = 37) => {
  const synchronizer = new FrameSynchronizer({ frameLength, ...options });
  const frames = [];
  for (let at = 0; at < stream.length; at += piece) frames.push(...synchronizer.push(stream.subarray(at, at + piece)));
  const held = frames.length;
  frames.push(...synchronizer.end());
  return { frames, held, counters: synchronizer.counters };
};
const found = (stream: Uint8Array, options?: Partial<FrameSynchronizerOptions>) =>
  run(stream, options).frames.map(({ octets }) =>
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((n) => Buffer.compare(frame(n), octets) === 0),
  );

describe('the attached sync marker', () => {
  it('is at distance 0, its inverse at 32', () => {
    expect(markerDistance(attachedSyncMarker, 0)).toBe(0);
    expect(
      markerDistance(
        attachedSyncMarker.map((v) => ~v),
        0,
      ),
    ).toBe(32);
    expect(markerDistance(Uint8Array.of(0x1a, 0xcf, 0xfc, 0x1e), 0)).toBe(2);
  });

  it('is found at every bit offset, with errors, and only where all of it lies', () => {
    for (let shift = 0; shift < 40; shift++) {
      const stream = shifted([...attachedSyncMarker], shift);
      expect(findMarker(stream, 0, stream.length * 8 - 31, 0)).toEqual({ bit: shift, errors: 0, inverted: false });
      stream[(shift + 9) >> 3]! ^= 0x80 >> ((shift + 9) & 7);
      expect(findMarker(stream, 0, stream.length * 8 - 31, 0)).toBeUndefined();
      expect(findMarker(stream, 0, stream.length * 8 - 31, 1)).toEqual({ bit: shift, errors: 1, inverted: false });
    }
  });
});

describe('the frame synchroniser', () => {
  it('finds the recorded CADUs, with the marker of each at its octet', () => {
    const { frames } = run(snpp, { frameLength: 1020 }, 1000);
    expect(frames.map((f) => f.bitOffset / 8)).toEqual([0, 1024, 2048, 3072, 4096, 5120, 6144]);
    expect(frames.map((f) => f.octets)).toEqual(frames.map((_, i) => snpp.slice(i * 1024 + 4, (i + 1) * 1024)));
    expect(frames.map((f) => f.state)).toEqual(['verify', 'lock', 'lock', 'lock', 'lock', 'lock', 'lock']);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 13])('finds frames at bit offset %i, upright and inverted', (shift) => {
    for (const inversion of [0, 0xff]) {
      const stream = shifted(cadus(1, 2, 3), shift).map((v) => v ^ inversion);
      for (const piece of [1, 5, 64, 1000]) {
        const { frames, counters } = run(stream, {}, piece);
        expect(frames.map((f) => f.octets)).toEqual([frame(1), frame(2), frame(3)]);
        expect(frames.every((f) => f.inverted === (inversion !== 0))).toBe(true);
        expect(counters['bits skipped']).toBe(stream.length * 8 - 3 * 832);
      }
    }
  });

  it('keeps what it has not confirmed until the end of the stream, and drops what is not whole', () => {
    const alone = run(Uint8Array.from(cadus(4)));
    expect(alone.held).toBe(0);
    expect(alone.frames.map((f) => f.state)).toEqual(['verify']);
    expect(found(Uint8Array.from(cadus(4, 5).slice(0, -1)))).toEqual([4]);
    expect(found(Uint8Array.from(cadus(4).slice(0, -1)))).toEqual([]);
    expect(found(new Uint8Array(0))).toEqual([]);
    expect(run(Uint8Array.from(cadus(1, 2, 3, 4)), { confirmations: 0 }).frames.map((f) => f.state)).toEqual(
      Array(4).fill('lock'),
    );
  });

  it('is not led astray by a marker inside of frames or noise', () => {
    const trap = [...cadus(1).slice(0, 50), ...attachedSyncMarker, 9, 9];
    expect(found(Uint8Array.from([...trap, ...cadus(2, 3, 4)]))).toEqual([2, 3, 4]);
    const inside = cadus(1, 2, 3);
    inside.splice(104 + 30, 4, ...attachedSyncMarker);
    expect(run(Uint8Array.from(inside)).frames.map((f) => f.bitOffset)).toEqual([0, 832, 1664]);
    expect(run(Uint8Array.from([...trap, ...cadus(2, 3, 4)])).counters['false marker']).toBe(2);
  });

  it('stays in lock over markers with errors and over missing ones, as many as allowed', () => {
    const stream = Uint8Array.from(cadus(0, 1, 2, 3, 4));
    stream[2 * 104]! ^= 0x81; // two wrong bits in the third marker
    expect(run(stream).frames.map((f) => f.markerErrors)).toEqual([0, 0, 2, 0, 0]);
    stream.fill(0x55, 2 * 104, 2 * 104 + 4);
    expect(run(stream).frames.map((f) => f.state)).toEqual(['verify', 'lock', 'flywheel', 'lock', 'lock']);
    stream.fill(0x55, 3 * 104, 3 * 104 + 4);
    expect(found(stream)).toEqual([0, 1, 2, 3, 4]);
    expect(found(stream, { flywheel: 1 })).toEqual([0, 1, 4]);
    expect(run(stream, { flywheel: 1 }).counters).toMatchObject({ 'lock lost': 1, 'marker missing': 2, locks: 1 });
  });

  it.each([1, 7, 40, 104, 150])('loses only the frame out of which %i octets are missing', (missing) => {
    const stream = cadus(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    stream.splice(3 * 104 + 20, missing);
    const whole = missing < 84 ? [0, 1, 2, 4, 5, 6, 7, 8, 9] : [0, 1, 2, 5, 6, 7, 8, 9];
    expect(found(Uint8Array.from(stream)).filter((n) => n !== undefined)).toEqual(whole);
  });

  it('follows a slip of one bit and a change of polarity', () => {
    const first = shifted(cadus(0, 1), 0).subarray(0, 208);
    const slipped = shifted(cadus(2, 3, 4), 1);
    const { frames, counters } = run(Uint8Array.from([...first, ...slipped]));
    expect(frames.map((f) => f.octets)).toEqual([0, 1, 2, 3, 4].map(frame));
    expect(counters).toMatchObject({ 'bit slip': 1, 'lock lost': 0 });
    const turned = run(Uint8Array.from([...cadus(0, 1), ...cadus(2, 3).map((v) => v ^ 0xff)]));
    expect(turned.frames.map((f) => f.octets)).toEqual([0, 1, 2, 3].map(frame));
    expect(turned.counters['polarity change']).toBe(1);
  });

  it('continues from saved memory as if nothing had happened', () => {
    const stream = shifted([...cadus(0, 1, 2), 1, 2, 3, ...cadus(3, 4, 5, 6)], 3);
    const reference = run(stream).frames;
    for (let cut = 0; cut <= stream.length; cut += 11) {
      const before = new FrameSynchronizer({ frameLength });
      const frames = before.push(stream.subarray(0, cut));
      const after = new FrameSynchronizer({ frameLength });
      after.load(structuredClone(before.save()));
      expect([...frames, ...after.push(stream.subarray(cut)), ...after.end()]).toEqual(reference);
      expect(() =>
        new FrameSynchronizer({ frameLength: 1 }).load({ ...before.save(), held: new Uint8Array(9999) }),
      ).toThrow(RangeError);
    }
  });
});
