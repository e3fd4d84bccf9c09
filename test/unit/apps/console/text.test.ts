import { describe, expect, it } from 'vitest';
import { durationUs } from '../../../../apps/console/duration.ts';
import { matcher } from '../../../../apps/console/pattern.ts';
import { coloured, styleFor, uncoloured } from '../../../../apps/console/style.ts';
import { clip, harmless, textWidth, toWidth, wrap } from '../../../../apps/console/text-width.ts';
import { clockText, lightTimeText, onboardText, spanText } from '../../../../apps/console/time-text.ts';

const red = coloured.bad;

describe('text on a terminal', () => {
  it('knows how wide characters are', () => {
    expect(textWidth('abc')).toBe(3);
    expect(textWidth(red('abc'))).toBe(3);
    expect(textWidth('火星')).toBe(4);
    expect(textWidth('e\u0301')).toBe(1);
    expect(textWidth('🛰')).toBe(2);
  });

  it('cuts and fills to a width, and keeps colours whole', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('火星火星', 4)).toBe('火…');
    expect(clip('abc', 0)).toBe('');
    const cut = clip(`ab${red('cdef')}g`, 4);
    expect(cut).toBe(`ab\u001b[31mc…\u001b[39m`);
    expect(toWidth('ab', 4)).toBe('ab  ');
    expect(toWidth(red('ab'), 3)).toBe(`${red('ab')} `);
  });

  it('breaks between words, and long words where it must', () => {
    expect(wrap('one two three four', 9, 2)).toEqual(['one two', '  three', '  four']);
    expect(wrap('abcdefghijklmnopqrst', 10, 2)).toEqual(['abcdefghij', '  klmnopqr', '  st']);
    expect(wrap('', 10)).toEqual(['']);
    for (const line of wrap(`x ${'word '.repeat(40)}`, 20, 4)) expect(textWidth(line)).toBeLessThanOrEqual(20);
  });

  it('takes the harm out of what came from outside', () => {
    expect(harmless('a\u001b[2Jb\r\nc\u009b')).toBe('a·[2Jb··c·');
  });
});

describe('times', () => {
  it('are read by people', () => {
    expect(clockText(3_723_456_789)).toBe('01:02:03.456');
    expect(spanText(12_000)).toBe('12 ms');
    expect(spanText(3_400_000)).toBe('3.40 s');
    expect(spanText(45_600_000)).toBe('45.6 s');
    expect(spanText(306_000_000)).toBe('5 min 6 s');
    expect(spanText(7_380_000_000)).toBe('2 h 3 min');
    expect(spanText(-12_000)).toBe('-12 ms');
    expect(lightTimeText(0)).toBe('no light time');
    expect(lightTimeText(240_000_000)).toBe('light time 4 min 0 s');
    // 2000-01-01T12:00:00 TAI is 11:59:28 UTC: 32 seconds before the leap seconds of the years since.
    expect(onboardText(1_325_419_200_000_000, true)).toBe('2000-01-01 11:59:28.0');
    expect(onboardText(1_325_419_200_000_000)).toBe('11:59:28.0');
  });

  it('are typed by people', () => {
    expect(['250ms', '1.5s', '4m', '4min', '1h', '3'].map(durationUs)).toEqual([
      250_000, 1_500_000, 240_000_000, 240_000_000, 3_600_000_000, 3_000_000,
    ]);
    expect(['', 's', '-1s', '1 s', '1d', 'NaN'].map(durationUs)).toEqual(Array(6).fill(undefined));
  });
});

describe('patterns', () => {
  it('are a part of a name, or a whole one with stars', () => {
    expect(matcher('rate')('beacon.Rate')).toBe(true);
    expect(matcher('*.rate')('beacon.rate')).toBe(true);
    expect(matcher('b*e')('beacon.rate')).toBe(true);
    expect(matcher('beacon*')('the.beacon')).toBe(false);
    expect(matcher('a.b')('axb')).toBe(false);
    expect(matcher('(')('x')).toBe(false);
  });
});

describe('colours', () => {
  it('are only those that read on dark and on light ground', () => {
    const painted = [
      coloured.bold('x'),
      coloured.good('x'),
      coloured.bad('x'),
      coloured.odd('x'),
      coloured.name('x'),
      coloured.bar('x'),
      ...(['info', 'low', 'medium', 'high'] as const).map((severity) => coloured.severity(severity)('x')),
    ].join('');
    const codes = new Set([...painted.matchAll(/\[(\d+)m/g)].map((found) => Number(found[1])));
    expect([...codes].sort((a, b) => a - b)).toEqual([1, 7, 22, 27, 31, 32, 35, 36, 39]);
  });

  it('are left out where nobody wants them', () => {
    expect(styleFor(true, {})).toBe(coloured);
    expect(styleFor(true, { NO_COLOR: '' })).toBe(coloured);
    expect(styleFor(true, { NO_COLOR: '1' })).toBe(uncoloured);
    expect(styleFor(true, { TERM: 'dumb' })).toBe(uncoloured);
    expect(styleFor(false, {})).toBe(uncoloured);
    expect(uncoloured.severity('high')('x')).toBe('x');
  });
});
