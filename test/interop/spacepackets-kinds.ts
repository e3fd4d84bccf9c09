// What is exchanged with spacepackets: per kind the values (in the form of peers/spacepackets_peer.py), our codec for
// them, and what the peer must be told to decode, because the octets do not say it.
import fc, { type Arbitrary } from 'fast-check';
import { verificationReport } from '../../src/ccsds/pus/st01-verification.ts';
import { type PusTelecommand, pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { type PusTelemetry, pusTelemetry } from '../../src/ccsds/pus/telemetry.ts';
import { type SpacePacket, sequenceFlags, spacePacket } from '../../src/ccsds/space-packet/space-packet.ts';
import { type CdsTime, cds } from '../../src/ccsds/time-code/cds.ts';
import { type TmFrame, tmFrame, tmSecondaryHeader } from '../../src/ccsds/tm-frame/tm-frame.ts';
import { hexOctets, toHex } from '../../src/codec/hex.ts';
import type { Result } from '../../src/codec/result.ts';

export interface Kind<V = unknown> {
  readonly kind: string;
  readonly values: Arbitrary<V>;
  encode(value: V): Uint8Array;
  /** The same form as `values`, so that both decoders can be compared with what was encoded. */
  decode(octets: Uint8Array, value: V): Result<V>;
  /** Managed parameters that the peer needs. */
  parameters(value: V): Readonly<Record<string, unknown>>;
  /** True: one flipped bit anywhere must be refused by both. */
  readonly sealed: (value: V) => boolean;
}

/** Keeps V between the members and forgets it outside. */
export const kind = <V>(made: Kind<V>): Kind => made as unknown as Kind;

export const hexOf = (minLength: number, maxLength: number): Arbitrary<string> =>
  fc.uint8Array({ minLength, maxLength, size: 'max' }).map((octets) => toHex(octets));

export const below = (limit: number): Arbitrary<number> => fc.integer({ min: 0, max: limit - 1 });

export const mapped = <A, B>(result: Result<A>, map: (value: A) => B): Result<B> =>
  result.ok ? { ok: true, value: map(result.value) } : result;

const withHexData = <T extends { readonly data: Uint8Array }>(value: T): Omit<T, 'data'> & { data: string } => ({
  ...value,
  data: toHex(value.data),
});

export const spacePackets = kind<Omit<SpacePacket, 'data'> & { data: string }>({
  kind: 'space packet',
  values: fc
    .record({
      telecommand: fc.boolean(),
      secondaryHeader: fc.boolean(),
      apid: below(2048),
      sequence: fc.constantFrom(...sequenceFlags),
      count: below(16_384),
      data: fc.oneof(
        { weight: 20, arbitrary: hexOf(1, 300) },
        { weight: 1, arbitrary: fc.constantFrom(1, 65_536).map((octets) => 'a5'.repeat(octets)) },
      ),
    })
    .map((value) => (value.apid === 2047 ? { ...value, secondaryHeader: false } : value)),
  encode: (value) => spacePacket.encode({ ...value, data: hexOctets(value.data) }),
  decode: (octets) => mapped(spacePacket.decode(octets), withHexData),
  parameters: () => ({}),
  sealed: () => false,
});

const flagNames = ['acceptance', 'start', 'progress', 'completion'] as const;

export const telecommands = kind<Omit<PusTelecommand, 'data' | 'acknowledge'> & { data: string; acknowledge: number }>({
  kind: 'telecommand',
  values: fc.record({
    apid: below(2047),
    count: below(16_384),
    acknowledge: below(16),
    service: below(256),
    subtype: below(256),
    sourceId: below(65_536),
    data: hexOf(0, 250),
  }),
  encode: (value) => {
    const [acceptance, start, progress, completion] = flagNames.map((_, bit) => ((value.acknowledge >> bit) & 1) === 1);
    const acknowledge = { acceptance: acceptance!, start: start!, progress: progress!, completion: completion! };
    return pusTelecommand.encode({ ...value, acknowledge, data: hexOctets(value.data) });
  },
  decode: (octets) =>
    mapped(pusTelecommand.decode(octets), (value) => ({
      ...withHexData(value),
      acknowledge: flagNames.reduce((sum, name, bit) => sum + (value.acknowledge[name] ? 1 << bit : 0), 0),
    })),
  parameters: () => ({}),
  sealed: () => true,
});

export const telemetry = kind<Omit<PusTelemetry, 'data' | 'time'> & { data: string; time: string }>({
  kind: 'telemetry',
  values: fc.record({
    apid: below(2047),
    count: below(16_384),
    timeStatus: below(16),
    service: below(256),
    subtype: below(256),
    messageCount: below(65_536),
    destinationId: below(65_536),
    time: fc.constantFrom(6, 7, 8).chain((octets) => hexOf(octets, octets)),
    data: hexOf(0, 500),
  }),
  encode: (value) =>
    pusTelemetry(value.time.length / 2).encode({ ...value, time: hexOctets(value.time), data: hexOctets(value.data) }),
  decode: (octets, value) =>
    mapped(pusTelemetry(value.time.length / 2).decode(octets), (made) => ({
      ...withHexData(made),
      time: toHex(made.time),
    })),
  parameters: (value) => ({ timeOctets: value.time.length / 2 }),
  sealed: () => true,
});

interface VerificationValue {
  readonly subtype: number;
  /** Packet identification and sequence control of the request, as one number. */
  readonly request: number;
  readonly step: number | null;
  readonly code: number | null;
  readonly detail: string | null;
  readonly time: string;
}

/** A whole packet of service 1, as this mission lays it out: 16-bit failure codes, 8-bit steps, six octets of time. */
export const verificationReports = kind<VerificationValue>({
  kind: 'verification report',
  values: fc
    .record({
      subtype: fc.integer({ min: 1, max: 8 }),
      request: below(2 ** 32),
      step: below(256),
      code: below(65_536),
      detail: hexOf(0, 20),
      time: hexOf(6, 6),
    })
    .map(({ step, code, detail, ...value }) => {
      const failed = value.subtype % 2 === 0;
      const withStep = value.subtype === 5 || value.subtype === 6;
      return {
        ...value,
        step: withStep ? step : null,
        code: failed ? code : null,
        detail: failed ? detail : null,
      };
    }),
  encode: ({ subtype, request, step, code, detail, time }) => {
    const stage = (['acceptance', 'start', 'progress', 'completion'] as const)[(subtype - 1) >> 1]!;
    const data = verificationReport(subtype).encode({
      stage,
      request: { apid: 0, count: 0, value: request },
      ...(step === null ? {} : { step }),
      ...(code === null ? {} : { failure: { code, data: hexOctets(detail ?? '') } }),
    });
    const header = { apid: 101, count: 0, timeStatus: 0, service: 1, subtype, messageCount: 0, destinationId: 0 };
    return pusTelemetry(6).encode({ ...header, time: hexOctets(time), data });
  },
  decode: (octets) => {
    const packet = pusTelemetry(6).decode(octets);
    if (!packet.ok) return packet;
    const { subtype, time, data } = packet.value;
    return mapped(verificationReport(subtype).decode(data), ({ request, step, failure }) => ({
      subtype,
      request: request.value,
      step: step ?? null,
      code: failure?.code ?? null,
      detail: failure === undefined ? null : toHex(failure.data),
      time: toHex(time),
    }));
  },
  parameters: () => ({}),
  sealed: () => true,
});

interface TmValue extends Omit<TmFrame, 'data' | 'secondaryHeader' | 'ocf'> {
  readonly data: string;
  readonly secondaryHeader: string | null;
  readonly ocf: number | null;
  readonly fecf: boolean;
}

const tmOf = ({ secondaryHeader, ocf, fecf: _, data, ...rest }: TmValue): TmFrame => ({
  ...rest,
  data: hexOctets(data),
  ...(secondaryHeader === null ? {} : { secondaryHeader: hexOctets(secondaryHeader) }),
  ...(ocf === null ? {} : { ocf }),
});

export const tmFrames = kind<TmValue>({
  kind: 'tm frame',
  values: fc.record({
    spacecraftId: below(1024),
    virtualChannelId: below(8),
    masterChannelCount: below(256),
    virtualChannelCount: below(256),
    secondaryHeader: fc.option(hexOf(1, 63).map((data) => toHex(tmSecondaryHeader(hexOctets(data))))),
    synchronized: fc.boolean(),
    packetOrder: fc.boolean(),
    segmentLengthId: below(4),
    firstHeaderPointer: fc.oneof(below(2048), fc.constantFrom(0x7fe, 0x7ff)),
    data: hexOf(1, 1200),
    ocf: fc.option(below(2 ** 32)),
    fecf: fc.boolean(),
  }),
  encode: (value) => tmFrame({ fecf: value.fecf }).encode(tmOf(value)),
  decode: (octets, { fecf }) =>
    mapped(tmFrame({ fecf }).decode(octets), ({ data, secondaryHeader, ocf, ...rest }) => ({
      ...rest,
      data: toHex(data),
      secondaryHeader: secondaryHeader === undefined ? null : toHex(secondaryHeader),
      ocf: ocf ?? null,
      fecf,
    })),
  parameters: ({ fecf }) => ({ fecf }),
  sealed: ({ fecf }) => fecf,
});

const cdsShort = cds({ epoch: 'tai1958', dayOctets: 2, fractionOctets: 0 });
/** The preamble that the peer always writes: day segmented, epoch 1958, 16-bit day, milliseconds. */
const CDS_SHORT_PREAMBLE = 0x40;

export const cdsTimes = kind<{ days: number; milliseconds: number }>({
  kind: 'cds',
  values: fc.record({ days: below(65_536), milliseconds: below(86_400_000) }),
  encode: ({ days, milliseconds }) =>
    Uint8Array.of(CDS_SHORT_PREAMBLE, ...cdsShort.encode({ day: days, millisecond: milliseconds, fraction: 0 })),
  decode: (octets) =>
    mapped(cdsShort.decode(octets.subarray(1)), ({ day, millisecond }: CdsTime) => ({
      days: day,
      milliseconds: millisecond,
    })),
  parameters: () => ({}),
  sealed: () => false,
});
