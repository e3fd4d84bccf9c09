// One view of TM, AOS and USLP frames: what the accounts and the extraction of packets need of each.
import {
  AOS_COUNT_MODULUS,
  AOS_IDLE_CHANNEL,
  type AosFrame,
  type AosFrameParameters,
  aosFrame,
  aosOverheadOctets,
} from '../../ccsds/aos-frame/aos-frame.ts';
import { firstHeaderPointerAt, M_PDU_HEADER_OCTETS } from '../../ccsds/aos-frame/m-pdu.ts';
import { isIdleTmFrame, type TmFrame, tmFrame } from '../../ccsds/tm-frame/tm-frame.ts';
import { uslpDataField, uslpProtocol } from '../../ccsds/uslp-frame/data-field.ts';
import { isIdleUslpFrame, type UslpFrame, uslpFrame } from '../../ccsds/uslp-frame/uslp-frame.ts';
import type { CountedFrame } from '../../ccsds/virtual-channel/channel-account.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import type { FrameFormat, FrameKind } from './parameters.ts';

/** How the data field is to be taken for packets. */
export type FieldUse =
  /** By the first header pointer. */
  | 'zone'
  /** The field is whole packets by itself: no pointer, nothing spans. */
  | 'whole'
  /** One segment of a packet: first, middle, last. */
  | 'first'
  | 'middle'
  | 'last'
  /** Its protocol says that there are none. */
  | 'none';

export interface ReadFrame extends CountedFrame {
  /** -1: no count. */
  readonly masterCount: number;
  readonly mapId: number;
  readonly ocf?: number | undefined;
  readonly use: FieldUse;
  /** The zone in which packets are looked for. */
  readonly field: Uint8Array;
  readonly firstHeaderPointer: number;
  /** Why `use` is 'none', for people. */
  readonly carries: string;
}

export interface FrameReader {
  readonly kind: FrameKind;
  readonly noPacketStart: number;
  readonly onlyIdleData: number;
  read(octets: Uint8Array): Result<ReadFrame>;
}

const ofTm = (frame: TmFrame): ReadFrame => ({
  spacecraftId: frame.spacecraftId,
  virtualChannelId: frame.virtualChannelId,
  count: frame.virtualChannelCount,
  modulus: 256,
  sequence: 0,
  idle: isIdleTmFrame(frame),
  masterCount: frame.masterChannelCount,
  mapId: 0,
  ocf: frame.ocf,
  use: frame.synchronized ? 'none' : 'zone',
  field: frame.data,
  firstHeaderPointer: frame.firstHeaderPointer,
  carries: frame.synchronized ? 'octets of a private service (synchronisation flag set)' : 'packets',
});

const ofAos = (frame: AosFrame): ReadFrame => {
  const { data } = frame;
  const idle = frame.virtualChannelId === AOS_IDLE_CHANNEL;
  const isZone = data.length >= M_PDU_HEADER_OCTETS && data[0]! >> 3 === 0;
  const pointer = isZone ? firstHeaderPointerAt(data) : 0;
  return {
    spacecraftId: frame.spacecraftId,
    virtualChannelId: frame.virtualChannelId,
    count: frame.virtualChannelCount,
    modulus: AOS_COUNT_MODULUS,
    sequence: 0,
    idle: idle || (isZone && pointer === 0x7fe),
    masterCount: -1,
    mapId: 0,
    ocf: frame.ocf,
    use: isZone && !idle ? 'zone' : 'none',
    field: isZone ? data.subarray(M_PDU_HEADER_OCTETS) : data,
    firstHeaderPointer: pointer,
    carries: isZone ? 'packets' : 'no M_PDU: its spare bits are set',
  };
};

const uses = {
  'packets spanning frames': 'zone',
  'start of an access unit': 'none',
  'continuation of an access unit': 'none',
  'octet stream': 'none',
  'first segment': 'first',
  'middle segment': 'middle',
  'last segment': 'last',
  'no segmentation': 'whole',
} as const;

const ofUslp = (frame: UslpFrame): Result<ReadFrame> => {
  const { header } = frame;
  const field = uslpDataField.decode(frame.data);
  if (!field.ok) return refuse(field.reason, field.at);
  const { rule, protocol, pointer, zone } = field.value;
  const idle = isIdleUslpFrame(frame) || protocol === uslpProtocol.idle;
  return ok({
    spacecraftId: header.spacecraftId,
    virtualChannelId: header.virtualChannelId,
    count: header.truncated ? 0 : header.virtualChannelCount,
    modulus: header.truncated || header.countOctets === 0 ? 0 : 2 ** Math.min(53, 8 * header.countOctets),
    sequence: header.truncated || header.bypass ? 1 : 0,
    idle,
    masterCount: -1,
    mapId: header.mapId,
    ocf: frame.ocf,
    use: protocol === uslpProtocol.packets && !idle ? uses[rule] : 'none',
    field: zone,
    firstHeaderPointer: pointer ?? 0,
    carries: protocol === uslpProtocol.packets ? `packets, ${rule}` : `protocol ${protocol}, ${rule}`,
  });
};

const tmReader = (format: FrameFormat, length: { readonly lengthOctets?: number }): FrameReader => {
  const codec = tmFrame({
    ...length,
    fecf: format.fecfOctets > 0,
    ...(format.ocf === undefined ? {} : { ocf: format.ocf }),
    ...(format.secondaryHeaderOctets === undefined ? {} : { secondaryHeaderOctets: format.secondaryHeaderOctets }),
  });
  return {
    kind: 'tm',
    noPacketStart: 0x7ff,
    onlyIdleData: 0x7fe,
    read: (octets) => {
      const frame = codec.decode(octets);
      return frame.ok ? ok(ofTm(frame.value)) : frame;
    },
  };
};

const aosReader = (format: FrameFormat, length: { readonly lengthOctets?: number }): FrameReader => {
  const { fhec, insertZoneOctets } = format;
  const fields: AosFrameParameters = { fhec, insertZoneOctets, ocf: format.ocf === true, fecf: format.fecfOctets > 0 };
  // Fields that leave no room for data are no mistake of ours when a file is probed: every frame is refused as too
  // short.
  const room = format.lengthOctets === undefined || format.lengthOctets > aosOverheadOctets(fields);
  const codec = aosFrame(room ? { ...fields, ...length } : fields);
  return {
    kind: 'aos',
    noPacketStart: 0x7ff,
    onlyIdleData: 0x7fe,
    read: (octets) => {
      const frame = codec.decode(octets);
      return frame.ok ? ok(ofAos(frame.value)) : frame;
    },
  };
};

const uslpReader = (format: FrameFormat, length: { readonly lengthOctets?: number }): FrameReader => {
  const { fecfOctets, insertZoneOctets } = format;
  const codec = uslpFrame({ ...length, fecfOctets, insertZoneOctets });
  return {
    kind: 'uslp',
    noPacketStart: 0xffff,
    onlyIdleData: -1,
    read: (octets) => {
      const frame = codec.decode(octets);
      return frame.ok ? ofUslp(frame.value) : frame;
    },
  };
};

const readers = { tm: tmReader, aos: aosReader, uslp: uslpReader } as const;

/** The reader of one format; the reasons of refusal are those of the codecs. */
export const frameReader = (format: FrameFormat): FrameReader =>
  readers[format.kind](format, format.lengthOctets === undefined ? {} : { lengthOctets: format.lengthOctets });
