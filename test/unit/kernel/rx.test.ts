import { bufferTime, debounceTime, delay, interval, map, Subject, throttleTime, timeout, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../src/kernel/graph.ts';
import { scheduler } from '../../../src/kernel/rx.ts';
import { save } from '../../../src/kernel/snapshot.ts';
import { topology } from '../../../src/kernel/topology.ts';

const MILLISECOND = 1_000;

const started = () => {
  const graph = new Graph(
    topology({}, () => ({})),
    { seed: 's' },
  );
  const on = scheduler(graph.kernel);
  const subject = new Subject<number>();
  const at = (ms: number, value: number) => graph.kernel.schedule(ms * MILLISECOND, () => subject.next(value));
  const seen: string[] = [];
  const note = (value: unknown) => seen.push(`${graph.kernel.now / MILLISECOND}:${JSON.stringify(value)}`);
  return { graph, on, subject, at, seen, note };
};

describe('the RxJS scheduler on the kernel', () => {
  it('timer fires once, in virtual time', () => {
    const { graph, on, seen, note } = started();
    timer(5, on).subscribe(note);
    graph.runUntil(100 * MILLISECOND);
    expect(seen).toEqual(['5:0']);
    expect(graph.kernel.wheel.size).toBe(0);
  });

  it('interval goes on until it is unsubscribed, and then nothing is scheduled', () => {
    const { graph, on, seen, note } = started();
    const ticking = interval(10, on).subscribe(note);
    graph.runUntil(35 * MILLISECOND);
    ticking.unsubscribe();
    graph.runUntil(100 * MILLISECOND);
    expect(seen).toEqual(['10:0', '20:1', '30:2']);
    expect(graph.kernel.wheel.size).toBe(0);
  });

  it('delay, debounceTime, throttleTime and bufferTime keep its time', () => {
    const { graph, on, subject, at, seen, note } = started();
    subject
      .pipe(
        delay(3, on),
        map((n) => `delay ${n}`),
      )
      .subscribe(note);
    subject
      .pipe(
        debounceTime(4, on),
        map((n) => `debounce ${n}`),
      )
      .subscribe(note);
    subject
      .pipe(
        throttleTime(10, on),
        map((n) => `throttle ${n}`),
      )
      .subscribe(note);
    const buffering = subject.pipe(bufferTime(20, on)).subscribe(note);
    for (const [ms, value] of [
      [1, 1],
      [3, 2],
      [12, 3],
    ] as const)
      at(ms, value);
    graph.runUntil(25 * MILLISECOND);
    buffering.unsubscribe();
    expect(seen).toEqual([
      '1:"throttle 1"',
      '4:"delay 1"',
      '6:"delay 2"',
      '7:"debounce 2"',
      '12:"throttle 3"',
      '15:"delay 3"',
      '16:"debounce 3"',
      '20:[1,2,3]',
    ]);
  });

  it('timeout ends a stream that is silent', () => {
    const { graph, on, subject, at, seen, note } = started();
    subject.pipe(timeout({ each: 5, scheduler: on })).subscribe({ next: note, error: (e: Error) => note(e.name) });
    at(2, 1);
    graph.runUntil(50 * MILLISECOND);
    expect(seen).toEqual(['2:1', '7:"TimeoutError"']);
  });

  it('keeps the graph from being saved while something is scheduled', () => {
    const { graph, on } = started();
    const ticking = interval(10, on).subscribe();
    expect(() => save(graph)).toThrow('a scheduled closure');
    ticking.unsubscribe();
    expect(() => save(graph)).not.toThrow();
  });
});
