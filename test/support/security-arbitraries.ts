// Random channels, frames and associations of link security: all four kinds of frames, both services, every layout.
import fc from 'fast-check';
import { aosKind, type FrameKind, tcKind, tmKind, uslpKind } from '../../src/ccsds/sdls/frame-kind.ts';
import {
  type AuthenticationMask,
  type SecurityAssociation,
  securityHeaderOctets,
} from '../../src/ccsds/sdls/security-association.ts';
import type { MacName } from './security-bench.ts';

export type AnyFrame = { readonly data: Uint8Array };

/** A sender and what it has to send; the receiver is its other end. */
export interface SecurityCase {
  readonly kind: FrameKind<AnyFrame>;
  readonly frame: AnyFrame;
  readonly association: SecurityAssociation;
  readonly mac: MacName;
  readonly fixed: number;
  readonly counter: number;
  /** Octets of the frame that stand behind the MAC and are outside of security. */
  readonly trailerOctets: number;
}

type Layout = Pick<SecurityAssociation, 'service' | 'ivOctets' | 'sequenceOctets' | 'padLengthOctets' | 'macOctets'> & {
  readonly mac: MacName;
};

const macOctetsOf = { aesCmac: 16, hmacSha256: 32, hmacSha512: 64 } as const;

const layouts: fc.Arbitrary<Layout> = fc.oneof(
  fc.record({ sequenceOctets: fc.nat(8), padLengthOctets: fc.nat(2) }).map((fields) => ({
    ...fields,
    service: 'authenticated encryption' as const,
    ivOctets: 12 as const,
    macOctets: 16,
    mac: 'aesCmac' as const,
  })),
  fc.constantFrom('aesCmac', 'hmacSha256', 'hmacSha512').chain((mac) =>
    fc
      .record({
        sequenceOctets: fc.integer({ min: 1, max: 8 }),
        padLengthOctets: fc.nat(2),
        macOctets: fc.integer({ min: 8, max: macOctetsOf[mac] }),
      })
      .map((fields) => ({ ...fields, service: 'authentication' as const, ivOctets: 0 as const, mac })),
  ),
);

const octets = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });
const u32 = fc.integer({ min: 0, max: 0xffffffff });

interface Channel {
  readonly kind: FrameKind<AnyFrame>;
  readonly frame: AnyFrame;
  readonly trailerOctets: number;
}

const tcChannels = fc
  .record({
    fecf: fc.boolean(),
    service: fc.constantFrom('AD', 'BD'),
    spacecraftId: fc.nat(1023),
    virtualChannelId: fc.nat(63),
    sequence: fc.nat(255),
    segmented: fc.boolean(),
    data: octets(2, 120),
  })
  .map(({ fecf, segmented, ...frame }): Channel => {
    const { spacecraftId, virtualChannelId } = frame;
    const parameters = { spacecraftId, virtualChannels: [virtualChannelId], fecf };
    const kind = tcKind(parameters, segmented ? [virtualChannelId] : []) as unknown as FrameKind<AnyFrame>;
    return { kind, frame, trailerOctets: fecf ? 2 : 0 };
  });

const tmChannels = fc
  .record({
    fecf: fc.boolean(),
    spacecraftId: fc.nat(1023),
    virtualChannelId: fc.nat(7),
    masterChannelCount: fc.nat(255),
    virtualChannelCount: fc.nat(255),
    firstHeaderPointer: fc.nat(0x7ff),
    ocf: fc.option(u32, { nil: undefined }),
    second: fc.option(octets(1, 20), { nil: undefined }),
    data: octets(1, 120),
  })
  .map(({ fecf, ocf, second, ...rest }): Channel => {
    const frame = {
      ...rest,
      synchronized: false,
      packetOrder: false,
      segmentLengthId: 3,
      ...(ocf === undefined ? {} : { ocf }),
      ...(second === undefined ? {} : { secondaryHeader: Uint8Array.of(second.length, ...second) }),
    };
    const kind = tmKind({ fecf }) as unknown as FrameKind<AnyFrame>;
    return { kind, frame, trailerOctets: (fecf ? 2 : 0) + (ocf === undefined ? 0 : 4) };
  });

const aosChannels = fc
  .record({
    fecf: fc.boolean(),
    fhec: fc.boolean(),
    spacecraftId: fc.nat(255),
    virtualChannelId: fc.nat(63),
    virtualChannelCount: fc.nat(0xffffff),
    replay: fc.boolean(),
    ocf: fc.option(u32, { nil: undefined }),
    insertZone: octets(0, 8),
    data: octets(1, 120),
  })
  .map(({ fecf, fhec, ocf, ...rest }): Channel => {
    const frame = { ...rest, cycleInUse: false, cycle: 0, spare: 0, ...(ocf === undefined ? {} : { ocf }) };
    const parameters = { fecf, fhec, ocf: ocf !== undefined, insertZoneOctets: rest.insertZone.length };
    const kind = aosKind(parameters) as unknown as FrameKind<AnyFrame>;
    return { kind, frame, trailerOctets: (fecf ? 2 : 0) + (ocf === undefined ? 0 : 4) };
  });

const uslpChannels = fc
  .record({
    fecfOctets: fc.constantFrom<0 | 2 | 4>(0, 2, 4),
    spacecraftId: fc.nat(0xffff),
    virtualChannelId: fc.nat(63),
    mapId: fc.nat(15),
    countOctets: fc.nat(6),
    bypass: fc.boolean(),
    ocf: fc.option(u32, { nil: undefined }),
    insertZone: octets(0, 8),
    data: octets(1, 120),
  })
  .map(({ fecfOctets, ocf, insertZone, data, ...fields }): Channel => {
    const header = {
      ...fields,
      truncated: false,
      destination: true,
      lengthOctets: 1,
      protocolControl: false,
      ocf: ocf !== undefined,
      virtualChannelCount: 0,
    };
    const frame = { header, insertZone, data, ...(ocf === undefined ? {} : { ocf }) };
    const kind = uslpKind({ fecfOctets, insertZoneOctets: insertZone.length }) as unknown as FrameKind<AnyFrame>;
    return { kind, frame, trailerOctets: fecfOctets + (ocf === undefined ? 0 : 4) };
  });

export const securityCases: fc.Arbitrary<SecurityCase> = fc
  .record({
    channel: fc.oneof(tcChannels, tmChannels, aosChannels, uslpChannels),
    layout: layouts,
    spi: fc.integer({ min: 1, max: 0xfffe }),
    mask: fc.constantFrom('all ones', 'standard', 'given'),
    maskOctets: octets(400, 400),
    fixed: u32,
    counter: fc.nat(200),
    depth: fc.constantFrom(0, 64),
  })
  .map(({ channel, layout: { mac, ...layout }, spi, mask, maskOctets, fixed, counter, depth }) => {
    const { kind, frame } = channel;
    const association = {
      ...layout,
      spi,
      direction: 'transmit' as const,
      channel: kind.channelOf(frame),
      mask: 'all ones' as AuthenticationMask,
      replay: { window: 1000, depth },
    };
    if (mask !== 'given') return { ...channel, association: { ...association, mask }, mac, fixed, counter };
    const length = kind.dataFieldAt(frame) + kind.clearOctets(frame) + securityHeaderOctets(association);
    const given = maskOctets.slice(0, length);
    // The sequence number must be covered where it is the counter: here it always is.
    const sequenceEnd = length - layout.padLengthOctets;
    given.fill(0xff, sequenceEnd - layout.sequenceOctets, sequenceEnd);
    return { ...channel, association: { ...association, mask: given }, mac, fixed, counter };
  });

/** Octets of the protected frame from its start that the mask decides about; then data and MAC, all covered. */
export const maskedOctets = ({ kind, frame, association }: SecurityCase): number =>
  kind.dataFieldAt(frame) + kind.clearOctets(frame) + securityHeaderOctets(association);
