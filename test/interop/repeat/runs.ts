// A process of its own, bundled: runs every seed that is named and prints the digests. Whichever Node runs it, and
// however often, the lines are the same.
import { simulatedByteLink } from '../../../src/devices/sim/byte-link.ts';
import { oscillator } from '../../../src/devices/sim/oscillator.ts';
import { openSession } from '../../../src/ground/session.ts';
import { groundDefaults, groundTopology } from '../../../src/ground/topology.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { compose, edge } from '../../../src/kernel/topology.ts';
import { orbiterDictionary } from '../../../src/orbiter/dictionary.ts';
import { DEFAULT_EPOCH_US } from '../../../src/orbiter/tables.ts';
import { orbiter } from '../../../src/orbiter/topology.ts';
import { receivingChain } from '../../support/kernel-parts.ts';

const RUN_US = 60_000_000;
const COMMAND_EVERY_US = 700_000;

const lineOf = (name: string, graph: Graph): string =>
  `${name} ${graph.kernel.digest.hex} after ${graph.kernel.deliveries}`;

const chainOf = (seed: string): string => {
  const graph = new Graph(receivingChain(), { seed, onFault: 'reset' });
  graph.runUntil(RUN_US);
  return lineOf(`chain ${seed}`, graph);
};

/** Both ways lose, delay and spoil, and the on-board clock drifts, so that chance decides what happens. */
const faults = { lossRatio: 0.1, delayUs: 250_000, jitterUs: 40_000, bitErrorRatio: 1e-5, duplicationRatio: 0.02 };

const missionOf = (seed: string): string => {
  const antenna = simulatedByteLink({ transmit: faults, receive: faults });
  const epochUs = DEFAULT_EPOCH_US;
  const options = { ...groundDefaults, dictionary: orbiterDictionary, antenna, epochUs, lightTimeUs: 250_000 };
  const ground = groundTopology(options);
  const space = orbiter({ radio: simulatedByteLink(), oscillator: oscillator({ driftPpm: 17.3 }) });
  const page = compose({ ground, space }, ({ ground: { antenna }, space: { radio } }) => ({
    path: [edge(antenna.out.toSpace, radio.in.fromSpace), edge(radio.out.toSpace, antenna.in.fromSpace)],
  }));
  const graph = new Graph(page, { seed });
  const session = openSession({ graph, ground, prefix: 'ground/', dictionary: orbiterDictionary });
  for (let us = COMMAND_EVERY_US; us < RUN_US; us += COMMAND_EVERY_US) {
    graph.runUntil(us);
    session.send('connectionTest.AreYouAlive', {});
  }
  graph.runUntil(RUN_US);
  return lineOf(`mission ${seed}`, graph);
};

for (const seed of process.argv.slice(2)) {
  console.log(chainOf(seed));
  console.log(missionOf(seed));
}
