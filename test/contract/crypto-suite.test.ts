import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/codec/hex.ts';
import { portableSuite } from '../../src/crypto/portable-suite.ts';
import { takeSecret } from '../../src/crypto/secret-key.ts';
import { kemNames } from '../../src/crypto/suite.ts';
import { hasNativeKem } from '../../src/devices/real/native-kem.ts';
import { nativeSuite } from '../../src/devices/real/native-suite.ts';
import { hexOf } from '../support/crypto-vectors.ts';
import { cryptoSuiteContract } from './crypto-suite.ts';

describe('the portable cipher suite', () => cryptoSuiteContract(portableSuite));

describe('the native cipher suite', () => cryptoSuiteContract(nativeSuite));

const octets = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength });
const keys = fc.constantFrom(16, 24, 32).chain((length) => octets(length, length));
const suites = [portableSuite, nativeSuite] as const;

describe('both suites', () => {
  it('give the same octets for any frame, and open each other', () => {
    fc.assert(
      fc.property(keys, octets(128, 8), octets(40), octets(300), (key, iv, aad, plain) => {
        const aeads = suites.map((suite) => suite.aesGcm(takeSecret(key.slice())));
        const sealed = aeads.map((aead) => {
          const out = new Uint8Array(plain.length + 16);
          aead.sealInto(out, 0, iv, aad, plain);
          return out;
        });
        expect(toHex(sealed[1]!)).toBe(toHex(sealed[0]!));
        for (const aead of aeads) expect(aead.open(iv, aad, sealed[0]!)).toEqual(new Uint8Array(plain));
      }),
      { numRuns: 200 },
    );
  });

  it('give the same codes, keys and wraps', () => {
    fc.assert(
      fc.property(keys, octets(200), octets(80, 1), fc.integer({ min: 1, max: 200 }), (key, message, other, length) => {
        const [portable, native] = suites.map((suite) => {
          const held = takeSecret(key.slice());
          const wrapped = suite.wrapKey(held, takeSecret(other.slice()));
          return [
            toHex(suite.aesCmac(held).tag(message)),
            toHex(suite.hmacSha256(held).tag(message)),
            toHex(suite.hmacSha512(held).tag(message)),
            toHex(suite.sha256(message)),
            toHex(suite.sha384(message)),
            hexOf(suite.hkdfExpand(suite.hkdfExtract(takeSecret(message.slice()), held), other, length)),
            toHex(wrapped),
          ];
        });
        expect(native).toEqual(portable);
      }),
      { numRuns: 200 },
    );
  });

  it('unwrap the same from any octets', () => {
    fc.assert(
      fc.property(octets(64), octets(40, 1), fc.nat(), (wild, key, at) => {
        const kek = () => takeSecret(new Uint8Array(32).fill(3));
        const wrapped = portableSuite.wrapKey(kek(), takeSecret(key.slice()));
        const changed = wrapped.slice();
        changed[at % changed.length]! ^= 1 + (at % 255);
        for (const octets of [wild, wrapped, changed]) {
          const [portable, native] = suites.map((suite) => suite.unwrapKey(kek(), octets));
          const opened = [portable!, native!].map((each) => each.ok && hexOf(each.value));
          expect(opened[1]).toBe(opened[0]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(kemNames)(`decapsulate %s alike (ML-KEM of the runtime itself: ${hasNativeKem ? 'yes' : 'no'})`, (name) => {
    const kem = portableSuite.kem(name);
    fc.assert(
      fc.property(octets(kem.seedOctets, kem.seedOctets), fc.nat(), (seed, at) => {
        const key = kem.publicKey(takeSecret(seed.slice()));
        const made = key.ok ? kem.encapsulate(key.value, takeSecret(new Uint8Array(kem.randomOctets).fill(at))) : key;
        if (!made.ok) throw new Error(made.reason);
        const changed = made.value.ciphertext.slice();
        changed[at % changed.length]! ^= 1;
        for (const ciphertext of [made.value.ciphertext, changed]) {
          const opened = suites
            .map((suite) => suite.kem(name).decapsulate(takeSecret(seed.slice()), ciphertext))
            .map((each) => each.ok && hexOf(each.value));
          expect(opened[1]).toBe(opened[0]);
        }
      }),
      { numRuns: 4 },
    );
  });
});
