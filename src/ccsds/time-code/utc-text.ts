// Times as text, ASCII calendar time code A of 301.0-B-4 3.5.1: 2026-11-21T06:30:00.123456Z, with second 60 in a leap
// second.
import { ok, type Result, refuse } from '../../codec/result.ts';
import { dateOf, dayOf, MICROS_PER_SECOND } from './epoch.ts';
import { secondsOfDay, taiOfUtc, utcOfTai } from './leap-seconds.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** UTC text of TAI microseconds since 1958, with 0..6 digits of a second, cut and not rounded. */
export const utcTextOfTai = (tai: number, digits = 6): string => {
  const { day, micros } = utcOfTai(tai);
  const date = dateOf(day);
  const second = Math.floor(micros / MICROS_PER_SECOND);
  const minutes = Math.min(Math.floor(second / 60), 1439);
  const fraction = String(micros - second * MICROS_PER_SECOND)
    .padStart(6, '0')
    .slice(0, digits);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(second - minutes * 60)}`;
  const year = String(date.year).padStart(4, '0');
  return `${year}-${two(date.month)}-${two(date.day)}T${clock}${digits > 0 ? `.${fraction}` : ''}Z`;
};

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?Z?$/;

/** TAI microseconds since 1958 of a UTC text. Refuses 'not a UTC time', 'no such date', 'no such time of day'. */
export const taiOfUtcText = (text: string): Result<number> => {
  const found = FORM.exec(text);
  if (found === null) return refuse('not a UTC time');
  const [year, month, dayOfMonth, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const day = dayOf(year, month, dayOfMonth);
  const back = dateOf(day);
  if (month < 1 || month > 12 || back.month !== month || back.day !== dayOfMonth) return refuse('no such date', 5);
  const seconds = (hour * 60 + minute) * 60 + second;
  const leap = second === 60 && seconds === 86_400 && secondsOfDay(day) === 86_401;
  if (hour > 23 || minute > 59 || (second > 59 && !leap)) return refuse('no such time of day', 11);
  const micros = seconds * MICROS_PER_SECOND + Number((found[7] ?? '').padEnd(6, '0'));
  return ok(taiOfUtc({ day, micros }));
};
