// The station alone: one transmitter, its bit rate, its bounds, its losses for training, and what the link tells.
import { describe, expect, it } from 'vitest';
import { station } from '../../../../src/ground/station/behaviour.ts';
import { type Cltu, MAX_WAITING_CLTUS, type Radiated } from '../../../../src/ground/station/declaration.ts';
import type { LinkStatus } from '../../../../src/hal/byte-link.ts';
import { Graph } from '../../../../src/kernel/graph.ts';
import { instance, topology } from '../../../../src/kernel/topology.ts';

const bench = (bitRateBps: number) => {
  const page = topology({ station: instance(station(), { base: 0, params: { bitRateBps } }) }, () => ({}));
  const graph = new Graph(page, { seed: 'station', freeze: true });
  const ports = page.ports('').station;
  const radiated: Radiated[] = [];
  const refused: Cltu[] = [];
  const left: { atUs: number; octets: Uint8Array }[] = [];
  const told: string[] = [];
  graph.tap(ports.out.radiated, (done) => radiated.push(done));
  graph.tap(ports.out.refused, (cltu) => refused.push(cltu));
  graph.tap(ports.out.transmit, (octets) => left.push({ atUs: graph.kernel.now, octets }));
  const { LinkUp, LinkDown, LinkLoss, CltuLost, QueueFull } = ports.evr;
  for (const event of [LinkUp, LinkDown, LinkLoss, CltuLost, QueueFull])
    graph.tap(event, ({ event: name, args }) => told.push(`${name} ${JSON.stringify(args)}`));
  const give = (id: number, length: number): void =>
    void graph.inject(ports.in.cltu, { id, kind: 'AD', octets: new Uint8Array(length) });
  return { graph, ports, radiated, refused, left, told, give };
};

describe('station', () => {
  it('radiates one CLTU after the other at its bit rate, and each leaves with its last bit', () => {
    const { graph, radiated, left, give } = bench(8000);
    give(1, 10);
    give(2, 20);
    graph.runUntil(1_000_000);
    expect(radiated.map(({ id, startUs, endUs }) => [id, endUs - startUs])).toEqual([
      [1, 10_000],
      [2, 20_000],
    ]);
    expect(radiated[1]!.startUs).toBe(radiated[0]!.endUs);
    expect(left.map(({ atUs }) => atUs)).toEqual(radiated.map(({ endUs }) => endUs));
  });

  it('takes no time without a bit rate', () => {
    const { graph, radiated, give } = bench(0);
    for (let id = 0; id < 10; id++) give(id, 1000);
    graph.kernel.runFor(100);
    expect(radiated.every(({ startUs, endUs }) => startUs === endUs)).toBe(true);
    expect(radiated).toHaveLength(10);
  });

  it('refuses what its queue cannot hold, and says so', () => {
    const { graph, refused, told, give } = bench(8);
    for (let id = 0; id < MAX_WAITING_CLTUS + 3; id++) give(id, 1);
    graph.kernel.runFor(1000);
    expect(refused.map(({ id }) => id)).toEqual([MAX_WAITING_CLTUS + 1, MAX_WAITING_CLTUS + 2]);
    expect(told).toEqual(['QueueFull {}', 'QueueFull {}']);
  });

  it('loses so many of the next CLTUs for training: they are radiated, and nothing leaves', () => {
    const { graph, ports, radiated, left, told, give } = bench(0);
    graph.inject(ports.in.loseNext, 2);
    for (let id = 1; id <= 3; id++) give(id, id);
    graph.kernel.runFor(1000);
    expect(radiated.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(left.map(({ octets }) => octets.length)).toEqual([3]);
    expect(told).toEqual(['CltuLost {"left":1}', 'CltuLost {"left":0}']);
  });

  it('tells when the link changes and when it loses, and not when it only speaks', () => {
    const { graph, ports, told } = bench(0);
    const say = (state: LinkStatus['state'], transmitDropped: number): void => {
      graph.inject(ports.in.link, { state, reason: 'connected', transmitDropped, receiveDropped: 0 });
      graph.kernel.runFor(10);
    };
    say('up', 0);
    say('up', 0);
    say('up', 4);
    say('down', 4);
    expect(told).toEqual([
      'LinkUp {"reason":"connected"}',
      'LinkLoss {"transmit":4,"receive":0}',
      'LinkDown {"reason":"connected"}',
    ]);
  });
});
