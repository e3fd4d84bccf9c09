// Telemetry coding, in information bits: the WebAssembly kernels against the plain references, which do the same.
import { caduCoding } from '../../../src/ccsds/tm-coding/cadu.ts';
import { convolve } from '../../../src/ccsds/tm-coding/convolutional.ts';
import { FrameSynchronizer } from '../../../src/ccsds/tm-coding/frame-synchronizer.ts';
import { type Kernels, plainKernels } from '../../../src/ccsds/tm-coding/kernels.ts';
import { randomize } from '../../../src/ccsds/tm-coding/randomizer.ts';
import { reedSolomon } from '../../../src/ccsds/tm-coding/reed-solomon.ts';
import { ViterbiDecoder } from '../../../src/ccsds/tm-coding/viterbi.ts';
import { wasmKernels } from '../../support/kernels.ts';
import { noisySymbols, randomOctets, seeded } from '../../support/noise.ts';
import { type Bench, figure, perSecond } from '../figure.ts';

const parameters = { correctable: 16, interleaving: 5 } as const;
const frameLength = 1115;
const frameBits = frameLength * 8;
const random = seeded(1);
/** Rounds of some 20 ms: many, so that one of them meets a machine that is doing nothing else. */
const rounds = 20;

const cleanChecks = (kernels: Kernels) => {
  const coder = reedSolomon(parameters, kernels.parityDifference);
  const codeblock = coder.encode(randomOctets(frameLength, random));
  return () => {
    const count = 5_000;
    for (let n = 0; n < count; n++) if (!coder.isClean(codeblock)) throw new Error('not clean');
    return count * frameBits;
  };
};

const corrections = (kernels: Kernels) => {
  const coder = reedSolomon(parameters, kernels.parityDifference);
  const clean = coder.encode(randomOctets(frameLength, random));
  const damaged = Array.from({ length: 50 }, () => {
    const codeblock = clean.slice();
    for (let codeword = 0; codeword < 5; codeword++)
      for (let error = 0; error < 8; error++)
        codeblock[codeword + 5 * (error * 31 + Math.floor(random() * 31))]! ^= 1 + Math.floor(random() * 255);
    return codeblock;
  });
  const work = new Uint8Array(clean.length);
  return () => {
    const count = 1_000;
    for (let n = 0; n < count; n++) {
      work.set(damaged[n % damaged.length]!);
      const verdict = coder.correct(work);
      if (!verdict.ok || verdict.value.corrected !== 40) throw new Error('not corrected');
    }
    return count * frameBits;
  };
};

const decoding = (kernels: Kernels, octetCount: number) => {
  const soft = noisySymbols(convolve(randomOctets(octetCount, random)).symbols, 0.5, 4, random);
  return () => {
    const decoder = new ViterbiDecoder({ rate: '1/2' }, kernels.runTrellis);
    let octets = 0;
    for (let at = 0; at < soft.length; at += 65_536) octets += decoder.push(soft.subarray(at, at + 65_536)).length;
    return octets * 8;
  };
};

const randomizing = () => {
  const codeblock = randomOctets(1275, random);
  return () => {
    for (let n = 0; n < 20_000; n++) randomize('short', codeblock);
    return 20_000 * 1275 * 8;
  };
};

/** A recorded stream to frames: synchroniser, randomizer, clean check. `shift` puts it off the octets. */
const receiving = (kernels: Kernels) => {
  const coding = caduCoding({ frameLength, randomizer: 'short', reedSolomon: parameters }, kernels.parityDifference);
  const cadus = Array.from({ length: 1_000 }, () => coding.encode(randomOctets(frameLength, random)));
  const stream = new Uint8Array(Buffer.concat(cadus));
  return () => {
    const synchronizer = new FrameSynchronizer({ frameLength: coding.codeblockLength });
    let frames = 0;
    for (let at = 0; at < stream.length; at += 65_536)
      for (const { octets } of synchronizer.push(stream.subarray(at, at + 65_536)))
        if (coding.open(octets).ok) frames++;
    return frames * frameBits;
  };
};

export const bench: Bench = async () => {
  const wasm = await wasmKernels();
  const line = (
    name: string,
    goal: number,
    ours: () => number,
    reference: () => number,
    against = 'plain TypeScript',
  ) =>
    figure({
      name: `tm-coding/${name}`,
      unit: 'bit/s',
      ours: perSecond(ours, rounds),
      against,
      reference: perSecond(reference, rounds),
      goal,
    });
  return [
    line('Reed-Solomon (255,223) I=5 clean check', 1e9, cleanChecks(wasm), cleanChecks(plainKernels)),
    line('Reed-Solomon 8 errors a codeword', 80e6, corrections(wasm), corrections(plainKernels)),
    line('Viterbi 1/2 soft', 80e6, decoding(wasm, 1 << 18), decoding(plainKernels, 1 << 13)),
    line('randomizer', 4e9, randomizing(), cleanChecks(wasm), 'clean check'),
    line('CADU stream to frames', 0.8e9, receiving(wasm), receiving(plainKernels)),
  ];
};
