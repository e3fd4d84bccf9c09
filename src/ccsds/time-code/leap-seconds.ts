// UTC and TAI, both ways, also inside a leap second. The table is the IERS one through 2017-01-01; a later leap second
// needs a row here. Left out: the rubber seconds of 1961-1971; before 1972 the offset is held at 10 s.
import { DAYS_1958_TO_1970, dayOf, MICROS_PER_DAY, MICROS_PER_SECOND } from './epoch.ts';

/** A UTC instant that can name a leap second: 23:59:60.5 is `micros` 86 400 500 000. */
export interface UtcTime {
  /** Days since 1958-01-01. */
  readonly day: number;
  /** Microseconds of the day, up to 86 400 999 999 on a day that ends with a leap second. */
  readonly micros: number;
}

interface Step {
  /** First day, since 1958, on which the offset holds. */
  readonly day: number;
  /** TAI - UTC in seconds. */
  readonly offset: number;
  /** The same instant in TAI microseconds since 1958. */
  readonly tai: number;
}

/** First month on which each offset holds, January or July; TAI - UTC starts at 10 s and grows by one each row. */
const FIRST_OFFSET_SECONDS = 10;
const months = [
  '1972-01',
  '1972-07',
  '1973-01',
  '1974-01',
  '1975-01',
  '1976-01',
  '1977-01',
  '1978-01',
  '1979-01',
  '1980-01',
  '1981-07',
  '1982-07',
  '1983-07',
  '1985-07',
  '1988-01',
  '1990-01',
  '1991-01',
  '1992-07',
  '1993-07',
  '1994-07',
  '1996-01',
  '1997-07',
  '1999-01',
  '2006-01',
  '2009-01',
  '2012-07',
  '2015-07',
  '2017-01',
];

const steps: readonly Step[] = months.map((month, index) => {
  const day = dayOf(Number(month.slice(0, 4)), Number(month.slice(5)), 1);
  const offset = FIRST_OFFSET_SECONDS + index;
  return { day, offset, tai: day * MICROS_PER_DAY + offset * MICROS_PER_SECOND };
});

/** Day (since 1958) and TAI - UTC in seconds of every step. */
export const leapSecondTable: readonly Pick<Step, 'day' | 'offset'>[] = steps;

/** TAI - UTC in seconds on a day since 1958. */
export const offsetOnDay = (day: number): number => {
  for (let index = steps.length - 1; index >= 0; index--) if (day >= steps[index]!.day) return steps[index]!.offset;
  return FIRST_OFFSET_SECONDS;
};

/** Seconds of that UTC day: 86 401 when it ends with a leap second. */
export const secondsOfDay = (day: number): number => 86_400 + offsetOnDay(day + 1) - offsetOnDay(day);

/** TAI microseconds since 1958-01-01 TAI of a UTC instant. */
export const taiOfUtc = (utc: UtcTime): number =>
  utc.day * MICROS_PER_DAY + utc.micros + offsetOnDay(utc.day) * MICROS_PER_SECOND;

/** The UTC instant of TAI microseconds since 1958. Within a leap second the microseconds of the day pass 86 400 s. */
export const utcOfTai = (tai: number): UtcTime => {
  let index = steps.length - 1;
  while (index > 0 && tai < steps[index]!.tai) index--;
  const offset = steps[index]!.offset * MICROS_PER_SECOND;
  const day = Math.floor((tai - offset) / MICROS_PER_DAY);
  const micros = tai - offset - day * MICROS_PER_DAY;
  const next = steps[index + 1];
  // The second before a step belongs to the old day, although day arithmetic has already turned.
  if (next !== undefined && day >= next.day) return { day: day - 1, micros: micros + MICROS_PER_DAY };
  return { day, micros };
};

/** POSIX microseconds since 1970 of TAI microseconds since 1958; a leap second repeats the second after it. */
export const posixOfTai = (tai: number): number => {
  const utc = utcOfTai(tai);
  return (utc.day - DAYS_1958_TO_1970) * MICROS_PER_DAY + utc.micros;
};

/** TAI microseconds since 1958 of POSIX microseconds since 1970. */
export const taiOfPosix = (posix: number): number => {
  const day = Math.floor(posix / MICROS_PER_DAY);
  return taiOfUtc({ day: day + DAYS_1958_TO_1970, micros: posix - day * MICROS_PER_DAY });
};
