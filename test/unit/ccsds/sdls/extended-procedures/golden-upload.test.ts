// An upload that somebody else sealed (fixtures/sdls): its fields, and its keys under both cipher suites.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { otarBody } from '../../../../../src/ccsds/sdls/extended-procedures/key-bodies.ts';
import { procedurePdu } from '../../../../../src/ccsds/sdls/extended-procedures/procedure-pdu.ts';
import { readPlainKeys } from '../../../../../src/ccsds/sdls/extended-procedures/upload-keys.ts';
import { hexOctets, toHex } from '../../../../../src/codec/hex.ts';
import { portableSuite } from '../../../../../src/crypto/portable-suite.ts';
import { takeSecret } from '../../../../../src/crypto/secret-key.ts';
import { nativeSuite } from '../../../../../src/devices/real/native-suite.ts';

const given = JSON.parse(
  readFileSync(new URL('../../../../../fixtures/sdls/extended-procedures.json', import.meta.url), 'utf8'),
) as {
  readonly masterKey: string;
  readonly otarBody: string;
  readonly keyIds: number[];
  readonly firstKeyStarts: string;
};

describe('an upload of an independent implementation', () => {
  const octets = hexOctets(`01 0420 ${given.otarBody}`);
  const read = procedurePdu.decode(octets);

  it('comes back to the bit', () => {
    expect(read).toMatchObject({ ok: true, value: { procedure: 'otar', body: { masterKeyId: 0 } } });
    expect(read.ok && toHex(procedurePdu.encode(read.value))).toBe(toHex(octets));
  });

  it.each([nativeSuite, portableSuite])('opens under the master key: $name', (suite) => {
    const body = otarBody.decode(hexOctets(given.otarBody));
    if (!body.ok) throw new Error(body.reason);
    const aead = suite.aesGcm(takeSecret(hexOctets(given.masterKey)));
    const plain = aead.open(body.value.iv, new Uint8Array(0), body.value.sealed);
    const keys = readPlainKeys(plain ?? new Uint8Array(0));
    if (!keys.ok) throw new Error(keys.reason);
    expect(keys.value.map(({ keyId }) => keyId)).toEqual(given.keyIds);
    expect(toHex(keys.value[0]!.octets.subarray(0, 8))).toBe(given.firstKeyStarts);
    expect(
      aead.open(
        body.value.iv,
        new Uint8Array(0),
        body.value.sealed.map((o, at) => o ^ +(at === 40)),
      ),
    ).toBeUndefined();
  });
});
