import { beforeAll, describe, expect, it } from 'vitest';
import { type Kernels, loadKernels, plainKernels } from '../../../../src/ccsds/tm-coding/kernels.ts';
import { interleavingDepths, reedSolomon } from '../../../../src/ccsds/tm-coding/reed-solomon.ts';
import { reedSolomonCode } from '../../../../src/ccsds/tm-coding/reed-solomon-code.ts';
import { trellisMemory } from '../../../../src/ccsds/tm-coding/viterbi-trellis.ts';
import { wasmKernels } from '../../../support/kernels.ts';
import { randomOctets, seeded } from '../../../support/noise.ts';

let wasm: Kernels;
beforeAll(async () => {
  wasm = await wasmKernels();
});

describe('the WebAssembly kernels', () => {
  it.each([8, 16] as const)('divide codeblocks as the plain reference does: E = %i', (correctable) => {
    const random = seeded(correctable);
    for (const basis of ['dual', 'conventional'] as const)
      for (const interleaving of interleavingDepths)
        for (const virtualFill of [0, 1, 2, 3, 100, 255 - 2 * correctable - 1]) {
          const code = reedSolomonCode(correctable, basis);
          const { codeblockLength, encode, informationLength } = reedSolomon({
            correctable,
            interleaving,
            basis,
            virtualFill,
          });
          const clean = encode(randomOctets(informationLength, random));
          const dirty = clean.slice();
          dirty[Math.floor(random() * codeblockLength)]! ^= 1;
          for (const block of [clean, dirty, randomOctets(codeblockLength, random), new Uint8Array(codeblockLength)]) {
            const [plain, fast] = [plainKernels, wasm].map((kernels) => {
              const difference = new Uint8Array(2 * correctable * interleaving).fill(0xee);
              return { dirty: kernels.parityDifference(code, interleaving, block, difference), difference };
            });
            expect(fast).toEqual(plain);
          }
        }
  });

  it('run the trellis as the plain reference does: bits, metrics, decisions, growth', () => {
    const random = seeded(3);
    const plain = trellisMemory();
    const fast = trellisMemory();
    for (const steps of [8, 16, 64, 1008, 1024, 4096]) {
      for (const soften of [
        (v: number) => v,
        (v: number) => (v & 128 ? 255 : 0),
        (v: number) => (v >> 4) + 120,
        () => 128,
      ]) {
        const symbols = randomOctets(2 * steps, random).map(soften);
        const bits = new Uint8Array(steps / 8);
        const fastBits = new Uint8Array(steps / 8);
        plainKernels.runTrellis(plain, symbols, bits, steps === 64);
        wasm.runTrellis(fast, symbols, fastBits, steps === 64);
        expect(fastBits).toEqual(bits);
        expect(fast).toEqual(plain);
      }
    }
  });

  it.each([9, 4104])('refuse a trellis run of %i steps, for which they have no room', (steps) => {
    for (const { runTrellis } of [plainKernels, wasm])
      expect(() => runTrellis(trellisMemory(), new Uint8Array(2 * steps), new Uint8Array(steps >> 3), false)).toThrow(
        'expected a multiple of 8 steps up to 4096',
      );
  });

  it('throw for octets that are no module', () => {
    expect(() => loadKernels(Uint8Array.of(1, 2, 3))).toThrow();
    expect([plainKernels.name, wasm.name]).toEqual(['plain', 'wasm']);
  });
});
