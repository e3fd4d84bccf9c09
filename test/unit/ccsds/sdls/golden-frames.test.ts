// Frames that others protected, to the bit and in both directions (fixtures/sdls).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeCltu } from '../../../../src/ccsds/cltu/cltu.ts';
import { aosKind, type FrameKind, tcKind, tmKind, uslpKind } from '../../../../src/ccsds/sdls/frame-kind.ts';
import {
  type AuthenticationMask,
  cmacLayout,
  type FrameKindName,
  interoperableGcmLayout,
  type SecurityAssociation,
} from '../../../../src/ccsds/sdls/security-association.ts';
import { delimitTcFrames } from '../../../../src/ccsds/tc-frame/delimit.ts';
import { tcFrame } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';
import { portableSuite } from '../../../../src/crypto/portable-suite.ts';
import { nativeSuite } from '../../../../src/devices/real/native-suite.ts';
import { secretOf } from '../../../support/crypto-vectors.ts';
import { type MacName, otherEnd, SecurityBench } from '../../../support/security-bench.ts';

type AnyFrame = { readonly data: Uint8Array };

const load = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../../fixtures/sdls/${name}`, import.meta.url), 'utf8')) as T;

interface YamcsFrame {
  readonly name: string;
  readonly kind: FrameKindName;
  readonly spi: number;
  readonly iv: string;
  readonly plain: string;
  readonly mask: string;
  readonly frame: string;
  readonly segmented?: boolean;
  readonly ocf?: boolean;
  readonly fhec?: boolean;
  readonly insertZone?: number;
}

const kindOf = (given: YamcsFrame): FrameKind<AnyFrame> => {
  const lengthOctets = given.frame.length / 2;
  const { ocf = false, fhec = false, insertZone: insertZoneOctets = 0 } = given;
  const kinds = {
    TC: () => tcKind({ spacecraftId: 42, virtualChannels: [0, 1, 2, 3] }, given.segmented ? [3] : []),
    TM: () => tmKind({ lengthOctets, fecf: true, ocf, spacecraftId: 42 }),
    AOS: () => aosKind({ lengthOctets, fhec, insertZoneOctets, ocf, fecf: true, spacecraftId: 42 }),
    USLP: () => uslpKind({ fecfOctets: 2, insertZoneOctets }),
  };
  return kinds[given.kind]() as FrameKind<AnyFrame>;
};

/** The association that the frame's own fields ask for, on the receiving end. */
const associationOf = (kind: FrameKind<AnyFrame>, octets: Uint8Array, spi: number, mask: AuthenticationMask) => {
  const decoded = kind.codec.decode(octets);
  if (!decoded.ok) throw new Error(decoded.reason);
  const association: SecurityAssociation = {
    ...interoperableGcmLayout,
    spi,
    direction: 'receive',
    channel: kind.channelOf(decoded.value),
    mask,
    replay: { window: 2 ** 48, depth: 0 },
  };
  return association;
};

const { key, frames } = load<{ key: string; frames: YamcsFrame[] }>('yamcs.json');

describe.each([portableSuite, nativeSuite])('frames that Yamcs sealed, with the $name suite', (suite) => {
  it.each(frames)('$name', (given) => {
    const kind = kindOf(given);
    const octets = hexOctets(given.frame);
    const [fixed, counter] = [Number.parseInt(given.iv.slice(0, 8), 16), Number.parseInt(given.iv.slice(8), 16)];
    for (const mask of ['standard', hexOctets(given.mask)] as const) {
      const association = associationOf(kind, octets, given.spi, mask);
      const bench = () => new SecurityBench().add(association, { suite, key: secretOf(key), fixed, counter });
      const opened = bench().receive(kind, octets);
      if (!opened.ok) throw new Error(opened.reason);
      const clear = kind.clearOctets(opened.frame);
      expect(toHex(opened.frame.data.subarray(clear))).toBe(given.plain);
      expect(opened).toMatchObject({ spi: given.spi, counter });
      const sender = new SecurityBench().add(otherEnd(association), { suite, key: secretOf(key), fixed, counter });
      expect(toHex(sender.protect(kind, opened.frame, given.spi))).toBe(given.frame);
      expect(sender.stateOf(given.spi).nextIv).toBe(counter + 1);
      const wrong = new SecurityBench().add(association, { suite, key: secretOf('ee'.repeat(32)), fixed, counter });
      expect(wrong.judge(kind, octets)).toBe('bad MAC');
    }
  });
});

interface Uplink {
  readonly cltu?: string;
  readonly frame: string;
  readonly plain: string;
  readonly segmentHeader?: string;
}

describe('frames of a Yamcs uplink', () => {
  const uplink = load<{ tc_ad_vc1: Uplink; tc_bd_vc2_map1: Uplink }>('yamcs-uplink.json');
  const kind = tcKind({ spacecraftId: 42, virtualChannels: [0, 1, 2] }, [2]) as unknown as FrameKind<AnyFrame>;

  it.each([uplink.tc_ad_vc1, uplink.tc_bd_vc2_map1])('opens and makes $frame', ({ frame, plain, segmentHeader }) => {
    const octets = hexOctets(frame);
    const association = associationOf(kind, octets, 1, 'standard');
    const opened = new SecurityBench().add(association, { counter: 1 }).receive(kind, octets);
    expect(opened.ok && toHex(opened.frame.data)).toBe((segmentHeader ?? '') + plain);
    const sender = new SecurityBench().add(otherEnd(association), { counter: 1 });
    expect(opened.ok && toHex(sender.protect(kind, opened.frame, 1))).toBe(frame);
  });

  it('comes out of its CLTU', () => {
    const unit = decodeCltu(hexOctets(uplink.tc_ad_vc1.cltu!));
    expect(unit.ok && delimitTcFrames(unit.value.data).map((part) => toHex(part))).toEqual([uplink.tc_ad_vc1.frame]);
  });
});

interface CryptoLib {
  readonly key: string;
  readonly spi: number;
  readonly clear: string;
  readonly frames: readonly {
    readonly name: string;
    readonly mask: 'standard' | 'all ones';
    readonly sequence?: number;
    readonly frame: string;
  }[];
}

describe('frames that CryptoLib protected', () => {
  const given = load<CryptoLib>('cryptolib.json');
  const parameters = { spacecraftId: 3, virtualChannels: [0] };
  const kind = tcKind(parameters, [0]);
  const clear = tcFrame(parameters).decode(hexOctets(given.clear));
  if (!clear.ok) throw new Error(clear.reason);

  it.each(given.frames)('$name', ({ mask, sequence, frame }) => {
    const association: SecurityAssociation = {
      ...interoperableGcmLayout,
      spi: given.spi,
      direction: 'transmit',
      channel: { frame: 'TC', spacecraftId: 3, virtualChannelId: 0, mapId: 1 },
      sequenceOctets: sequence === undefined ? 0 : 4,
      mask,
      replay: { window: 10, depth: 0 },
    };
    const sender = new SecurityBench().add(association, { fixed: 0x0a0b0c0d, counter: 1 });
    sender.change(given.spi, { nextSequence: sequence ?? 0 });
    expect(toHex(sender.protect(kind, clear.value, given.spi))).toBe(frame);
    const receiver = new SecurityBench().add(otherEnd(association), { fixed: 0x0a0b0c0d, counter: 1 });
    const opened = receiver.receive(kind, hexOctets(frame));
    expect(opened.ok && opened.frame).toEqual(clear.value);
  });
});

describe('authentication alone', () => {
  const parameters = { spacecraftId: 3, virtualChannels: [0], fecf: false };
  const kind = tcKind(parameters, []);
  const channel = { frame: 'TC', spacecraftId: 3, virtualChannelId: 0 } as const;
  const replay = { window: 10, depth: 0 };
  const frame = {
    service: 'BD',
    spacecraftId: 3,
    virtualChannelId: 0,
    sequence: 0,
    data: Uint8Array.of(0xaa, 0xbb, 0xcc),
  } as const;

  it.each([
    ['aesCmac', 16],
    ['hmacSha256', 16],
    ['hmacSha512', 16],
    ['hmacSha256', 32],
  ] satisfies [MacName, number][])('%s with %d octets is the code over header and data', (mac, macOctets) => {
    const association = { ...cmacLayout, spi: 7, direction: 'transmit', channel, macOctets, replay } as const;
    const octets = new SecurityBench().add(association, { mac, counter: 5 }).protect(kind, frame, 7);
    // 200300xx00 | 0007 00000005 | aabbcc, worked out by hand from the layout of the frame.
    const covered = hexOctets(`200300${(5 + 6 + 3 + macOctets - 1).toString(16).padStart(2, '0')}00000700000005aabbcc`);
    const code = nativeSuite[mac](secretOf(load<CryptoLib>('cryptolib.json').key)).tag(covered);
    expect(toHex(octets)).toBe(toHex(covered) + toHex(code.subarray(0, macOctets)));
    const receiver = new SecurityBench().add(otherEnd(association), { mac, counter: 5 });
    const opened = receiver.receive(kind, octets);
    expect(opened.ok && opened.frame).toEqual(frame);
    expect(receiver.judge(kind, octets)).toBe('replay duplicate');
  });
});
