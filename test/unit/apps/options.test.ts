import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  choiceOption,
  durationUsOption,
  factorOption,
  factorOrMaxOption,
  hostOption,
  integerOption,
  lightTimeUsOption,
  portOption,
} from '../../../apps/options.ts';

describe('option values', () => {
  it.each([
    [integerOption(0, 100), '42', 42],
    [integerOption(0, 100), '0x2A', 42],
    [integerOption(-5, 5), '-5', -5],
    [portOption, '65535', 65_535],
    [portOption, '0', 0],
    [durationUsOption, '250ms', 250_000],
    [durationUsOption, '1.5s', 1_500_000],
    [durationUsOption, '4m', 240_000_000],
    [durationUsOption, '1h', 3_600_000_000],
    [durationUsOption, '7us', 7],
    [durationUsOption, '2', 2_000_000],
    [lightTimeUsOption, '24h', 86_400_000_000],
    [factorOption, '1000000', 1e6],
    [factorOption, '0.5', 0.5],
    [factorOption, '100', 100],
    [factorOrMaxOption, '0.5', 0.5],
    [factorOrMaxOption, 'max', Number.POSITIVE_INFINITY],
    [choiceOption(['tm', 'aos']), 'aos', 'aos'],
    [hostOption, '::1', '::1'],
  ] as const)('%o takes %s as %s', (parse, text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each([
    [integerOption(0, 100), '101', "expected an integer from 0 to 100, got '101'"],
    [integerOption(0, 100), '1e1', "expected an integer from 0 to 100, got '1e1'"],
    [integerOption(0, 100), '', "expected an integer from 0 to 100, got ''"],
    [integerOption(0, 100), ' 1', "expected an integer from 0 to 100, got ' 1'"],
    [portOption, '65536', "expected an integer from 0 to 65535, got '65536'"],
    [durationUsOption, '-1s', "expected a time such as 250ms, 1.5s, 4m or 1h, got '-1s'"],
    [durationUsOption, '1d', "expected a time such as 250ms, 1.5s, 4m or 1h, got '1d'"],
    [durationUsOption, '99999999999999h', "expected a time such as 250ms, 1.5s, 4m or 1h, got '99999999999999h'"],
    [lightTimeUsOption, 'x', "expected a time such as 250ms, 1.5s, 4m or 1h, got 'x'"],
    [lightTimeUsOption, '25h', "expected a time of at most 24h, got '25h'"],
    [factorOption, '0', "expected a factor such as 0.5 or 100, from 0.001 to 1000000, got '0'"],
    [factorOption, 'max', "expected a factor such as 0.5 or 100, from 0.001 to 1000000, got 'max'"],
    [factorOrMaxOption, 'fast', "expected a factor such as 0.5 or 100, from 0.001 to 1000000, or 'max', got 'fast'"],
    [factorOption, 'NaN', "expected a factor such as 0.5 or 100, from 0.001 to 1000000, got 'NaN'"],
    [factorOption, '1000001', "expected a factor such as 0.5 or 100, from 0.001 to 1000000, got '1000001'"],
    [factorOption, '0.0001', "expected a factor such as 0.5 or 100, from 0.001 to 1000000, got '0.0001'"],
    [choiceOption(['tm', 'aos']), 'cadu', "expected one of tm, aos, got 'cadu'"],
    [hostOption, 'a b', "expected a host name or address such as 127.0.0.1, got 'a b'"],
  ] as const)('%o refuses %s', (parse, text, message) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
    expect(() => parse(text)).toThrow(message);
  });
});
