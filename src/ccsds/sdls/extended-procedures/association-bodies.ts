// The bodies of association management, CCSDS 355.1-B-1. Counters and windows stay octets: how wide they
// are is a matter of the association, which a codec does not know.
import type { Codec } from '../../../codec/codec.ts';
import { Cursor } from '../../../codec/cursor.ts';
import { header } from '../../../codec/header.ts';
import { ok, refuse } from '../../../codec/result.ts';
import { Writer } from '../../../codec/writer.ts';
import type { FrameKindName, SecuredChannel } from '../security-association.ts';
import { spiAt } from '../security-header.ts';
import { list, record } from './body-codecs.ts';

export interface SpiBody {
  readonly spi: number;
}

/** Of stop, expire, delete, reading the counter and asking for the status. */
export const spiBody: Codec<SpiBody> = record(
  'SPI',
  2,
  (writer, { spi }) => writer.u16(spi, 'SPI'),
  (cursor) => ({ spi: cursor.u16() }),
);

/** SPI, fields of fixed length, then octets up to the end. */
const withRest = <T>(
  name: string,
  restOctets: { readonly least: number; readonly most: number },
  fixedOctets: number,
  write: (writer: Writer, value: T) => Uint8Array,
  read: (cursor: Cursor, rest: () => Uint8Array) => T,
): Codec<T> => ({
  name,
  encode: (value) => {
    const writer = new Writer();
    const rest = write(writer, value);
    if (rest.length < restOctets.least || rest.length > restOctets.most)
      throw new RangeError(`${name}: expected ${restOctets.least} to ${restOctets.most} octets, got ${rest.length}`);
    return writer.octets(rest).finish();
  },
  decode: (octets) => {
    const left = octets.length - fixedOctets;
    if (left < restOctets.least || left > restOctets.most) return refuse('length mismatch', octets.length);
    const cursor = new Cursor(octets);
    return ok(read(cursor, () => cursor.rest()));
  },
});

/** The widest counter is an IV of 12 octets. */
const counterOctets = { least: 1, most: 12 };

export interface CounterBody {
  readonly spi: number;
  /** The IV, or the sequence number, as wide as the association has it. */
  readonly counter: Uint8Array;
}

/** Of setting the counter, and of the reply to reading it. */
export const counterBody: Codec<CounterBody> = withRest(
  'counter',
  counterOctets,
  2,
  (writer, { spi, counter }) => {
    writer.u16(spi, 'SPI');
    return counter;
  },
  (cursor, rest) => ({ spi: cursor.u16(), counter: rest() }),
);

export interface WindowBody {
  readonly spi: number;
  /** As wide as the mission manages it. */
  readonly window: Uint8Array;
}

export const windowBody: Codec<WindowBody> = withRest(
  'window',
  { least: 1, most: 8 },
  2,
  (writer, { spi, window }) => {
    writer.u16(spi, 'SPI');
    return window;
  },
  (cursor, rest) => ({ spi: cursor.u16(), window: rest() }),
);

export interface RekeyBody extends CounterBody {
  readonly keyId: number;
}

/** One key: encryption and authentication are one algorithm here, or authentication stands alone. */
export const rekeyBody: Codec<RekeyBody> = withRest(
  'rekey',
  counterOctets,
  4,
  (writer, { spi, keyId, counter }) => {
    writer.u16(spi, 'SPI').u16(keyId, 'key id');
    return counter;
  },
  (cursor, rest) => ({ spi: cursor.u16(), keyId: cursor.u16(), counter: rest() }),
);

export interface ChannelField {
  /** Transfer frame version, 4 bits. */
  readonly version: number;
  readonly spacecraftId: number;
  /** 6 bits each */
  readonly virtualChannelId: number;
  readonly mapId: number;
}

export interface StartBody {
  readonly spi: number;
  readonly channels: readonly ChannelField[];
}

const frameVersions: Readonly<Record<FrameKindName, number>> = { TC: 0, TM: 0, AOS: 1, USLP: 12 };

/** How a channel stands in a start request; MAP 0 where the association is for all of them, or there are none. */
export const channelField = (channel: SecuredChannel): ChannelField => ({
  version: frameVersions[channel.frame],
  spacecraftId: channel.spacecraftId,
  virtualChannelId: channel.virtualChannelId,
  mapId: channel.mapId ?? 0,
});

const channelLayout = header('channel', [
  ['version', 4],
  ['spacecraftId', 16],
  ['virtualChannelId', 6],
  ['mapId', 6],
]);

const channelCodec: Codec<ChannelField> & { readonly size: number } = {
  name: 'channel',
  size: channelLayout.size,
  encode: ({ version, spacecraftId, virtualChannelId, mapId }) =>
    channelLayout.encode({ version, spacecraftId, virtualChannelId, mapId }),
  decode: (octets) => channelLayout.decode(octets),
};

const channelList = list(channelCodec);

export const startBody: Codec<StartBody> = {
  name: 'start',
  encode: ({ spi, channels }) => new Writer().u16(spi, 'SPI').octets(channelList.encode(channels)).finish(),
  decode: (octets) => {
    if (octets.length < 2) return refuse('length mismatch', octets.length);
    const read = channelList.decode(octets.subarray(2));
    if (!read.ok) return refuse(read.reason, 2 + read.at);
    return ok({ spi: spiAt(octets, 0), channels: read.value });
  },
};

export interface StatusReplyBody {
  readonly spi: number;
  /** The tag of the last request that changed the association; 0 before the first. */
  readonly lastTag: number;
}

export const statusReplyBody: Codec<StatusReplyBody> = record(
  'association status',
  3,
  (writer, { spi, lastTag }) => writer.u16(spi, 'SPI').u8(lastTag, 'last tag'),
  (cursor) => ({ spi: cursor.u16(), lastTag: cursor.u8() }),
);
