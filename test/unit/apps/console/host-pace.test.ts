// What a console says when the host cannot keep the speed of the run.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { latestOf, slipEvent, watchSlips } from '../../../../apps/console/host-pace.ts';
import { interpret } from '../../../../apps/console/interpret.ts';
import { orbiterOnLinks } from '../../../../apps/orbiter/compose.ts';
import { orbiterStatus, statusLine } from '../../../../apps/orbiter/status.ts';
import { recordedByteLink } from '../../../../src/devices/sim/recorded-byte-link.ts';
import { Graph } from '../../../../src/kernel/graph.ts';
import { pace } from '../../../../src/kernel/pace.ts';
import { consoleBench } from '../../../support/console-bench.ts';
import { FakeHost } from '../../../support/fake-host.ts';

describe('a host that is too slow', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told of at once, then at most once in ten seconds, and of nothing twice', () => {
    const pace = { speed: 300, slippedUs: 5 };
    const told: number[] = [];
    const watching = watchSlips(pace, (givenUpUs) => told.push(givenUpUs));
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
    for (let second = 0; second < 20; second++) {
      pace.slippedUs += 100;
      vi.advanceTimersByTime(1000);
    }
    expect(told).toEqual([100, 1000]);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([100, 1000, 900]);
    watching.stop();
    pace.slippedUs += 100;
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveLength(3);
  });

  it('is as late as the latest of its runs', () => {
    const ground = { speed: 2, slippedUs: 0 };
    const orbiter = { speed: 2, slippedUs: 0 };
    const host = latestOf([ground, orbiter]);
    orbiter.slippedUs = 7;
    ground.slippedUs = 3;
    ground.speed = 4;
    expect([host.slippedUs, host.speed]).toEqual([7, 4]);
    expect(slipEvent({ speed: 300, slippedUs: 0 }, 1_200_000, 9)).toEqual({
      atUs: 9,
      severity: 'medium',
      where: 'ground',
      name: 'host.Slipped',
      text: 'the host cannot keep speed 300: 1.20 s given up',
    });
  });

  it('is an alert among the events that no script expects, and is shown by link and time', async () => {
    const host = { speed: 300, slippedUs: 0 };
    const b = consoleBench({}, host);
    const said = async (line: string): Promise<string> => {
      const answer = await interpret(b.desk, line);
      return answer?.ok ? answer.lines.join('\n') : '';
    };
    expect(await said('time')).not.toContain('given up');
    expect(await said('link')).toMatch(/host\.slipped +0 ms/);
    host.slippedUs = 600_000_000;
    vi.advanceTimersByTime(1000);
    expect(b.printed.join(' ')).toContain('host.Slipped  the host cannot keep speed 300: 10 min');
    expect(b.desk.past.map(({ name }) => name)).toContain('host.Slipped');
    expect(b.desk.seen.events.map(({ name }) => name)).not.toContain('host.Slipped');
    expect(await said('time')).toContain('given up 10 min 0 s by the host');
    expect(await said('link')).toMatch(/host\.slipped +10 min 0 s/);
    b.follower.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('the orbiter alone says what its host has given up, in its line and to scripts', () => {
  const host = new FakeHost();
  const page = orbiterOnLinks({ uplink: recordedByteLink(), lightTimeUs: 0, epochUs: 1_325_419_200_000_000 });
  const graph = new Graph(page, { seed: 'slow', host });
  const pacing = pace(graph);
  host.pass(1_000_000);
  expect(statusLine(orbiterStatus(graph, pacing))).not.toContain('given up');
  host.sleep(60_000_000);
  host.pass(1_000_000);
  const status = orbiterStatus(graph, pacing);
  expect(status.slippedUs / 1e6).toBeCloseTo(60, 0);
  expect(statusLine(status)).toMatch(/, (59|60|61)\.\d s given up: the host is too slow$/);
  pacing.stop();
});
