// A million random and mutated inputs into the decoders of telemetry coding: none throws, none stalls, and what is
// accepted is a codeword. The codes' own limits are measured on the way.
import { beforeAll, describe, expect, it } from 'vitest';
import { attachedSyncMarker } from '../../../src/ccsds/tm-coding/attached-sync-marker.ts';
import { caduCoding } from '../../../src/ccsds/tm-coding/cadu.ts';
import { ChannelReceiver } from '../../../src/ccsds/tm-coding/channel.ts';
import { type ConvolutionalRate, convolve } from '../../../src/ccsds/tm-coding/convolutional.ts';
import { FrameSynchronizer } from '../../../src/ccsds/tm-coding/frame-synchronizer.ts';
import type { Kernels } from '../../../src/ccsds/tm-coding/kernels.ts';
import { interleavingDepths, reedSolomon } from '../../../src/ccsds/tm-coding/reed-solomon.ts';
import { ViterbiDecoder } from '../../../src/ccsds/tm-coding/viterbi.ts';
import { wasmKernels } from '../../support/kernels.ts';
import { bitErrors, noisySymbols, randomOctets, seeded } from '../../support/noise.ts';

let wasm: Kernels;
beforeAll(async () => {
  wasm = await wasmKernels();
});

describe('a million inputs', () => {
  it.each([8, 16] as const)(
    '200 000 codewords with E + 1 and more wrong symbols, E = %i: never more accepted than chance',
    (correctable) => {
      const random = seeded(correctable);
      const coders = (['dual', 'conventional'] as const).flatMap((basis) =>
        [0, 1, 100, 255 - 2 * correctable - 1].map((virtualFill) =>
          reedSolomon({ correctable, interleaving: 1, basis, virtualFill }, wasm.parityDifference),
        ),
      );
      const plain = reedSolomon({ correctable, interleaving: 1 });
      let accepted = 0;
      for (let n = 0; n < 200_000; n++) {
        const coder = coders[n % coders.length]!;
        const block = coder.encode(randomOctets(coder.informationLength, random));
        const original = block.slice();
        const errors = n % 3 === 0 ? block.length : correctable + 1 + Math.floor(random() * correctable);
        for (let e = 0; e < errors; e++) block[Math.floor(random() * block.length)]! ^= 1 + Math.floor(random() * 255);
        const wrong = block.reduce((sum, v, i) => sum + (v === original[i] ? 0 : 1), 0);
        const verdict = coder.correct(block);
        if (!verdict.ok) continue;
        expect(coder.isClean(block)).toBe(true);
        if (coder.codeblockLength === 255 && coder.parameters.basis === 'dual') expect(plain.isClean(block)).toBe(true);
        if (wrong > correctable) accepted++;
        else expect(block).toEqual(original);
      }
      // About one in E! lies within E of another codeword: 1 in 40 320 for E = 8, and none is to be seen for E = 16.
      expect(accepted).toBeLessThanOrEqual(correctable === 8 ? 25 : 0);
    },
  );

  it('200 000 codeblocks of noise, of wrong lengths and of every interleaving', () => {
    const random = seeded(2);
    const codings = interleavingDepths.flatMap((interleaving) =>
      ([8, 16] as const).map((correctable) => {
        const coder = { correctable, interleaving, virtualFill: 200 } as const;
        const frameLength = reedSolomon(coder).informationLength;
        return caduCoding({ frameLength, randomizer: 'short', reedSolomon: coder }, wasm.parityDifference);
      }),
    );
    for (let n = 0; n < 200_000; n++) {
      const coding = codings[n % codings.length]!;
      const length = n % 5 === 0 ? Math.floor(random() * 600) : coding.codeblockLength;
      const verdict = coding.open(randomOctets(length, random));
      if (length !== coding.codeblockLength)
        expect(verdict).toEqual({ ok: false, reason: 'codeblock length', at: length });
      else if (!verdict.ok) expect(verdict.reason).toBe('uncorrectable codeword');
    }
  });

  it('300 000 pieces of streams that are noise, markers and frames, through synchronisers of all kinds', () => {
    const random = seeded(3);
    for (let n = 0; n < 3_000; n++) {
      const frameLength = 1 + Math.floor(random() * 60);
      const synchronizer = new FrameSynchronizer({
        frameLength,
        searchErrors: n % 4,
        lockErrors: n % 9,
        confirmations: n % 5,
        flywheel: n % 6,
        slipBits: n % 3,
      });
      let octets = 0;
      let frames = 0;
      for (let k = 0; k < 100; k++) {
        const piece =
          k % 3 === 0
            ? attachedSyncMarker.map((v) => (random() < 0.1 ? v ^ 1 : v))
            : randomOctets(Math.floor(random() * 2 * frameLength), random);
        octets += piece.length;
        for (const frame of synchronizer.push(piece)) {
          expect(frame.octets.length).toBe(frameLength);
          frames++;
        }
      }
      frames += synchronizer.end().length;
      // A frame may overlap the one before it after a loss of lock, but never begins where another began.
      expect(frames).toBeLessThanOrEqual((octets * 8) / 32);
      expect(synchronizer.counters.frames).toBe(frames);
    }
  });

  it('100 000 pieces of symbols, noise or codes with errors, through whole channels of every rate', () => {
    const random = seeded(4);
    const rates: readonly ConvolutionalRate[] = ['1/2', '2/3', '3/4', '5/6', '7/8'];
    for (let n = 0; n < 1_000; n++) {
      const rate = rates[n % rates.length]!;
      const receiver = new ChannelReceiver(
        { frameLength: 20, randomizer: 'long', convolutional: { rate, blockBits: 64 } },
        wasm,
      );
      for (let k = 0; k < 100; k++)
        receiver.push(
          k % 2
            ? randomOctets(100, random)
            : convolve(randomOctets(6, random), rate).symbols.map((s) => (random() < 0.1 ? 128 : s * 255)),
        );
      receiver.end();
      expect(receiver.counters.accepted).toBe(receiver.counters.synchronizer.frames);
    }
  });
});

describe('the Viterbi decoder through much noise', () => {
  // Published curves of the K = 7, rate 1/2 code with soft decisions: 5e-4 at 3 dB, 3e-5 at 4 dB, 1e-5 near 4.4 dB.
  it.each([
    [3, 6e-4],
    [4, 4e-5],
    [4.5, 1.5e-5],
  ])('at Eb/N0 %f dB errs in no more than %f of four million bits', (ebN0, allowed) => {
    const random = seeded(5);
    let errors = 0;
    for (let run = 0; run < 20; run++) {
      const octets = randomOctets(25_000, random);
      const decoder = new ViterbiDecoder({}, wasm.runTrellis);
      const soft = noisySymbols(convolve(octets).symbols, 0.5, ebN0, random);
      const decoded = Buffer.concat([decoder.push(soft), decoder.end()]);
      errors += bitErrors(decoded, octets.subarray(0, -8));
      expect(decoder.counters['node slip']).toBe(0);
    }
    expect(errors / 4e6).toBeLessThan(allowed);
  });
});
