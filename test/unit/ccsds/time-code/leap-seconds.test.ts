import { describe, expect, it } from 'vitest';
import {
  DAYS_1958_TO_1970,
  dateOf,
  dayOf,
  GPS_EPOCH_TAI,
  J2000_EPOCH_TAI,
} from '../../../../src/ccsds/time-code/epoch.ts';
import {
  leapSecondTable,
  offsetOnDay,
  posixOfTai,
  secondsOfDay,
  taiOfPosix,
  taiOfUtc,
  utcOfTai,
} from '../../../../src/ccsds/time-code/leap-seconds.ts';
import { taiOfUtcText, utcTextOfTai } from '../../../../src/ccsds/time-code/utc-text.ts';
import { leapSecondsKernel } from '../../../support/packet-fixtures.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Rows of DELTET/DELTA_AT: seconds, then the day from which they hold. */
const kernelRows = [...leapSecondsKernel.matchAll(/(\d+),\s*@(\d{4})-([A-Z]{3})-1\b/g)].map((row) => ({
  offset: Number(row[1]),
  day: dayOf(Number(row[2]), MONTHS.indexOf(row[3]!) + 1, 1),
}));

const tai = (text: string): number => {
  const read = taiOfUtcText(text);
  if (!read.ok) throw new Error(`${text}: ${read.reason}`);
  return read.value;
};

describe('leap seconds', () => {
  it('are those of the kernel of NAIF', () => {
    expect(kernelRows.length).toBe(28);
    expect(leapSecondTable.map(({ day, offset }) => ({ offset, day }))).toEqual(kernelRows);
  });

  it('pass 23:59:60 both ways, once, before each step', () => {
    for (const { day } of leapSecondTable.slice(1)) {
      expect(secondsOfDay(day - 1)).toBe(86_401);
      expect(secondsOfDay(day)).toBe(86_400);
      const midnight = taiOfUtc({ day, micros: 0 });
      for (const before of [1, 500_000, 1_000_000, 1_000_001]) {
        const utc = utcOfTai(midnight - before);
        expect(utc).toEqual({ day: day - 1, micros: 86_401_000_000 - before });
        expect(taiOfUtc(utc)).toBe(midnight - before);
      }
      expect(utcOfTai(midnight)).toEqual({ day, micros: 0 });
    }
  });

  it('hold at 10 s before 1972 and at 37 s since 2017', () => {
    expect(offsetOnDay(0)).toBe(10);
    expect(offsetOnDay(dayOf(2016, 12, 31))).toBe(36);
    expect(offsetOnDay(dayOf(2030, 1, 1))).toBe(37);
  });

  it('give the times that others publish', () => {
    expect(tai('1980-01-06T00:00:00Z')).toBe(GPS_EPOCH_TAI);
    expect(tai('2000-01-01T11:58:55.816Z')).toBe(J2000_EPOCH_TAI);
    expect(taiOfPosix(1_483_228_800_000_000) - taiOfPosix(1_483_228_799_000_000)).toBe(2_000_000);
    expect(posixOfTai(tai('2026-11-21T06:00:00Z'))).toBe(Date.UTC(2026, 10, 21, 6) * 1000);
  });

  it('let POSIX time repeat a second and no more', () => {
    const midnight = tai('2017-01-01T00:00:00Z');
    expect(posixOfTai(midnight - 1_000_000)).toBe(posixOfTai(midnight));
    expect(taiOfPosix(posixOfTai(midnight))).toBe(midnight);
  });
});

describe('calendar', () => {
  it('agrees with the host over two centuries', () => {
    expect(DAYS_1958_TO_1970).toBe(4383);
    for (let day = 0; day < 80_000; day += 13) {
      const host = new Date((day - DAYS_1958_TO_1970) * 86_400_000);
      const date = { year: host.getUTCFullYear(), month: host.getUTCMonth() + 1, day: host.getUTCDate() };
      expect(dateOf(day)).toEqual(date);
      expect(dayOf(date.year, date.month, date.day)).toBe(day);
    }
  });
});

describe('UTC text', () => {
  it('writes and reads a leap second', () => {
    const text = '2016-12-31T23:59:60.250000Z';
    expect(utcTextOfTai(tai(text))).toBe(text);
    expect(utcTextOfTai(tai(text), 0)).toBe('2016-12-31T23:59:60Z');
    expect(tai('2017-01-01T00:00:00Z') - tai(text)).toBe(750_000);
  });

  it('reads any number of digits and needs no Z', () => {
    expect(tai('2026-11-21T06:30:00.5')).toBe(tai('2026-11-21T06:30:00.500000Z'));
    expect(utcTextOfTai(tai('2026-02-28T23:59:59.999999Z'), 3)).toBe('2026-02-28T23:59:59.999Z');
  });

  it('refuses what is no time', () => {
    const reasons = [
      'now',
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-00-10T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T23:59:60Z',
      '2016-12-31T22:59:60Z',
    ].map((text) => {
      const read = taiOfUtcText(text);
      return read.ok ? 'taken' : read.reason;
    });
    expect(reasons).toEqual([
      'not a UTC time',
      'no such date',
      'no such date',
      'no such date',
      'no such time of day',
      'no such time of day',
      'no such time of day',
    ]);
  });
});
