// The orbiter in a process of its own, the ground here, and only UDP datagrams between them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveGround, liveGround } from '../../apps/ground/live-ground.ts';
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { bindUdp } from '../../src/devices/real/udp-port.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { DEFAULT_EPOCH_US } from '../../src/orbiter/tables.ts';
import { flows, type Operated } from '../support/flows.ts';
import { hostUntil } from '../support/link-graph.ts';

const address = '127.0.0.1';
const program = fileURLToPath(new URL('../../apps/tharsis.ts', import.meta.url));
const SPEED = 8;

interface Started {
  readonly child: ChildProcess;
  readonly tcPort: number;
}

const startOrbiter = async (tmPort: number): Promise<Started> => {
  const words = ['orbiter', '--tc-port', '0', '--tm-port', String(tmPort), '--speed', String(SPEED), '--json'];
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = (await once(createInterface(child.stdout), 'line')) as [string];
  const tcPort = Number(/CLTUs on UDP [^ ]*:(\d+)/.exec(first)?.[1]);
  if (!Number.isInteger(tcPort)) throw new Error(`the orbiter said: ${first}`);
  return { child, tcPort };
};

describe('ground and orbiter in two processes, over real sockets', () => {
  let ground: LiveGround;
  let child: ChildProcess;
  let operated: Operated;

  beforeAll(async () => {
    const port = await bindUdp({ address, port: 0 });
    const started = await startOrbiter(port.port);
    child = started.child;
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
    child?.kill('SIGINT');
    if (child?.exitCode === null) await once(child, 'exit');
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
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
  });
});
