// The orbiter as anybody runs it: the program's verb, in a process of its own, on real sockets.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface LiveOrbiter {
  readonly cltuPort: number;
  stop(): Promise<void>;
}

const launcher = fileURLToPath(new URL('../../../apps/launcher/tharsis.mjs', import.meta.url));

/**
 * A report that comes back at once can overtake mission control's own note of what it sent: no spacecraft is that near.
 */
const LIGHT_TIME = '150ms';

/** Frames go to `framePort`; the port for CLTUs is chosen by the host and read from the first line. */
export const startOrbiter = async (framePort: number, ...more: readonly string[]): Promise<LiveOrbiter> => {
  const ports = ['--tc-port', '0', '--tm-port', String(framePort)];
  const words = ['orbiter', ...ports, '--light-time', LIGHT_TIME, '--seed', 'interop', '--json', ...more];
  const child = spawn(process.execPath, [launcher, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  const ended = once(child, 'exit');
  const first = await Promise.race([once(lines, 'line').then(([line]) => String(line)), ended.then(() => 'nothing')]);
  const cltuPort = Number(/CLTUs on UDP [^ ]*:(\d+)/.exec(first)?.[1]);
  if (!Number.isInteger(cltuPort)) throw new Error(`orbiter: expected a line with its port, got ${first}`);
  lines.resume();
  return {
    cltuPort,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
};

/** What `tharsis export` prints: what anybody would hand to mission control. */
export const exported = async (what: 'xtce' | 'dictionary'): Promise<string> => {
  const words = [launcher, 'export', what];
  return (await promisify(execFile)(process.execPath, words, { maxBuffer: 1 << 26 })).stdout;
};
