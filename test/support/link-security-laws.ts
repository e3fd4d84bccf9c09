// Laws of link security over random channels, associations and frames; the long run repeats them more often.
import fc from 'fast-check';
import { expect } from 'vitest';
import { associationMachine } from '../../src/ccsds/sdls/association-machine.ts';
import { authenticatedOctets } from '../../src/ccsds/sdls/authenticated-octets.ts';
import { toHex } from '../../src/codec/hex.ts';
import { takeSecret } from '../../src/crypto/secret-key.ts';
import { expectAnswer } from './never-throws.ts';
import { type AnyFrame, maskedOctets, type SecurityCase, securityCases } from './security-arbitraries.ts';
import { otherEnd, SecurityBench } from './security-bench.ts';

const senderOf = ({ association, mac, fixed, counter }: SecurityCase): SecurityBench =>
  new SecurityBench().add(association, { mac, fixed, counter });

const receiverOf = ({ association, mac, fixed, counter }: SecurityCase): SecurityBench =>
  new SecurityBench().add(otherEnd(association), { mac, fixed, counter });

/** A USLP header tells the length of the frame that it came in, which protection makes longer. */
const comparable = (frame: AnyFrame): unknown => {
  if (!('header' in frame)) return frame;
  return { ...frame, header: { ...(frame.header as object), lengthOctets: 0 } };
};

/** decode of protect is the frame, three frames in a row, and each of them once. */
export const expectFramesComeBack = (numRuns: number): void => {
  fc.assert(
    fc.property(securityCases, (given) => {
      const [from, to] = [senderOf(given), receiverOf(given)];
      const { spi } = given.association;
      for (let n = 0; n < 3; n++) {
        const octets = from.protect(given.kind, given.frame, spi);
        const opened = to.receive(given.kind, octets);
        if (!opened.ok) throw new Error(opened.reason);
        expect(comparable(opened.frame)).toEqual(comparable(given.frame));
        expect(opened.counter).toBe(given.counter + n);
        expect(to.judge(given.kind, octets)).toBe('replay duplicate');
      }
    }),
    { numRuns },
  );
};

/** Flips one bit and mends the error control, as somebody who knows the channel would. */
const flipped = (given: SecurityCase, octets: Uint8Array, bit: number): Uint8Array => {
  const copy = octets.slice();
  copy[bit >> 3]! ^= 0x80 >> (bit & 7);
  given.kind.sealError(copy);
  return copy;
};

/** A header with error control of its own may come back as it was sent: then that is the genuine frame. */
const isMended = ({ kind, trailerOctets }: SecurityCase, octets: Uint8Array, other: Uint8Array): boolean => {
  const end = octets.length - trailerOctets;
  return toHex(kind.mended(other).subarray(0, end)) === toHex(octets.subarray(0, end));
};

/** Whether the association's mask covers the bit; data and MAC are covered always. */
const covers = (given: SecurityCase, octets: Uint8Array, bit: number): boolean => {
  const { kind, association } = given;
  const headerEnd = maskedOctets(given);
  const at = bit >> 3;
  if (at >= headerEnd) return at < octets.length - given.trailerOctets;
  const ones = new Uint8Array(octets.length).fill(0xff);
  const headerAt = headerEnd - 2 - association.ivOctets - association.sequenceOctets - association.padLengthOctets;
  const mask = authenticatedOctets(kind.standardMask, association, ones, headerAt, headerEnd)!;
  return ((mask[at]! << (bit & 7)) & 0x80) !== 0;
};

/** Any bit that is covered, once flipped, is refused and moves nothing; the genuine frame behind it is taken. */
export const expectFlipsRefused = (numRuns: number, flips: number): void => {
  fc.assert(
    fc.property(securityCases, fc.array(fc.nat(), { minLength: flips, maxLength: flips }), (given, places) => {
      const octets = senderOf(given).protect(given.kind, given.frame, given.association.spi);
      const to = receiverOf(given);
      const before = structuredClone(to.stateOf(given.association.spi));
      for (const place of places) {
        const bit = place % (octets.length * 8);
        if (!covers(given, octets, bit)) continue;
        const other = flipped(given, octets, bit);
        if (isMended(given, octets, other)) continue;
        const outcome = to.receive(given.kind, other);
        expect(outcome.ok, `bit ${bit} of ${toHex(octets)}`).toBe(false);
        expect(to.stateOf(given.association.spi)).toEqual(before);
      }
      expect(to.judge(given.kind, octets)).toBe('accepted');
    }),
    { numRuns },
  );
};

/** Any octets get an answer, from every state of the association, and never an acceptance. */
export const expectAnswers = (numRuns: number): void => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
  fc.assert(
    fc.property(
      securityCases,
      changes,
      fc.nat(),
      fc.uint8Array({ maxLength: 80 }),
      fc.constantFrom(...associationMachine.modes),
      (given, edits, cut, wild, mode) => {
        // Sealed under another key: whatever is done to it, it may not be taken.
        const from = new SecurityBench().add(given.association, {
          key: takeSecret(new Uint8Array(32).fill(0xaa)),
          mac: given.mac,
          fixed: given.fixed,
          counter: given.counter,
        });
        const octets = from.protect(given.kind, given.frame, given.association.spi);
        const edited = octets.slice(0, cut % 3 === 0 ? cut % (octets.length + 1) : octets.length);
        for (const [at, value] of edits) if (edited.length > 0) edited[at % edited.length] = value;
        const mended = edited.slice();
        if (mended.length > 8) given.kind.sealError(mended);
        const to = receiverOf(given);
        to.change(given.association.spi, { mode });
        for (const each of [octets, edited, mended, wild]) {
          const outcome = to.receive(given.kind, each);
          expect(outcome.ok).toBe(false);
          if (!outcome.ok) expectAnswer(outcome, each.length);
        }
      },
    ),
    { numRuns },
  );
};
