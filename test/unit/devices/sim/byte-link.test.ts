// The faults of the simulated link: each does what it says, at its rate, and the same for the same seed.
import { describe, expect, it } from 'vitest';
import { simulatedByteLink } from '../../../../src/devices/sim/byte-link.ts';
import { withBitErrors } from '../../../../src/devices/sim/disturb.ts';
import type { LinkStatus } from '../../../../src/hal/byte-link.ts';
import type { LinkFaults } from '../../../../src/hal/space-link.ts';
import { Graph } from '../../../../src/kernel/graph.ts';
import { Random } from '../../../../src/kernel/random.ts';
import { load, save } from '../../../../src/kernel/snapshot.ts';
import { instance, topology } from '../../../../src/kernel/topology.ts';

const linkWith = (transmit: Partial<LinkFaults>, receive: Partial<LinkFaults> = {}, maxUnderWay = 1000) => {
  const link = simulatedByteLink({ transmit, receive, maxUnderWay });
  const page = topology({ link: instance(link, { base: 0 }) }, () => ({}));
  const graph = new Graph(page, { seed: 'faults', freeze: true });
  const ports = page.ports('').link;
  const arrived: { atUs: number; octets: Uint8Array }[] = [];
  const statuses: LinkStatus[] = [];
  graph.tap(ports.out.toSpace, (octets) => arrived.push({ atUs: graph.kernel.now, octets }));
  graph.tap(ports.out.status, (status) => statuses.push(status));
  const send = (count: number, everyUs = 1_000): void => {
    for (let i = 0; i < count; i++) {
      graph.inject(ports.in.transmit, Uint8Array.of(i >> 8, i & 255));
      graph.kernel.runFor(everyUs);
    }
  };
  const numbers = (): number[] => arrived.map(({ octets }) => (octets[0]! << 8) | octets[1]!);
  return { page, graph, ports, arrived, statuses, send, numbers };
};

describe('simulated byte link', () => {
  it('loses units at the given ratio', () => {
    const { send, arrived } = linkWith({ lossRatio: 0.25 });
    send(4000);
    expect(arrived.length).toBeGreaterThan(2850);
    expect(arrived.length).toBeLessThan(3150);
  });

  it('duplicates units at the given ratio', () => {
    const { send, arrived } = linkWith({ duplicationRatio: 0.1 });
    send(2000);
    expect(arrived.length).toBeGreaterThan(2140);
    expect(arrived.length).toBeLessThan(2260);
  });

  it('delays each unit by the light time, to the microsecond', () => {
    const { send, arrived, graph } = linkWith({ delayUs: 750_000 });
    send(3, 10_000);
    graph.runUntil(2_000_000);
    expect(arrived.map(({ atUs }) => atUs)).toEqual([750_001, 760_001, 770_001]);
  });

  it('lets later units overtake those that it holds back', () => {
    const { send, numbers, graph } = linkWith({ delayUs: 100, reorderRatio: 0.2, reorderDelayUs: 5_000 });
    send(200);
    graph.kernel.runFor(20_000);
    const order = numbers();
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('keeps the order of equal delays', () => {
    const { send, numbers, graph } = linkWith({ delayUs: 50_000 });
    send(100, 1);
    graph.kernel.runFor(100_000);
    expect(numbers()).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('turns bits over at the given ratio, and leaves the octets of the sender alone', () => {
    const random = new Random('bits');
    const clean = new Uint8Array(12_500);
    const turned = withBitErrors(clean, 1e-3, random);
    const errors = turned.reduce((sum, octet) => sum + octet.toString(2).replaceAll('0', '').length, 0);
    expect(errors).toBeGreaterThan(60);
    expect(errors).toBeLessThan(140);
    expect(clean.every((octet) => octet === 0)).toBe(true);
    expect(withBitErrors(Uint8Array.of(0xaa), 1, random)).toEqual(Uint8Array.of(0x55));
  });

  it('is down in an outage: it says so at both ends of it, and carries nothing', () => {
    const { send, numbers, statuses } = linkWith({ outages: [{ fromUs: 10_000, toUs: 20_000 }] });
    send(30);
    expect(numbers()).toEqual([
      ...Array.from({ length: 10 }, (_, i) => i),
      ...Array.from({ length: 10 }, (_, i) => i + 20),
    ]);
    expect(statuses.map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'up simulated',
      'down outage',
      'up simulated',
    ]);
  });

  it('drops units above its MTU, counts them and says so', () => {
    const { graph, ports, arrived, statuses } = linkWith({ mtuOctets: 10 });
    graph.inject(ports.in.transmit, new Uint8Array(11));
    graph.inject(ports.in.transmit, new Uint8Array(10));
    graph.kernel.runFor(10);
    expect(arrived).toHaveLength(1);
    expect(statuses.at(-1)).toMatchObject({ state: 'up', transmitDropped: 1 });
  });

  it('bounds what is under way and drops the newest', () => {
    const { send, numbers, graph, statuses } = linkWith({ delayUs: 1_000_000 }, {}, 5);
    send(8);
    graph.kernel.runFor(2_000_000);
    expect(numbers()).toEqual([0, 1, 2, 3, 4]);
    expect(statuses.at(-1)).toMatchObject({ transmitDropped: 3 });
  });

  it('disturbs the two directions apart, and takes new faults while it runs', () => {
    const { graph, ports, send, arrived } = linkWith({}, { lossRatio: 1 });
    const received: Uint8Array[] = [];
    graph.tap(ports.out.received, (octets) => received.push(octets));
    graph.inject(ports.in.fromSpace, Uint8Array.of(1));
    send(1);
    expect([arrived.length, received.length]).toEqual([1, 0]);
    graph.inject(ports.in.faults, { way: 'receive', faults: { lossRatio: 0 } });
    graph.inject(ports.in.faults, { way: 'transmit', faults: { lossRatio: 1 } });
    graph.inject(ports.in.fromSpace, Uint8Array.of(2));
    send(1);
    expect([arrived.length, received.length]).toEqual([1, 1]);
  });

  it('is the same for the same seed, also when it is saved and loaded with units under way', () => {
    const faults = { lossRatio: 0.1, jitterUs: 9_000, duplicationRatio: 0.1, bitErrorRatio: 0.01 };
    const whole = linkWith(faults);
    whole.send(300);
    const half = linkWith(faults);
    half.send(150);
    const other = linkWith(faults);
    load(other.graph, save(half.graph));
    for (let i = 150; i < 300; i++) {
      other.graph.inject(other.ports.in.transmit, Uint8Array.of(i >> 8, i & 255));
      other.graph.kernel.runFor(1_000);
    }
    expect(other.graph.kernel.digest.hex).toBe(whole.graph.kernel.digest.hex);
  });
});
