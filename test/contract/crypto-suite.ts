// What every cipher suite owes: the published answers to the bit, no wrong acceptance, and the same refusals.
import { describe, expect, it } from 'vitest';
import { hexOctets, toHex } from '../../src/codec/hex.ts';
import { takeSecret } from '../../src/crypto/secret-key.ts';
import { type CryptoSuite, kemNames, type Mac, signatureNames } from '../../src/crypto/suite.ts';
import {
  gcmVectors,
  hexOf,
  hkdfVectors,
  hmacVectors,
  kemKeyVectors,
  kemVectors,
  secretOf,
  signatureKeyVectors,
  signingVectors,
  verifyingVectors,
  wrapVectors,
  xWingVectors,
} from '../support/crypto-vectors.ts';

/** IVs of 257 octets (one library refuses them) and of fewer than 8 (the other does): no suite takes either. */
const gcmRefusedForSize = [
  268, 272, 276, 277, 278, 279, 280, 281, 282, 283, 284, 287, 288, 289, 290, 291, 292, 293, 294, 299, 300, 301, 302,
  303, 304, 305, 306,
];

const gcmContract = (suite: CryptoSuite): void => {
  it('holds AES-GCM to Wycheproof', () => {
    const refused: number[] = [];
    for (const { tests } of gcmVectors())
      for (const { tcId, key, iv, aad, msg, ct, tag, result } of tests) {
        const aead = suite.aesGcm(secretOf(key));
        const plain = aead.open(hexOctets(iv), hexOctets(aad), hexOctets(ct + tag));
        const sealed = new Uint8Array(hexOctets(msg).length + aead.tagOctets);
        const seal = () => aead.sealInto(sealed, 0, hexOctets(iv), hexOctets(aad), hexOctets(msg));
        if (iv.length < 16 || iv.length > 256) {
          expect(plain, `${tcId}`).toBeUndefined();
          expect(seal, `${tcId}`).toThrow(RangeError);
          if (result === 'valid') refused.push(tcId);
          continue;
        }
        expect(plain === undefined ? 'refused' : toHex(plain), `${tcId}`).toBe(result === 'valid' ? msg : 'refused');
        seal();
        if (result === 'valid') expect(toHex(sealed), `${tcId}`).toBe(ct + tag);
      }
    expect(refused).toEqual(gcmRefusedForSize);
  });

  it('opens nothing that is short, changed or under another key', () => {
    const [key, other] = [takeSecret(new Uint8Array(32).fill(1)), takeSecret(new Uint8Array(32).fill(2))];
    const [iv, aad, plain] = [new Uint8Array(12), Uint8Array.of(1, 2), Uint8Array.of(3, 4, 5)];
    const sealed = new Uint8Array(plain.length + 16);
    suite.aesGcm(key).sealInto(sealed, 0, iv, aad, plain);
    expect(suite.aesGcm(key).open(iv, aad, sealed)).toEqual(plain);
    expect(suite.aesGcm(other).open(iv, aad, sealed)).toBeUndefined();
    expect(suite.aesGcm(key).open(iv, aad.subarray(1), sealed)).toBeUndefined();
    for (let end = 0; end < sealed.length; end++)
      expect(suite.aesGcm(key).open(iv, aad, sealed.subarray(0, end))).toBeUndefined();
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = sealed.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(suite.aesGcm(key).open(iv, aad, changed)).toBeUndefined();
    }
  });

  it('writes into the middle of a frame and nowhere else', () => {
    const frame = new Uint8Array(40).fill(0xee);
    suite
      .aesGcm(takeSecret(new Uint8Array(32)))
      .sealInto(frame, 10, new Uint8Array(12), frame.slice(0, 10), frame.slice(0, 4));
    expect(toHex(frame.subarray(0, 10)) + toHex(frame.subarray(30))).toBe('ee'.repeat(20));
    const seal = (at: number) => () =>
      suite.aesGcm(takeSecret(new Uint8Array(32))).sealInto(frame, at, new Uint8Array(12), frame, new Uint8Array(4));
    expect(seal(21)).toThrow(RangeError);
    expect(seal(-1)).toThrow(RangeError);
  });
};

/** NIST's examples: SP 800-38B appendix D.1 and D.3 (AES-128 as in RFC 4493). */
const CMAC_MESSAGE =
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';
const cmacVectors = {
  '2b7e151628aed2a6abf7158809cf4f3c': [
    [0, 'bb1d6929e95937287fa37d129b756746'],
    [16, '070a16b46b4d4144f79bdd9dd04a287c'],
    [40, 'dfa66747de9ae63030ca32611497c827'],
    [64, '51f0bebf7e3b9d92fc49741779363cfe'],
  ],
  '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4': [
    [0, '028962f61b7bf89efc6b551f4667d983'],
    [16, '28a7023f452e8f82bd4bf28d8c37c35c'],
    [40, 'aaf3d8f1de5640c232f5b169b9c911e6'],
    [64, 'e1992190549f6ed5696a2c056c315410'],
  ],
} as const;

const macContract = (suite: CryptoSuite): void => {
  it('holds AES-CMAC to SP 800-38B', () => {
    for (const [key, answers] of Object.entries(cmacVectors))
      for (const [length, tag] of answers)
        expect(toHex(suite.aesCmac(secretOf(key)).tag(hexOctets(CMAC_MESSAGE).subarray(0, length)))).toBe(tag);
  });

  it('holds HMAC-SHA-256 to Wycheproof', () => {
    for (const { group, tests } of hmacVectors())
      for (const { tcId, key, msg, tag, result } of tests) {
        const made = toHex(
          suite
            .hmacSha256(secretOf(key))
            .tag(hexOctets(msg))
            .subarray(0, group.tagSize / 8),
        );
        expect(made === tag, `${tcId}`).toBe(result === 'valid');
      }
  });

  it('holds HMAC-SHA-512 to RFC 4231', () => {
    const tag = suite.hmacSha512(secretOf('0b'.repeat(20))).tag(Uint8Array.from('Hi There', (c) => c.charCodeAt(0)));
    expect(toHex(tag)).toBe(
      '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    );
  });

  it('tells the length of its codes', () => {
    const key = takeSecret(new Uint8Array(32));
    const macs: readonly Mac[] = [suite.aesCmac(key), suite.hmacSha256(key), suite.hmacSha512(key)];
    expect(macs.map((mac) => mac.tag(new Uint8Array(3)).length)).toEqual(macs.map((mac) => mac.tagOctets));
  });

  it('holds SHA-256 and SHA-384 to FIPS 180-4', () => {
    const abc = Uint8Array.of(0x61, 0x62, 0x63);
    expect(toHex(suite.sha256(abc))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(toHex(suite.sha384(abc))).toBe(
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    );
  });
};

const keyContract = (suite: CryptoSuite): void => {
  it('holds HKDF-SHA-256 to Wycheproof', () => {
    for (const { tests } of hkdfVectors())
      for (const { tcId, ikm, salt, info, size, okm, result } of tests) {
        const derive = () => suite.hkdfExpand(suite.hkdfExtract(secretOf(salt), secretOf(ikm)), hexOctets(info), size);
        if (result === 'valid') expect(hexOf(derive()), `${tcId}`).toBe(okm);
        else expect(derive, `${tcId}`).toThrow(RangeError);
      }
  });

  it('holds AES key wrap with padding to Wycheproof', () => {
    for (const { tests } of wrapVectors())
      for (const { tcId, key, msg, ct, result } of tests) {
        const unwrapped = suite.unwrapKey(secretOf(key), hexOctets(ct));
        if (result === 'valid') {
          expect(unwrapped.ok && hexOf(unwrapped.value), `${tcId}`).toBe(msg);
          expect(toHex(suite.wrapKey(secretOf(key), secretOf(msg))), `${tcId}`).toBe(ct);
        } else expect(unwrapped.ok && hexOf(unwrapped.value) === msg, `${tcId}`).toBe(false);
      }
  });

  it('refuses keys of no cipher, without showing them', () => {
    const short = takeSecret(new Uint8Array(31).fill(0xab));
    const whole = takeSecret(new Uint8Array(32));
    for (const use of [
      () => suite.aesGcm(short),
      () => suite.aesCmac(short),
      () => suite.wrapKey(short, whole),
      () => suite.unwrapKey(short, new Uint8Array(40)),
    ])
      expect(use).toThrow(/^AES key: expected 16, 24 or 32 octets, got 31$/);
    expect(() => suite.wrapKey(whole, takeSecret(new Uint8Array(0)))).toThrow(RangeError);
  });

  it('cannot use a key that was wiped', () => {
    const key = takeSecret(new Uint8Array(32));
    const aead = suite.aesGcm(key);
    key.wipe();
    expect(() => aead.open(new Uint8Array(12), new Uint8Array(0), new Uint8Array(16))).toThrow('wiped');
  });
};

const kemContract = (suite: CryptoSuite): void => {
  it('holds ML-KEM key generation to ACVP, from the seed and from the expanded key', () => {
    for (const { group, tests } of kemKeyVectors())
      for (const { tcId, d, z, ek, dk } of tests)
        for (const key of [d + z, dk]) {
          const made = suite.kem(group.parameterSet).publicKey(secretOf(key));
          expect(made.ok && toHex(made.value), `${group.parameterSet} ${tcId}`).toBe(ek.toLowerCase());
        }
  });

  it('holds ML-KEM encapsulation and decapsulation to ACVP', () => {
    for (const { group, tests } of kemVectors())
      for (const { tcId, c, k, ek, dk, m } of tests) {
        const kem = suite.kem(group.parameterSet);
        const place = `${group.parameterSet} ${tcId}`;
        if (ek !== undefined && m !== undefined) {
          const made = kem.encapsulate(hexOctets(ek), secretOf(m));
          expect(made.ok && toHex(made.value.ciphertext), place).toBe(c.toLowerCase());
          expect(made.ok && hexOf(made.value.sharedSecret), place).toBe(k.toLowerCase());
        }
        const opened = kem.decapsulate(secretOf((dk ?? group.dk)!), hexOctets(c));
        expect(opened.ok && hexOf(opened.value), place).toBe(k.toLowerCase());
      }
  });

  it('holds X-Wing to the examples of its draft', () => {
    const kem = suite.kem('X-Wing');
    for (const { seed, random, secret, publicKey, ciphertext } of xWingVectors) {
      const key = kem.publicKey(secretOf(seed));
      const made = key.ok ? kem.encapsulate(key.value, secretOf(random)) : key;
      if (!key.ok || !made.ok) throw new Error('X-Wing refused its own example');
      const ends = (octets: Uint8Array) => [toHex(octets.subarray(0, 16)), toHex(octets.subarray(-16))];
      expect(ends(key.value)).toEqual(publicKey);
      expect(ends(made.value.ciphertext)).toEqual(ciphertext);
      expect(hexOf(made.value.sharedSecret)).toBe(secret);
      const opened = kem.decapsulate(secretOf(seed), made.value.ciphertext);
      expect(opened.ok && hexOf(opened.value)).toBe(secret);
    }
  });

  it.each(kemNames)(
    '%s refuses keys and ciphertexts that are none, and answers a changed one with another secret',
    (name) => {
      const kem = suite.kem(name);
      const seed = () => takeSecret(new Uint8Array(kem.seedOctets).fill(7));
      const random = () => takeSecret(new Uint8Array(kem.randomOctets).fill(9));
      const key = kem.publicKey(seed());
      const made = key.ok ? kem.encapsulate(key.value, random()) : key;
      if (!key.ok || !made.ok) throw new Error(`${name} refused its own key`);
      const { ciphertext, sharedSecret } = made.value;
      expect([key.value.length, ciphertext.length]).toEqual([kem.publicKeyOctets, kem.ciphertextOctets]);
      const changed = ciphertext.slice();
      changed[0]! ^= 1;
      const other = kem.decapsulate(seed(), changed);
      expect(other.ok && !other.value.equals(sharedSecret)).toBe(true);
      const wrong = takeSecret(new Uint8Array(kem.seedOctets + 1));
      expect(kem.decapsulate(wrong, ciphertext)).toMatchObject({ reason: 'bad private key' });
      expect(kem.publicKey(wrong)).toMatchObject({ reason: 'bad private key' });
      expect(kem.decapsulate(seed(), ciphertext.subarray(1))).toMatchObject({ reason: 'bad ciphertext' });
      expect(kem.encapsulate(key.value.subarray(1), random())).toMatchObject({ reason: 'bad public key' });
      // FIPS 203 7.2: a coefficient of 0xfff is beyond the modulus.
      const beyond = key.value.slice().fill(0xff, 0, 12);
      expect(kem.encapsulate(beyond, random())).toMatchObject({ reason: 'bad public key' });
      expect(() => kem.encapsulate(key.value, takeSecret(new Uint8Array(kem.randomOctets - 1)))).toThrow(RangeError);
    },
  );

  it('refuses an expanded key whose hash does not fit (FIPS 203 7.3)', () => {
    const { group, tests } = kemKeyVectors()[1]!;
    const expanded = hexOctets(tests[0]!.dk);
    expanded[expanded.length - 40]! ^= 1;
    const kem = suite.kem(group.parameterSet);
    const key = takeSecret(expanded);
    expect(kem.publicKey(key)).toMatchObject({ reason: 'bad private key' });
    expect(kem.decapsulate(key, new Uint8Array(kem.ciphertextOctets))).toMatchObject({ reason: 'bad private key' });
  });
};

const signatureContract = (suite: CryptoSuite): void => {
  it.each(signatureNames)('%s signs, verifies, and refuses what is changed', (name) => {
    const scheme = suite.signature(name);
    const seed = takeSecret(new Uint8Array(scheme.seedOctets).fill(5));
    const [message, context] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)];
    const key = scheme.publicKey(seed);
    const signed = scheme.sign(seed, message, { context });
    if (!key.ok || !signed.ok) throw new Error(`${name} refused its own key`);
    expect([key.value.length, signed.value.length]).toEqual([scheme.publicKeyOctets, scheme.signatureOctets]);
    expect(scheme.verify(key.value, message, signed.value, { context })).toBe(true);
    expect(scheme.verify(key.value, message, signed.value)).toBe(false);
    expect(scheme.verify(key.value, message.subarray(1), signed.value, { context })).toBe(false);
    expect(scheme.verify(key.value.subarray(1), message, signed.value, { context })).toBe(false);
    expect(scheme.verify(key.value, message, signed.value.subarray(1), { context })).toBe(false);
    const changed = signed.value.slice();
    changed[100]! ^= 1;
    expect(scheme.verify(key.value, message, changed, { context })).toBe(false);
    const random = takeSecret(new Uint8Array(32).fill(6));
    const hedged = scheme.sign(seed, message, { context, random });
    expect(hedged.ok && toHex(hedged.value) !== toHex(signed.value)).toBe(true);
    expect(hedged.ok && scheme.verify(key.value, message, hedged.value, { context })).toBe(true);
    expect(scheme.sign(takeSecret(new Uint8Array(33)), message)).toMatchObject({ reason: 'bad private key' });
    expect(scheme.publicKey(takeSecret(new Uint8Array(33)))).toMatchObject({ reason: 'bad private key' });
    expect(scheme.sign(takeSecret(new Uint8Array(32).fill(5)), message, { context })).toEqual(signed);
  });
};

/** Everything but the slow vectors. */
export const cryptoSuiteContract = (suite: CryptoSuite): void => {
  describe('AES-GCM', () => gcmContract(suite));
  describe('authentication codes', () => macContract(suite));
  describe('keys', () => keyContract(suite));
  describe('key encapsulation', () => kemContract(suite));
  describe('signatures', () => signatureContract(suite));
};

/** ACVP for ML-DSA: seconds for each suite. */
export const slowCryptoSuiteContract = (suite: CryptoSuite): void => {
  it('holds ML-DSA key generation to ACVP', () => {
    for (const { group, tests } of signatureKeyVectors())
      for (const { tcId, seed, pk, sk } of tests)
        for (const key of [seed, sk]) {
          const made = suite.signature(group.parameterSet).publicKey(secretOf(key));
          expect(made.ok && toHex(made.value), `${group.parameterSet} ${tcId}`).toBe(pk.toLowerCase());
        }
  });

  it('holds ML-DSA signing to ACVP, deterministic and hedged', () => {
    for (const { group, tests } of signingVectors())
      for (const { tcId, sk, message, rnd, signature } of tests) {
        const random = rnd === undefined ? {} : { random: secretOf(rnd) };
        const options = { internal: true, ...random };
        const signed = suite.signature(group.parameterSet).sign(secretOf(sk), hexOctets(message), options);
        expect(signed.ok && toHex(signed.value), `${group.parameterSet} ${tcId}`).toBe(signature.toLowerCase());
      }
  });

  it('holds ML-DSA verification to ACVP', () => {
    for (const { group, tests } of verifyingVectors())
      for (const { tcId, message, signature, testPassed } of tests) {
        const scheme = suite.signature(group.parameterSet);
        const verdict = scheme.verify(hexOctets(group.pk), hexOctets(message), hexOctets(signature), {
          internal: true,
        });
        expect(verdict, `${group.parameterSet} ${tcId}`).toBe(testPassed);
      }
  });
};
