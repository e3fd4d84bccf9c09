import { describe, expect, it } from 'vitest';
import { kindHint } from '../../../../src/ground/inspect/kind-hint.ts';
import { planOf } from '../../../../src/ground/inspect/plan.ts';

const lines = (start: readonly number[]): Uint8Array[] =>
  Array.from({ length: 4 }, () => {
    const unit = new Uint8Array(64).fill(0x55);
    unit.set(start);
    return unit;
  });

describe('the hint at another kind', () => {
  it('knows CADUs and CLTUs by how they begin', () => {
    expect(kindHint(Uint8Array.of(0x1a, 0xcf, 0xfc, 0x1d, 0))).toMatchObject({ value: 'perhaps cadu' });
    expect(kindHint(Uint8Array.of(0xeb, 0x90))).toMatchObject({ value: 'perhaps cltu' });
    for (const octets of [[], [0x1a], [0x1a, 0xcf, 0xfc], [0x90, 0xeb], [0x02, 0xb0, 0x1a, 0xcf]])
      expect(kindHint(Uint8Array.from(octets))).toBeUndefined();
  });

  it('stands among the findings where units are read all the same, and in the refusal where they are not', () => {
    const units = lines([0x1a, 0xcf, 0xfc, 0x1d]);
    const head = { octets: Uint8Array.from(units.flatMap((unit) => [...unit])), whole: true };
    const read = planOf('aos', { ...head, lines: units }, {});
    expect(read.ok && read.value.findings[0]).toMatchObject({ parameter: 'kind', guessed: true });
    const refused = planOf('aos', head, {});
    expect(refused.ok ? '' : refused.reason).toMatch(/another kind with --as \(.*1ACFFC1D: try --as cadu\)$/);
  });
});
