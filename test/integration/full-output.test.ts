// What the program does when nothing more fits where its output goes: on Linux a device is always full.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../apps/tharsis.ts', import.meta.url));
const full = '/dev/full';

const endOf = async (fullStream: 'out' | 'err', ...words: readonly string[]) => {
  const device = openSync(full, 'w');
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    stdio: ['ignore', fullStream === 'out' ? device : 'pipe', fullStream === 'err' ? device : 'pipe'],
  });
  closeSync(device);
  const said = text((fullStream === 'out' ? child.stderr : child.stdout)!);
  const [code] = await once(child, 'close');
  return { code, said: await said };
};

describe.runIf(existsSync(full))('a full output', () => {
  it.each([
    ['help', ['--help']],
    ['an export', ['export', 'dictionary']],
    ['a run', ['orbiter', '--tc-port', '0', '--tm-port', '9', '--json']],
  ])('is one line and exit code 1: %s', async (_, words) => {
    expect(await endOf('out', ...words)).toEqual({ code: 1, said: 'tharsis: standard output: no space left\n' });
  });

  it('ends the program too where errors go', async () => {
    expect(await endOf('err', 'frobnicate')).toEqual({ code: 1, said: '' });
  });
});
