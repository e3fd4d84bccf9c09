// The same, often: 100 runs of one seed, and restarts in fresh processes. Run by CI only.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/kernel/random.ts';
import { save } from '../../src/kernel/snapshot.ts';
import { restoredTraffic, runTraffic, TRAFFIC_END_US, trafficGraph, wholeTraffic } from '../support/orbiter-traffic.ts';

const script = fileURLToPath(new URL('../support/finish-traffic.ts', import.meta.url));

const inFreshProcess = (words: readonly string[], input: string): string =>
  execFileSync(process.execPath, ['--import', 'tsx', script, ...words], { input, encoding: 'utf8' }).trim();

describe('one seed is one run of the orbiter', () => {
  it('in 100 of 100 tries', () => {
    const first = wholeTraffic('hundred');
    for (let n = 1; n < 100; n++) expect(wholeTraffic('hundred')).toBe(first);
  });

  it('in fresh processes, from the start and from random instants', () => {
    const first = wholeTraffic('processes');
    expect(inFreshProcess(['processes'], '')).toBe(first);
    const chance = new Random('restarts');
    for (let n = 0; n < 10; n++) {
      const graph = trafficGraph('processes');
      runTraffic(graph, chance.below(TRAFFIC_END_US));
      expect(inFreshProcess([], serialize(save(graph)).toString('base64'))).toBe(first);
    }
  });

  it('saved and restored at 50 random instants, for 20 sets of them', () => {
    const first = wholeTraffic('hops');
    for (let set = 0; set < 20; set++) expect(restoredTraffic('hops', new Random(`hops ${set}`), 50)).toBe(first);
  });
});
