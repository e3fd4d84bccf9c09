// AOS frames: recordings of Hope and Perseverance, the header code against its definition, M_PDU and B_PDU.
import { describe, expect, it } from 'vitest';
import { type AosFrame, type AosFrameParameters, aosFrame } from '../../../../src/ccsds/aos-frame/aos-frame.ts';
import { bPdu } from '../../../../src/ccsds/aos-frame/b-pdu.ts';
import {
  correctHeader,
  headerErrorControl,
  headerIsClean,
} from '../../../../src/ccsds/aos-frame/header-error-control.ts';
import { mPdu } from '../../../../src/ccsds/aos-frame/m-pdu.ts';
import { fixtureUnits } from '../../../support/frame-fixtures.ts';
import { seeded } from '../../../support/noise.ts';

const parameters: AosFrameParameters = { fhec: true, insertZoneOctets: 3, ocf: true, fecf: true, lengthOctets: 40 };
const frame: AosFrame = {
  spacecraftId: 0x9d,
  virtualChannelId: 16,
  virtualChannelCount: 0xfffffe,
  replay: true,
  cycleInUse: true,
  cycle: 9,
  spare: 0,
  insertZone: Uint8Array.of(7, 8, 9),
  data: new Uint8Array(23).fill(0x33),
  ocf: 0x80000001,
};

/** A header of eight octets with its error control. */
const sealed = (first: number, second: number, sixth: number): Uint8Array => {
  const check = headerErrorControl(first, second, sixth);
  return Uint8Array.of(first, second, 1, 2, 3, sixth, check >> 8, check & 0xff);
};

describe('AOS frame', () => {
  it('reads the frames of Hope: all checks good, the counts of both channels without a gap', () => {
    const codec = aosFrame({ lengthOctets: 223, fhec: false, insertZoneOctets: 0, ocf: false, fecf: true });
    const counts = new Map<number, number[]>();
    for (const octets of fixtureUnits('telemetry/emm_frames.u8', 223)) {
      const read = codec.decode(octets);
      if (!read.ok) throw new Error(read.reason);
      expect(read.value.spacecraftId).toBe(242);
      counts.set(read.value.virtualChannelId, [
        ...(counts.get(read.value.virtualChannelId) ?? []),
        read.value.virtualChannelCount,
      ]);
    }
    expect(counts.get(0)).toEqual(Array.from({ length: 534 }, (_, k) => 1639 + k));
    expect(counts.get(62)).toEqual(Array.from({ length: 19 }, (_, k) => 47 + k));
  });

  it('refuses the one frame of Perseverance whose check is bad', () => {
    const codec = aosFrame({ lengthOctets: 223, fhec: false, insertZoneOctets: 0, ocf: false, fecf: true });
    const verdicts = fixtureUnits('telemetry/mars2020_safemode_frames.u8', 223).map(
      (octets) => codec.decode(octets).ok,
    );
    expect(verdicts).toEqual([true, true, true, false]);
  });

  it('gives every field back', () => {
    const codec = aosFrame(parameters);
    expect(codec.decode(codec.encode(frame))).toEqual({ ok: true, value: frame });
  });

  it('reads a frame whose header has two wrong symbols, and refuses one with three', () => {
    const codec = aosFrame({ ...parameters, fecf: false });
    const octets = codec.encode({ ...frame, data: new Uint8Array(25) });
    octets[1]! ^= 0x30;
    octets[6]! ^= 0x0f;
    expect(codec.decode(octets)).toMatchObject({
      ok: true,
      value: { spacecraftId: 0x9d, virtualChannelId: 16, replay: true },
    });
    octets[0]! ^= 0x01;
    const read = codec.decode(octets);
    if (read.ok) expect(read.value.virtualChannelId).not.toBe(16);
    else expect(read.reason).toBe('bad FHEC');
  });

  it('names what is wrong', () => {
    const octets = aosFrame(parameters).encode(frame);
    const reason = (changed: Partial<AosFrameParameters>, input = octets): string => {
      const read = aosFrame({ ...parameters, ...changed }).decode(input);
      return read.ok ? 'accepted' : read.reason;
    };
    expect(reason({})).toBe('accepted');
    expect(reason({ lengthOctets: 41 })).toBe('length mismatch');
    expect(reason({ spacecraftId: 1 })).toBe('wrong spacecraft id');
    const damaged = octets.slice();
    damaged[20]! ^= 1;
    expect(reason({}, damaged)).toBe('bad FECF');
    const other = Uint8Array.from({ length: 40 }, (_, k) => (k === 0 ? 0xc0 : 0));
    expect(reason({ fecf: false, fhec: false }, other)).toBe('wrong frame version');
    expect(
      aosFrame({ fhec: true, insertZoneOctets: 0, ocf: true, fecf: true }).decode(octets.subarray(0, 9)),
    ).toMatchObject({
      reason: 'frame too short',
    });
  });
});

describe('AOS frame header error control', () => {
  /** GF(16) by x^4 + x + 1, written down apart from the code under test. */
  const times = (a: number, b: number): number => {
    let product = 0;
    for (let k = 0; k < 4; k++) if (b & (1 << k)) product ^= a << k;
    for (let k = 6; k >= 4; k--) if (product & (1 << k)) product ^= 0x13 << (k - 4);
    return product;
  };
  const power = (n: number): number => (n === 0 ? 1 : times(power(n - 1), 2));

  it('makes codewords that have the roots a^6 to a^9', () => {
    const random = seeded(4);
    for (let k = 0; k < 50; k++) {
      const h = sealed(random() * 256, random() * 256, random() * 256);
      const symbols = [h[0]!, h[1]!, h[5]!, h[6]!, h[7]!].flatMap((octet) => [octet >> 4, octet & 15]);
      for (let root = 6; root < 10; root++)
        expect(symbols.reduce((sum, symbol) => times(sum, power(root)) ^ symbol, 0)).toBe(0);
    }
  });

  it('mends every error of one and of two symbols', () => {
    const good = sealed(0x67, 0x50, 0x40);
    const places = [0, 1, 5, 6, 7].flatMap((octet) => [[octet, 4] as const, [octet, 0] as const]);
    for (const [i, [octetI, shiftI]] of places.entries())
      for (const [j, [octetJ, shiftJ]] of places.entries())
        for (const [x, y] of [
          [1, 0],
          [9, 6],
          [15, 1],
        ] as const) {
          if (j <= i) continue;
          const damaged = good.slice();
          damaged[octetI]! ^= x << shiftI;
          damaged[octetJ]! ^= y << shiftJ;
          expect(headerIsClean(damaged)).toBe(false);
          expect(correctHeader(damaged)).toBe(y === 0 ? 1 : 2);
          expect([...damaged]).toEqual([...good]);
        }
  });

  it('leaves a header alone that it cannot mend', () => {
    let refused = 0;
    for (let k = 1; k < 16; k++) {
      const damaged = sealed(0x67, 0x50, 0x40);
      damaged[0]! ^= k;
      damaged[1]! ^= k << 4;
      damaged[5]! ^= 0x11;
      const before = [...damaged];
      if (correctHeader(damaged) >= 0) continue;
      refused++;
      expect([...damaged]).toEqual(before);
    }
    expect(refused).toBeGreaterThan(0);
  });
});

describe('M_PDU and B_PDU', () => {
  it('read back what they pack', () => {
    const zone = Uint8Array.of(1, 2, 3, 4);
    expect(mPdu.decode(mPdu.encode({ firstHeaderPointer: 0x7fe, zone }))).toEqual({
      ok: true,
      value: { firstHeaderPointer: 0x7fe, zone },
    });
    for (const validBits of [0, 1, 31, 32])
      expect(bPdu.decode(bPdu.encode({ validBits, zone }))).toEqual({ ok: true, value: { validBits, zone } });
  });

  it('are told from other data by their spare bits', () => {
    expect(mPdu.decode(Uint8Array.of(0x26, 0xa0, 0x45))).toMatchObject({ reason: 'M_PDU spare bits' });
    expect(mPdu.decode(Uint8Array.of(0))).toMatchObject({ reason: 'M_PDU too short' });
    expect(bPdu.decode(Uint8Array.of(0x40, 0, 0))).toMatchObject({ reason: 'B_PDU spare bits' });
    expect(bPdu.decode(Uint8Array.of(0x00, 8, 0))).toMatchObject({ reason: 'bad bitstream pointer' });
    expect(bPdu.decode(new Uint8Array(0))).toMatchObject({ reason: 'B_PDU too short' });
  });
});
