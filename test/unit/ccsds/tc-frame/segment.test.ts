import { describe, expect, it } from 'vitest';
import { type Segment, type SegmentFlag, segment, splitIntoSegments } from '../../../../src/ccsds/tc-frame/segment.ts';
import { noReassembly, reassemble } from '../../../../src/ccsds/tc-frame/segment-reassembler.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';

const piece = (flag: SegmentFlag, mapId: number, hex: string): Segment => ({ flag, mapId, data: hexOctets(hex) });

/** Feeds segments and writes down what came of each. */
const feed = (segments: readonly Segment[], maximumUnitOctets = 100): string[] => {
  let state = noReassembly;
  return segments.map((next) => {
    const made = reassemble(state, next, maximumUnitOctets);
    state = made.state;
    return [made.unit && toHex(made.unit), made.refusal].filter((part) => part !== undefined).join(' ') || '-';
  });
};

describe('TC segment', () => {
  it.each<[SegmentFlag, string]>([
    ['continuation', '05aa'],
    ['first', '45aa'],
    ['last', '85aa'],
    ['unsegmented', 'c5aa'],
  ])('has the flags of the standard: %s', (flag, hex) => {
    expect(toHex(segment.encode(piece(flag, 5, 'aa')))).toBe(hex);
    expect(segment.decode(hexOctets(hex))).toEqual({ ok: true, value: piece(flag, 5, 'aa') });
  });

  it('needs its header', () => {
    expect(segment.decode(new Uint8Array(0))).toMatchObject({ ok: false, reason: 'no segment header' });
    expect(() => segment.encode(piece('first', 64, 'aa'))).toThrow(RangeError);
  });

  it('splits a unit so that only the last part is short', () => {
    const parts = splitIntoSegments(hexOctets('00112233445566'), 3, 3);
    expect(parts.map((part) => `${part.flag} ${toHex(part.data)}`)).toEqual([
      'first 001122',
      'continuation 334455',
      'last 66',
    ]);
    expect(splitIntoSegments(hexOctets('001122'), 3, 3)).toEqual([piece('unsegmented', 3, '001122')]);
    expect(splitIntoSegments(hexOctets('00112233'), 3, 2).map((part) => part.flag)).toEqual(['first', 'last']);
    expect(() => splitIntoSegments(new Uint8Array(0), 3, 3)).toThrow(RangeError);
  });
});

describe('TC segment reassembly', () => {
  it('joins the parts of each MAP on its own', () => {
    expect(
      feed([
        piece('first', 1, '01'),
        piece('first', 2, '02'),
        piece('unsegmented', 3, '03'),
        piece('continuation', 1, '11'),
        piece('last', 2, '22'),
        piece('last', 1, '21'),
      ]),
    ).toEqual(['-', '-', '03', '-', '0222', '011121']);
  });

  it('discards what has no beginning', () => {
    expect(feed([piece('continuation', 1, '01'), piece('last', 1, '02'), piece('unsegmented', 1, '03')])).toEqual([
      'segment without start',
      'segment without start',
      '03',
    ]);
  });

  it('discards what has no end, and goes on with the next', () => {
    expect(feed([piece('first', 1, '01'), piece('first', 1, '02'), piece('last', 1, '03')])).toEqual([
      '-',
      'unfinished unit',
      '0203',
    ]);
    expect(feed([piece('first', 1, '01'), piece('unsegmented', 1, '02')])).toEqual(['-', '02 unfinished unit']);
  });

  it('is bounded, and the next unit is not harmed', () => {
    expect(
      feed(
        [
          piece('first', 1, '0102'),
          piece('continuation', 1, '0304'),
          piece('last', 1, '05'),
          piece('first', 1, '0a0b0c0d'),
          piece('unsegmented', 1, '0a0b0c0d'),
          piece('first', 1, '0a'),
          piece('continuation', 1, ''),
          piece('last', 1, '0b'),
        ],
        3,
      ),
    ).toEqual(['-', 'unit too long', 'segment without start', 'unit too long', 'unit too long', '-', '-', '0a0b']);
  });

  it('keeps copies, so that the frame may be used again', () => {
    const first = piece('first', 1, '01');
    const made = reassemble(noReassembly, first, 100);
    first.data[0] = 0xff;
    expect(toHex(reassemble(made.state, piece('last', 1, '02'), 100).unit!)).toBe('0102');
  });
});
