// Kernels of the build, or the plain references where a checkout has not been built.
import { describe, expect, it } from 'vitest';
import { kernelsOf } from '../../../../apps/inspect/kernels.ts';
import { reedSolomon } from '../../../../src/ccsds/tm-coding/reed-solomon.ts';
import { HEAD_OCTETS, inspection } from '../../../../src/ground/inspect/inspection.ts';
import { joined, report, tmFrames } from '../../../support/inspect-bench.ts';
import { wasmKernels } from '../../../support/kernels.ts';

describe('kernels of inspect', () => {
  it('are the plain ones where no module can be read', () => {
    expect(kernelsOf('/nowhere/kernels.wasm').name).toBe('plain');
  });

  it('make the same report as the plain ones', async () => {
    const coder = reedSolomon({ correctable: 16, interleaving: 2 });
    const blocks = tmFrames(20, { lengthOctets: 446 }).map((frame) => coder.encode(frame));
    for (const block of blocks.slice(3, 9)) block.fill(0xee, 100, 120);
    const octets = joined(blocks);
    const given = { reedSolomon: { correctable: 16, interleaving: 2 } } as const;
    const { parityDifference } = await wasmKernels();
    const begun = inspection('tm', octets, octets.length < HEAD_OCTETS, given, undefined, parityDifference);
    if (!begun.ok) throw new Error(begun.reason);
    begun.value.push(octets);
    expect(begun.value.end().report).toEqual(report('tm', octets, given));
  });
});
