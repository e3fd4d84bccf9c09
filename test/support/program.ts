// The program as a process of its own, from its sources.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { hostUntil } from './link-graph.ts';

const program = fileURLToPath(new URL('../../apps/tharsis.ts', import.meta.url));

export interface Program {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Of standard output, so far. */
  readonly lines: readonly string[];
  /** Of standard error, so far. */
  readonly errors: readonly string[];
  line(holds: (line: string) => boolean, what: string, withinMs?: number): Promise<string>;
  /** The exit code, or undefined for a death by signal. */
  readonly ended: Promise<number | undefined>;
}

const collected = (stream: Readable): string[] => {
  const lines: string[] = [];
  createInterface(stream).on('line', (line) => lines.push(line));
  return lines;
};

/** Standard input is nothing at all: the program runs headless. */
export const runProgram = (...words: readonly string[]): Program => {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = collected(child.stdout);
  const errors = collected(child.stderr);
  const ended = once(child, 'close').then(([code]) => (code === null ? undefined : Number(code)));
  const line: Program['line'] = async (holds, what, withinMs = 15_000) => {
    await hostUntil(() => lines.some(holds), `${what}; the program said: ${errors.join(' ')}`, withinMs);
    return lines.find(holds)!;
  };
  return { child, lines, errors, line, ended };
};
