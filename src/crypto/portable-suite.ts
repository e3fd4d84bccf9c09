// The cipher suite in plain JavaScript, on @noble/ciphers, @noble/hashes and @noble/post-quantum: it runs on any host
// and is the cross-check of the native one. The only file that imports them. Not hardened against timing by a neighbour
// on the same processor: AES works with tables, and the loops of ML-DSA depend on secrets.
import { aeskwp, cmac, gcm } from '@noble/ciphers/aes.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { ml_kem768_x25519 } from '@noble/post-quantum/hybrid.js';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem512, ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js';
import { integerIn } from '../codec/assert.ts';
import { equalOctets } from '../codec/equal-octets.ts';
import { ok, type Result, refuse } from '../codec/result.ts';
import { type SecretKey, takeSecret } from './secret-key.ts';
import {
  AEAD_TAG_OCTETS,
  type Aead,
  type CryptoSuite,
  checkAesKey,
  checkHkdfLength,
  checkSeal,
  ivIsTaken,
  type Kem,
  type KemName,
  type Mac,
  type SignatureName,
  type SignatureScheme,
} from './suite.ts';

/** The libraries tell bad input with a throw; their messages name lengths only, but none is let out. */
const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

const aesGcm = (key: SecretKey): Aead => {
  checkAesKey(key);
  return {
    tagOctets: AEAD_TAG_OCTETS,
    sealInto: (out, at, iv, aad, plain) => {
      checkSeal(out, at, iv, plain);
      key.reveal((octets) => out.set(gcm(octets, iv, aad).encrypt(plain), at));
    },
    open: (iv, aad, sealed) => {
      if (sealed.length < AEAD_TAG_OCTETS || !ivIsTaken(iv)) return undefined;
      return key.reveal((octets) => attempt(() => gcm(octets, iv, aad).decrypt(sealed)));
    },
  };
};

const aesCmac = (key: SecretKey): Mac => {
  checkAesKey(key);
  return { tagOctets: 16, tag: (message) => key.reveal((octets) => cmac(message, octets)) };
};

const hmacWith = (hash: typeof sha256 | typeof sha512, key: SecretKey): Mac => ({
  tagOctets: hash.outputLen,
  tag: (message) => key.reveal((octets) => hmac(hash, octets, message)),
});

const unwrapKey = (wrappingKey: SecretKey, wrapped: Uint8Array): Result<SecretKey> => {
  checkAesKey(wrappingKey);
  const octets = wrappingKey.reveal((kek) => attempt(() => aeskwp(kek).decrypt(wrapped)));
  return octets === undefined ? refuse('bad key wrap') : ok(takeSecret(octets));
};

const wrapKey = (wrappingKey: SecretKey, key: SecretKey): Uint8Array => {
  checkAesKey(wrappingKey);
  integerIn('octets of the key to wrap', key.lengthOctets, 1, 0xffff);
  return wrappingKey.reveal((kek) => key.reveal((octets) => aeskwp(kek).encrypt(octets)));
};

const mlKems = { 'ML-KEM-512': ml_kem512, 'ML-KEM-768': ml_kem768, 'ML-KEM-1024': ml_kem1024 } as const;

/** FIPS 203 7.3: an expanded key carries the hash of the public key that it carries (and ends with 32 octets z). */
const expandedIsWhole = (expanded: Uint8Array, publicKeyOctets: number): boolean => {
  const hashAt = expanded.length - 64;
  const hash = sha3_256(expanded.subarray(hashAt - publicKeyOctets, hashAt));
  return equalOctets(hash, expanded.subarray(hashAt, hashAt + 32));
};

const kem = (name: KemName): Kem => {
  const scheme = name === 'X-Wing' ? ml_kem768_x25519 : mlKems[name];
  const { seed, publicKey, secretKey, cipherText } = scheme.lengths as Required<typeof scheme.lengths>;
  const randomOctets = name === 'X-Wing' ? 64 : 32;
  /** Hands the private key in the form of the library to the work, and wipes what was expanded for it. */
  const opened = <T>(key: SecretKey, work: (octets: Uint8Array) => T): Result<T> =>
    key.reveal((octets) => {
      if (name === 'X-Wing') return octets.length === seed ? ok(work(octets)) : refuse('bad private key');
      if (octets.length === secretKey)
        return expandedIsWhole(octets, publicKey) ? ok(work(octets)) : refuse('bad private key');
      if (octets.length !== seed) return refuse('bad private key');
      const expanded = scheme.keygen(octets).secretKey;
      const made = work(expanded);
      expanded.fill(0);
      return ok(made);
    });
  return {
    name,
    seedOctets: seed,
    publicKeyOctets: publicKey,
    ciphertextOctets: cipherText,
    randomOctets,
    publicKey: (key) => opened(key, (octets) => scheme.getPublicKey(octets)),
    encapsulate: (to, random) => {
      integerIn(`${name} random octets`, random.lengthOctets, randomOctets, randomOctets);
      const made = random.reveal((octets) => attempt(() => scheme.encapsulate(to, octets)));
      if (made === undefined) return refuse('bad public key');
      return ok({ ciphertext: made.cipherText, sharedSecret: takeSecret(made.sharedSecret) });
    },
    decapsulate: (key, ciphertext) => {
      if (ciphertext.length !== cipherText) return refuse('bad ciphertext', ciphertext.length);
      return opened(key, (octets) => takeSecret(scheme.decapsulate(ciphertext, octets)));
    },
  };
};

const mlDsas = { 'ML-DSA-44': ml_dsa44, 'ML-DSA-65': ml_dsa65, 'ML-DSA-87': ml_dsa87 } as const;

const signature = (name: SignatureName): SignatureScheme => {
  const scheme = mlDsas[name];
  const lengths = scheme.lengths as Required<typeof scheme.lengths>;
  const opened = <T>(key: SecretKey, work: (octets: Uint8Array) => T): Result<T> =>
    key.reveal((octets) => {
      const seeded = octets.length === lengths.seed;
      if (!seeded && octets.length !== lengths.secretKey) return refuse('bad private key');
      const expanded = seeded ? scheme.keygen(octets).secretKey : octets;
      const made = attempt(() => work(expanded));
      if (seeded) expanded.fill(0);
      return made === undefined ? refuse('bad private key') : ok(made);
    });
  return {
    name,
    seedOctets: lengths.seed,
    publicKeyOctets: lengths.publicKey,
    signatureOctets: lengths.signature,
    publicKey: (key) => opened(key, (octets) => scheme.getPublicKey(octets)),
    sign: (key, message, options = {}) => {
      const { context = new Uint8Array(0), random, internal = false } = options;
      integerIn('signature context octets', context.length, 0, 255);
      if (random !== undefined) integerIn('signature random octets', random.lengthOctets, 32, 32);
      const made = (extraEntropy: Uint8Array | false) =>
        opened(key, (octets) =>
          internal
            ? scheme.internal.sign(message, octets, { extraEntropy })
            : scheme.sign(message, octets, { context, extraEntropy }),
        );
      return random === undefined ? made(false) : random.reveal(made);
    },
    verify: (publicKey, message, signed, options = {}) => {
      const { context = new Uint8Array(0), internal = false } = options;
      if (publicKey.length !== lengths.publicKey || signed.length !== lengths.signature) return false;
      const verdict = attempt(() =>
        internal
          ? scheme.internal.verify(signed, message, publicKey)
          : scheme.verify(signed, message, publicKey, { context }),
      );
      return verdict === true;
    },
  };
};

export const portableSuite: CryptoSuite = {
  name: 'portable',
  aesGcm,
  aesCmac,
  hmacSha256: (key) => hmacWith(sha256, key),
  hmacSha512: (key) => hmacWith(sha512, key),
  sha256: (message) => sha256(message),
  sha384: (message) => sha384(message),
  hkdfExtract: (salt, inputKey) =>
    salt.reveal((saltOctets) => inputKey.reveal((octets) => takeSecret(extract(sha256, octets, saltOctets)))),
  hkdfExpand: (pseudorandomKey, info, lengthOctets) => {
    checkHkdfLength(lengthOctets);
    return pseudorandomKey.reveal((octets) => takeSecret(expand(sha256, octets, info, lengthOctets)));
  },
  wrapKey,
  unwrapKey,
  kem,
  signature,
};
