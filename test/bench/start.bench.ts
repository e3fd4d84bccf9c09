// From `npm start` to the first telemetry, in a process of its own, as a person at a terminal waits for it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Figure } from '../../apps/bench/figure.ts';
import { checkout } from '../../apps/checkout.ts';

const GOAL_S = 3;
const ROUNDS = 3;

const { root } = checkout();
const npm = process.env.npm_execpath;
const words = ['start', '--silent', '--', '--headless', '--json', '--tc-port', '0', '--tm-port', '0'];

/** Seconds until the first line of telemetry; the program is ended after it. */
const untilTelemetry = async (): Promise<number> => {
  const started = performance.now();
  const [command, first] = npm?.includes('npm-cli') ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(command, [...first, ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout))
    if (line.includes('"kind":"telemetry"')) {
      const seconds = (performance.now() - started) / 1000;
      // npm, its shell and the program are one group: whoever is left of them would keep the sockets.
      process.kill(-child.pid!, 'SIGTERM');
      await ended;
      return seconds;
    }
  throw new Error('npm start ended without telemetry');
};

const emptyProcess = async (): Promise<number> => {
  const started = performance.now();
  await once(spawn(process.execPath, ['-e', '0']), 'exit');
  return (performance.now() - started) / 1000;
};

const best = async (measure: () => Promise<number>): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) least = Math.min(least, await measure());
  return least;
};

export const bench = async (): Promise<readonly Figure[]> => {
  await untilTelemetry();
  const ours = await best(untilTelemetry);
  const reference = await best(emptyProcess);
  return [
    {
      name: 'start/first telemetry',
      unit: 's, at most',
      ours,
      against: 'a process of Node that does nothing',
      reference,
      ratio: ours / reference,
      goal: GOAL_S,
      holds: ours <= GOAL_S,
    },
  ];
};
