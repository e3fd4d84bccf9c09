// A process of its own: takes a snapshot of the orbiter in traffic from standard input, runs it to the end, and prints
// the digest. Without a snapshot (a seed as argument) it is the whole run.
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { load, type Snapshot } from '../../src/kernel/snapshot.ts';
import { runTraffic, TRAFFIC_END_US, trafficDigest, trafficGraph } from './orbiter-traffic.ts';

const seed = process.argv[2];
const snapshot =
  seed === undefined ? (deserialize(Buffer.from(readFileSync(0, 'utf8'), 'base64')) as Snapshot) : undefined;
const graph = trafficGraph(snapshot?.seed ?? seed!);
if (snapshot !== undefined) load(graph, snapshot);
runTraffic(graph, TRAFFIC_END_US);
console.log(trafficDigest(graph));
