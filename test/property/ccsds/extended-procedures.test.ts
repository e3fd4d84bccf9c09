import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyProcedure, receiveProcedure } from '../../../src/ccsds/sdls/extended-procedures/apply-procedure.ts';
import { procedurePdu } from '../../../src/ccsds/sdls/extended-procedures/procedure-pdu.ts';
import { procedureNames, tagOf } from '../../../src/ccsds/sdls/extended-procedures/procedure-table.ts';
import { expectAnswer } from '../../support/never-throws.ts';
import { carrier, policy, startState } from '../../support/procedures-bench.ts';
import { expectProcedureLaws, expectVisited } from '../../support/procedures-laws.ts';

/** Ciphers that never open or seal anything. */
const context = {
  carrier,
  operations: {
    openUpload: () => ({ ok: false, reason: 'bad MAC', at: 0 }) as const,
    same: () => false,
    isHeld: () => false,
    aeadOf: () => ({ ok: false, reason: 'key not active', at: 0 }) as const,
  },
  freshOctets: [],
  selfTest: () => true,
};

describe('extended procedures', () => {
  it('never throw on any octets, behind any tag, and take only what encodes to the same octets', () => {
    const state = startState();
    const tags = fc.constantFrom(...procedureNames.map((name) => tagOf('request', name)));
    const framed = fc.tuple(tags, fc.uint8Array({ maxLength: 60 })).map(([tag, body]) =>
      // The length is right, so that the body is what is judged.
      Uint8Array.of(tag, (body.length * 8) >> 8, (body.length * 8) & 0xff, ...body),
    );
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), framed), (octets) => {
        const read = procedurePdu.decode(octets);
        expectAnswer(read, octets.length);
        if (read.ok) expect([...procedurePdu.encode(read.value)]).toEqual([...octets]);
        const outcome = receiveProcedure(policy, state, octets, context);
        if (!outcome.ok) expect(outcome.state).toBe(state);
        if (read.ok && read.value.type === 'request')
          expect(applyProcedure(policy, state, read.value, context)).toEqual(outcome);
      }),
      { numRuns: 2000 },
    );
  });

  it('A19 A20 A21 A40 hold their laws over random sequences of commands', () => {
    const words = new Map<string, number>();
    for (const seed of [1, 2, 3, 4])
      for (const [word, count] of expectProcedureLaws(seed, 2000, 0.2)) words.set(word, (words.get(word) ?? 0) + count);
    expectVisited(words);
  });
});
