// A security association as managed data, CCSDS 355.0-B-2: who is protected, how the fields of its security header and
// trailer are laid out, what the authentication covers and how much replay it forgives.
// Left out on purpose: encryption without authentication and the clear mode, so that neither can be configured.
import { integerIn } from '../../codec/assert.ts';
import { type ReplayRule, replayFrom } from '../../crypto/replay-window.ts';

/** 0 and 65535 are reserved for extended procedures and no association. */
export const SPI_MAXIMUM = 0xfffe;
export const SPI_OCTETS = 2;
/** Of GCM: a fixed field of 4 octets and a counter of 8. */
export const IV_OCTETS = 12;
export const IV_FIXED_OCTETS = 4;

export type FrameKindName = 'TC' | 'TM' | 'AOS' | 'USLP';

/** GVCID, and MAP where the association is for one alone. */
export interface SecuredChannel {
  readonly frame: FrameKindName;
  readonly spacecraftId: number;
  readonly virtualChannelId: number;
  /** Absent: all MAPs of the channel. */
  readonly mapId?: number;
}

/** Whether a frame of one channel may use an association that is for another. */
export const isOfChannel = (frame: SecuredChannel, association: SecuredChannel): boolean =>
  frame.frame === association.frame &&
  frame.spacecraftId === association.spacecraftId &&
  frame.virtualChannelId === association.virtualChannelId &&
  (association.mapId === undefined || frame.mapId === association.mapId);

/**
 * What the authentication covers from the first octet of the frame to the end of the security header: everything, or
 * what the standard fixes for each frame kind (channel, MAP and SPI), or octets that are given, one for each.
 */
export type AuthenticationMask = 'all ones' | 'standard' | Uint8Array;

export interface SecurityAssociation {
  /** 1..65534 */
  readonly spi: number;
  readonly direction: 'transmit' | 'receive';
  readonly channel: SecuredChannel;
  readonly service: 'authenticated encryption' | 'authentication';
  /** 12 with encryption: there it is the counter that replay is judged by. 0 without. */
  readonly ivOctets: 0 | typeof IV_OCTETS;
  /** 0..8. Without encryption at least 1: there it is the counter. With encryption it is carried along. */
  readonly sequenceOctets: number;
  /** 0..2; the algorithms here never pad, so that the field is zero. */
  readonly padLengthOctets: number;
  /** 16 with encryption; 8..64 without, the first octets of a longer code. */
  readonly macOctets: number;
  readonly mask: AuthenticationMask;
  readonly replay: ReplayRule;
}

export const securityHeaderOctets = (association: SecurityAssociation): number =>
  SPI_OCTETS + association.ivOctets + association.sequenceOctets + association.padLengthOctets;

/** How much shorter a protected frame's data field is than a clear one of the same length. */
export const securityOverheadOctets = (association: SecurityAssociation): number =>
  securityHeaderOctets(association) + association.macOctets;

/** Where the sequence number is the counter, a mask that leaves it out would let replay through. */
const checkMask = (association: SecurityAssociation): void => {
  const { mask, sequenceOctets, padLengthOctets } = association;
  if (typeof mask === 'string' || association.service !== 'authentication') return;
  const end = mask.length - padLengthOctets;
  for (const octet of mask.subarray(Math.max(0, end - sequenceOctets), end))
    if (octet !== 0xff) throw new RangeError('authentication mask: expected ones over the sequence number, got others');
};

/** Returns its input, or throws a RangeError that names the first thing that cannot be. */
export const checkAssociation = (association: SecurityAssociation): SecurityAssociation => {
  const encrypts = association.service === 'authenticated encryption';
  integerIn('SPI', association.spi, 1, SPI_MAXIMUM);
  integerIn('IV octets', association.ivOctets, encrypts ? IV_OCTETS : 0, encrypts ? IV_OCTETS : 0);
  integerIn('sequence number octets', association.sequenceOctets, encrypts ? 0 : 1, 8);
  integerIn('pad length octets', association.padLengthOctets, 0, 2);
  integerIn('MAC octets', association.macOctets, encrypts ? 16 : 8, encrypts ? 16 : 64);
  if (typeof association.mask !== 'string')
    integerIn('authentication mask octets', association.mask.length, securityHeaderOctets(association), 65536);
  checkMask(association);
  replayFrom(association.replay);
  return association;
};

type Layout = Pick<
  SecurityAssociation,
  'service' | 'ivOctets' | 'sequenceOctets' | 'padLengthOctets' | 'macOctets' | 'mask'
>;

/** AES-GCM with everything before the ciphertext authenticated: the default for telecommand. */
export const gcmLayout: Layout = {
  service: 'authenticated encryption',
  ivOctets: IV_OCTETS,
  sequenceOctets: 0,
  padLengthOctets: 0,
  macOctets: 16,
  mask: 'all ones',
};

/** The same with the mask of the standard: what released ground systems do. */
export const interoperableGcmLayout: Layout = { ...gcmLayout, mask: 'standard' };

/** AES-CMAC with a sequence number of four octets. */
export const cmacLayout: Layout = {
  service: 'authentication',
  ivOctets: 0,
  sequenceOctets: 4,
  padLengthOctets: 0,
  macOctets: 16,
  mask: 'all ones',
};
