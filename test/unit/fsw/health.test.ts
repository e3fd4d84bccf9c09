import { describe, expect, it } from 'vitest';
import { health } from '../../../src/fsw/health/behaviour.ts';
import { componentBench } from '../../support/component-bench.ts';
import { orbiterBench } from '../../support/orbiter-bench.ts';

const bench = () => {
  const made = componentBench(health);
  const pong = (answered: boolean, latencyUs = 10): void =>
    made.send('pong', { instance: 'orbiter/worker', id: 0x0400, round: 1, answered, latencyUs });
  return { ...made, pong };
};
const who = { component: 'worker', base: 0x0400 };

describe('health', () => {
  it('HLT-01 pings all components and counts their answers', () => {
    const b = orbiterBench();
    b.run(3_050_000);
    const components = b.graph.all.length;
    expect([b.value('health.rounds'), b.value('health.answers')]).toEqual([3, 3 * components]);
    expect(b.value('health.late')).toBe(0);
  });

  it('HLT-02 tells once of a component that is late', () => {
    const b = bench();
    b.pong(false);
    b.pong(false);
    expect([b.told, b.eventArgs, b.value('late')]).toEqual([['Late'], [{ ...who, pings: 1 }], 1]);
  });

  it('HLT-03 tells once of a component that is missing', () => {
    const b = bench();
    for (let n = 0; n < 5; n++) b.pong(false);
    expect([b.told, b.value('missing')]).toEqual([['Late', 'Missing'], 1]);
    expect(b.eventArgs.at(-1)).toEqual({ ...who, pings: 3 });
  });

  it('HLT-04 tells when it answers again', () => {
    const b = bench();
    b.pong(false);
    b.pong(true, 2_000_000);
    b.pong(true, 5);
    expect([b.told, b.value('late'), b.value('missing')]).toEqual([['Late', 'Recovered'], 0, 0]);
    expect(b.eventArgs.at(-1)).toEqual({ ...who, latency: 2_000_000 });
  });

  it('HLT-05 knows the worst latency', () => {
    const b = bench();
    for (const latencyUs of [10, 900, 30]) b.pong(true, latencyUs);
    expect([b.value('worstLatency'), b.value('answers')]).toEqual([900, 3]);
  });

  describe('HLT-06', () => {
    it('tells progress by rounds and completes when nobody was late', () => {
      const b = bench();
      b.send('tick', 0);
      b.call('SelfTest', { rounds: 3 });
      for (let n = 1; n <= 4; n++) {
        b.send('tick', n);
        b.pong(true);
      }
      expect(b.outcomes).toEqual([{ progress: 1 }, { progress: 2 }]);
      b.send('tick', 5);
      expect(b.outcomes).toEqual([{ progress: 1 }, { progress: 2 }, { progress: 3 }, 'done']);
    });

    it('fails with the first component that is late, and can be asked again', () => {
      const b = bench();
      b.call('SelfTest', { rounds: 5 });
      b.send('tick', 1);
      b.send('tick', 2);
      b.pong(false);
      b.send('tick', 3);
      expect(b.outcomes).toEqual([{ failed: 'component is late: worker' }]);
      b.pong(true);
      b.call('SelfTest', { rounds: 1 });
      b.call('SelfTest', { rounds: 1 });
      for (let n = 4; n < 7; n++) b.send('tick', n);
      expect(b.outcomes.slice(1)).toEqual([{ failed: 'busy' }, { progress: 1 }, 'done']);
    });

    it('comes down as (1,5) reports, one a round, and (1,7)', () => {
      const b = orbiterBench();
      b.run(500_000);
      b.command('health.SelfTest', { rounds: 4 });
      b.run(5_400_000);
      expect(b.kinds([1])).toEqual(['1,1', '1,3', '1,5', '1,5', '1,5']);
      b.run(1_000_000);
      expect(b.kinds([1]).slice(5)).toEqual(['1,5', '1,7']);
      const steps = b.packets
        .filter(({ service, subtype }) => service === 1 && subtype === 5)
        .map(({ data }) => data[4]);
      expect(steps).toEqual([1, 2, 3, 4]);
    });
  });
});
