// The console's verb with a script, against the orbiter's verb: two processes, real sockets, and an exit code that says
// whether the spacecraft did as it was told.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeTcFrame } from '../../src/ccsds/tc-frame/tc-frame.ts';
import { toHex } from '../../src/codec/hex.ts';
import { freePorts } from '../interop/peers/free-ports.ts';

const program = fileURLToPath(new URL('../../apps/tharsis.ts', import.meta.url));
const SPEED = '8';

const start = (words: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });

/** A frame of somebody else with the next number but a hundred: a FARM-1 answers it with lockout. */
const foreignFrame = toHex(
  encodeTcFrame({ service: 'AD', spacecraftId: 42, virtualChannelId: 0, sequence: 100, data: Uint8Array.of(1, 2, 3) }),
);
/** AreYouAlive with a data octet too many: the check is added by the console. */
const wrongPacket = '1865c0640007 2f 11 01 0000 ff'.replaceAll(' ', '');

const pass = `
# The pass of an operator: a command, a loss, a lockout, and what is wrong.
expect stat uplink.mode = active within 20s
connectionTest.AreYouAlive
expect command completed
expect tm dispatcher.completed >= 1 within 20s
frames.SetTimeReportRate 300
expect refused
raw crc ${wrongPacket}
expect command failed
drop next 1
connectionTest.AreYouAlive
expect alert uplink.Retransmission within 20s
expect command completed
raw-frame ${foreignFrame}
expect alert uplink.LockedOut within 20s
expect stat uplink.mode = initial
bypass connectionTest.AreYouAlive
expect command completed
link init unlock
expect directive confirmed
expect stat uplink.lockout = false
connectionTest.AreYouAlive
expect command completed
`;

describe('a console script against an orbiter in another process', () => {
  let folder: string;
  let orbiter: ChildProcess;
  let ports: readonly number[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tharsis-pass-'));
    ports = await freePorts(2);
    orbiter = start(['orbiter', '--tc-port', `${ports[0]}`, '--tm-port', `${ports[1]}`, '--speed', SPEED, '--json']);
    await once(createInterface(orbiter.stdout!), 'line');
    orbiter.stdout!.resume();
  });

  afterAll(async () => {
    orbiter?.kill('SIGINT');
    if (orbiter?.exitCode === null) await once(orbiter, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (name: string, text: string): Promise<readonly [code: number | null, words: string]> => {
    const script = join(folder, name);
    writeFileSync(script, text);
    const words = [
      'console',
      '--tc-port',
      `${ports[0]}`,
      '--tm-port',
      `${ports[1]}`,
      '--speed',
      SPEED,
      '--script',
      script,
    ];
    const child = start(words);
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return [code, output];
  };

  it('passes: executed, refused here and on board, sent again when lost, unlocked and recovered', async () => {
    const [code, words] = await run('pass', pass);
    expect(words).toContain('passed');
    expect(code).toBe(0);
    expect(words).toContain('ok: refused: exponent: expected an integer from 0 to 8');
    expect(words).toMatch(/raw packet: acceptance failed \(arguments too long/);
    expect(words).not.toContain('\u001b');
  });

  it('fails with exit code 1 and the line that did not come true', async () => {
    const [code, words] = await run('fails', 'wait 100ms\nexpect event no.Such within 1s\n');
    expect(code).toBe(1);
    expect(words).toContain('fails:2: expected event no.Such within 1s, got after');
  });
});
