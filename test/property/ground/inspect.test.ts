// Inspections of whatever octets: a report or one line, never a throw, and every octet and unit accounted for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspection } from '../../../src/ground/inspect/inspection.ts';
import { type GivenParameters, inspectKinds } from '../../../src/ground/inspect/parameters.ts';
import type { InspectReport } from '../../../src/ground/inspect/report.ts';
import { joined, pusPacket, tmFrames } from '../../support/inspect-bench.ts';

const recording = joined(tmFrames(12, { lengthOctets: 100 }));
const packets = joined(Array.from({ length: 20 }, (_, k) => pusPacket(k % 3, k, 3, 25)));

/** Good recordings with pieces overwritten, and noise. */
const files = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc
    .record({
      good: fc.constantFrom(recording, packets),
      at: fc.nat(1200),
      piece: fc.uint8Array({ maxLength: 60 }),
      cut: fc.nat(1200),
    })
    .map(({ good, at, piece, cut }) => {
      const octets = good.slice(0, good.length - cut);
      octets.set(piece.subarray(0, Math.max(0, octets.length - at)), Math.min(at, octets.length));
      return octets;
    }),
);

const settings: fc.Arbitrary<GivenParameters> = fc.constantFrom(
  {},
  { lengthOctets: 100 },
  { lengthOctets: 60, fecf: false, ocf: true, skipOctets: 3 },
  { lengthOctets: 100, randomized: true, keepDuplicates: true },
  { lengthOctets: 223, reedSolomon: { correctable: 16, interleaving: 1 } },
  { insertZoneOctets: 4, fhec: true, secondaryHeaderOctets: 9, strict: true, reedSolomon: false },
);

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const expectAccounted = (r: InspectReport, octets: Uint8Array, keep: boolean): void => {
  const { total, accepted, duplicates, idle, rejected } = r.frames;
  expect(r.octets).toBe(octets.length);
  expect(r.leftoverOctets).toBeGreaterThanOrEqual(0);
  expect(r.leftoverOctets).toBeLessThanOrEqual(octets.length);
  if (r.as !== 'packets') expect(total).toBe(accepted + (keep ? 0 : duplicates) + sum(rejected));
  expect(idle).toBeLessThanOrEqual(accepted);
  expect(r.channels.reduce((frames, channel) => frames + channel.frames, 0)).toBe(accepted);
  expect(r.packets.octets).toBeLessThanOrEqual(octets.length);
};

describe('inspection of any octets', () => {
  it.each(inspectKinds)('as %s accounts for every unit, in chunks of any size', (kind) => {
    fc.assert(
      fc.property(files, settings, fc.integer({ min: 1, max: 500 }), (octets, given, piece) => {
        const reports = [piece, 5000].map((size) => {
          const begun = inspection(kind, octets, true, given);
          if (!begun.ok) {
            expect(begun.reason).toMatch(/^[^\n]+$/);
            return undefined;
          }
          for (let at = 0; at < octets.length; at += size) begun.value.push(octets.subarray(at, at + size));
          const { report } = begun.value.end();
          expectAccounted(report, octets, given.keepDuplicates === true);
          return report;
        });
        expect(reports[0]).toEqual(reports[1]);
      }),
      { numRuns: 150 },
    );
  });
});
