import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conventionalOfDual, dualOfConventional } from '../../../../src/ccsds/tm-coding/dual-basis.ts';
import { exponential, multiply } from '../../../../src/ccsds/tm-coding/galois-field.ts';
import { randomizerOctets } from '../../../../src/ccsds/tm-coding/randomizer.ts';
import {
  interleavingDepths,
  type ReedSolomonParameters,
  reedSolomon,
  virtualFillFor,
} from '../../../../src/ccsds/tm-coding/reed-solomon.ts';
import { type CorrectableSymbols, generatorPolynomial } from '../../../../src/ccsds/tm-coding/reed-solomon-code.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url);
const snpp = new Uint8Array(readFileSync(new URL('cadu-and-cltu/snpp_7cadus_2vcids.dat', fixtures)));
const aos = readFileSync(new URL('cadu-and-cltu/dumpFile_aos_1.hex', fixtures), 'utf8').trim().split(/\s+/);
const vectors = JSON.parse(readFileSync(new URL('tm-coding-vectors/reed-solomon.json', fixtures), 'utf8')) as {
  reedSolomon: { correctable: CorrectableSymbols; codeword: string; received: string; symbolErrors: number }[];
};
const octetsOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

describe('the Reed-Solomon code', () => {
  it('has the generators of 4.3.4: roots beta^(128-E) on, coefficients that are their own mirror', () => {
    for (const correctable of [8, 16] as const) {
      const g = generatorPolynomial(correctable);
      expect(g[2 * correctable]).toBe(1);
      expect([...g].reverse()).toEqual([...g]);
      for (let k = 0; k < 2 * correctable; k++) {
        const root = exponential[(128 - correctable + k) % 255]!;
        expect([...g].reverse().reduce((sum, c) => multiply(sum, root) ^ c, 0)).toBe(0);
      }
    }
  });

  it('has the dual basis of annex F', () => {
    const unitVectors = [0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01];
    expect(unitVectors.map((v) => dualOfConventional[v])).toEqual([0x8d, 0xef, 0xec, 0x86, 0xfa, 0x99, 0xaf, 0x7b]);
    expect(unitVectors.map((v) => conventionalOfDual[v])).toEqual([0xc5, 0x42, 0x2e, 0xfd, 0xf0, 0x79, 0xac, 0xcc]);
    expect(new Set(dualOfConventional).size).toBe(256);
  });

  it.each(vectors.reedSolomon)('agrees with an independent encoder and decoder: E = $correctable', (vector) => {
    const codeword = octetsOf(vector.codeword);
    const coder = reedSolomon({
      correctable: vector.correctable,
      interleaving: 1,
      basis: 'conventional',
      virtualFill: 255 - codeword.length,
    });
    expect(coder.encode(codeword.subarray(0, coder.informationLength))).toEqual(codeword);
    const received = octetsOf(vector.received);
    expect(coder.isClean(received)).toBe(false);
    expect(coder.correct(received)).toEqual({
      ok: true,
      value: { corrected: vector.symbolErrors, perCodeword: [vector.symbolErrors] },
    });
    expect(received).toEqual(codeword);
  });

  it('finds the recorded codeblocks of two missions clean, and the same parity', () => {
    const coder = reedSolomon({ correctable: 16, interleaving: 4 });
    const blocks = [
      ...Array.from({ length: 7 }, (_, i) => snpp.slice(i * 1024 + 4, (i + 1) * 1024)),
      ...aos.map((line) => octetsOf(line).slice(4)),
    ];
    expect(blocks.length).toBe(37);
    for (const block of blocks) {
      expect(coder.isClean(block)).toBe(true);
      expect(coder.encode(block.subarray(0, 892))).toEqual(block);
    }
    expect(
      aos.filter((line) =>
        reedSolomon({ correctable: 16, interleaving: 4, basis: 'conventional' }).isClean(octetsOf(line).slice(4)),
      ),
    ).toEqual([]);
  });

  it.each(interleavingDepths)('takes the randomizer sequence itself for a codeword, or not: I = %i', (interleaving) => {
    const coder = reedSolomon({ correctable: 16, interleaving });
    const sequence = randomizerOctets('short', coder.codeblockLength).slice(0, coder.codeblockLength);
    expect(coder.isClean(sequence)).toBe([1, 2, 4, 8].includes(interleaving));
  });

  it('corrects E symbols of each codeword and refuses one more', () => {
    const coder = reedSolomon({ correctable: 16, interleaving: 5 });
    const clean = coder.encode(Uint8Array.from({ length: 1115 }, (_, i) => i));
    const damaged = clean.slice();
    for (let k = 0; k < 16 * 5; k++) damaged[k] = ~clean[k]!; // a burst of 16 * 5 octets is 16 symbols of each
    const restored = damaged.slice();
    expect(coder.correct(restored)).toEqual({ ok: true, value: { corrected: 80, perCodeword: [16, 16, 16, 16, 16] } });
    expect(restored).toEqual(clean);
    damaged[82] = ~clean[82]!;
    expect(coder.correct(damaged)).toEqual({ ok: false, reason: 'uncorrectable codeword', at: 2 });
    expect(damaged.filter((_, i) => i % 5 !== 2)).toEqual(clean.filter((_, i) => i % 5 !== 2));
  });

  it('never changes a symbol that was not transmitted', () => {
    const coder = reedSolomon({ correctable: 8, interleaving: 1, virtualFill: 238 });
    expect(coder.codeblockLength).toBe(17);
    let refused = 0;
    for (let seed = 1; seed <= 500; seed++) {
      const noise = Uint8Array.from({ length: 17 }, (_, i) => Math.imul(seed * 17 + i + 1, 0x9e3779b1) >>> 24);
      const verdict = coder.correct(noise);
      if (!verdict.ok) refused++;
      else expect(coder.isClean(noise)).toBe(true);
    }
    expect(refused).toBeGreaterThan(490);
  });

  it('refuses other lengths, and names what a caller got wrong', () => {
    const coder = reedSolomon({ correctable: 16, interleaving: 5 });
    expect(coder.correct(new Uint8Array(1274))).toEqual({ ok: false, reason: 'codeblock length', at: 1274 });
    expect(coder.isClean(new Uint8Array(0))).toBe(false);
    expect(() => coder.encode(new Uint8Array(1114))).toThrow('expected 1115 octets, got 1114');
    expect(() => coder.encodeInPlace(new Uint8Array(1))).toThrow(RangeError);
    const odd = (change: object) => () =>
      reedSolomon({ correctable: 16, interleaving: 5, ...change } as ReedSolomonParameters);
    expect(odd({ correctable: 12 })).toThrow('expected 8 or 16');
    expect(odd({ interleaving: 6 })).toThrow('expected 1, 2, 3, 4, 5 or 8');
    expect(odd({ virtualFill: 223 })).toThrow('from 0 to 222');
  });

  it('knows the virtual fill that a frame length asks for', () => {
    expect(virtualFillFor(16, 5, 1115)).toBe(0);
    expect(virtualFillFor(16, 5, 1100)).toBe(3);
    expect(virtualFillFor(16, 4, 892)).toBe(0);
    expect(virtualFillFor(16, 5, 1116)).toBeUndefined();
    expect(virtualFillFor(16, 5, 1120)).toBeUndefined();
    expect(virtualFillFor(8, 1, 0)).toBeUndefined();
  });
});
