// Parsers for option values. Each says in one line what was expected; commander adds the name of the option.
import { InvalidArgumentError } from 'commander';

type Parser<T> = (text: string) => T;

const refused = (expected: string, text: string): InvalidArgumentError =>
  new InvalidArgumentError(`expected ${expected}, got '${text}'`);

/** A whole number from `minimum` to `maximum`, decimal or 0x hexadecimal. */
export const integerOption =
  (minimum: number, maximum: number): Parser<number> =>
  (text) => {
    const value = /^(-?\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < minimum || value > maximum)
      throw refused(`an integer from ${minimum} to ${maximum}`, text);
    return value;
  };

/** A UDP or TCP port; 0 lets the host choose one. */
export const portOption: Parser<number> = integerOption(0, 65_535);

const unitUs: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
};

/** A time such as `250ms`, `1.5s`, `4m` or `1h`, in whole microseconds; a bare number is seconds. */
export const durationUsOption: Parser<number> = (text) => {
  const parts = /^(\d+(?:\.\d+)?)(us|ms|s|m|min|h)?$/.exec(text);
  const valueUs = parts === null ? Number.NaN : Math.round(Number(parts[1]) * unitUs[parts[2] ?? 's']!);
  if (!Number.isSafeInteger(valueUs)) throw refused('a time such as 250ms, 1.5s, 4m or 1h', text);
  return valueUs;
};

/** Light needs so long to where the farthest spacecraft is. */
const MOST_LIGHT_TIME_US = 24 * 3_600_000_000;

/** A one-way light time, in whole microseconds. */
export const lightTimeUsOption: Parser<number> = (text) => {
  const us = durationUsOption(text);
  if (us > MOST_LIGHT_TIME_US) throw refused('a time of at most 24h', text);
  return us;
};

/** No machine runs so fast, and allowances that grow with the speed still fit their fields. */
export const MOST_SPEED = 1_000_000;
/** Slower, a second of the run would take a quarter of an hour. */
export const LEAST_SPEED = 0.001;

const FACTOR = `a factor such as 0.5 or 100, from ${LEAST_SPEED} to ${MOST_SPEED}`;

const factorIn = (text: string): number | undefined => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return value >= LEAST_SPEED && value <= MOST_SPEED ? value : undefined;
};

/** How many times faster than the clock: runs on both sides of a socket keep the same pace, so it is a number. */
export const factorOption: Parser<number> = (text) => {
  const value = factorIn(text);
  if (value === undefined) throw refused(FACTOR, text);
  return value;
};

/** The same for a run that may go on alone: `max` (Infinity) is as fast as possible. */
export const factorOrMaxOption: Parser<number> = (text) => {
  const value = text === 'max' ? Number.POSITIVE_INFINITY : factorIn(text);
  if (value === undefined) throw refused(`${FACTOR}, or 'max'`, text);
  return value;
};

/** One word of a list. */
export const choiceOption =
  <const W extends string>(words: readonly W[]): Parser<W> =>
  (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw refused(`one of ${words.join(', ')}`, text);
    return word;
  };

/** A host name or address, in the form `socket.bind` takes. */
export const hostOption: Parser<string> = (text) => {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) throw refused('a host name or address such as 127.0.0.1', text);
  return text;
};
