import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../../src/devices/real/host.ts';
import { component, driver } from '../../../src/kernel/component.ts';
import { declare, inlet, outlet } from '../../../src/kernel/declare.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import type { Host } from '../../../src/kernel/host.ts';
import { KernelStop } from '../../../src/kernel/kernel-stop.ts';
import { pace } from '../../../src/kernel/pace.ts';
import { Random } from '../../../src/kernel/random.ts';
import { replay } from '../../../src/kernel/replay.ts';
import { load, save } from '../../../src/kernel/snapshot.ts';
import { edge, instance, topology } from '../../../src/kernel/topology.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { receivingChain, type Wire } from '../../support/kernel-parts.ts';

const SECOND = 1_000_000;
const options = { seed: 'bench', onFault: 'reset' } as const;

const air = (): Wire & { hear(octets: Uint8Array): void; readonly sent: Uint8Array[] } => {
  const ears = new Set<(octets: Uint8Array) => void>();
  const sent: Uint8Array[] = [];
  return {
    sent,
    send: (octets) => sent.push(octets),
    hear: (octets) => {
      for (const ear of ears) ear(octets);
    },
    onHear: (ear) => {
      ears.add(ear);
      return () => ears.delete(ear);
    },
  };
};

const live = (host: Host) => {
  const wire = air();
  const graph = new Graph(receivingChain(wire), { ...options, host });
  return { graph, wire };
};

/** Runs for a while with datagrams at odd moments, and the host late at random. */
const busy = (host: FakeHost, wire: ReturnType<typeof air>, steps: number, seed: string): void => {
  const chance = new Random(seed);
  for (let step = 0; step < steps; step++) {
    host.pass(chance.below(9_000), chance.below(3) === 0 ? chance.below(4_000) : 0);
    for (let count = chance.below(4); count > 0; count--) wire.hear(Uint8Array.of(chance.below(256), 1));
  }
};

const finish = (graph: Graph): string => `${graph.kernel.digest.hex} after ${graph.kernel.deliveries}`;

describe('a run in real time', () => {
  it.each([1, 0.1, 10])('follows the clock of the host at speed %d', (speed) => {
    const host = new FakeHost();
    const { graph } = live(host);
    const running = pace(graph, { speed });
    host.pass(2 * SECOND);
    expect(graph.kernel.now).toBeGreaterThan(2 * SECOND * speed - 25_000 * Math.max(1, speed));
    expect(graph.kernel.now).toBeLessThanOrEqual(2 * SECOND * speed);
    running.stop();
  });

  it('as fast as possible runs to its end in no time of the host', async () => {
    const host = new FakeHost();
    const { graph } = live(host);
    const running = pace(graph, { speed: Infinity, untilUs: 5 * SECOND });
    host.pass(1_000);
    await running.done;
    expect(graph.kernel.now).toBe(5 * SECOND);
  });

  it('replayed from its log gives the same digest', () => {
    const host = new FakeHost();
    const { graph, wire } = live(host);
    const running = pace(graph, { speed: 1 });
    busy(host, wire, 150, 'weather');
    running.stop();
    const inputs = graph.kernel.inputs.since();
    expect(inputs.length).toBeGreaterThan(100);
    expect(wire.sent.length).toBeGreaterThan(50);
    const again = new Graph(receivingChain(), options);
    replay(again, inputs, graph.kernel.now);
    expect(finish(again)).toBe(finish(graph));
  });

  it('replayed from a snapshot on its way gives the same digest', () => {
    const host = new FakeHost();
    const { graph, wire } = live(host);
    const running = pace(graph, { speed: 3 });
    busy(host, wire, 60, 'first');
    wire.hear(Uint8Array.of(1, 2));
    const snapshot = save(graph);
    busy(host, wire, 60, 'second');
    running.stop();
    const again = new Graph(receivingChain(), options);
    load(again, snapshot);
    replay(again, graph.kernel.inputs.since(snapshot.inputPosition), graph.kernel.now);
    expect(snapshot.inputs.length).toBeGreaterThan(0);
    expect(finish(again)).toBe(finish(graph));
  });

  it('changes its speed on the way without a jump', () => {
    const host = new FakeHost();
    const { graph } = live(host);
    const running = pace(graph);
    host.pass(SECOND);
    running.setSpeed(10);
    host.pass(SECOND);
    running.setSpeed(0.5);
    host.pass(SECOND);
    expect(running.speed).toBe(0.5);
    expect(graph.kernel.now / SECOND).toBeCloseTo(11.5, 0);
    running.stop();
  });

  it('gives up what it cannot catch up with, and says how much', () => {
    const host = new FakeHost();
    const { graph } = live(host);
    const running = pace(graph);
    host.pass(SECOND);
    host.pass(3_600 * SECOND, 3_599 * SECOND);
    expect(running.slippedUs).toBeGreaterThan(3_500 * SECOND);
    expect(graph.kernel.now).toBeLessThan(5 * SECOND);
    running.stop();
  });

  it('stops by its handle or by a signal, and leaves nothing behind', async () => {
    const host = new FakeHost();
    const abort = new AbortController();
    const { graph } = live(host);
    const running = pace(graph, { signal: abort.signal });
    host.pass(SECOND);
    abort.abort();
    await running.done;
    const stoppedAt = graph.kernel.now;
    host.pass(SECOND);
    expect(graph.kernel.now).toBe(stoppedAt);
    expect(host.waiting).toBe(0);
  });

  it('rejects with the fault that stopped the kernel', async () => {
    const host = new FakeHost();
    const Bomb = declare('Bomb', { inlets: { go: inlet<number>({ depth: 1, full: 'latest' }) } });
    const bomb = component(Bomb, ({ in: i, run, sinks }) => {
      run(0).on(i.go, () => {
        throw new Error('boom');
      });
      return sinks({});
    });
    const page = topology({ bomb: instance(bomb, { base: 0 }) }, () => ({}));
    const graph = new Graph(page, { seed: 's', host });
    const running = pace(graph);
    graph.inject(page.ports('').bomb.in.go, 1);
    host.pass(SECOND);
    await expect(running.done).rejects.toThrow(KernelStop);
  });

  it('on the clock of node is replayed to the same digest', async () => {
    const { graph, wire } = live(nodeHost());
    const talking = setInterval(() => wire.hear(Uint8Array.of(graph.kernel.deliveries & 255, 1)), 3);
    await pace(graph, { untilUs: 150_000 }).done;
    clearInterval(talking);
    graph.close();
    const inputs = graph.kernel.inputs.since();
    expect(inputs.length).toBeGreaterThan(0);
    const again = new Graph(receivingChain(), options);
    replay(again, inputs, 150_000);
    expect(finish(again)).toBe(finish(graph));
  });
});

const Device = declare('Device', {
  inlets: { send: inlet<number>({ depth: 8, full: 'dropNewest' }) },
  outlets: { heard: outlet<number>() },
});
const Echo = declare('Echo', {
  inlets: { heard: inlet<number>({ depth: 8, full: 'dropNewest' }) },
  outlets: { answer: outlet<number>() },
});
const echo = component(Echo, ({ in: i, sinks }) => sinks({ out: { answer: i.heard } }));

describe('a driver', () => {
  const attached = () => {
    const host = new FakeHost();
    const log: string[] = [];
    let mouth: (value: number) => void = () => undefined;
    const device = driver(Device, ({ in: i, out }) => {
      log.push('attached');
      mouth = out.heard;
      i.send.subscribe((value) => {
        if (value === 13) throw new Error('the cable is out');
        log.push(`sent ${value}`);
      });
      return () => void log.push('detached');
    });
    const page = topology(
      { device: instance(device, { base: 0 }), echo: instance(echo, { base: 0x100 }) },
      ({ device, echo }) => ({ loop: [edge(device.out.heard, echo.in.heard), edge(echo.out.answer, device.in.send)] }),
    );
    const graph = new Graph(page, { ...options, host });
    return { graph, page, log, hear: (value: number) => mouth(value) };
  };

  it('that throws is detached and attached again, and the log replays its fault', () => {
    const { graph, page, log, hear } = attached();
    for (const value of [1, 13, 2]) {
      hear(value);
      graph.kernel.runFor(10);
    }
    expect(log).toEqual(['attached', 'sent 1', 'detached', 'attached', 'sent 2']);
    expect(graph.find('device').resets).toBe(1);
    const again = new Graph(page, options);
    replay(again, graph.kernel.inputs.since(), graph.kernel.now);
    expect(finish(again)).toBe(finish(graph));
    graph.close();
    expect(log.at(-1)).toBe('detached');
  });

  it('may not flood the kernel: inputs on their way are bounded, and what is dropped is counted', () => {
    const { graph, hear } = attached();
    for (let n = 0; n < 3_000; n++) hear(n);
    expect(graph.kernel.wheel.size).toBe(1_024);
    expect(graph.kernel.inputs.position).toBe(1_024);
    expect(graph.kernel.outsideEdges()[0]).toMatchObject({ from: 'outside/device.out.heard', dropped: 1_976 });
  });

  it('is not attached without a host', () => {
    const { page, log } = attached();
    new Graph(page, options);
    expect(log).toEqual(['attached']);
  });
});

describe('a clock that jumps', () => {
  it('at a speed that is no whole number, time stays whole microseconds', () => {
    const host = new FakeHost();
    const { graph, wire } = live(host);
    const running = pace(graph, { speed: 3.3333333 });
    for (let step = 0; step < 20; step++) {
      host.pass(7_001, 4_000);
      expect(graph.kernel.now).toBe(Math.floor(graph.kernel.now));
      wire.hear(Uint8Array.of(step, 1));
    }
    running.stop();
    for (const { time } of graph.kernel.inputs.since()) expect(time).toBe(Math.floor(time));
  });

  it('does not stamp what comes first after it with a time that is given up', () => {
    const host = new FakeHost();
    const { graph, wire } = live(host);
    const running = pace(graph);
    host.pass(SECOND);
    host.sleep(3_600 * SECOND);
    wire.hear(Uint8Array.of(1, 1));
    host.pass(SECOND);
    wire.hear(Uint8Array.of(2, 1));
    host.pass(SECOND);
    running.stop();
    const inputs = graph.kernel.inputs.since();
    expect(inputs.map(({ time }) => time < 5 * SECOND)).toEqual([true, true]);
    expect(running.slippedUs).toBeGreaterThan(3_500 * SECOND);
    const again = new Graph(receivingChain(), options);
    replay(again, inputs, graph.kernel.now);
    expect(finish(again)).toBe(finish(graph));
  });

  it('back stamps no input before an earlier one, so that the log replays', () => {
    const { graph, wire } = live(new FakeHost());
    const { kernel } = graph;
    kernel.runUntil(1_000);
    const stamps = [5_000, 3_000, 2_000, 5_001];
    for (const stamp of stamps) {
      kernel.clock = () => stamp;
      wire.hear(Uint8Array.of(stamp & 255, 1));
    }
    const restored = new Graph(receivingChain(), options);
    load(restored, save(graph));
    restored.kernel.clock = () => 2_500;
    restored.kernel.inject('link', 'out.received', { sequence: 9, octets: Uint8Array.of(9, 1) });
    kernel.clock = () => 2_500;
    wire.hear(Uint8Array.of(9, 1));
    const inputs = kernel.inputs.since();
    expect(inputs.map(({ time }) => time)).toEqual([5_000, 5_000, 5_000, 5_001, 5_001]);
    kernel.runUntil(50_000);
    restored.kernel.runUntil(50_000);
    expect(finish(restored)).toBe(finish(graph));
    const again = new Graph(receivingChain(), options);
    replay(again, inputs, 50_000);
    expect(finish(again)).toBe(finish(graph));
  });
});
