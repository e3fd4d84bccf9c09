import { describe, expect, it } from 'vitest';
import { NonceGuard } from '../../../src/crypto/nonce-guard.ts';

describe('the nonce guard', () => {
  it('lets a sender only go up, for each key and fixed field', () => {
    const guard = new NonceGuard(4);
    expect([0, 5, 5, 4, 6].map((counter) => guard.claim(1, 0, counter))).toEqual([
      'granted',
      'granted',
      'counter used',
      'counter used',
      'granted',
    ]);
    expect(guard.claim(1, 0xffffffff, 5)).toBe('granted');
    expect(guard.claim(2, 0, 5)).toBe('granted');
    expect(guard.claim(1, 0, 2 ** 48)).toBe('counter exhausted');
  });

  it('takes late counters on the receiving end, once', () => {
    const guard = new NonceGuard(4, 32);
    expect([9, 3, 3, 9].map((counter) => guard.claim(1, 0, counter))).toEqual([
      'granted',
      'granted',
      'counter used',
      'counter used',
    ]);
  });

  it('refuses a further key when full, and forgets a key on request', () => {
    const guard = new NonceGuard(2);
    guard.claim(1, 0, 0);
    guard.claim(0xffff, 7, 0);
    expect(guard.claim(3, 0, 0)).toBe('guard full');
    expect(guard.claim(1, 0, 1)).toBe('granted');
    guard.forget(0xffff);
    expect(guard.save().map(({ keyId, fixed }) => [keyId, fixed])).toEqual([[1, 0]]);
    expect(guard.claim(3, 0, 0)).toBe('granted');
  });

  it('refuses ids and lists that it cannot hold', () => {
    const guard = new NonceGuard(1);
    expect(() => guard.claim(65536, 0, 0)).toThrow(RangeError);
    expect(() => guard.claim(0, 2 ** 32, 0)).toThrow(RangeError);
    expect(() => guard.load([...guard.save(), ...Array(2).fill({ keyId: 0, fixed: 0 })])).toThrow(RangeError);
    expect(() => new NonceGuard(0)).toThrow(RangeError);
  });
});
