// `tharsis start` on a real pseudo-terminal of the host, that Python's standard library holds: keys in, screen out, the
// size changed while it runs, and a terminal that is left as it was found.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import { SmallTerminal } from '../../support/small-terminal.ts';
import { freePorts } from '../peers/free-ports.ts';
import { describeWithPeer, peers } from '../peers/peer.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const launcher = path('../../../apps/launcher/tharsis.mjs');
const state = mkdtempSync(join(tmpdir(), 'tharsis-terminal-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

let running: ChildProcess | undefined;
afterEach(() => running?.kill('SIGKILL'));

const startWords = async (): Promise<readonly string[]> => {
  const [tc, tm] = await freePorts(2);
  return [process.execPath, launcher, 'start', '--tc-port', `${tc}`, '--tm-port', `${tm}`];
};

const open = async (rows: number, columns: number, program?: readonly string[]) => {
  const words = program ?? (await startWords());
  const child = spawn(peers.python, [path('../peers/terminal_peer.py'), `${rows}`, `${columns}`, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: state, TERM: 'xterm-256color', NO_COLOR: '', ENV: '', PS1: 'shell> ' },
  });
  running = child;
  const terminal = new SmallTerminal(columns, rows);
  let raw = '';
  let end: { readonly exit: number; readonly sane: boolean } | undefined;
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line);
    if (typeof said.data !== 'string') end = said;
    else {
      const text = Buffer.from(said.data, 'hex').toString();
      raw += text;
      terminal.write(text);
    }
  });
  const ask = (request: object): void => void child.stdin.write(`${JSON.stringify(request)}\n`);
  const until = async (holds: () => boolean): Promise<void> => {
    for (let turn = 0; !holds(); turn++) {
      if (turn > 600) throw new Error(`did not come:\n${terminal.text.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return {
    terminal,
    until,
    raw: () => raw,
    type: (text: string) => ask({ type: Buffer.from(text).toString('hex') }),
    resize: (rows: number, columns: number) => ask({ rows, columns }),
    end: async () => {
      if (end === undefined) await once(child, 'exit');
      return end;
    },
  };
};

describeWithPeer('python', 'the console on a pseudo-terminal', () => {
  it.each([
    [24, 80],
    [50, 160],
  ])('shows a command to its completion on %i rows of %i columns, and ends on Ctrl-C', async (rows, columns) => {
    const console = await open(rows, columns);
    const { terminal, until, type } = console;
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    type('AreYou\tx');
    await until(() => terminal.screen.at(-1) === '> connectionTest.AreYouAlive x');
    type('\u007f\r');
    await until(() => terminal.text.some((row) => row.includes('connectionTest.AreYouAlive  completed after')));
    for (const row of terminal.text) expect(row.length).toBeLessThanOrEqual(columns);
    expect(console.raw()).toContain('\u001b[7m');
    type('\u0003');
    expect(await console.end()).toEqual({ exit: 0, sane: true });
  });

  it('follows the size of the terminal', async () => {
    const { terminal, until, type, resize, end } = await open(24, 80);
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    terminal.columns = 160;
    resize(50, 160);
    await until(() => terminal.screen.some((row) => row.includes('link up, in clear mode   FOP active')));
    type('quit\r');
    expect(await end()).toEqual({ exit: 0, sane: true });
  });

  it('stops on Ctrl-Z as a job of the shell, and goes on where it was with fg', async () => {
    const { terminal, until, type, end } = await open(24, 80, ['/bin/sh', '-i']);
    const words = await startWords();
    await until(() => terminal.screen.at(-1)!.startsWith('shell>'));
    type(`${words.join(' ')}\r`);
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    type('half a line\u001a');
    await until(() => terminal.text.some((row) => /Stopped/i.test(row)));
    // The shell gets its keys as lines with an echo, which is the terminal's own.
    type('echo he""re; stty -a | grep -c " icanon"\r');
    await until(() => terminal.text.includes('here') && terminal.text.includes('1'));
    type('fg\r');
    await until(() => terminal.screen.at(-1) === '> half a line');
    type('\u0003AreYou\t\r');
    await until(() => terminal.text.some((row) => row.includes('connectionTest.AreYouAlive  completed after')));
    type('quit\r');
    await until(() => terminal.screen.at(-1)!.startsWith('shell>'));
    type('exit\r');
    expect(await end()).toEqual({ exit: 0, sane: true });
  });

  it('does not stop on Ctrl-Z where no shell could wake it', async () => {
    const { terminal, until, type, end } = await open(24, 80);
    await until(() => terminal.screen.some((row) => row.includes('FOP active')));
    type('\u001aspeed\r');
    await until(() => terminal.text.includes('the run goes at 1 times the clock'));
    type('\u0003');
    expect(await end()).toEqual({ exit: 0, sane: true });
  });

  it('is on screen with telemetry in less than three seconds', async () => {
    const started = performance.now();
    const { terminal, until, type, end } = await open(24, 80);
    await until(() => terminal.screen.some((row) => /[1-9]\d* frames/.test(row)));
    expect(performance.now() - started).toBeLessThan(3000);
    type('\u0004');
    expect(await end()).toEqual({ exit: 0, sane: true });
  });
});
