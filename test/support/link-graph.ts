// A graph around one byte link under test: what it receives and says is collected, what it shall send is injected.
import { nodeHost } from '../../src/devices/real/host.ts';
import type { ByteLink, LinkStatus } from '../../src/hal/byte-link.ts';
import type { Component } from '../../src/kernel/component.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { pace } from '../../src/kernel/pace.ts';
import { instance, topology } from '../../src/kernel/topology.ts';

export type AnyByteLink = Component<(typeof ByteLink)['shape']>;

/** Waits on the host until it holds; polls each 2 ms and gives up after a while. */
export const hostUntil = async (holds: () => boolean, what = 'the condition', withinMs = 5_000): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`${what} did not hold within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

/** A paced graph whose only instance is the link. */
export const liveLink = (link: AnyByteLink) => {
  const page = topology({ link: instance(link, { base: 0 }) }, () => ({}));
  const graph = new Graph(page, { seed: 'link', host: nodeHost() });
  const pacing = pace(graph);
  const received: Uint8Array[] = [];
  const statuses: LinkStatus[] = [];
  const ports = page.ports('').link;
  graph.tap(ports.out.received, (octets) => received.push(octets));
  graph.tap(ports.out.status, (status) => statuses.push(status));
  return {
    graph,
    received,
    statuses,
    transmit: (octets: Uint8Array): void => void graph.inject(ports.in.transmit, octets),
    close: async (): Promise<void> => {
      graph.close();
      pacing.stop();
      await pacing.done;
    },
  };
};
