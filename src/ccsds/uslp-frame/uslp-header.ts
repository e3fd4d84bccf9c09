// The primary header of USLP, 732.1-B-2 4.1.2: four octets in every frame, and, unless the frame is truncated, three
// more with its length and flags and a frame count of 0 to 7 octets.
import { integerIn } from '../../codec/assert.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

export const USLP_VERSION = 12;
export const TRUNCATED_HEADER_OCTETS = 4;
export const USLP_HEADER_OCTETS = 7;
export const USLP_MAX_OCTETS = 65536;
/** The virtual channel of frames that carry only idle data (4.1.2.2.5). */
export const USLP_IDLE_CHANNEL = 63;

interface Identifiers {
  /** 0..65535. */
  readonly spacecraftId: number;
  /** True: the id names the receiver of the frame; false: its source (4.1.2.2.4). */
  readonly destination: boolean;
  /** 0..63. */
  readonly virtualChannelId: number;
  /** 0..15. */
  readonly mapId: number;
}

/** The length of such a frame is managed; it has no count, no OCF and no error control (annex D). */
export interface TruncatedHeader extends Identifiers {
  readonly truncated: true;
}

export interface WholeHeader extends Identifiers {
  readonly truncated: false;
  /** Octets of the whole frame, 1..65536: the field is this less one, unsigned (4.1.2.7). */
  readonly lengthOctets: number;
  /** True: expedited, outside sequence control. */
  readonly bypass: boolean;
  /** True: the frame carries commands of a protocol, not user data. */
  readonly protocolControl: boolean;
  /** An OCF stands before the error control field. */
  readonly ocf: boolean;
  /** Octets of the count, 0..7; 0: this channel has none. */
  readonly countOctets: number;
  /** Modulo 256 to the power of `countOctets`, and below 2^53; 0 when there is none. */
  readonly virtualChannelCount: number;
}

export type UslpHeader = TruncatedHeader | WholeHeader;

export const uslpHeaderOctets = (header: UslpHeader): number =>
  header.truncated ? TRUNCATED_HEADER_OCTETS : USLP_HEADER_OCTETS + header.countOctets;

export const encodeUslpHeader = (header: UslpHeader): Uint8Array => {
  const octets = new Uint8Array(uslpHeaderOctets(header));
  const spacecraftId = integerIn('spacecraft id', header.spacecraftId, 0, 0xffff);
  const channel = integerIn('virtual channel id', header.virtualChannelId, 0, 63);
  octets[0] = (USLP_VERSION << 4) | (spacecraftId >> 12);
  octets[1] = (spacecraftId >> 4) & 0xff;
  octets[2] = ((spacecraftId & 15) << 4) | (header.destination ? 8 : 0) | (channel >> 3);
  octets[3] = ((channel & 7) << 5) | (integerIn('MAP id', header.mapId, 0, 15) << 1) | (header.truncated ? 1 : 0);
  if (header.truncated) return octets;
  const length = integerIn('USLP frame octets', header.lengthOctets, 1, USLP_MAX_OCTETS) - 1;
  const countOctets = integerIn('count octets', header.countOctets, 0, 7);
  const largest = Math.min(2 ** (8 * countOctets) - 1, Number.MAX_SAFE_INTEGER);
  octets[4] = length >> 8;
  octets[5] = length & 0xff;
  octets[6] = (header.bypass ? 0x80 : 0) | (header.protocolControl ? 0x40 : 0) | (header.ocf ? 0x08 : 0) | countOctets;
  let left = integerIn('virtual channel count', header.virtualChannelCount, 0, largest);
  for (let at = octets.length - 1; at >= USLP_HEADER_OCTETS; at--) {
    octets[at] = left % 256;
    left = Math.floor(left / 256);
  }
  return octets;
};

/**
 * The header at the start of the octets; what follows it is not looked at. Refuses 'frame too short', 'wrong frame
 * version' and 'count too large': a count of seven octets beyond 2^53, which no spacecraft lives to reach.
 */
export const decodeUslpHeader = (octets: Uint8Array): Result<UslpHeader> => {
  if (octets.length < TRUNCATED_HEADER_OCTETS) return refuse('frame too short', octets.length);
  if (octets[0]! >> 4 !== USLP_VERSION) return refuse('wrong frame version');
  const identifiers = {
    spacecraftId: ((octets[0]! & 15) << 12) | (octets[1]! << 4) | (octets[2]! >> 4),
    destination: (octets[2]! & 8) !== 0,
    virtualChannelId: ((octets[2]! & 7) << 3) | (octets[3]! >> 5),
    mapId: (octets[3]! >> 1) & 15,
  };
  if (octets[3]! & 1) return ok({ ...identifiers, truncated: true });
  if (octets.length < USLP_HEADER_OCTETS) return refuse('frame too short', octets.length);
  const flags = octets[6]!;
  const countOctets = flags & 7;
  if (octets.length < USLP_HEADER_OCTETS + countOctets) return refuse('frame too short', octets.length);
  let virtualChannelCount = 0;
  for (let k = 0; k < countOctets; k++) virtualChannelCount = virtualChannelCount * 256 + octets[7 + k]!;
  if (virtualChannelCount > Number.MAX_SAFE_INTEGER) return refuse('count too large', USLP_HEADER_OCTETS);
  return ok({
    ...identifiers,
    truncated: false,
    lengthOctets: ((octets[4]! << 8) | octets[5]!) + 1,
    bypass: (flags & 0x80) !== 0,
    protocolControl: (flags & 0x40) !== 0,
    ocf: (flags & 0x08) !== 0,
    countOctets,
    virtualChannelCount,
  });
};
