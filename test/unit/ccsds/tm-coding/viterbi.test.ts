import { beforeAll, describe, expect, it } from 'vitest';
import { type ConvolutionalRate, convolve } from '../../../../src/ccsds/tm-coding/convolutional.ts';
import { type Kernels, plainKernels } from '../../../../src/ccsds/tm-coding/kernels.ts';
import { softOfOctets, ViterbiDecoder, type ViterbiOptions } from '../../../../src/ccsds/tm-coding/viterbi.ts';
import { wasmKernels } from '../../../support/kernels.ts';
import { bitErrors, noisySymbols, randomOctets, seeded } from '../../../support/noise.ts';

const rates: readonly ConvolutionalRate[] = ['1/2', '2/3', '3/4', '5/6', '7/8'];
const rateOf = (rate: ConvolutionalRate) => Number(rate[0]) / Number(rate[2]);
let wasm: Kernels;
beforeAll(async () => {
  wasm = await wasmKernels();
});

const sure = (symbols: Uint8Array) => symbols.map((s) => (s ? 255 : 0));
const decode = (soft: Uint8Array, options: ViterbiOptions, kernels = wasm, piece = 1000) => {
  const decoder = new ViterbiDecoder(options, kernels.runTrellis);
  const out: number[] = [];
  for (let at = 0; at < soft.length; at += piece) out.push(...decoder.push(soft.subarray(at, at + piece)));
  out.push(...decoder.end());
  return { octets: Uint8Array.from(out), decoder };
};
/** Whether `wanted` is in the bits of `octets`, at any bit offset. */
const bitsInclude = (octets: Uint8Array, wanted: Uint8Array) => {
  const bits = (o: Uint8Array) => [...o].map((v) => v.toString(2).padStart(8, '0')).join('');
  return bits(octets).includes(bits(wanted));
};

describe('the Viterbi decoder', () => {
  // The first and the last bits of a stream that is punctured and not ended by a tail are open to doubt.
  it.each(rates)('gives back what was encoded, in pieces of any size, as many octets: rate %s', (rate) => {
    const open = rate === '1/2' ? 0 : 6;
    for (const length of [1, 15, 16, 17, 100, 128, 129, 700]) {
      const octets = randomOctets(length, seeded(length));
      const soft = sure(convolve(octets, rate).symbols);
      for (const piece of [1, 7, 333, 5000]) {
        if (piece === 1 && length > 17) continue;
        const { octets: decoded } = decode(soft, { rate }, wasm, piece);
        expect(decoded.length).toBe(length);
        expect(decoded.slice(open, length - open)).toEqual(octets.slice(open, length - open));
      }
    }
  });

  it.each(rates)('decodes the same with the plain trellis as with WebAssembly: rate %s', (rate) => {
    const random = seeded(7);
    for (const ebN0 of [-3, 2, 6]) {
      const soft = noisySymbols(convolve(randomOctets(400, random), rate).symbols, rateOf(rate), ebN0, random);
      const { octets, decoder } = decode(soft, { rate });
      const plain = decode(soft, { rate }, plainKernels);
      expect(plain.octets).toEqual(octets);
      expect(plain.decoder.counters).toEqual(decoder.counters);
    }
  });

  // Published curves of the code put rate 1/2 at 3 dB near 5e-4 and at 5 dB near 1e-6; one unlucky path is allowed.
  it.each<[ConvolutionalRate, number, number]>([
    ['1/2', 3, 1.5e-3],
    ['1/2', 5, 1e-4],
    ['2/3', 4, 1e-3],
    ['3/4', 4.5, 1e-3],
    ['5/6', 5, 1e-3],
    ['7/8', 5.5, 1e-3],
  ])('at rate %s and Eb/N0 %f dB errs in less than %f of the bits', (rate, ebN0, allowed) => {
    const random = seeded(8);
    const octets = randomOctets(20_000, random);
    const soft = noisySymbols(convolve(octets, rate).symbols, rateOf(rate), ebN0, random);
    const { octets: decoded, decoder } = decode(soft, { rate }, wasm, 100_000);
    expect(decoded.length).toBe(octets.length);
    expect(bitErrors(decoded, octets.subarray(0, -8)) / 160_000).toBeLessThan(allowed);
    expect(decoder.counters['node slip']).toBe(0);
  });

  it('corrects scattered errors of hard decisions', () => {
    const random = seeded(9);
    const octets = randomOctets(1000, random);
    const soft = sure(convolve(octets).symbols);
    for (let at = 5; at < soft.length; at += 20) soft[at]! ^= 255;
    expect(decode(soft, {}).octets).toEqual(octets);
    expect([...softOfOctets(Uint8Array.of(0xa5))]).toEqual([255, 0, 255, 0, 0, 255, 0, 255]);
  });

  it.each(rates)(
    'finds the place where branches begin, wherever the stream was cut, upright and inverted: rate %s',
    (rate) => {
      const random = seeded(10);
      const octets = randomOctets(9000, random);
      const symbols = noisySymbols(convolve(octets, rate).symbols, rateOf(rate), 6, random);
      const period = { '1/2': 2, '2/3': 3, '3/4': 4, '5/6': 6, '7/8': 8 }[rate];
      for (let cut = 0; cut < period; cut++) {
        for (const inversion of [0, 255]) {
          const { octets: decoded, decoder } = decode(
            symbols.subarray(cut).map((v) => v ^ inversion),
            { rate },
            wasm,
            1 << 20,
          );
          const tail = octets.subarray(8800, 8900).map((v) => v ^ inversion);
          expect(bitsInclude(decoded.subarray(-400), tail)).toBe(true);
          expect(decoder.counters['node slip']).toBeLessThan(period);
        }
      }
    },
  );

  it('stays where it was put when told so, and says that the stream does not fit', () => {
    const random = seeded(11);
    const symbols = sure(convolve(randomOctets(2000, random)).symbols);
    const decoder = new ViterbiDecoder({ nodeSync: false }, wasm.runTrellis);
    decoder.push(symbols.subarray(1));
    expect(decoder.synchronised).toBe(false);
    expect(decoder.counters['node slip']).toBe(0);
    const right = new ViterbiDecoder({}, wasm.runTrellis);
    right.push(symbols);
    expect(right.synchronised).toBe(true);
  });

  it('does not slip on silence, and begins anew after an end', () => {
    const decoder = new ViterbiDecoder({}, wasm.runTrellis);
    decoder.push(new Uint8Array(50_000).fill(128));
    expect(decoder.counters['node slip']).toBe(0);
    decoder.end();
    const octets = randomOctets(300, seeded(12));
    const out = [...decoder.push(sure(convolve(octets).symbols)), ...decoder.end()];
    expect(Uint8Array.from(out)).toEqual(octets);
    expect(() => new ViterbiDecoder({ blockBits: 63 })).toThrow(RangeError);
  });
});
