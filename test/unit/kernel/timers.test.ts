import { describe, expect, it } from 'vitest';
import { component } from '../../../src/kernel/component.ts';
import { declare, inlet, outlet, type Setting, timer } from '../../../src/kernel/declare.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { instance, topology } from '../../../src/kernel/topology.ts';

const Alarm = declare('Alarm', {
  inlets: { set: inlet<Setting>({ depth: 8, full: 'fault' }) },
  outlets: { rung: outlet<number>() },
  timers: { alarm: timer() },
});
const alarm = component(Alarm, ({ in: i, timer, now, run, sinks }) => {
  const rung = run(0).on(timer.alarm, (n) => [n + 1, { type: 'rung' }]);
  return sinks({ out: { rung: rung.only('rung', () => now()) }, timer: { alarm: i.set } });
});

const started = (takesUs = 0) => {
  const page = topology({ alarm: instance(alarm, { base: 0, takesUs }) }, () => ({}));
  const graph = new Graph(page, { seed: 's' });
  const ports = page.ports('');
  const rung: number[] = [];
  graph.tap(ports.alarm.out.rung, (at) => rung.push(at));
  const at = (time: number, setting: Setting) => {
    graph.runUntil(time - 1);
    graph.inject(ports.alarm.in.set, setting);
    graph.runUntil(time);
  };
  return { graph, rung, at };
};

describe('a declared timer', () => {
  it('fires once, that many microseconds after it was set', () => {
    const { graph, rung, at } = started();
    at(10, 100);
    graph.runUntil(1_000);
    expect(rung).toEqual([110]);
  });

  it('set again later or earlier, only the last counts', () => {
    const { graph, rung, at } = started();
    at(10, 100);
    at(50, 100);
    at(60, 30);
    graph.runUntil(1_000);
    expect(rung).toEqual([90]);
    expect(graph.kernel.wheel.size).toBe(0);
  });

  it('cancelled it never fires', () => {
    const { graph, rung, at } = started();
    at(10, 100);
    at(109, 'cancel');
    graph.runUntil(1_000);
    expect(rung).toEqual([]);
  });

  it('cancelled after it fired, while the message still waits, it does not arrive', () => {
    const { graph, rung, at } = started(1_000);
    at(10, 100);
    graph.runUntil(20);
    at(30, 'cancel');
    graph.runUntil(10_000);
    expect(rung).toEqual([]);
  });

  it('set again while its message waits, it fires once', () => {
    const { graph, rung, at } = started(200);
    at(10, 50);
    at(20, 500);
    graph.runUntil(10_000);
    expect(rung).toEqual([710]);
  });

  it('has one entry in the heap however often it is set', () => {
    const { graph, at } = started();
    for (let n = 1; n <= 200; n++) {
      at(n * 100, 1_000_000);
      at(n * 100 + 50, 10);
      expect(graph.kernel.wheel.size).toBeLessThanOrEqual(1);
    }
  });

  it.each([[-1], [1.5], [Number.NaN]])('refuses a delay of %d', (delay) => {
    const { graph, at } = started();
    expect(() => at(10, delay)).toThrow('expected a delay in whole microseconds');
    expect(graph.kernel.stopped).toBeDefined();
  });

  it('is gone after a reset', () => {
    const Fragile = declare('Fragile', {
      inlets: { go: inlet<number>({ depth: 2, full: 'fault' }) },
      timers: { alarm: timer() },
      outlets: { rung: outlet<number>() },
    });
    const fragile = component(Fragile, ({ in: i, timer, run, sinks }) => {
      const steps = run(0)
        .on(i.go, (n, value) => {
          if (value < 0) throw new Error('negative');
          return [n, { type: 'arm', value }];
        })
        .on(timer.alarm, (n) => [n + 1, { type: 'rung' }]);
      return sinks({
        out: { rung: steps.only('rung', () => 1) },
        timer: { alarm: steps.only('arm', (a) => a.value) },
      });
    });
    const page = topology({ fragile: instance(fragile, { base: 0 }) }, () => ({}));
    const graph = new Graph(page, { seed: 's', onFault: 'reset' });
    const ports = page.ports('');
    let rung = 0;
    graph.tap(ports.fragile.out.rung, () => rung++);
    graph.inject(ports.fragile.in.go, 100);
    graph.inject(ports.fragile.in.go, -1);
    graph.runUntil(1_000);
    expect(rung).toBe(0);
    expect(graph.find('fragile').resets).toBe(1);
  });
});

describe('time that stands still', () => {
  it('a timer that is set to now each time it fires is a livelock, and stops the kernel', () => {
    const Eager = declare('Eager', { timers: { again: timer() } });
    const eager = component(Eager, ({ boot, timer, run, sinks }) => {
      const steps = run(0)
        .on(boot, (n) => [n, { type: 'set' }])
        .on(timer.again, (n) => [n + 1, { type: 'set' }]);
      return sinks({ timer: { again: steps.only('set', () => 0) } });
    });
    const page = topology({ eager: instance(eager, { base: 0 }) }, () => ({}));
    const graph = new Graph(page, { seed: 's', maxPerInstant: 1_000 });
    expect(() => graph.runUntil(5)).toThrow('more than 1000 deliveries in one instant, between eager');
  });

  it('so is a closure that schedules itself for now', () => {
    const { kernel } = new Graph(
      topology({}, () => ({})),
      { seed: 's', maxPerInstant: 1_000 },
    );
    const again = (): void => void kernel.schedule(0, again);
    again();
    expect(() => kernel.runUntil(5)).toThrow('more than 1000 scheduled closures in one instant');
  });

  it('is counted for each instant alone', () => {
    const { graph, rung, at } = started();
    for (let n = 1; n < 3_000; n++) at(n * 10, 1);
    expect(rung).toHaveLength(2_998);
    expect(graph.kernel.maxPerInstant).toBeGreaterThan(2_998);
  });
});

describe('the time of a kernel', () => {
  const empty = () =>
    new Graph(
      topology({}, () => ({})),
      { seed: 's' },
    ).kernel;

  it('is whole microseconds, also when it is run to a fraction', () => {
    const kernel = empty();
    kernel.runUntil(33_333.3);
    expect(kernel.now).toBe(33_333);
  });

  it('stays at the last event when it is run to the end', () => {
    const kernel = empty();
    kernel.schedule(70, () => undefined);
    kernel.runUntil(Infinity);
    expect(kernel.now).toBe(70);
  });

  it('refuses an input between two microseconds', () => {
    const { graph } = started();
    const input = { time: 1.5, instance: 'alarm', port: 'in.set', payload: 1 };
    expect(() => graph.kernel.input(input)).toThrow('expected a time in whole microseconds');
  });
});

describe('work that is scheduled', () => {
  it('is cancelled once: an old cancel does not reach what the same work was scheduled for later', () => {
    const { graph } = started();
    let done = 0;
    const work = (): void => void done++;
    const cancel = graph.kernel.schedule(10, work);
    graph.runUntil(20);
    graph.kernel.schedule(10, work);
    cancel();
    graph.runUntil(50);
    expect(done).toBe(2);
  });
});
