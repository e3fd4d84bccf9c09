// One seed is one run of the orbiter, also when it is saved and restored in the middle of traffic.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/kernel/random.ts';
import { save } from '../../src/kernel/snapshot.ts';
import {
  restoredTraffic,
  runTraffic,
  TRAFFIC_END_US,
  trafficDigest,
  trafficGraph,
  wholeTraffic,
} from '../support/orbiter-traffic.ts';

describe('the orbiter in traffic', () => {
  it('does the same twice', () => {
    expect(wholeTraffic('twice')).toBe(wholeTraffic('twice'));
    expect(wholeTraffic('twice')).not.toBe(wholeTraffic('thrice'));
  });

  it('changes no state and no message that it has given away', () => {
    const graph = trafficGraph('twice', true);
    runTraffic(graph, TRAFFIC_END_US);
    expect(trafficDigest(graph)).toBe(wholeTraffic('twice'));
    expect(graph.all.filter(({ resets }) => resets > 0)).toEqual([]);
  });

  it('goes on to the same end from 50 random instants', () => {
    expect(restoredTraffic('saved', new Random('instants'), 50)).toBe(wholeTraffic('saved'));
  });

  it('goes on to the same end in a fresh process', () => {
    const graph = trafficGraph('fresh');
    runTraffic(graph, 1_234_567);
    const script = fileURLToPath(new URL('../support/finish-traffic.ts', import.meta.url));
    const input = serialize(save(graph)).toString('base64');
    const told = execFileSync(process.execPath, ['--import', 'tsx', script], { input, encoding: 'utf8' });
    expect(told.trim()).toBe(wholeTraffic('fresh'));
  });
});
