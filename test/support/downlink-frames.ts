// Values of downlink frames for properties, and the codecs of channels with and without each managed field.
import fc from 'fast-check';
import { type AosFrame, type AosFrameParameters, aosFrame } from '../../src/ccsds/aos-frame/aos-frame.ts';
import { type TmFrame, tmFrame, tmSecondaryHeader } from '../../src/ccsds/tm-frame/tm-frame.ts';
import { type UslpFecfOctets, type UslpFrame, uslpFrame } from '../../src/ccsds/uslp-frame/uslp-frame.ts';
import type { Codec } from '../../src/codec/codec.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const octets = (maxLength: number, minLength = 0): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength, maxLength });

const withOptional = <T, K extends string, V>(base: fc.Arbitrary<T>, key: K, value: fc.Arbitrary<V>): fc.Arbitrary<T> =>
  fc
    .tuple(base, fc.option(value, { nil: undefined }))
    .map(([made, extra]) => (extra === undefined ? made : { ...made, [key]: extra }));

export const tmFrameValues: fc.Arbitrary<TmFrame> = withOptional(
  withOptional(
    fc.record({
      spacecraftId: fc.nat(1023),
      virtualChannelId: fc.nat(7),
      masterChannelCount: fc.nat(255),
      virtualChannelCount: fc.nat(255),
      synchronized: fc.boolean(),
      packetOrder: fc.boolean(),
      segmentLengthId: fc.nat(3),
      firstHeaderPointer: fc.nat(2047),
      data: octets(60),
    }),
    'ocf',
    u32,
  ),
  'secondaryHeader',
  octets(63, 1).map(tmSecondaryHeader),
);

export const aosParameters: readonly AosFrameParameters[] = [
  { fhec: false, insertZoneOctets: 0, ocf: false, fecf: true },
  { fhec: true, insertZoneOctets: 5, ocf: true, fecf: true },
  { fhec: true, insertZoneOctets: 0, ocf: false, fecf: false },
];

export const aosFrameValues = ({ insertZoneOctets, ocf }: AosFrameParameters): fc.Arbitrary<AosFrame> => {
  const base = fc.record({
    spacecraftId: fc.nat(255),
    virtualChannelId: fc.nat(63),
    virtualChannelCount: fc.nat(0xffffff),
    replay: fc.boolean(),
    cycleInUse: fc.boolean(),
    cycle: fc.nat(15),
    spare: fc.nat(3),
    insertZone: octets(insertZoneOctets, insertZoneOctets),
    data: octets(60),
  });
  return ocf ? fc.tuple(base, u32).map(([frame, value]) => ({ ...frame, ocf: value })) : base;
};

const identifiers = {
  spacecraftId: fc.nat(0xffff),
  destination: fc.boolean(),
  virtualChannelId: fc.nat(63),
  mapId: fc.nat(15),
};

/** Frames of which length and OCF flag agree with what they carry. */
export const uslpFrameValues = (fecfOctets: UslpFecfOctets, insertZoneOctets: number): fc.Arbitrary<UslpFrame> =>
  fc
    .record({
      header: fc.record({ ...identifiers, bypass: fc.boolean(), protocolControl: fc.boolean() }),
      countOctets: fc.nat(7),
      count: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      insertZone: octets(insertZoneOctets, insertZoneOctets),
      data: octets(60, 1),
      ocf: fc.option(u32, { nil: undefined }),
    })
    .map(({ header, countOctets, count, insertZone, data, ocf }) => {
      const lengthOctets = 7 + countOctets + insertZoneOctets + data.length + (ocf === undefined ? 0 : 4) + fecfOctets;
      const virtualChannelCount = countOctets < 7 ? count % 2 ** (8 * countOctets) : count;
      const whole = {
        ...header,
        truncated: false as const,
        lengthOctets,
        ocf: ocf !== undefined,
        countOctets,
        virtualChannelCount,
      };
      return { header: whole, insertZone, data, ...(ocf === undefined ? {} : { ocf }) };
    });

export interface FrameChannel {
  readonly name: string;
  /** Octets of the error control field. */
  readonly fecfOctets: 0 | 2 | 4;
  readonly decode: (octets: Uint8Array) => { readonly ok: boolean; readonly reason?: string; readonly at?: number };
  /** Good frames of the channel. */
  readonly good: fc.Arbitrary<Uint8Array>;
}

const channel = <T>(name: string, fecfOctets: 0 | 2 | 4, codec: Codec<T>, values: fc.Arbitrary<T>): FrameChannel => ({
  name,
  fecfOctets,
  decode: (input) => codec.decode(input),
  good: values.map((value) => codec.encode(value)),
});

/** Every frame decoder, with and without each field. */
export const frameChannels: readonly FrameChannel[] = [
  channel('TM', 0, tmFrame({ fecf: false }), tmFrameValues),
  channel('TM with FECF', 2, tmFrame({ fecf: true }), tmFrameValues),
  ...aosParameters.map((p) => channel(`AOS ${JSON.stringify(p)}`, p.fecf ? 2 : 0, aosFrame(p), aosFrameValues(p))),
  ...([0, 2, 4] as const).map((fecfOctets) =>
    channel(
      `USLP ${fecfOctets}`,
      fecfOctets,
      uslpFrame({ fecfOctets, insertZoneOctets: 3 }),
      uslpFrameValues(fecfOctets, 3),
    ),
  ),
];
