import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type ConvolutionalMemory,
  type ConvolutionalRate,
  convolutionalStart,
  convolve,
} from '../../../../src/ccsds/tm-coding/convolutional.ts';
import { randomOctets, seeded } from '../../../support/noise.ts';

const vectors = JSON.parse(
  readFileSync(new URL('../../../../fixtures/tm-coding-vectors/convolutional.json', import.meta.url), 'utf8'),
) as { octets: string; symbolsWithoutInversion: string }[];

describe('the convolutional encoder', () => {
  it('answers a single one with its generators, C2 inverted', () => {
    const { symbols } = convolve(Uint8Array.of(0x80));
    expect([...symbols].filter((_, i) => i % 2 === 0).join('')).toBe('11110010'); // 171 octal
    expect([...symbols].filter((_, i) => i % 2 === 1).join('')).toBe('01001001'); // 133 octal, inverted
  });

  it('agrees with an independent encoder', () => {
    expect(vectors.length).toBe(3);
    for (const { octets, symbolsWithoutInversion } of vectors) {
      const { symbols } = convolve(new Uint8Array(Buffer.from(octets, 'hex')));
      expect([...symbols].map((s, i) => s ^ (i & 1)).join('')).toBe(symbolsWithoutInversion);
    }
  });

  it.each<[ConvolutionalRate, string[]]>([
    ['1/2', ['A0', 'b0']],
    ['2/3', ['A0', 'B0', 'B1']],
    ['3/4', ['A0', 'B0', 'B1', 'A2']],
    ['5/6', ['A0', 'B0', 'B1', 'A2', 'B3', 'A4']],
    ['7/8', ['A0', 'B0', 'B1', 'B2', 'B3', 'A4', 'B5', 'A6']],
  ])('sends at rate %s the symbols of table 3-1, in its order', (rate, sent) => {
    const octets = randomOctets(105, seeded(5));
    const whole = [...convolve(octets).symbols].map((s, i) => s ^ (i & 1)); // A0 B0 A1 B1 ...
    const period = Number(rate.split('/')[0]);
    const expected: number[] = [];
    for (let bit = 0; bit < 840; bit += period)
      for (const name of sent) {
        const generator = name[0]!.toLowerCase() === 'a' ? 0 : 1;
        expected.push(whole[2 * (bit + Number(name[1])) + generator]! ^ (name[0] === 'b' ? 1 : 0));
      }
    expect([...convolve(octets, rate).symbols]).toEqual(expected);
  });

  it.each<ConvolutionalRate>(['1/2', '2/3', '3/4', '5/6', '7/8'])('goes on between pieces: rate %s', (rate) => {
    const octets = randomOctets(40, seeded(6));
    const pieces: number[] = [];
    let memory: ConvolutionalMemory = convolutionalStart;
    for (let at = 0; at < 40; at += 3) {
      const piece = convolve(octets.subarray(at, at + 3), rate, memory);
      pieces.push(...piece.symbols);
      memory = piece.memory;
    }
    expect(pieces).toEqual([...convolve(octets, rate).symbols]);
    expect(() => convolve(octets, rate, { state: 64, phase: 0 })).toThrow(RangeError);
  });
});
