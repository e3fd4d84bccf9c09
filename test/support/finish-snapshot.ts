// A process of its own: takes a snapshot of the receiving chain from standard input, runs it to the instant that is
// named, and prints the digest.
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { Graph } from '../../src/kernel/graph.ts';
import { load, type Snapshot } from '../../src/kernel/snapshot.ts';
import { receivingChain } from './kernel-parts.ts';

const snapshot = deserialize(Buffer.from(readFileSync(0, 'utf8'), 'base64')) as Snapshot;
const graph = new Graph(receivingChain(), { seed: snapshot.seed, onFault: 'reset' });
load(graph, snapshot);
graph.runUntil(Number(process.argv[2]));
console.log(`${graph.kernel.digest.hex} after ${graph.kernel.deliveries}`);
