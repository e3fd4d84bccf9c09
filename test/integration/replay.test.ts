// A run in real time over real sockets, replayed from its logged inputs in virtual time: both halves give their digest.
import { expect, it } from 'vitest';
import { groundOnLink } from '../../apps/ground/live-ground.ts';
import { orbiterOnLinks } from '../../apps/orbiter/compose.ts';
import { nodeHost } from '../../src/devices/real/host.ts';
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { bindUdp } from '../../src/devices/real/udp-port.ts';
import { recordedByteLink } from '../../src/devices/sim/recorded-byte-link.ts';
import { openSession } from '../../src/ground/session.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { pace } from '../../src/kernel/pace.ts';
import { replay } from '../../src/kernel/replay.ts';
import type { Topology } from '../../src/kernel/topology.ts';
import { orbiterDictionary as dictionary } from '../../src/orbiter/dictionary.ts';
import { DEFAULT_EPOCH_US as epochUs } from '../../src/orbiter/tables.ts';
import { active, type Operated, settled } from '../support/flows.ts';
import { hostUntil } from '../support/link-graph.ts';

const address = '127.0.0.1';
const lightTimeUs = 50_000;

const again = (page: Topology, live: Graph, seed: string): string => {
  const graph = new Graph(page, { seed });
  replay(graph, live.kernel.inputs.since(), live.kernel.now);
  return graph.kernel.digest.hex;
};

it('a run in real time, replayed from its log, gives the digest of the original', async () => {
  const [tc, tm] = [await bindUdp({ address, port: 0 }), await bindUdp({ address, port: 0 })];
  const uplink = udpByteLink(tc, { remote: { address, port: tm.port } });
  const link = udpByteLink(tm, { remote: { address, port: tc.port } });
  const host = nodeHost();
  const orbiter = new Graph(orbiterOnLinks({ uplink, lightTimeUs }), { seed: 'live', host });
  const parts = groundOnLink({ link, dictionary, epochUs, lightTimeUs });
  const ground = new Graph(parts.page, { seed: 'live', host });
  const session = openSession({ graph: ground, ground: parts.ground, prefix: 'ground/', dictionary });
  const pacings = [pace(orbiter, { speed: 4 }), pace(ground, { speed: 4 })];
  const operated: Operated = { session, alerts: [], until: hostUntil };
  await active(operated);
  session.loseNext(1);
  const tokens = [1, 2, 3].map(() => session.send('connectionTest.AreYouAlive', {}));
  for (const sent of tokens) if (sent.ok) expect((await settled(operated, sent.token)).status).toBe('completed');
  await hostUntil(() => ground.kernel.inputs.position > 30, 'thirty inputs');
  for (const pacing of pacings) pacing.stop();
  ground.close();
  orbiter.close();

  const recordedOrbiter = orbiterOnLinks({ uplink: recordedByteLink(), lightTimeUs });
  const recordedGround = groundOnLink({ link: recordedByteLink(), dictionary, epochUs, lightTimeUs });
  expect(again(recordedOrbiter, orbiter, 'live')).toBe(orbiter.kernel.digest.hex);
  expect(again(recordedGround.page, ground, 'live')).toBe(ground.kernel.digest.hex);
});
