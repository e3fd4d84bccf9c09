// The orbiter in a process of its own, the ground here, and only UDP datagrams between them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveGround, liveGround } from '../../apps/ground/live-ground.ts';
import { toHex } from '../../src/codec/hex.ts';
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { bindUdp } from '../../src/devices/real/udp-port.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { DEFAULT_EPOCH_US } from '../../src/orbiter/tables.ts';
import { flows, type Operated } from '../support/flows.ts';
import { hostUntil } from '../support/link-graph.ts';
import { type Program, runProgram } from '../support/program.ts';
import { keyFileText, keyTraces, testKey } from '../support/secured-ends.ts';

const address = '127.0.0.1';
const scripts = fileURLToPath(new URL('../support/scripts', import.meta.url));
const script = `${scripts}/first-light.txt`;
const SPEED = 8;

const tcPortOf = (line: string): number => Number(/CLTUs on UDP [^ ]*:(\d+)/.exec(line)?.[1]);

const startOrbiter = async (tmPort: number, ...more: readonly string[]) => {
  const ports = ['--tc-port', '0', '--tm-port', String(tmPort), '--epoch', String(DEFAULT_EPOCH_US / 1e6)];
  const orbiter = runProgram('orbiter', ...ports, '--speed', String(SPEED), '--json', ...more);
  const first = await orbiter.line((line) => line.includes('CLTUs on UDP'), 'the first word of the orbiter');
  return { orbiter, tcPort: tcPortOf(first) };
};

describe('ground and orbiter in two processes, over real sockets', () => {
  let ground: LiveGround;
  let orbiter: Program;
  let operated: Operated;

  beforeAll(async () => {
    const port = await bindUdp({ address, port: 0 });
    const started = await startOrbiter(port.port);
    orbiter = started.orbiter;
    ground = liveGround({
      link: udpByteLink(port, { remote: { address, port: started.tcPort } }),
      dictionary: orbiterDictionary,
      epochUs: DEFAULT_EPOCH_US,
      seed: 'two processes',
      speed: SPEED,
    });
    const alerts: string[] = [];
    ground.session.alerts.subscribe(({ name }) => alerts.push(name));
    operated = { session: ground.session, alerts, until: (holds, what) => hostUntil(holds, what, 15_000) };
  });

  afterAll(async () => {
    ground?.close();
    orbiter?.child.kill('SIGINT');
    await orbiter?.ended;
  });

  for (const { name, run } of flows) it(name, () => run(operated));

  it('shows live telemetry', async () => {
    await operated.until(() => Number(operated.session.latest('dispatcher.completed')?.value) >= 4, 'the count');
  });

  it('takes octets of any kind on its telecommand port, counts them, and the next good unit is processed', async () => {
    const rejected = (): number => Number(operated.session.latest('tcReceiver.framesRejected')?.value ?? 0);
    await operated.until(() => operated.session.latest('tcReceiver.framesRejected') !== undefined, 'housekeeping');
    const before = rejected();
    for (let i = 0; i < 20; i++)
      operated.session.sendRaw(
        'frame',
        Uint8Array.from({ length: 30 }, (_, k) => (k * 37 + i) & 255),
      );
    operated.session.sendRaw('cltu', new Uint8Array(5000));
    await operated.until(() => rejected() >= before + 20, 'refusals in housekeeping');
    await flows[0]!.run(operated);
  });

  it('ends the orbiter cleanly on Ctrl-C', async () => {
    orbiter.child.kill('SIGINT');
    expect(await orbiter.ended).toBe(0);
  });
});

describe('orbiter and console in two processes', () => {
  it('a script passes: executed, refused, sent again, locked out and recovered', async () => {
    const port = await bindUdp({ address, port: 0 });
    port.close();
    const { orbiter, tcPort } = await startOrbiter(port.port);
    const ports = ['--tc-port', String(tcPort), '--tm-port', String(port.port)];
    const console = runProgram('console', ...ports, '--speed', String(SPEED), '--script', script);
    const code = await console.ended;
    orbiter.child.kill('SIGINT');
    expect(await orbiter.ended).toBe(0);
    expect(console.lines.filter((line) => line.includes('failed:'))).toEqual([]);
    expect(code).toBe(0);
  });

  it('a script that does not hold ends with exit code 1', async () => {
    const words = ['--tc-port', '9', '--tm-port', '0', '--speed', '50'];
    const console = runProgram('console', ...words, '--script', `${scripts}/nobody-answers.txt`);
    expect(await console.ended).toBe(1);
  });
});

describe('orbiter and console in two processes, with link security', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tharsis-secured-'));
  const keys = join(folder, 'keys.json');
  const stranger = join(folder, 'stranger.json');

  beforeAll(() => {
    writeFileSync(keys, keyFileText());
    writeFileSync(stranger, keyFileText().replaceAll(toHex(testKey(1)), toHex(testKey(11))));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const flown = async (...words: readonly string[]) => {
    const port = await bindUdp({ address, port: 0 });
    port.close();
    const { orbiter, tcPort } = await startOrbiter(port.port, '--keys', keys);
    const ports = ['--tc-port', String(tcPort), '--tm-port', String(port.port), '--speed', String(SPEED)];
    const console = runProgram('console', ...ports, ...words);
    const code = await console.ended;
    orbiter.child.kill('SIGINT');
    expect(await orbiter.ended).toBe(0);
    for (const line of [...console.lines, ...console.errors, ...orbiter.lines, ...orbiter.errors])
      for (const trace of keyTraces) expect(line).not.toContain(trace);
    return { code, lines: console.lines };
  };

  it('a script passes under the same keys: executed, sent again, strangers refused', async () => {
    const { code, lines } = await flown('--keys', keys, '--script', `${scripts}/secured.txt`);
    expect(lines.filter((line) => line.includes('failed:'))).toEqual([]);
    expect(lines.some((line) => line.startsWith('link security: secured'))).toBe(true);
    expect(code).toBe(0);
  });

  it('another key for commands is refused on board, and telemetry says so', async () => {
    const { code, lines } = await flown('--keys', stranger, '--script', `${scripts}/stranger.txt`);
    expect(lines.filter((line) => line.includes('failed:'))).toEqual([]);
    expect(code).toBe(0);
  });
});
