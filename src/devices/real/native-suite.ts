// The cipher suite on the host's library (node:crypto, OpenSSL): five to eight times as fast on frames, and
// synchronous. Post-quantum keys and signatures come from the portable twin, except ML-KEM where the runtime has it
// (native-kem.ts). Keys stay in the arrays of their handles, not in objects of the library, so that wiping a handle
// leaves no copy here.
import { createCipheriv, createDecipheriv, createHash, createHmac, type DecipherGCM } from 'node:crypto';
import { integerIn } from '../../codec/assert.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { portableSuite } from '../../crypto/portable-suite.ts';
import { type SecretKey, takeSecret } from '../../crypto/secret-key.ts';
import {
  AEAD_TAG_OCTETS,
  type Aead,
  type CryptoSuite,
  checkAesKey,
  checkHkdfLength,
  checkSeal,
  ivIsTaken,
  type Mac,
} from '../../crypto/suite.ts';
import { nativeKem } from './native-kem.ts';

const BLOCK_OCTETS = 16;
const HASH_OCTETS = 32;

type AesBits = 128 | 192 | 256;

const bitsOf = (key: SecretKey): AesBits => {
  checkAesKey(key);
  return (key.lengthOctets * 8) as AesBits;
};

/**
 * The library tells a wrong tag by an exception. Under a flood of forged frames its stack, which nobody reads, would
 * cost more than the cipher.
 */
const tagIsRight = (cipher: DecipherGCM): boolean => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    cipher.final();
    return true;
  } catch {
    return false;
  } finally {
    Error.stackTraceLimit = limit;
  }
};

const aesGcm = (key: SecretKey): Aead => {
  const algorithm = `aes-${bitsOf(key)}-gcm` as const;
  return {
    tagOctets: AEAD_TAG_OCTETS,
    sealInto: (out, at, iv, aad, plain) => {
      checkSeal(out, at, iv, plain);
      const cipher = key.reveal((octets) => createCipheriv(algorithm, octets, iv));
      cipher.setAAD(aad);
      out.set(cipher.update(plain), at);
      cipher.final();
      out.set(cipher.getAuthTag(), at + plain.length);
    },
    open: (iv, aad, sealed) => {
      const end = sealed.length - AEAD_TAG_OCTETS;
      if (end < 0 || !ivIsTaken(iv)) return undefined;
      const cipher = key.reveal((octets) => createDecipheriv(algorithm, octets, iv));
      cipher.setAAD(aad);
      cipher.setAuthTag(sealed.subarray(end));
      const plain = cipher.update(sealed.subarray(0, end));
      if (!tagIsRight(cipher)) {
        plain.fill(0);
        return undefined;
      }
      return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
    },
  };
};

/** The doubling of SP 800-38B 6.1, in GF(2^128). */
const doubled = (block: Uint8Array): Uint8Array => {
  const out = new Uint8Array(BLOCK_OCTETS);
  for (let at = 0; at < BLOCK_OCTETS; at++) out[at] = (block[at]! << 1) | ((block[at + 1] ?? 0) >> 7);
  if (block[0]! & 0x80) out[BLOCK_OCTETS - 1]! ^= 0x87;
  return out;
};

/** CMAC is the last block of CBC, once a subkey stands on the last block of the message (SP 800-38B 6.2). */
const aesCmac = (key: SecretKey): Mac => {
  const algorithm = `aes-${bitsOf(key)}-cbc` as const;
  const chained = (blocks: Uint8Array): Uint8Array => {
    const cipher = key.reveal((octets) => createCipheriv(algorithm, octets, new Uint8Array(BLOCK_OCTETS)));
    cipher.setAutoPadding(false);
    return new Uint8Array(cipher.update(blocks).subarray(-BLOCK_OCTETS));
  };
  return {
    tagOctets: BLOCK_OCTETS,
    tag: (message) => {
      const subkey = doubled(chained(new Uint8Array(BLOCK_OCTETS)));
      const whole = message.length > 0 && message.length % BLOCK_OCTETS === 0;
      const blocks = new Uint8Array(Math.max(1, Math.ceil(message.length / BLOCK_OCTETS)) * BLOCK_OCTETS);
      blocks.set(message);
      if (!whole) blocks[message.length] = 0x80;
      const last = whole ? subkey : doubled(subkey);
      const lastAt = blocks.length - BLOCK_OCTETS;
      for (let at = 0; at < BLOCK_OCTETS; at++) blocks[lastAt + at]! ^= last[at]!;
      const code = chained(blocks);
      subkey.fill(0);
      last.fill(0);
      blocks.fill(0);
      return code;
    },
  };
};

const hmacWith = (hash: 'sha256' | 'sha512', key: SecretKey): Mac => ({
  tagOctets: hash === 'sha256' ? HASH_OCTETS : 64,
  tag: (message) =>
    new Uint8Array(
      key
        .reveal((octets) => createHmac(hash, octets))
        .update(message)
        .digest(),
    ),
});

const hkdfExpand = (pseudorandomKey: SecretKey, info: Uint8Array, lengthOctets: number): SecretKey => {
  checkHkdfLength(lengthOctets);
  const out = new Uint8Array(Math.ceil(lengthOctets / HASH_OCTETS) * HASH_OCTETS);
  for (let at = 0, count = 1; at < lengthOctets; at += HASH_OCTETS, count++) {
    const round = pseudorandomKey.reveal((octets) => createHmac('sha256', octets));
    if (at > 0) round.update(out.subarray(at - HASH_OCTETS, at));
    out.set(round.update(info).update(Uint8Array.of(count)).digest(), at);
  }
  const secret = takeSecret(out.subarray(0, lengthOctets));
  out.fill(0);
  return secret;
};

/** RFC 5649 3: the alternative initial value; the library adds the length. */
const KWP_INITIAL_VALUE = Uint8Array.of(0xa6, 0x59, 0x59, 0xa6);

const wrapKey = (wrappingKey: SecretKey, key: SecretKey): Uint8Array => {
  const algorithm = `id-aes${bitsOf(wrappingKey)}-wrap-pad`;
  integerIn('octets of the key to wrap', key.lengthOctets, 1, 0xffff);
  const cipher = wrappingKey.reveal((octets) => createCipheriv(algorithm, octets, KWP_INITIAL_VALUE));
  return new Uint8Array(key.reveal((octets) => cipher.update(octets)));
};

const unwrapKey = (wrappingKey: SecretKey, wrapped: Uint8Array): Result<SecretKey> => {
  const algorithm = `id-aes${bitsOf(wrappingKey)}-wrap-pad`;
  // The library does not say what it makes of other lengths; RFC 5649 knows none.
  if (wrapped.length < BLOCK_OCTETS || wrapped.length % 8 !== 0) return refuse('bad key wrap', wrapped.length);
  const cipher = wrappingKey.reveal((octets) => createDecipheriv(algorithm, octets, KWP_INITIAL_VALUE));
  try {
    const octets = cipher.update(wrapped);
    return octets.length > 0 ? ok(takeSecret(octets)) : refuse('bad key wrap');
  } catch {
    return refuse('bad key wrap');
  }
};

export const nativeSuite: CryptoSuite = {
  name: 'native',
  aesGcm,
  aesCmac,
  hmacSha256: (key) => hmacWith('sha256', key),
  hmacSha512: (key) => hmacWith('sha512', key),
  sha256: (message) => new Uint8Array(createHash('sha256').update(message).digest()),
  sha384: (message) => new Uint8Array(createHash('sha384').update(message).digest()),
  hkdfExtract: (salt, inputKey) => inputKey.reveal((octets) => takeSecret(hmacWith('sha256', salt).tag(octets))),
  hkdfExpand,
  wrapKey,
  unwrapKey,
  kem: (name) => nativeKem(name) ?? portableSuite.kem(name),
  signature: (name) => portableSuite.signature(name),
};
