import { describe, expect, it } from 'vitest';
import { failureOctets, failureText } from '../../../src/dictionary/failure-codes.ts';

describe('failure codes', () => {
  it.each([
    'bad packet CRC',
    'argument out of range: rate',
    'arguments too long',
    'a reason of its own',
    'own: detail',
  ])('bring %j back as it was', (reason) => {
    const { code, data } = failureOctets(reason);
    expect(failureText(code, data)).toBe(reason);
  });

  it('keep the number of a reason, and put the detail behind it', () => {
    expect(failureOctets('argument out of range: rate')).toEqual({
      code: 0x13,
      data: new TextEncoder().encode('rate'),
    });
    expect(failureOctets('anything else').code).toBe(0xff);
  });

  it('cut a long detail between two characters', () => {
    const { code, data } = failureOctets(`not authorised: ${'ä'.repeat(31)}€€`);
    expect(data.length).toBeLessThanOrEqual(64);
    expect(failureText(code, data)).toBe(`not authorised: ${'ä'.repeat(31)}`);
  });

  it('say the number of a code that is not ours', () => {
    expect(failureText(0x1234, new Uint8Array(0))).toBe('failure code 4660');
  });
});
