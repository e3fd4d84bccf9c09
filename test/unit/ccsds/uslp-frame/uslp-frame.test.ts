// USLP frames against spacepackets, and at the places where readers go wrong.
import { describe, expect, it } from 'vitest';
import { constructionRules, uslpDataField } from '../../../../src/ccsds/uslp-frame/data-field.ts';
import {
  isIdleUslpFrame,
  type UslpFrame,
  type UslpFrameParameters,
  uslpFrame,
} from '../../../../src/ccsds/uslp-frame/uslp-frame.ts';
import { decodeUslpHeader, encodeUslpHeader, type WholeHeader } from '../../../../src/ccsds/uslp-frame/uslp-header.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';
import { frameVectors, type UslpVector } from '../../../support/frame-fixtures.ts';

const header: WholeHeader = {
  truncated: false,
  spacecraftId: 0xbeef,
  destination: false,
  virtualChannelId: 5,
  mapId: 3,
  lengthOctets: 1,
  bypass: false,
  protocolControl: false,
  ocf: false,
  countOctets: 4,
  virtualChannelCount: 0xfffffffe,
};

const frameOf = (dataOctets: number): UslpFrame => ({
  header,
  insertZone: new Uint8Array(0),
  data: new Uint8Array(dataOctets).fill(0xe0),
});

const expected = (v: UslpVector): UslpFrame => {
  const { spacecraftId, destination, virtualChannelId, mapId } = v;
  const identifiers = { spacecraftId, destination, virtualChannelId, mapId };
  const data = uslpDataField.encode({
    rule: constructionRules[v.rule]!,
    protocol: v.protocol,
    zone: hexOctets(v.zone),
    ...(v.pointer === null ? {} : { pointer: v.pointer }),
  });
  if (v.truncated) return { header: { ...identifiers, truncated: true }, insertZone: new Uint8Array(0), data };
  const { bypass, protocolControl, countOctets, count, frameOctets } = v;
  const flags = {
    bypass,
    protocolControl,
    countOctets,
    virtualChannelCount: count,
    lengthOctets: frameOctets,
    ocf: v.ocf !== null,
  };
  return {
    header: { ...identifiers, ...flags, truncated: false },
    insertZone: hexOctets(v.insertZone),
    data,
    ...(v.ocf === null ? {} : { ocf: Number.parseInt(v.ocf, 16) }),
  };
};

describe('USLP frame', () => {
  it.each(frameVectors.uslp.map((vector, index) => [index, vector] as const))(
    'reads and packs vector %i of spacepackets',
    (_, v) => {
      const codec = uslpFrame({ fecfOctets: v.fecf ? 2 : 0, insertZoneOctets: v.insertZone.length / 2 });
      expect(codec.decode(hexOctets(v.octets))).toEqual({ ok: true, value: expected(v) });
      expect(toHex(codec.encode(expected(v)))).toBe(v.octets);
    },
  );

  it('reads a length field of 0xffff as 65536 octets, not as a negative number', () => {
    const codec = uslpFrame({ fecfOctets: 4, insertZoneOctets: 0 });
    const octets = codec.encode(frameOf(65_536 - 11 - 4));
    expect(octets).toHaveLength(65_536);
    expect([octets[4], octets[5]]).toEqual([0xff, 0xff]);
    expect(codec.decode(octets)).toMatchObject({ ok: true, value: { header: { lengthOctets: 65_536 } } });
    expect(() => codec.encode(frameOf(65_536 - 11 - 3))).toThrow(/USLP frame octets/);
  });

  it.each([2, 4] as const)('sees one wrong bit anywhere with error control of %i octets', (fecfOctets) => {
    const codec = uslpFrame({ fecfOctets, insertZoneOctets: 0 });
    const octets = codec.encode(frameOf(9));
    expect(codec.decode(octets).ok).toBe(true);
    for (let bit = 0; bit < octets.length * 8; bit++) {
      const damaged = octets.slice();
      damaged[bit >> 3]! ^= 0x80 >> (bit & 7);
      expect(codec.decode(damaged).ok).toBe(false);
    }
  });

  it('takes a truncated frame only where the channel is declared to have them', () => {
    const truncated: UslpFrame = {
      header: { truncated: true, spacecraftId: 1, destination: true, virtualChannelId: 2, mapId: 3 },
      insertZone: new Uint8Array(0),
      data: Uint8Array.of(0xe0, 1, 2),
    };
    const octets = uslpFrame({ fecfOctets: 0, insertZoneOctets: 0 }).encode(truncated);
    const verdict = (parameters: Partial<UslpFrameParameters>): string => {
      const read = uslpFrame({ fecfOctets: 0, insertZoneOctets: 0, ...parameters }).decode(octets);
      return read.ok ? 'accepted' : read.reason;
    };
    expect(verdict({})).toBe('accepted');
    expect(verdict({ fecfOctets: 2 })).toBe('truncated frame');
    expect(verdict({ fecfOctets: 2, truncatedOctets: 7 })).toBe('accepted');
    expect(verdict({ truncatedOctets: 8 })).toBe('length mismatch');
    expect(uslpFrame({ fecfOctets: 0, insertZoneOctets: 0 }).decode(octets.subarray(0, 4))).toMatchObject({
      reason: 'frame too short',
    });
  });

  it('names what is wrong', () => {
    const octets = uslpFrame({ fecfOctets: 0, insertZoneOctets: 0 }).encode(frameOf(9));
    const reason = (input: Uint8Array, parameters: Partial<UslpFrameParameters> = {}): string => {
      const read = uslpFrame({ fecfOctets: 0, insertZoneOctets: 0, ...parameters }).decode(input);
      return read.ok ? 'accepted' : read.reason;
    };
    expect(reason(octets)).toBe('accepted');
    expect(reason(octets, { insertZoneOctets: 30 })).toBe('frame too short');
    expect(reason(octets, { lengthOctets: 30 })).toBe('length mismatch');
    expect(reason(octets.subarray(0, 15))).toBe('length mismatch');
    expect(reason(octets.subarray(0, 6))).toBe('frame too short');
    expect(reason(Uint8Array.of(0x40, ...octets.subarray(1)))).toBe('wrong frame version');
    expect(isIdleUslpFrame({ header: { ...header, virtualChannelId: 63 } })).toBe(true);
  });

  it('has counts of up to seven octets, exact to 2^53', () => {
    for (const [countOctets, virtualChannelCount] of [
      [0, 0],
      [1, 255],
      [3, 0xffffff],
      [6, 2 ** 48 - 1],
      [7, Number.MAX_SAFE_INTEGER],
    ] as const) {
      const octets = encodeUslpHeader({ ...header, countOctets, virtualChannelCount });
      expect(octets).toHaveLength(7 + countOctets);
      expect(decodeUslpHeader(octets)).toMatchObject({ ok: true, value: { countOctets, virtualChannelCount } });
    }
    const beyond = encodeUslpHeader({ ...header, countOctets: 7, virtualChannelCount: 0 }).fill(0xff, 7);
    expect(decodeUslpHeader(beyond)).toMatchObject({ ok: false, reason: 'count too large' });
    expect(() => encodeUslpHeader({ ...header, countOctets: 1, virtualChannelCount: 256 })).toThrow(
      /virtual channel count/,
    );
  });

  it('wants a pointer for the first three construction rules alone', () => {
    const zone = Uint8Array.of(1);
    expect(() => uslpDataField.encode({ rule: 'octet stream', protocol: 4, pointer: 0, zone })).toThrow(
      /pointer: expected none/,
    );
    expect(() => uslpDataField.encode({ rule: 'packets spanning frames', protocol: 0, zone })).toThrow(
      /pointer: expected one/,
    );
    expect(uslpDataField.decode(Uint8Array.of(0, 0))).toMatchObject({ reason: 'data field too short' });
  });
});
