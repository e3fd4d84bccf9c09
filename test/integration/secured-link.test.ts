// Both halves with link security on one kernel in virtual time: what an operator does, over bad links too; what happens
// when the keys differ; and that no key shows itself anywhere.
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/kernel/graph.ts';
import { Random } from '../../src/kernel/random.ts';
import { load, save } from '../../src/kernel/snapshot.ts';
import { bothHalves } from '../support/both-halves.ts';
import { flows } from '../support/flows.ts';
import { holdsKey, keyTraces, securedEnd, testKey } from '../support/secured-ends.ts';

const both = (changes: Parameters<typeof securedEnd>[1] = {}) => ({
  ground: securedEnd('ground', changes),
  orbiter: securedEnd('orbiter', changes),
});

const value = (graph: Graph, instance: string, channel: string): unknown =>
  graph.find(instance).readings.get(channel)?.();

/** Every octet string and every text in plain data. */
const leavesOf = (data: unknown): readonly unknown[] => {
  if (data instanceof Uint8Array || typeof data !== 'object' || data === null) return [data];
  return (data instanceof Map ? [...data].flat() : Object.values(data)).flatMap(leavesOf);
};

const otherKeys = (id: number): Uint8Array => testKey(id + 10);

describe('ground and orbiter on a secured link', () => {
  for (const { name, run } of flows.slice(0, 3)) it(name, () => run(bothHalves({ security: both() })));

  it.each([{ mask: 'standard' }, { service: 'authentication' }] as const)('works with %o', async (changes) => {
    await flows[0]!.run(bothHalves({ security: both(changes) }));
  });

  it('protects every frame of both ways and refuses none', () => {
    const { graph, session } = bothHalves({ security: both() });
    graph.runUntil(20_000_000);
    const { 'downlink.framesVerified': verified, ...rest } = session.statistics();
    expect([verified, rest['downlink.securityRefusals'], rest['downlink.refused']]).toEqual([200, 0, 0]);
    expect([rest['uplink.linkSecurity'], rest['downlink.linkSecurity']]).toEqual(['secured', 'secured']);
    expect(session.latest('tcReceiver.linkSecurity')?.value).toBe('secured');
  });

  it('brings commands through a path that loses, corrupts, repeats and reorders, once each', async () => {
    const faults = { lossRatio: 0.1, bitErrorRatio: 1e-5, duplicationRatio: 0.1, delayUs: 1_000, jitterUs: 1_000 };
    const operated = bothHalves({ path: { transmit: faults, receive: faults }, seed: 'storm', security: both() });
    const { session, graph } = operated;
    const tokens = Array.from({ length: 40 }, (_, n) => session.send('dispatcher.Noop', {}, { bypass: n % 8 === 7 }));
    const ids = tokens.flatMap((sent) => (sent.ok ? [sent.token] : []));
    const has = (token: number, stage: string): boolean =>
      session.record(token)?.stages.some((each) => each.stage === stage) ?? false;
    const sequenced = ids.filter((_, n) => n % 8 !== 7);
    const ended = (token: number): boolean => has(token, 'acknowledged') || has(token, 'not delivered');
    await operated.until(() => sequenced.every(ended), 'the end of every command');
    expect(operated.alerts).not.toContain('uplink.Alert');
    expect(sequenced.filter((token) => has(token, 'acknowledged'))).toEqual(sequenced);
    const executed = Number(value(graph, 'orbiter/dispatcher', 'noops'));
    expect(executed).toBeGreaterThanOrEqual(sequenced.length);
    expect(executed).toBeLessThanOrEqual(40);
    expect(session.statistics()['uplink.framesRepeated']).toBeGreaterThan(0);
    expect(Number(value(graph, 'orbiter/tcReceiver', 'replayDuplicate'))).toBeGreaterThan(0);
  });

  it('shows nothing and commands nothing under other keys', () => {
    const security = { ground: securedEnd('ground', {}, otherKeys), orbiter: securedEnd('orbiter') };
    const { graph, session } = bothHalves({ security });
    session.send('dispatcher.Noop', {}, { bypass: true });
    graph.runUntil(3_000_000);
    expect(session.allLatest()).toEqual([]);
    const { 'downlink.securityRefusals': forged, 'uplink.mode': mode } = session.statistics();
    expect([forged, mode]).toEqual([30, 'initial']);
    expect([value(graph, 'orbiter/tcReceiver', 'badMac'), value(graph, 'orbiter/dispatcher', 'received')]).toEqual([
      1, 0,
    ]);
  });

  it.each([
    ['a clear ground', {}, { orbiter: securedEnd('orbiter') }],
    ['a clear orbiter', {}, { ground: securedEnd('ground') }],
  ] as const)('takes nothing from %s', (_, __, security) => {
    const { graph, session } = bothHalves({ security });
    session.send('dispatcher.Noop', {}, { bypass: true });
    graph.runUntil(3_000_000);
    expect(session.allLatest()).toEqual([]);
    expect(value(graph, 'orbiter/dispatcher', 'completed')).toBe(0);
  });

  it('goes on from its snapshots at any instant, with the counters of before', () => {
    const path = { transmit: { lossRatio: 0.2, delayUs: 300_000 }, receive: { lossRatio: 0.1, delayUs: 300_000 } };
    const run = (instants: number): string => {
      const operated = bothHalves({ path, lightTimeUs: 300_000, security: both() });
      for (let i = 0; i < 8; i++) operated.session.send('dispatcher.Noop', {});
      let { graph } = operated;
      const random = new Random('instants');
      for (let i = 0; i < instants; i++) {
        graph.runUntil(graph.kernel.now + random.below(1_000_000));
        const next = operated.fresh();
        load(next, save(graph));
        graph = next;
      }
      graph.runUntil(15_000_000);
      return graph.kernel.digest.hex;
    };
    expect(run(20)).toBe(run(0));
  });

  it('keeps keys out of traces, snapshots, events, telemetry and what is shown of the graph', () => {
    const operated = bothHalves({ security: both() });
    const graph = new Graph(operated.page, { seed: 'both', trace: 100_000 });
    graph.runUntil(3_000_000);
    const shown = [save(graph), graph.kernel.trace?.all()];
    const leaves = leavesOf(shown);
    expect(leaves.length).toBeGreaterThan(1_000);
    for (const leaf of leaves) {
      if (leaf instanceof Uint8Array) expect(holdsKey(leaf)).toBe(false);
      if (typeof leaf === 'string') for (const trace of keyTraces) expect(leaf).not.toContain(trace);
    }
  });
});
