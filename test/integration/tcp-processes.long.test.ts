// Orbiter and console in two processes over TCP: streams, in which neither CLTUs nor frames have boundaries.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listenTcp } from '../../src/devices/real/tcp-port.ts';
import { runProgram } from '../support/program.ts';

const address = '127.0.0.1';
const script = fileURLToPath(new URL('../support/scripts/first-light.txt', import.meta.url));
const SPEED = 8;

describe('orbiter and console in two processes, over TCP', () => {
  it('the script passes', async () => {
    const ports = [await listenTcp({ address, port: 0 }), await listenTcp({ address, port: 0 })];
    for (const port of ports) port.close();
    const words = ['--tcp', '--tc-port', String(ports[0]!.port), '--tm-port', String(ports[1]!.port)];
    const orbiter = runProgram('orbiter', ...words, '--speed', String(SPEED), '--json');
    await orbiter.line((line) => line.includes('CLTUs on TCP'), 'the first word of the orbiter');
    const console = runProgram('console', ...words, '--speed', String(SPEED), '--script', script);
    const code = await console.ended;
    orbiter.child.kill('SIGINT');
    expect(await orbiter.ended).toBe(0);
    expect(console.lines.filter((line) => line.includes('failed:'))).toEqual([]);
    expect(code).toBe(0);
  });
});
