// TM frames against spacepackets, against frames of Hera and ESCAPADE, and at their bounds.
import { describe, expect, it } from 'vitest';
import {
  isIdleTmFrame,
  type TmFrame,
  type TmFrameParameters,
  tmDataOctets,
  tmFrame,
  tmSecondaryHeader,
} from '../../../../src/ccsds/tm-frame/tm-frame.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';
import { fixtureUnits, frameVectors } from '../../../support/frame-fixtures.ts';

const decoded = (octets: Uint8Array, parameters: TmFrameParameters): TmFrame => {
  const read = tmFrame(parameters).decode(octets);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
};

const reason = (octets: Uint8Array, parameters: TmFrameParameters): string => {
  const read = tmFrame(parameters).decode(octets);
  return read.ok ? 'accepted' : read.reason;
};

const plain: TmFrame = {
  spacecraftId: 42,
  virtualChannelId: 1,
  masterChannelCount: 200,
  virtualChannelCount: 7,
  synchronized: false,
  packetOrder: false,
  segmentLengthId: 3,
  firstHeaderPointer: 0,
  data: Uint8Array.of(1, 2, 3, 4),
  ocf: 0xfedcba98,
};

describe('TM frame', () => {
  it.each(frameVectors.tm.map((vector, index) => [index, vector] as const))(
    'reads and packs vector %i of spacepackets',
    (_, v) => {
      const frame = decoded(hexOctets(v.octets), { fecf: v.fecf, lengthOctets: v.octets.length / 2 });
      const { spacecraftId, virtualChannelId, masterChannelCount, virtualChannelCount } = v;
      const { synchronized, packetOrder, segmentLengthId, firstHeaderPointer } = v;
      expect(frame).toEqual({
        ...{ spacecraftId, virtualChannelId, masterChannelCount, virtualChannelCount },
        ...{ synchronized, packetOrder, segmentLengthId, firstHeaderPointer },
        data: hexOctets(v.data),
        ...(v.ocf === null ? {} : { ocf: Number.parseInt(v.ocf, 16) }),
        ...(v.secondaryHeader === null ? {} : { secondaryHeader: tmSecondaryHeader(hexOctets(v.secondaryHeader)) }),
      });
      expect(toHex(tmFrame({ fecf: v.fecf }).encode(frame))).toBe(v.octets);
    },
  );

  it('reads the frames of Hera: no gap in the master channel, one CLCW on all', () => {
    const frames = fixtureUnits('telemetry/hera_low_rate_frames_2024_10_07_16_24_20.u8', 1113).map((octets) =>
      decoded(octets, { fecf: false, lengthOctets: 1113 }),
    );
    expect(frames.map((frame) => frame.masterChannelCount)).toEqual(Array.from({ length: 56 }, (_, k) => 15 + k));
    expect(new Set(frames.map((frame) => frame.ocf))).toEqual(new Set([0x01042200]));
    expect(frames.filter(isIdleTmFrame)).toHaveLength(10);
    expect(frames.filter((frame) => frame.virtualChannelId === 7).every(isIdleTmFrame)).toBe(true);
  });

  it('takes a managed length for a secondary header that does not tell its own, as of ESCAPADE', () => {
    const [first] = fixtureUnits('telemetry/escapade_gold_frames_2025_11_14_16_49.u8', 1113);
    const told = decoded(first!, { fecf: false });
    const managed = decoded(first!, { fecf: false, secondaryHeaderOctets: 8 });
    expect(told.secondaryHeader).toHaveLength(1);
    expect(toHex(managed.secondaryHeader!)).toBe('000069175d939f28');
    expect(managed.data).toHaveLength(1113 - 14);
    expect(managed.ocf).toBeUndefined();
  });

  it('names what is wrong, error control first', () => {
    const octets = tmFrame({ fecf: true }).encode(plain);
    const fecf = { fecf: true, lengthOctets: octets.length };
    expect(reason(octets, fecf)).toBe('accepted');
    expect(reason(octets, { ...fecf, spacecraftId: 41 })).toBe('wrong spacecraft id');
    expect(reason(octets.subarray(1), fecf)).toBe('length mismatch');
    expect(reason(Uint8Array.of(0, 1, 2, 3, 4), { fecf: false })).toBe('frame too short');
    const damaged = octets.slice();
    damaged[0]! ^= 0x40;
    expect(reason(damaged, fecf)).toBe('bad FECF');
    expect(reason(damaged, { fecf: false })).toBe('wrong frame version');
    const second = tmFrame({ fecf: false }).encode({ ...plain, secondaryHeader: Uint8Array.of(0xc0) });
    expect(reason(second, { fecf: false })).toBe('bad secondary header');
    expect(reason(second, { fecf: false, secondaryHeaderOctets: 200 })).toBe('frame too short');
  });

  it('lets a managed control field win over the flag', () => {
    const octets = tmFrame({ fecf: false }).encode(plain);
    expect(decoded(octets, { fecf: false, ocf: false }).data).toHaveLength(8);
    expect(decoded(octets, { fecf: false, ocf: false }).ocf).toBeUndefined();
  });

  it('refuses to pack what a frame cannot hold', () => {
    const codec = tmFrame({ fecf: true, lengthOctets: 16 });
    expect(codec.encode({ ...plain, data: new Uint8Array(4) })).toHaveLength(16);
    expect(() => codec.encode({ ...plain, data: new Uint8Array(5) })).toThrow(/TM frame data octets: expected/);
    expect(() => codec.encode({ ...plain, spacecraftId: 1024 })).toThrow(/spacecraft id/);
    expect(() => codec.encode({ ...plain, virtualChannelId: 8 })).toThrow(/virtual channel id/);
    expect(() => codec.encode({ ...plain, firstHeaderPointer: 0x800 })).toThrow(/first header pointer/);
    expect(() => tmSecondaryHeader(new Uint8Array(64))).toThrow(/secondary header/);
    expect(tmDataOctets(1115, true, true)).toBe(1103);
  });
});
