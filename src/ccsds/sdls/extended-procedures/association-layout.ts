// From a request for a new association to the association itself: the layout that the request asks for, in the slot
// that the mission manages for the SPI. Refused is what could not work, and what would protect less than the slot
// demands: clear mode, encryption alone, short MACs, masks with holes.
import { ok, type Result, refuse } from '../../../codec/result.ts';
import {
  type AuthenticationMask,
  checkAssociation,
  type SecurityAssociation,
  SPI_OCTETS,
  securityHeaderOctets,
} from '../security-association.ts';
import type { CreateBody } from './create-body.ts';
import type { AssociationSlot, CipherName, ProcedurePolicy } from './procedure-state.ts';

const isOnly = (octets: Uint8Array, value: number): boolean => octets.length === 1 && octets[0] === value;

/** The first octet names the cipher; encryption brings its own authentication and names no other. */
const authenticationCiphers: readonly CipherName[] = ['AES-CMAC', 'HMAC-SHA-256', 'HMAC-SHA-512'];
const ENCRYPTION_CIPHER = 1;
const macMaximum: Readonly<Record<CipherName, number>> = {
  'AES-GCM': 16,
  'AES-CMAC': 16,
  'HMAC-SHA-256': 32,
  'HMAC-SHA-512': 64,
};

/** Undefined for services and ciphers that do not exist here. */
const cipherOf = (body: CreateBody): CipherName | undefined => {
  if (!body.authentication) return undefined;
  if (body.encryption)
    return isOnly(body.encryptionCipher, ENCRYPTION_CIPHER) && body.authenticationCipher.length === 0
      ? 'AES-GCM'
      : undefined;
  if (body.encryptionCipher.length > 0) return undefined;
  return authenticationCiphers.find((_, at) => isOnly(body.authenticationCipher, at + 1));
};

/** How a request names a cipher. */
export const cipherFields = (
  cipher: CipherName,
): Pick<CreateBody, 'encryption' | 'authentication' | 'encryptionCipher' | 'authenticationCipher'> => {
  const encryption = cipher === 'AES-GCM';
  return {
    encryption,
    authentication: true,
    encryptionCipher: encryption ? Uint8Array.of(ENCRYPTION_CIPHER) : new Uint8Array(0),
    authenticationCipher: encryption ? new Uint8Array(0) : Uint8Array.of(authenticationCiphers.indexOf(cipher) + 1),
  };
};

/** None given: everything is covered. Given: one octet for each up to the data, and no hole where the slot has none. */
const maskOf = (body: CreateBody, slot: AssociationSlot, headerOctets: number): Result<AuthenticationMask> => {
  const { mask } = body;
  if (mask.length === 0) return ok('all ones');
  if (mask.length !== slot.leastMask.length - SPI_OCTETS + headerOctets) return refuse('wrong mask length');
  const hole = slot.leastMask.findIndex((least, at) => (mask[at]! & least) !== least);
  return hole < 0 ? ok(mask.slice()) : refuse('weak mask');
};

/** Counters begin with a key: a request that brings one has misunderstood what it gets. */
const bringsCounter = ({ iv, counter }: CreateBody): boolean => iv.some(Boolean) || counter.some(Boolean);

/** A window as octets of the managed width, from 1 to the managed maximum. */
export const windowOf = (policy: ProcedurePolicy, octets: Uint8Array): Result<number> => {
  if (octets.length !== policy.windowOctets) return refuse('wrong window width');
  const window = octets.reduce((value, octet) => value * 256 + octet, 0);
  return window >= 1 && window <= policy.windowMaximum ? ok(window) : refuse('bad window');
};

const isPossible = (association: SecurityAssociation): boolean => {
  try {
    checkAssociation(association);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const lengthsAreTheirs = (body: CreateBody): boolean =>
  (body.iv.length === 0 || body.iv.length === body.ivOctets) &&
  (body.counter.length === 0 || body.counter.length === body.sequenceOctets);

/**
 * The association and its cipher. Refuses 'service type', 'cipher not managed', 'weak MAC', 'counter without key',
 * 'bad layout', 'wrong mask length', 'weak mask', 'wrong window width' and 'bad window'.
 */
export const associationOf = (
  policy: ProcedurePolicy,
  slot: AssociationSlot,
  body: CreateBody,
): Result<{ readonly association: SecurityAssociation; readonly cipher: CipherName }> => {
  const cipher = cipherOf(body);
  if (cipher === undefined) return refuse('service type');
  if (!slot.ciphers.includes(cipher)) return refuse('cipher not managed');
  if (body.macOctets < policy.macLeastOctets) return refuse('weak MAC');
  if (bringsCounter(body)) return refuse('counter without key');
  const window = windowOf(policy, body.window);
  if (!window.ok) return window;
  const layout: SecurityAssociation = {
    spi: body.spi,
    direction: slot.direction,
    channel: slot.channel,
    service: cipher === 'AES-GCM' ? 'authenticated encryption' : 'authentication',
    // What is neither 0 nor 12 is found by the check of the association.
    ivOctets: body.ivOctets as SecurityAssociation['ivOctets'],
    sequenceOctets: body.sequenceOctets,
    padLengthOctets: body.padLengthOctets,
    macOctets: body.macOctets,
    mask: 'all ones',
    replay: { window: window.value, depth: slot.depth },
  };
  if (!isPossible(layout) || body.macOctets > macMaximum[cipher] || !lengthsAreTheirs(body))
    return refuse('bad layout');
  const mask = maskOf(body, slot, securityHeaderOctets(layout));
  if (!mask.ok) return mask;
  const association = { ...layout, mask: mask.value };
  return isPossible(association) ? ok({ association, cipher }) : refuse('weak mask');
};
