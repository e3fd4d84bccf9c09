// The cipher suite of the house as an interface: AES-GCM (SP 800-38D), AES-CMAC (SP 800-38B), HMAC (FIPS 198-1), HKDF
// (RFC 5869), AES key wrap with padding (RFC 5649), ML-KEM (FIPS 203), X-Wing (draft-connolly-cfrg-xwing-kem), ML-DSA
// (FIPS 204). Its twins give the same octets: `portable-suite.ts`, and `devices/real/native-suite.ts` on the host's
// library. Nothing here draws a random number: whoever needs one brings it, so that a run repeats.
import { integerIn } from '../codec/assert.ts';
import type { Result } from '../codec/result.ts';
import type { SecretKey } from './secret-key.ts';

export const AEAD_TAG_OCTETS = 16;

/** Authenticated encryption under one key. Never throws on what came from outside. */
export interface Aead {
  readonly tagOctets: number;
  /**
   * Writes ciphertext and tag to `out` from `at` on: `plain.length + tagOctets` octets. `plain` may not overlap them.
   * Throws a RangeError when they do not fit, or when the IV has not 8 to 128 octets.
   */
  sealInto(out: Uint8Array, at: number, iv: Uint8Array, aad: Uint8Array, plain: Uint8Array): void;
  /** The plaintext of ciphertext and tag, or undefined: no octet of it leaves before the tag is verified. */
  open(iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}

/** A message authentication code under one key. */
export interface Mac {
  readonly tagOctets: number;
  /** The whole code; whoever sends a shorter one sends its first octets. */
  tag(message: Uint8Array): Uint8Array;
}

export const kemNames = ['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024', 'X-Wing'] as const;
export type KemName = (typeof kemNames)[number];

export interface Encapsulated {
  readonly ciphertext: Uint8Array;
  readonly sharedSecret: SecretKey;
}

/** Key encapsulation. A private key is its seed (64 octets, X-Wing 32); ML-KEM takes the expanded form too. */
export interface Kem {
  readonly name: KemName;
  readonly seedOctets: number;
  readonly publicKeyOctets: number;
  readonly ciphertextOctets: number;
  /** Octets of the randomness that one encapsulation uses up. */
  readonly randomOctets: number;
  /** Refuses 'bad private key': wrong length, or an expanded form that fails the hash check of FIPS 203 7.3. */
  publicKey(privateKey: SecretKey): Result<Uint8Array>;
  /** Refuses 'bad public key' (length, modulus check of FIPS 203 7.2). Throws a RangeError for too little random. */
  encapsulate(publicKey: Uint8Array, random: SecretKey): Result<Encapsulated>;
  /**
   * Refuses 'bad private key' and 'bad ciphertext' (its length). A ciphertext that was changed is not refused: it gives
   * another secret (implicit rejection), which only key confirmation finds.
   */
  decapsulate(privateKey: SecretKey, ciphertext: Uint8Array): Result<SecretKey>;
}

export const signatureNames = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'] as const;
export type SignatureName = (typeof signatureNames)[number];

export interface SignatureOptions {
  /** 0 to 255 octets; both sides must name the same. Default: none. */
  readonly context?: Uint8Array;
  /** FIPS 204 algorithms 7 and 8, without the framing of the message: for vectors of that form. Default false. */
  readonly internal?: boolean;
}

/** Signatures. A private key is its seed of 32 octets, or the expanded form. */
export interface SignatureScheme {
  readonly name: SignatureName;
  readonly seedOctets: number;
  readonly publicKeyOctets: number;
  readonly signatureOctets: number;
  /** Refuses 'bad private key'. */
  publicKey(privateKey: SecretKey): Result<Uint8Array>;
  /** Hedged with the 32 octets of `random`, deterministic without. Refuses 'bad private key'. */
  sign(
    privateKey: SecretKey,
    message: Uint8Array,
    options?: SignatureOptions & { readonly random?: SecretKey },
  ): Result<Uint8Array>;
  /** Never throws, on any octets. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, options?: SignatureOptions): boolean;
}

/** Keys of AES have 16, 24 or 32 octets: anything else is a RangeError that does not show the key. */
export interface CryptoSuite {
  readonly name: string;
  aesGcm(key: SecretKey): Aead;
  aesCmac(key: SecretKey): Mac;
  hmacSha256(key: SecretKey): Mac;
  hmacSha512(key: SecretKey): Mac;
  sha256(message: Uint8Array): Uint8Array;
  sha384(message: Uint8Array): Uint8Array;
  /** HKDF-Extract with SHA-256: 32 octets. The salt may be secret too. */
  hkdfExtract(salt: SecretKey, inputKey: SecretKey): SecretKey;
  /** HKDF-Expand with SHA-256. Throws a RangeError for a length outside 1..8160. */
  hkdfExpand(pseudorandomKey: SecretKey, info: Uint8Array, lengthOctets: number): SecretKey;
  /** AES-KWP. Throws a RangeError for an empty key. */
  wrapKey(wrappingKey: SecretKey, key: SecretKey): Uint8Array;
  /** Refuses 'bad key wrap'. */
  unwrapKey(wrappingKey: SecretKey, wrapped: Uint8Array): Result<SecretKey>;
  kem(name: KemName): Kem;
  signature(name: SignatureName): SignatureScheme;
}

const AES_KEY_OCTETS = [16, 24, 32];
const HKDF_MAXIMUM_OCTETS = 255 * 32;

/** What every suite checks alike before it touches a key or an IV, so that the twins refuse the same. */
export const checkAesKey = (key: SecretKey): void => {
  if (!AES_KEY_OCTETS.includes(key.lengthOctets))
    throw new RangeError(`AES key: expected 16, 24 or 32 octets, got ${key.lengthOctets}`);
};

/** Shorter IVs make the counter of GCM repeat too soon; longer ones not every library takes. */
export const ivIsTaken = (iv: Uint8Array): boolean => iv.length >= 8 && iv.length <= 128;

export const checkSeal = (out: Uint8Array, at: number, iv: Uint8Array, plain: Uint8Array): void => {
  integerIn('IV octets', iv.length, 8, 128);
  integerIn('place of the sealed octets', at, 0, out.length - plain.length - AEAD_TAG_OCTETS);
};

export const checkHkdfLength = (lengthOctets: number): void => {
  integerIn('HKDF octets', lengthOctets, 1, HKDF_MAXIMUM_OCTETS);
};
