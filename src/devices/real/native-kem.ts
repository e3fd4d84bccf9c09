// ML-KEM of the host's library (Node 24 and later, OpenSSL 3.5): decapsulation from a seed. The rest is the portable
// twin's: the library draws the randomness of an encapsulation itself, so that such a run would not repeat, and takes
// no expanded private key without its seed.
import * as crypto from 'node:crypto';
import { refuse } from '../../codec/result.ts';
import { portableSuite } from '../../crypto/portable-suite.ts';
import { takeSecret } from '../../crypto/secret-key.ts';
import type { Kem, KemName } from '../../crypto/suite.ts';

type Decapsulate = (key: crypto.KeyObject, ciphertext: Uint8Array) => Uint8Array;

/** The types of the oldest runtime that the house supports do not know it. */
const decapsulate = (crypto as { readonly decapsulate?: Decapsulate }).decapsulate;

/** The last octet of the object identifier 2.16.840.1.101.3.4.4.x. */
const ARCS: Partial<Record<KemName, number>> = { 'ML-KEM-512': 1, 'ML-KEM-768': 2, 'ML-KEM-1024': 3 };

const SEED_OCTETS = 64;

/** PKCS #8 around a seed (RFC 9935): version, algorithm, and the seed under the context tag 0. */
const privateKeyOf = (arc: number, seed: Uint8Array): crypto.KeyObject => {
  const prefix = [0x30, 0x54, 2, 1, 0, 0x30, 0x0b, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 4, arc, 4, 0x42, 0x80, 0x40];
  const key = Buffer.alloc(prefix.length + SEED_OCTETS);
  key.set(prefix);
  key.set(seed, prefix.length);
  const made = crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  key.fill(0);
  return made;
};

/** Undefined where the runtime cannot do it. */
export const nativeKem = (name: KemName): Kem | undefined => {
  const arc = ARCS[name];
  if (decapsulate === undefined || arc === undefined) return undefined;
  const twin = portableSuite.kem(name);
  return {
    ...twin,
    decapsulate: (key, ciphertext) => {
      if (key.lengthOctets !== SEED_OCTETS) return twin.decapsulate(key, ciphertext);
      if (ciphertext.length !== twin.ciphertextOctets) return refuse('bad ciphertext', ciphertext.length);
      const native = key.reveal((octets) => privateKeyOf(arc, octets));
      return { ok: true, value: takeSecret(decapsulate(native, ciphertext)) };
    },
  };
};

/** Whether this runtime has ML-KEM of its own. */
export const hasNativeKem = decapsulate !== undefined;
