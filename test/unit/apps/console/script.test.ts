import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readExpectation } from '../../../../apps/console/expectation.ts';
import { consoleBench } from '../../../support/console-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'tharsis-script-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('scripts', () => {
  it('pass when all that they expect comes true', async () => {
    const b = consoleBench();
    const answer = await b.script(`
      # opened by the first report
      expect stat uplink.mode = active within 5s
      beacon.SetRate 3
      expect command accepted within 2s
      expect command completed
      expect event beacon.RateSet within 1s
      expect tm beacon.rate = 3 within 2s
      expect tm beacon.ticks >= 2
      beacon.SetRate 99
      expect refused
      expect no event * within 1s
      drop next 1
      beacon.SetRate rate=5
      expect alert uplink.Retransmission within 10s
      expect command completed
      link terminate
      expect directive confirmed within 1s
      expect alert Alert
      wait 500ms
    `);
    expect(answer).toEqual({ ok: true, lines: ['script: passed'] });
    expect(b.printed).toContain('> ' + '      beacon.SetRate 3');
    expect(b.printed.join('\n')).toContain("ok: refused: rate: expected an integer from 1 to 10, got '99'");
  });

  it.each<[string, string]>([
    ['beacon.SetRate 99', "script:1: rate: expected an integer from 1 to 10, got '99'"],
    ['\n\nzebra', "script:3: command: expected a command of the dictionary, got 'zebra'"],
    ['wait 3', 'passed'],
    ['help\nexpect refused', "script:2: expected the line before to be refused, got 'help' taken"],
    [
      'expect tm beacon.rate = 200 within 2s',
      'script:1: expected tm beacon.rate = 200 within 2s, got after 2.00 s: beacon.rate is 1',
    ],
    ['expect tm no.such > 1 within 0s', 'no.such has no value yet'],
    ['expect event * within 100ms', 'got after 100 ms: no event'],
    ['expect command completed within 100ms', 'no command was sent'],
    ['expect no stat uplink.mode ~ i within 1s', 'not expected, and came: no stat uplink.mode ~ i within 1s'],
    ['expect stat uplink.mode like x', 'script:1: expect stat: expected NAME, one of = != < <= > >= ~, and a value'],
    ['expect command sometime', 'expect command: expected one of open, completed'],
    ['expect rain', "expect: expected tm, stat, event, alert, command, directive or refused, got 'rain'"],
    ['expect tm a = 1 within soon', "expect within: expected a time such as 5s, got 'soon'"],
  ])('%j ends with %j', async (text, end) => {
    const answer = await consoleBench().script(text);
    expect(answer.ok ? answer.lines.join() : answer.reason).toContain(end);
  });

  it('run scripts, but not for ever', async () => {
    const b = consoleBench();
    const inner = file('inner', 'expect stat uplink.mode = active\n');
    expect(await b.line(`run ${file('outer', `run ${inner}\n`)}`)).toMatchObject({ ok: true });
    const snake = join(folder, 'snake');
    file('snake', `run ${snake}\n`);
    const answer = await b.line(`run ${snake}`);
    expect(answer.ok ? '' : answer.reason).toContain('expected at most 8 scripts in one another');
  });

  it('see what happened since the last line that sent something, no matter when they look', async () => {
    const b = consoleBench();
    b.ready();
    const answer = await b.script(
      'beacon.SetRate 2\nwait 5s\nexpect event RateSet within 0s\nbeacon.SetRate 3\nexpect no event RateSet within 0s',
    );
    expect(answer).toMatchObject({ ok: true });
  });
});

describe('comparisons', () => {
  const holds = (text: string, value: unknown): boolean => {
    const read = readExpectation(`stat x ${text}`);
    if (!read.ok) throw new Error(read.reason);
    const { desk } = consoleBench();
    return read.value.holds({ ...desk, session: { ...desk.session, statistics: () => ({ x: value }) } });
  };

  it.each<[string, unknown, boolean]>([
    ['= 3', 3, true],
    ['= 3.0', 3, true],
    ['= 0x10', 16, true],
    ['!= 3', 4, true],
    ['< 3', 2, true],
    ['<= 3', 3, true],
    ['> 3', 3, false],
    ['>= 3', 3, true],
    ['> 3', 'many', false],
    ['= true', true, true],
    ['= active', 'active', true],
    ['!= active', 'initial', true],
    ['~ act', 'active', true],
    ['= "two words"', 'two words', true],
    ['= 0a0b', Uint8Array.of(10, 11), true],
    ['= x', undefined, false],
    ['!= x', undefined, false],
  ])('%s of %j is %s', (text, value, expected) => {
    expect(holds(text, value)).toBe(expected);
  });
});
