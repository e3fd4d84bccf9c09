// Times as a person reads them at a console.
import { utcTextOfTai } from '../../src/ccsds/time-code/utc-text.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Time of the run as hours, minutes, seconds and milliseconds: `01:02:03.456`. */
export const clockText = (us: number): string => {
  const ms = Math.floor(us / 1000);
  const seconds = Math.floor(ms / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${clock}.${String(ms % 1000).padStart(3, '0')}`;
};

/** A span in the unit that suits it: `12 ms`, `3.4 s`, `5 min 6 s`, `2 h 3 min`. */
export const spanText = (us: number): string => {
  if (us < 0) return `-${spanText(-us)}`;
  if (us < 1_000_000) return `${Math.round(us / 1000)} ms`;
  if (us < 100_000_000) return `${(us / 1e6).toFixed(us < 10_000_000 ? 2 : 1)} s`;
  const minutes = Math.floor(us / 60e6);
  if (minutes < 60) return `${minutes} min ${Math.floor((us % 60e6) / 1e6)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** One way, as a greeting tells it. */
export const lightTimeText = (us: number): string => (us === 0 ? 'no light time' : `light time ${spanText(us)}`);

/** On-board time in microseconds TAI since 1958 as UTC: date and time, or the time alone. */
export const onboardText = (taiUs: number, withDate = false): string => {
  const text = utcTextOfTai(taiUs, 1).replace('Z', '');
  return withDate ? text.replace('T', ' ') : text.slice(text.indexOf('T') + 1);
};
