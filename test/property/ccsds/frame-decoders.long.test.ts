// A million random and mutated inputs for every frame decoder: none throws, none takes a frame whose check is bad. The
// check is computed here bit by bit, apart from the tables under test.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameChannels } from '../../support/downlink-frames.ts';
import { mutate } from '../../support/mutate.ts';
import { seeded } from '../../support/noise.ts';

const INPUTS = 1_000_000;

const remainder = (octets: Uint8Array, width: 16 | 32, polynomial: number, preset: number): number => {
  const mask = width === 16 ? 0xffff : 0xffffffff;
  let register = preset;
  for (const octet of octets)
    for (let bit = 7; bit >= 0; bit--) {
      const out = ((register >>> (width - 1)) ^ (octet >> bit)) & 1;
      register = ((register << 1) & mask) ^ (out ? polynomial : 0);
    }
  return register >>> 0;
};

const checkIsGood = (octets: Uint8Array, fecfOctets: 0 | 2 | 4): boolean =>
  fecfOctets === 0 ||
  (fecfOctets === 2 ? remainder(octets, 16, 0x1021, 0xffff) === 0 : remainder(octets, 32, 0x00a00805, 0) === 0);

describe('frame decoders', () => {
  it.each(frameChannels)(`$name: ${INPUTS} inputs`, ({ decode, good, fecfOctets }) => {
    const samples = fc.sample(good, { numRuns: 500, seed: 20261121 });
    const random = seeded(frameChannels.length * 7 + fecfOctets);
    let accepted = 0;
    let wrong = 0;
    for (let k = 0; k < INPUTS; k++) {
      const octets = mutate(samples[k % samples.length]!, random);
      if (!decode(octets).ok) continue;
      accepted++;
      if (!checkIsGood(octets, fecfOctets)) wrong++;
    }
    expect(wrong).toBe(0);
    expect(accepted).toBeLessThan(INPUTS);
  });
});
