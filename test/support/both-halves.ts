// Both halves on one kernel in virtual time, joined by a simulated path, with a session at the ground.
import type { LinkSecurity } from '../../src/ccsds/sdls/link-security.ts';
import { type SimulatedLinkOptions, simulatedByteLink } from '../../src/devices/sim/byte-link.ts';
import { oscillator } from '../../src/devices/sim/oscillator.ts';
import { openSession } from '../../src/ground/session.ts';
import { groundDefaults, groundTopology } from '../../src/ground/topology.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { compose, edge } from '../../src/kernel/topology.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { DEFAULT_EPOCH_US } from '../../src/orbiter/tables.ts';
import { orbiter as orbiterTopology } from '../../src/orbiter/topology.ts';
import type { Operated } from './flows.ts';

export interface BothHalvesOptions {
  readonly path?: SimulatedLinkOptions;
  readonly seed?: string;
  readonly lightTimeUs?: number;
  /** Of each end; left out: clear mode. */
  readonly security?: { readonly ground?: LinkSecurity; readonly orbiter?: LinkSecurity };
}

export const bothHalves = ({ path = {}, seed = 'both', lightTimeUs = 0, security = {} }: BothHalvesOptions = {}) => {
  const antenna = simulatedByteLink(path);
  const epochUs = DEFAULT_EPOCH_US;
  const ground = groundTopology({
    ...groundDefaults,
    dictionary: orbiterDictionary,
    antenna,
    epochUs,
    lightTimeUs,
    security: security.ground,
  });
  const orbiter = orbiterTopology({
    radio: simulatedByteLink(),
    oscillator: oscillator(),
    security: security.orbiter,
  });
  const page = compose({ ground, orbiter }, ({ ground: { antenna, station }, orbiter: { radio } }) => ({
    path: [
      edge(antenna.out.toSpace, radio.in.fromSpace),
      edge(radio.out.toSpace, antenna.in.fromSpace),
      edge(antenna.out.status, station.in.link),
    ],
  }));
  const graph = new Graph(page, { seed, freeze: true });
  const fresh = (): Graph => new Graph(page, { seed });
  const session = openSession({ graph, ground, prefix: 'ground/', dictionary: orbiterDictionary });
  const alerts: string[] = [];
  session.alerts.subscribe(({ name }) => alerts.push(name));
  const until: Operated['until'] = async (holds, what) => {
    const endUs = graph.kernel.now + 120e6 + 20 * lightTimeUs;
    while (!holds()) {
      if (graph.kernel.now > endUs) throw new Error(`${what}: did not come in two minutes of the run`);
      graph.kernel.runFor(20_000);
    }
  };
  return { graph, page, fresh, session, alerts, until };
};
