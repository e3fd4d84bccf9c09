// One seed is one run of the orbiter, also when it is saved and restored in the middle of traffic.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/kernel/random.ts';
import { load, save } from '../../src/kernel/snapshot.ts';
import { runTraffic, TRAFFIC_END_US, trafficDigest, trafficGraph } from '../support/orbiter-traffic.ts';

const wholeRun = (seed: string): string => {
  const graph = trafficGraph(seed);
  runTraffic(graph, TRAFFIC_END_US);
  return trafficDigest(graph);
};

describe('the orbiter in traffic', () => {
  it('does the same twice', () => {
    expect(wholeRun('twice')).toBe(wholeRun('twice'));
    expect(wholeRun('twice')).not.toBe(wholeRun('thrice'));
  });

  it('changes no state and no message that it has given away', () => {
    const graph = trafficGraph('twice', true);
    runTraffic(graph, TRAFFIC_END_US);
    expect(trafficDigest(graph)).toBe(wholeRun('twice'));
    expect(graph.all.filter(({ resets }) => resets > 0)).toEqual([]);
  });

  it('goes on to the same end from 50 random instants', () => {
    const chance = new Random('instants');
    const instants = Array.from({ length: 50 }, () => chance.below(TRAFFIC_END_US)).sort((a, b) => a - b);
    let graph = trafficGraph('saved');
    for (const at of instants) {
      runTraffic(graph, at);
      const snapshot = save(graph);
      graph = trafficGraph('saved');
      load(graph, snapshot);
    }
    runTraffic(graph, TRAFFIC_END_US);
    expect(trafficDigest(graph)).toBe(wholeRun('saved'));
  });

  it('goes on to the same end in a fresh process', () => {
    const graph = trafficGraph('fresh');
    runTraffic(graph, 1_234_567);
    const script = fileURLToPath(new URL('../support/finish-traffic.ts', import.meta.url));
    const input = serialize(save(graph)).toString('base64');
    const told = execFileSync(process.execPath, ['--import', 'tsx', script], { input, encoding: 'utf8' });
    expect(told.trim()).toBe(wholeRun('fresh'));
  });
});
