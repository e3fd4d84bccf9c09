import { describe, expect, it } from 'vitest';
import { randomize, randomizerOctets } from '../../../../src/ccsds/tm-coding/randomizer.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex').toUpperCase();

describe('the pseudo-randomizer of telemetry', () => {
  it('opens the short sequence as the standard prints it', () => {
    expect(hex(randomizerOctets('short', 16).subarray(0, 16))).toBe('FF480EC09A0D70BC8E2C93ADA7B746CE');
  });

  it('opens the long sequence as the standard prints it', () => {
    expect(hex(randomizerOctets('long', 8).subarray(0, 8))).toBe('1C71B91BA9BA8457');
  });

  it('repeats the short sequence after 255 octets and not before', () => {
    const octets = randomizerOctets('short', 1020);
    for (let i = 0; i < 765; i++) expect(octets[i + 255]).toBe(octets[i]);
    for (const shorter of [1, 3, 5, 15, 17, 51, 85]) expect(octets[shorter]).not.toBe(octets[0]);
  });

  it('has the long sequence obey its polynomial, with a period of 131071 bits', () => {
    const octets = randomizerOctets('long', 20_000);
    const bit = (n: number) => (octets[n >> 3]! >> (7 - (n & 7))) & 1;
    for (let n = 0; n < 150_000; n++) if (bit(n + 17) !== (bit(n) ^ bit(n + 14))) expect.fail(`bit ${n}`);
    const sameFrom = (n: number) => Array.from({ length: 17 }, (_, k) => bit(n + k) === bit(k)).every(Boolean);
    expect(sameFrom(131_071)).toBe(true);
    for (let n = 1; n < 131_071; n++) if (sameFrom(n)) expect.fail(`repeats after ${n}`);
  });

  it.each(['short', 'long'] as const)('gives the input back when applied twice, at any alignment (%s)', (sequence) => {
    for (let offset = 0; offset < 4; offset++) {
      for (const length of [0, 1, 2, 3, 4, 5, 255, 1115, 2040, 3000]) {
        const octets = Uint8Array.from({ length: length + offset }, (_, i) => i * 7).subarray(offset);
        const before = octets.slice();
        randomize(sequence, octets);
        const mask = randomizerOctets(sequence, length);
        expect(octets.every((v, i) => v === (before[i]! ^ mask[i]!))).toBe(true);
        randomize(sequence, octets);
        expect(octets).toEqual(before);
      }
    }
  });
});
