// A process of its own, bundled: runs every seed that is named and prints the digests. Whichever Node runs it, and
// however often, the lines are the same.
import { Graph } from '../../../src/kernel/graph.ts';
import { groundBench } from '../../support/ground-bench.ts';
import { receivingChain } from '../../support/kernel-parts.ts';

const RUN_US = 20_000_000;

/** Both ways lose, delay and spoil, so that chance decides what happens. */
const faults = { lossRatio: 0.1, jitterUs: 40_000, bitErrorRatio: 1e-5, duplicationRatio: 0.02 };

const lineOf = (name: string, graph: Graph): string => {
  graph.runUntil(RUN_US);
  return `${name} ${graph.kernel.digest.hex} after ${graph.kernel.deliveries}`;
};

for (const seed of process.argv.slice(2)) {
  console.log(lineOf(`chain ${seed}`, new Graph(receivingChain(), { seed, onFault: 'reset' })));
  console.log(lineOf(`ground ${seed}`, groundBench({ seed, path: { transmit: faults, receive: faults } }).graph));
}
