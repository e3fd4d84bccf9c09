// The verbs `orbiter` and `export` as a user meets them, in processes of their own.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { bindUdp } from '../../src/devices/real/udp-port.ts';
import { cltuOf, frameReader, telecommandOf } from '../support/orbiter-bench.ts';
import { runProgram } from '../support/program.ts';

const address = '127.0.0.1';
const ping = cltuOf(pusTelecommand.encode(telecommandOf('connectionTest.AreYouAlive')));

const until = async (holds: () => boolean): Promise<void> => {
  const endMs = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > endMs) throw new Error('did not hold within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe('tharsis orbiter', () => {
  it('answers a ping over UDP, and ends cleanly on Ctrl-C with its last status', async () => {
    const reader = frameReader();
    const tm = await bindUdp({ address, port: 0 });
    tm.socket.on('message', (octets) => reader.take(Uint8Array.from(octets)));
    const orbiter = runProgram('orbiter', '--tc-port', '0', '--tm-port', String(tm.port), '--speed', '10', '--json');
    const first = await orbiter.line((line) => line.includes('CLTUs on UDP'), 'where it listens');
    const port = Number(/CLTUs on UDP [^ ]*:(\d+)/.exec(first)?.[1]);
    const sender = createSocket('udp4');
    sender.send(ping, port, address);
    await until(() => reader.packets.some(({ service, subtype }) => service === 17 && subtype === 2));
    orbiter.child.kill('SIGINT');
    expect(await orbiter.ended).toBe(0);
    sender.close();
    tm.close();
  });

  it('answers over TCP, with its CLTU cut anywhere in the stream', async () => {
    const orbiter = runProgram('orbiter', '--tcp', '--tc-port', '0', '--tm-port', '0', '--speed', '10');
    const first = await orbiter.line((line) => line.includes('CLTUs on TCP'), 'where it listens');
    const [tcPort, tmPort] = [...first.matchAll(/on TCP [^ ]*:(\d+)/g)].map((found) => Number(found[1]));
    const reader = frameReader();
    let held = new Uint8Array(0);
    const tm = connect(tmPort!, address).on('data', (octets) => {
      held = Uint8Array.of(...held, ...octets);
      for (; held.length >= 1115; held = held.slice(1115)) reader.take(held.slice(0, 1115));
    });
    const tc = connect(tcPort!, address);
    await Promise.all([once(tm, 'connect'), once(tc, 'connect')]);
    await until(() => reader.counts.frames > 0);
    tc.write(ping.subarray(0, 11));
    await new Promise((resolve) => setTimeout(resolve, 30));
    tc.write(ping.subarray(11));
    tc.write(new Uint8Array(16));
    await until(() => reader.packets.some(({ service, subtype }) => service === 17 && subtype === 2));
    tc.destroy();
    tm.destroy();
    orbiter.child.kill('SIGTERM');
    expect(await orbiter.ended).toBe(0);
  });

  it('says in one line that a port is taken, with exit code 2', async () => {
    const taken = await bindUdp({ address, port: 0 });
    const orbiter = runProgram('orbiter', '--tc-port', String(taken.port));
    expect(await orbiter.ended).toBe(2);
    expect(orbiter.errors).toEqual([expect.stringContaining(`UDP port ${taken.port} on ${address} is in use`)]);
    taken.close();
  });
});

describe('tharsis export', () => {
  it('prints what the golden file holds', async () => {
    const diagram = runProgram('export', 'diagram');
    expect(await diagram.ended).toBe(0);
    const golden = fileURLToPath(new URL('../../fixtures/golden/orbiter.mmd', import.meta.url));
    expect(`${diagram.lines.join('\n')}\n`).toBe(readFileSync(golden, 'utf8'));
  });
});
