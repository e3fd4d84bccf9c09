import { describe, expect, it } from 'vitest';
import { seededEntropy } from '../../../src/crypto/entropy-source.ts';
import { associationKey, confirmationKey, epochOf, exporterOf } from '../../../src/crypto/kdf.ts';
import { portableSuite } from '../../../src/crypto/portable-suite.ts';
import { takeSecret } from '../../../src/crypto/secret-key.ts';
import { hostEntropy } from '../../../src/devices/real/host-entropy.ts';
import { nativeSuite } from '../../../src/devices/real/native-suite.ts';
import { hexOf } from '../../support/crypto-vectors.ts';

const secret = (octet: number) => takeSecret(new Uint8Array(32).fill(octet));
const inputs = () => ({
  preSharedKey: secret(1),
  exporter: secret(2),
  prekeySecret: secret(3),
  staticSecret: secret(4),
});
const transcript = new Uint8Array(48).fill(5);

describe('the key schedule of an epoch', () => {
  const epoch = epochOf(nativeSuite, 7, transcript, inputs());

  it('is the same on both suites', () => {
    const other = epochOf(portableSuite, 7, transcript, inputs());
    expect(hexOf(other.secret)).toBe(hexOf(epoch.secret));
    expect(hexOf(associationKey(portableSuite, other, 20, 'uplink'))).toBe(
      hexOf(associationKey(nativeSuite, epoch, 20, 'uplink')),
    );
  });

  it('gives another key for every association, direction, side, label, epoch and transcript', () => {
    const nextEpoch = epochOf(nativeSuite, 8, transcript, inputs());
    const otherWords = epochOf(nativeSuite, 7, new Uint8Array(48), inputs());
    const keys = [
      ...[epoch, nextEpoch, otherWords].flatMap((of) => [
        associationKey(nativeSuite, of, 1, 'uplink'),
        associationKey(nativeSuite, of, 1, 'downlink'),
        associationKey(nativeSuite, of, 256, 'uplink'),
        confirmationKey(nativeSuite, of, 'space'),
        confirmationKey(nativeSuite, of, 'ground'),
        exporterOf(nativeSuite, of),
      ]),
    ].map(hexOf);
    expect(new Set(keys).size).toBe(18);
  });

  it('needs every input', () => {
    const roots = [
      inputs(),
      { ...inputs(), preSharedKey: secret(9) },
      { ...inputs(), exporter: secret(9) },
      { ...inputs(), prekeySecret: secret(9) },
      { ...inputs(), staticSecret: secret(9) },
      { preSharedKey: secret(1), exporter: secret(2), staticSecret: secret(4) },
    ].map((given) => hexOf(epochOf(nativeSuite, 7, transcript, given).secret));
    expect(new Set(roots).size).toBe(roots.length);
  });

  it('refuses a transcript of another hash, and reserved associations', () => {
    expect(() => epochOf(nativeSuite, 7, new Uint8Array(32), inputs())).toThrow(RangeError);
    expect(() => associationKey(nativeSuite, epoch, 0, 'uplink')).toThrow(RangeError);
    expect(() => associationKey(nativeSuite, epoch, 0xffff, 'uplink')).toThrow(RangeError);
  });
});

describe('entropy', () => {
  it('of a seed repeats with the seed, and never within', () => {
    const [a, b] = [portableSuite, nativeSuite].map((suite) => seededEntropy(suite, secret(1)));
    const other = seededEntropy(nativeSuite, secret(2));
    const drawn = [1, 32, 33, 64].map((length) => hexOf(a!.draw(length)));
    expect([1, 32, 33, 64].map((length) => hexOf(b!.draw(length)))).toEqual(drawn);
    expect(drawn.map((text) => text.length / 2)).toEqual([1, 32, 33, 64]);
    expect(drawn[1]).not.toBe(drawn[2]!.slice(0, 64));
    expect(hexOf(other.draw(32))).not.toBe(hexOf(seededEntropy(nativeSuite, secret(1)).draw(32)));
  });

  it('of the host does not repeat', () => {
    expect(hexOf(hostEntropy.draw(32))).not.toBe(hexOf(hostEntropy.draw(32)));
  });

  it.each([0, 65537, 1.5])('refuses to draw %d octets', (length) => {
    expect(() => hostEntropy.draw(length)).toThrow(RangeError);
    expect(() => seededEntropy(portableSuite, secret(1)).draw(length)).toThrow(RangeError);
  });
});
