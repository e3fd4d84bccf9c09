import { describe, expect, it } from 'vitest';
import { InputLog, Trace } from '../../../src/kernel/trace.ts';

describe('the logs', () => {
  it('the trace keeps the last, in order', () => {
    const trace = new Trace(3);
    for (let time = 0; time < 5; time++) trace.add({ time, instance: 'a', port: 'in.x', payload: time });
    expect(trace.all().map(({ time }) => time)).toEqual([2, 3, 4]);
    expect(trace.count).toBe(5);
  });

  it('the input log is bounded and says from where it is whole', () => {
    const log = new InputLog(4);
    for (let time = 0; time < 9; time++) log.add({ time, instance: 'a', port: 'out.x', payload: 0 });
    expect(log.position).toBe(9);
    expect(log.firstKept).toBe(5);
    expect(log.since(5)).toHaveLength(4);
    expect(() => log.since(0)).toThrow('expected a position from 5, got 0');
  });

  it('the input log is bounded in octets too, and keeps at least the last input', () => {
    const log = new InputLog(1000, 100);
    const add = (lengthOctets: number): void =>
      log.add({ time: 0, instance: 'a', port: 'out.x', payload: new Uint8Array(lengthOctets) });
    for (let n = 0; n < 50; n++) add(30);
    expect(log.firstKept).toBe(47);
    expect(log.since(47)).toHaveLength(3);
    add(101);
    expect([log.firstKept, log.since(50).length]).toEqual([50, 1]);
    log.restart(60);
    add(60);
    add(30);
    expect(log.since(60)).toHaveLength(2);
  });

  it('the input log gives the same inputs whatever it has let go', () => {
    const log = new InputLog(7);
    for (let time = 0; time < 500; time++) {
      log.add({ time, instance: 'a', port: 'out.x', payload: 0 });
      expect(log.since(log.firstKept).map((input) => input.time)).toEqual(
        Array.from({ length: Math.min(7, time + 1) }, (_, n) => Math.max(0, time - 6) + n),
      );
    }
  });
});
