// Telemetry coding on any input: what was coded comes back through as many errors as the code promises, what comes back
// is a codeword, streams may be cut anywhere, and nothing throws.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { attachedSyncMarker } from '../../../src/ccsds/tm-coding/attached-sync-marker.ts';
import { type ChannelParameters, ChannelReceiver, ChannelSender } from '../../../src/ccsds/tm-coding/channel.ts';
import { FrameSynchronizer } from '../../../src/ccsds/tm-coding/frame-synchronizer.ts';
import { type Kernels, plainKernels } from '../../../src/ccsds/tm-coding/kernels.ts';
import { interleavingDepths, reedSolomon } from '../../../src/ccsds/tm-coding/reed-solomon.ts';
import { ViterbiDecoder } from '../../../src/ccsds/tm-coding/viterbi.ts';
import { wasmKernels } from '../../support/kernels.ts';
import { randomOctets, seeded } from '../../support/noise.ts';

let wasm: Kernels;
beforeAll(async () => {
  wasm = await wasmKernels();
});

const anyCode = fc
  .record({
    correctable: fc.constantFrom(8, 16),
    interleaving: fc.constantFrom(...interleavingDepths),
    basis: fc.constantFrom('dual', 'conventional'),
    fill: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ fill, ...rest }) => ({ ...rest, virtualFill: Math.floor(fill * (254 - 2 * rest.correctable)) }));
const seed = fc.nat(0xffff_ffff);
const rates = fc.constantFrom('1/2', '2/3', '3/4', '5/6', '7/8');

/** Puts `errors` wrong symbols into one codeword, at different places. */
const damage = (codeblock: Uint8Array, codeword: number, stride: number, errors: number, random: () => number) => {
  const places = new Set<number>();
  while (places.size < errors) places.add(Math.floor((random() * codeblock.length) / stride));
  for (const place of places) codeblock[codeword + place * stride]! ^= 1 + Math.floor(random() * 255);
};

const inPieces = <T>(octets: Uint8Array, random: () => number, push: (piece: Uint8Array) => readonly T[]): T[] => {
  const out: T[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = 1 + Math.floor(random() * random() * octets.length);
    out.push(...push(octets.subarray(at, at + length)));
    at += length;
  }
  return out;
};

describe('Reed-Solomon', () => {
  it('restores up to E symbols of every codeword, for every code, and says how many', () => {
    fc.assert(
      fc.property(anyCode, seed, (code, start) => {
        const random = seeded(start);
        const { codeblockLength, correct, encode, informationLength } = reedSolomon(code, wasm.parityDifference);
        const clean = encode(randomOctets(informationLength, random));
        const damaged = clean.slice();
        const most = Math.min(code.correctable, codeblockLength / code.interleaving);
        const perCodeword = Array.from({ length: code.interleaving }, (_, codeword) => {
          const errors = Math.floor(random() * (most + 1));
          damage(damaged, codeword, code.interleaving, errors, random);
          return errors;
        });
        const corrected = perCodeword.reduce((sum, n) => sum + n, 0);
        expect(correct(damaged)).toEqual({ ok: true, value: { corrected, perCodeword } });
        expect(damaged).toEqual(clean);
      }),
      { numRuns: 300 },
    );
  });

  it('accepts nothing but codewords, whatever the damage', () => {
    fc.assert(
      fc.property(anyCode, seed, fc.boolean(), (code, start, noise) => {
        const random = seeded(start);
        const { codeblockLength, correct, encode, informationLength, isClean } = reedSolomon(code);
        const block = noise ? randomOctets(codeblockLength, random) : encode(randomOctets(informationLength, random));
        if (!noise)
          damage(block, 0, code.interleaving, Math.min(code.correctable + 1, block.length / code.interleaving), random);
        const verdict = correct(block);
        if (verdict.ok) expect(isClean(block)).toBe(true);
        else expect(verdict.reason).toBe('uncorrectable codeword');
      }),
      { numRuns: 300 },
    );
  });
});

describe('streams', () => {
  it('of noise with markers in it come apart the same in any pieces', () => {
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(3),
        fc.nat(3),
        (start, frameLength, confirmations, flywheel) => {
          const random = seeded(start);
          const stream = randomOctets(1500, random);
          for (let at = 3; at + 4 <= 1500; at += 4 + frameLength)
            if (random() < 0.7) stream.set(random() < 0.5 ? attachedSyncMarker : attachedSyncMarker.map((v) => ~v), at);
          const options = { frameLength, confirmations, flywheel, searchErrors: 2, lockErrors: 5, slipBits: 2 };
          const whole = new FrameSynchronizer(options);
          const cut = new FrameSynchronizer(options);
          const expected = [...whole.push(stream), ...whole.end()];
          expect([...inPieces(stream, random, (piece) => cut.push(piece)), ...cut.end()]).toEqual(expected);
          expect(cut.counters).toEqual(whole.counters);
          expect(expected.every((f) => f.octets.length === frameLength)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of any soft symbols decode the same in any pieces, plain and in WebAssembly', () => {
    fc.assert(
      fc.property(seed, rates, fc.integer({ min: 64, max: 4096 }), (start, rate, blockBits) => {
        const random = seeded(start);
        const soft = randomOctets(3000, random);
        const [one, two] = [wasm, plainKernels].map(
          ({ runTrellis }) => new ViterbiDecoder({ rate, blockBits }, runTrellis),
        );
        const expected = [...one!.push(soft), ...one!.end()];
        expect([...inPieces(soft, random, (piece) => [...two!.push(piece)]), ...two!.end()]).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('carry frames at any bit offset, inverted or not, between noise', () => {
    fc.assert(
      fc.property(
        seed,
        fc.nat(7),
        fc.boolean(),
        anyCode,
        fc.constantFrom('short', 'long', 'none'),
        (start, shift, inverted, code, randomizer) => {
          const random = seeded(start);
          const frameLength = reedSolomon(code).informationLength;
          const parameters: ChannelParameters = { frameLength, randomizer, reedSolomon: code };
          const sender = new ChannelSender(parameters, wasm);
          const frames = Array.from({ length: 3 }, () => randomOctets(frameLength, random));
          const sent = [randomOctets(30, random), ...frames.map((f) => sender.send(f)), randomOctets(8, random)];
          const stream = Uint8Array.from(Buffer.concat(sent), (v) => (inverted ? ~v : v));
          const moved = Uint8Array.from(stream, (v, i) => (v << shift) | ((stream[i + 1] ?? 0) >> (8 - shift)));
          const receiver = new ChannelReceiver(parameters, wasm);
          const received = [...inPieces(moved, random, (piece) => receiver.push(piece)), ...receiver.end()];
          const accepted = received.flatMap(({ verdict }) => (verdict.ok ? [verdict.value.frame] : []));
          expect(accepted).toEqual(frames);
        },
      ),
      { numRuns: 60 },
    );
  });
});
