import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { joinSecrets, takeSecret } from '../../../src/crypto/secret-key.ts';
import { hexOf } from '../../support/crypto-vectors.ts';

describe('a secret', () => {
  it('overwrites the array that it came in, also a part of a shared one', () => {
    const pool = new Uint8Array(8).fill(7);
    const secret = takeSecret(pool.subarray(2, 5));
    expect([...pool]).toEqual([7, 7, 0, 0, 0, 7, 7, 7]);
    expect(hexOf(secret)).toBe('070707');
  });

  it('shows nothing in text, JSON, the console, a copy or its keys', () => {
    const secret = takeSecret(Uint8Array.of(0xab, 0xcd, 0xef));
    const shown = [
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 9 }),
      JSON.stringify(structuredClone({ ...secret })),
      Object.keys(secret).join(),
    ].join('\n');
    expect(shown).not.toMatch(/ab.?cd|171|205|239/i);
    expect(shown).toContain('[secret]');
  });

  it('is equal to the same octets only, and to nothing once wiped', () => {
    const of = (...octets: number[]) => takeSecret(Uint8Array.from(octets));
    expect(of(1, 2).equals(of(1, 2))).toBe(true);
    expect(of(1, 2).equals(of(1, 3))).toBe(false);
    expect(of(1, 2).equals(of(1))).toBe(false);
    const wiped = of(0, 0);
    wiped.wipe();
    expect(wiped.equals(of(0, 0))).toBe(false);
    expect(of(0, 0).equals(wiped)).toBe(false);
  });

  it('is overwritten by wiping, and cannot be used after', () => {
    const secret = takeSecret(Uint8Array.of(1, 2, 3));
    const kept = secret.reveal((octets) => octets);
    secret.wipe();
    secret.wipe();
    expect([...kept]).toEqual([0, 0, 0]);
    expect(secret.wiped).toBe(true);
    expect(() => secret.reveal((octets) => octets)).toThrow(
      'secret key: expected one that is held, got one that was wiped',
    );
  });

  it('is joined to others in order, and leaves them whole', () => {
    const [a, b] = [takeSecret(Uint8Array.of(1)), takeSecret(Uint8Array.of(2, 3))];
    expect(hexOf(joinSecrets(a, b, a))).toBe('01020301');
    expect(hexOf(b)).toBe('0203');
    expect(joinSecrets().lengthOctets).toBe(0);
  });
});
