// Known answers for cipher suites: the files of `fixtures/crypto-kat`, with their text as octets.
import { readFileSync } from 'node:fs';
import { hexOctets, toHex } from '../../src/codec/hex.ts';
import { type SecretKey, takeSecret } from '../../src/crypto/secret-key.ts';
import type { KemName, SignatureName } from '../../src/crypto/suite.ts';

interface Group<G, T> {
  readonly group: G;
  readonly tests: readonly T[];
}

const folder = new URL('../../fixtures/crypto-kat/', import.meta.url);

const load = <G, T>(name: string): Group<G, T>[] => {
  const file = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { testGroups: (G & { tests: T[] })[] };
  return file.testGroups.map((group) => ({ group, tests: group.tests }));
};

/** Hexadecimal octets as a secret. */
export const secretOf = (hex: string): SecretKey => takeSecret(hexOctets(hex));

export const hexOf = (secret: SecretKey): string => secret.reveal((octets) => toHex(octets));

interface Judged {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

export const gcmVectors = () =>
  load<
    { ivSize: number; keySize: number },
    Judged & { key: string; iv: string; aad: string; msg: string; ct: string; tag: string }
  >('wycheproof_aes_gcm_test.json');

export const wrapVectors = () =>
  load<{ keySize: number }, Judged & { key: string; msg: string; ct: string }>('wycheproof_aes_kwp_test.json');

export const hkdfVectors = () =>
  load<{ keySize: number }, Judged & { ikm: string; salt: string; info: string; size: number; okm: string }>(
    'wycheproof_hkdf_sha256_test.json',
  );

export const hmacVectors = () =>
  load<{ tagSize: number }, Judged & { key: string; msg: string; tag: string }>('wycheproof_hmac_sha256_test.json');

export const kemKeyVectors = () =>
  load<{ parameterSet: KemName }, { tcId: number; z: string; d: string; ek: string; dk: string }>(
    'acvp_ML-KEM-keyGen-FIPS203.json',
  );

/** Encapsulations have `ek` and `m` of their own, decapsulations `dk` of their group. */
export const kemVectors = () =>
  load<
    { parameterSet: KemName; dk?: string },
    { tcId: number; c: string; k: string; ek?: string; dk?: string; m?: string }
  >('acvp_ML-KEM-encapDecap-FIPS203.json');

export const signatureKeyVectors = () =>
  load<{ parameterSet: SignatureName }, { tcId: number; seed: string; pk: string; sk: string }>(
    'acvp_ML-DSA-keyGen-FIPS204.json',
  );

export const signingVectors = () =>
  load<{ parameterSet: SignatureName }, { tcId: number; sk: string; message: string; rnd?: string; signature: string }>(
    'acvp_ML-DSA-sigGen-FIPS204.json',
  );

export const verifyingVectors = () =>
  load<
    { parameterSet: SignatureName; pk: string },
    { tcId: number; message: string; signature: string; testPassed: boolean }
  >('acvp_ML-DSA-sigVer-FIPS204.json');

/**
 * The three examples of draft-connolly-cfrg-xwing-kem, as carried by RustCrypto/KEMs (x-wing/tests/test-vectors.json).
 * The shared secret hashes ciphertext and public key of the curve and depends on those of the lattice; of the long
 * octets the first and last sixteen stand here.
 */
export const xWingVectors = [
  {
    seed: '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26',
    random:
      '3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2',
    secret: 'd2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384',
    publicKey: ['e2236b35a8c24b39b10aa1323a96a919', '23593d4ba32d9abac8cd049040ef6534'],
    ciphertext: ['b83aa828d4d62b9a83ceffe1d3d3bb1e', 'b97e63e0e41d354274a079d3e6fb2e15'],
  },
  {
    seed: 'badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea',
    random:
      '17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d',
    secret: 'f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150',
    publicKey: ['0333285fa253661508c9fb444852caa4', '28c953926d96ea8a160b8843f1c89c62'],
    ciphertext: ['c93beb22326705699bbc3d1d0aa6339b', '91c98bea4127ae66312f4ae3ea155b67'],
  },
  {
    seed: 'ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9',
    random:
      '22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b',
    secret: '953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f',
    publicKey: ['36244278824f77c621c660892c1c3886', 'f555dcc2b787ea4f6f16ffdf66952461'],
    ciphertext: ['0d2e38cbf17a2e2e4e0c87a94ca1e770', '27c825590688d203523f527161137334'],
  },
] as const;
