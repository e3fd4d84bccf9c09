import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import type { ConsoleOptions } from '../../../../apps/console/console-options.ts';
import { historyPath, readHistory, writeHistory } from '../../../../apps/console/history-file.ts';
import { runConsole } from '../../../../apps/console/run-console.ts';
import { groundBench } from '../../../support/ground-bench.ts';
import { SmallTerminal } from '../../../support/small-terminal.ts';

const state = mkdtempSync(join(tmpdir(), 'tharsis-console-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

interface Seat {
  readonly isTTY: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly options?: Partial<ConsoleOptions>;
  /** Octets that the terminal takes before it is behind. */
  readonly highWaterMark?: number;
  readonly environment?: ConsoleOptions['streams']['environment'];
  readonly job?: ConsoleOptions['streams']['job'];
}

/** A console whose terminal is here, on a ground in virtual time that runs while it waits. */
const sit = (seat: Seat) => {
  const { isTTY, columns = 80, rows = 24, options = {}, highWaterMark = 1 << 16 } = seat;
  const { environment = { XDG_STATE_HOME: state } } = seat;
  const ground = groundBench();
  const terminal = new SmallTerminal(columns, rows);
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: (on: boolean) => raw.push(on) });
  const output = Object.assign(new PassThrough({ highWaterMark }), { isTTY, columns, rows });
  output.on('data', (chunk: Buffer) => terminal.write(chunk.toString()));
  const streams = { input, output, environment, job: seat.job } as unknown as ConsoleOptions['streams'];
  const ended = runConsole({ session: ground.session, streams, greeting: ['welcome'], ...options });
  const until = async (holds: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 400; turn++) {
      if (holds()) return;
      ground.graph.kernel.runFor(50_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`did not come:\n${terminal.text.join('\n')}`);
  };
  return { ...ground, terminal, input, output, ended, until, raw, type: (text: string) => void input.write(text) };
};

describe('the console on a terminal', () => {
  it('shows a command from its typing to its completion, and leaves the terminal as it was', async () => {
    const { terminal, until, type, ended, raw } = sit({ isTTY: true });
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    expect(terminal.screen[0]).toBe('welcome');
    type('beac\tr\t4\r');
    await until(() => terminal.text.some((row) => row.includes('beacon.SetRate rate=4  completed')));
    expect(terminal.text).toContain('> beacon.SetRate rate=4');
    type('half a line');
    await until(() => terminal.screen.at(-1) === '> half a line');
    type('\u0003');
    await until(() => terminal.screen.at(-1) === '>');
    type('\u0003');
    expect(await ended).toBe(0);
    expect(raw).toEqual([true, false]);
    expect(terminal.screen.at(-1)).toBe('');
    expect(terminal.text.some((row) => row.startsWith('>') && row !== '> beacon.SetRate rate=4')).toBe(false);
    expect(readHistory(historyPath({ XDG_STATE_HOME: state }))).toEqual(['beacon.SetRate rate=4']);
  });

  it('remembers lines of an earlier session', async () => {
    const { terminal, until, type, ended } = sit({ isTTY: true });
    type('\u001b[A');
    await until(() => terminal.screen.at(-1) === '> beacon.SetRate rate=4');
    type('\u0015\u0004');
    expect(await ended).toBe(0);
  });

  it('keeps watched values and open commands above the prompt', async () => {
    const { terminal, until, type, ended } = sit({ isTTY: true });
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    type('watch beacon.rate\r');
    await until(() => terminal.screen.at(-3) === ' beacon.rate 1');
    type('drop next 1\rbeacon.SetRate 7\r');
    await until(() => terminal.screen.some((row) => /^ #1 beacon\.SetRate rate=7: queued > sent/.test(row)));
    await until(() => terminal.screen.at(-3) === ' beacon.rate 7');
    type('quit\r');
    expect(await ended).toBe(0);
  });

  it('answers what it does not understand, in place', async () => {
    const { terminal, until, type, ended } = sit({ isTTY: true });
    type('beacon.SetRate 99\r');
    await until(() => terminal.text.includes("rate: expected an integer from 1 to 10, got '99'"));
    type('exit\r');
    expect(await ended).toBe(0);
  });

  it('lists candidates, and puts what they have in common', async () => {
    const { terminal, until, type, ended } = sit({ isTTY: true });
    type('raw\t');
    await until(() => terminal.text.some((row) => row.startsWith('  raw-frame')));
    expect(terminal.screen.at(-1)).toBe('> raw');
    type('-\t');
    await until(() => terminal.screen.at(-1) === '> raw-');
    type('f\t');
    await until(() => terminal.screen.at(-1) === '> raw-frame');
    type('\u0003\u0003');
    expect(await ended).toBe(0);
  });

  it('does not tear the line being typed when much is printed, at 80 by 24 and 160 by 50', async () => {
    for (const [columns, rows] of [
      [80, 24],
      [160, 50],
    ] as const) {
      const { terminal, until, type, ended, session } = sit({ isTTY: true, columns, rows });
      await until(() => terminal.screen.some((row) => row.includes('FOP active')));
      type('a line that is being typed');
      for (let rate = 1; rate <= 10; rate++) session.send('beacon.SetRate', { rate });
      await until(() => terminal.text.filter((row) => row.includes('completed after')).length === 10);
      await until(() => terminal.screen.at(-1) === '> a line that is being typed');
      expect(terminal.text.filter((row) => row.includes('a line that is being typed'))).toHaveLength(1);
      for (const row of terminal.text) expect(row.length).toBeLessThanOrEqual(columns);
      type('\u0003\u0003');
      await ended;
    }
  });

  it('draws nothing for a terminal that takes nothing, and all that was printed when it does again', async () => {
    const { terminal, until, type, ended, session, output } = sit({ isTTY: true, highWaterMark: 400 });
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    output.pause();
    await until(() => output.writableNeedDrain);
    const held = output.readableLength + output.writableLength;
    session.send('beacon.SetRate', { rate: 8 });
    await until(() => session.record(1)?.status === 'completed');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(output.readableLength + output.writableLength).toBe(held);
    output.resume();
    await until(() => terminal.text.some((row) => row.includes('rate=8  completed')));
    type('\u0004');
    await ended;
  });

  it('takes a very long paste as one drawing, and keeps what a line may hold', async () => {
    const { terminal, until, type, ended, output } = sit({ isTTY: true });
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    let drawings = 0;
    output.on('data', () => drawings++);
    type('x'.repeat(10_000));
    await until(() => terminal.screen.at(-1)!.endsWith('xxx'));
    expect(drawings).toBeLessThan(20);
    type('\u0003\u0003');
    expect(await ended).toBe(0);
  });

  it('gives the terminal to the shell on Ctrl-Z, and takes it back when the job goes on', async () => {
    let goOn = (): void => {};
    const calls: string[] = [];
    const job = {
      suspend: () => void calls.push('stopped'),
      onContinue: (listener: () => void) => {
        goOn = listener;
        return () => void calls.push('ended');
      },
    };
    const { terminal, until, type, ended, raw, output } = sit({ isTTY: true, job });
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    type('half a line\u001a');
    await until(() => calls.length > 0);
    // The prompt and the bar are away, and nothing is drawn over what the shell prints.
    expect([raw, terminal.screen.some((row) => row.includes('FOP active'))]).toEqual([[true, false], false]);
    output.write('$ fg\n');
    goOn();
    await until(() => terminal.screen.at(-1) === '> half a line');
    expect(terminal.text).toContain('$ fg');
    expect(raw).toEqual([true, false, false, true]);
    // Where nobody could wake the job the host does not stop it: the console goes on by itself.
    type('\u001a');
    await until(() => raw.length === 7);
    await until(() => terminal.screen.at(-1) === '> half a line');
    type('\u0003\u0003');
    expect(await ended).toBe(0);
    expect(calls).toEqual(['stopped', 'stopped', 'ended']);
    goOn();
    expect(raw.at(-1)).toBe(false);
  });

  it('ends when the program is asked to', async () => {
    const asked = new AbortController();
    const { ended } = sit({ isTTY: true, options: { signal: asked.signal } });
    asked.abort();
    expect(await ended).toBe(0);
  });

  it('answers each line of a paste before the next, and a line that waits holds up none', async () => {
    const { terminal, until, type, ended } = sit({ isTTY: true });
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    type('wait 1h\rspeed\rbeacon.SetRate nine\rcheck beacon.SetRate 4\rtime\r');
    await until(() => terminal.text.some((row) => row.startsWith('run ')));
    const shown = terminal.text.filter((row) => /^(> .|speed:|rate:|beacon\.\S+ rate=4:|run )/.test(row));
    expect(shown.map((row) => row.split(/[:\d]/)[0]!.trim())).toEqual([
      '> wait',
      '> speed',
      'speed',
      '> beacon.SetRate nine',
      'rate',
      '> check beacon.SetRate',
      'beacon.SetRate rate=',
      '> time',
      'run',
    ]);
    type('\u0004');
    expect(await ended).toBe(0);
  });
});

describe('the console without a terminal', () => {
  it('says so, and prints what happens as plain lines', async () => {
    const asked = new AbortController();
    const { terminal, until, session, ended } = sit({ isTTY: false, columns: 200, options: { signal: asked.signal } });
    await until(() => terminal.text.some((row) => row.includes('no terminal on standard input: running headless')));
    session.send('beacon.SetRate', { rate: 2 });
    await until(() => terminal.text.some((row) => row.endsWith('#1 beacon.SetRate rate=2: completed')));
    asked.abort();
    expect(await ended).toBe(0);
  });

  it('is what a dumb terminal gets', async () => {
    const asked = new AbortController();
    const environment = { TERM: 'dumb', XDG_STATE_HOME: state };
    const { terminal, until, ended } = sit({ isTTY: true, environment, options: { signal: asked.signal } });
    await until(() => terminal.text.some((row) => row.includes('TERM is dumb: running headless')));
    asked.abort();
    expect(await ended).toBe(0);
  });

  it('runs a script, and its verdict is the exit code', async () => {
    const run = async (name: string, text: string): Promise<readonly [number, string]> => {
      const { writeFileSync } = await import('node:fs');
      const script = join(state, name);
      writeFileSync(script, text);
      const { terminal, until, ended } = sit({ isTTY: false, columns: 200, options: { script } });
      let code: number | undefined;
      ended.then((value) => {
        code = value;
      });
      await until(() => code !== undefined);
      return [code!, terminal.text.join('\n')];
    };
    const [passed] = await run(
      'good',
      'expect stat uplink.mode = active\nbeacon.SetRate 2\nexpect command completed\n',
    );
    expect(passed).toBe(0);
    const [failed, words] = await run('bad', 'expect event Unheard within 1s\n');
    expect(failed).toBe(1);
    expect(words).toContain('bad:1: expected event Unheard within 1s');
    await expect(sit({ isTTY: false, options: { script: join(state, 'none') } }).ended).rejects.toThrow(
      '--script: expected a file that can be read',
    );
    const [left] = await run('leaves', 'quit\nbeacon.SetRate 99\n');
    expect(left).toBe(0);
  });
});

describe('history', () => {
  it('stands where the user keeps such things, and is bounded', () => {
    expect(historyPath({}, '/home/me')).toBe('/home/me/.local/state/tharsis/history');
    expect(historyPath({ XDG_STATE_HOME: '/state' }, '/home/me')).toBe('/state/tharsis/history');
    const path = join(state, 'deep', 'history');
    const many = Array.from({ length: 1500 }, (_, index) => `line ${index}`);
    expect(writeHistory(path, many)).toBe(true);
    expect(readHistory(path)).toEqual(many.slice(500));
    expect(readFileSync(path, 'utf8').endsWith('line 1499\n')).toBe(true);
  });

  it('is done without where it cannot be kept', () => {
    expect(readHistory('/dev/null/history')).toEqual([]);
    expect(writeHistory('/dev/null/history', ['a'])).toBe(false);
    expect(writeHistory('/proc/nobody/of/this/name/history', ['a'])).toBe(false);
  });
});
