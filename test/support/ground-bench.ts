// The ground and the model spacecraft on one kernel, in virtual time, joined by a simulated path.
import { type SimulatedLinkOptions, simulatedByteLink } from '../../src/devices/sim/byte-link.ts';
import { openSession } from '../../src/ground/session.ts';
import { type GroundOptions, groundDefaults, groundTopology } from '../../src/ground/topology.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { compose, edge, instance, topology } from '../../src/kernel/topology.ts';
import { modelDictionary, modelEpochUs, modelSpacecraft } from './model-spacecraft.ts';

export interface GroundBenchOptions {
  readonly seed?: string;
  readonly path?: SimulatedLinkOptions;
  readonly ground?: Partial<GroundOptions>;
}

export const groundBench = ({ seed = 'ground', path = {}, ground: options = {} }: GroundBenchOptions = {}) => {
  const ground = groundTopology({
    ...groundDefaults,
    dictionary: modelDictionary,
    antenna: simulatedByteLink(path),
    epochUs: modelEpochUs,
    ...options,
  });
  const space = topology({ craft: instance(modelSpacecraft, { base: 0x100 }) }, () => ({}));
  const page = compose({ ground, space }, ({ ground, space }) => ({
    path: [
      edge(ground.antenna.out.toSpace, space.craft.in.octets),
      edge(space.craft.out.frame, ground.antenna.in.fromSpace),
      edge(ground.antenna.out.status, ground.station.in.link),
    ],
  }));
  const graph = new Graph(page, { seed, freeze: true });
  const session = openSession({ graph, ground, prefix: 'ground/', dictionary: modelDictionary });
  const alerts: string[] = [];
  session.alerts.subscribe(({ name }) => alerts.push(name));
  /** Runs on until it holds; throws after so many seconds of the run. */
  const until = (holds: () => boolean, withinSeconds = 60): void => {
    const endUs = graph.kernel.now + withinSeconds * 1e6;
    while (!holds()) {
      if (graph.kernel.now >= endUs) throw new Error(`did not hold within ${withinSeconds} s of the run`);
      graph.kernel.runFor(10_000);
    }
  };
  return { graph, page, ground, session, alerts, until };
};
