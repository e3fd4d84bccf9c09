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
});
