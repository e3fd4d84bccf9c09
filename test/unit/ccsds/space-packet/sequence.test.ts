import { describe, expect, it } from 'vitest';
import {
  groupSegment,
  type SegmentGroup,
  segmentGroupReset,
} from '../../../../src/ccsds/space-packet/segment-group.ts';
import {
  observeSequence,
  type SequenceState,
  SequenceTracker,
  sequenceReset,
} from '../../../../src/ccsds/space-packet/sequence-tracker.ts';
import type { SequenceFlag } from '../../../../src/ccsds/space-packet/space-packet.ts';

describe('sequence tracker', () => {
  it('counts the gaps and the lost of a recorded master channel', () => {
    const tracker = new SequenceTracker(256);
    const answers = [0, 1, 2, 3, 5, 6, 8, 11, 12, 13, 14].map((count) => tracker.observe(count));
    expect(answers).toEqual([0, 0, 0, 0, 1, 0, 1, 2, 0, 0, 0]);
    expect(tracker.save()).toEqual({ seen: 11, first: 0, last: 14, gaps: 3, lost: 4, duplicates: 0 });
  });

  it('passes its modulus without a gap, for 8, 14 and 24 bits', () => {
    for (const modulus of [2 ** 8, 2 ** 14, 2 ** 24]) {
      const tracker = new SequenceTracker(modulus);
      expect([modulus - 2, modulus - 1, 0, 1, 0].map((count) => tracker.observe(count))).toEqual([
        0,
        0,
        0,
        0,
        modulus - 2,
      ]);
    }
  });

  it('finds nothing missing before a step back of a long count', () => {
    const aos = new SequenceTracker(2 ** 24);
    for (const count of [1000, 1001, 500, 501, 1002, 16_777_215, 3]) aos.observe(count);
    expect(aos.save()).toMatchObject({ gaps: 4, lost: 500 + 3 });
    const tm = new SequenceTracker(256);
    for (const count of [71, 39]) tm.observe(count);
    expect(tm.save()).toMatchObject({ gaps: 1, lost: 223 });
  });

  it('takes a repeat for a duplicate, not for a lost round', () => {
    const tracker = new SequenceTracker(16384);
    expect([7, 7, 7, 8].map((count) => tracker.observe(count))).toEqual([0, -1, -1, 0]);
    expect(tracker.save()).toMatchObject({ gaps: 0, lost: 0, duplicates: 2 });
  });

  it('is the same as a step on data', () => {
    const tracker = new SequenceTracker(256);
    let state: SequenceState = sequenceReset;
    for (const count of [250, 250, 255, 0, 9]) {
      tracker.observe(count);
      state = observeSequence(state, count, 256);
    }
    expect(state).toEqual(tracker.save());
  });
});

describe('segment group', () => {
  const run = (parts: readonly (readonly [SequenceFlag, number, number])[], maxOctets = 100) => {
    let state: SegmentGroup = segmentGroupReset;
    return parts.map(([sequence, count, octets]) => {
      const made = groupSegment(state, { sequence, count }, new Uint8Array(octets).fill(count), maxOctets);
      state = made.state;
      return made.dropped ?? made.unit?.join() ?? '';
    });
  };

  it('joins first, continuation and last, over the end of the count', () => {
    expect(
      run([
        ['first', 16383, 1],
        ['continuation', 0, 2],
        ['last', 1, 1],
        ['unsegmented', 2, 1],
      ]),
    ).toEqual(['', '', '255,0,0,1', '2']);
  });

  it('drops a group with a missing part, and parts without a first', () => {
    expect(
      run([
        ['first', 1, 1],
        ['last', 3, 1],
        ['last', 4, 1],
        ['continuation', 5, 1],
      ]),
    ).toEqual(['', 'part missing', 'no first part', 'no first part']);
  });

  it('drops a group that is not finished when another starts', () => {
    expect(
      run([
        ['first', 1, 1],
        ['first', 2, 1],
        ['last', 3, 1],
      ]),
    ).toEqual(['', 'group not finished', '2,3']);
  });

  it('is bounded', () => {
    expect(run([['first', 1, 101]])).toEqual(['group too long']);
    expect(
      run([
        ['first', 1, 60],
        ['last', 2, 60],
        ['continuation', 3, 1],
      ]),
    ).toEqual(['', 'group too long', 'no first part']);
  });
});
