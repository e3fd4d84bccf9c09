import { describe, expect, it } from 'vitest';
import { COUNTER_LIMIT, commitCounter, judgeCounter, replayFrom } from '../../../src/crypto/replay-window.ts';

const forward = { window: 10, depth: 0 };
const bitmap = { window: 100, depth: 64 };

describe('a replay window that keeps order', () => {
  it('takes only what is ahead, within the window', () => {
    const state = replayFrom(forward, 100);
    const verdicts = [99, 100, 101, 110, 111].map((counter) => judgeCounter(forward, state, counter));
    expect(verdicts).toEqual(['behind', 'duplicate', 'fresh', 'fresh', 'ahead']);
  });

  it('takes the counter zero once, from a fresh state', () => {
    const fresh = replayFrom(forward);
    expect(judgeCounter(forward, fresh, 0)).toBe('fresh');
    expect(judgeCounter(forward, fresh, 10)).toBe('ahead');
    const after = commitCounter(forward, fresh, 0);
    expect(judgeCounter(forward, after, 0)).toBe('duplicate');
  });

  it('loses what comes late', () => {
    const state = commitCounter(forward, replayFrom(forward, 0), 5);
    expect([1, 2, 3, 4].map((counter) => judgeCounter(forward, state, counter))).toEqual(Array(4).fill('behind'));
  });

  it('ends before its counter wraps', () => {
    const last = replayFrom(forward, COUNTER_LIMIT - 1);
    expect([0, COUNTER_LIMIT - 1, COUNTER_LIMIT].map((counter) => judgeCounter(forward, last, counter))).toEqual([
      'behind',
      'duplicate',
      'exhausted',
    ]);
  });
});

describe('a replay window for a channel that may reorder', () => {
  it('takes late counters once each', () => {
    let state = commitCounter(bitmap, replayFrom(bitmap), 50);
    for (const counter of [49, 0, 31, 32, 33]) {
      expect(judgeCounter(bitmap, state, counter), `${counter}`).toBe('fresh');
      state = commitCounter(bitmap, state, counter);
      expect(judgeCounter(bitmap, state, counter), `${counter}`).toBe('duplicate');
    }
    expect(state.last).toBe(50);
  });

  it('forgets what is further back than its depth', () => {
    const state = commitCounter(bitmap, commitCounter(bitmap, replayFrom(bitmap), 60), 130);
    expect([66, 67].map((counter) => judgeCounter(bitmap, state, counter))).toEqual(['behind', 'fresh']);
    expect(judgeCounter(bitmap, state, 60)).toBe('behind');
  });

  it('counts everything before its start as seen', () => {
    const state = replayFrom(bitmap, 40);
    expect([0, 39, 40].map((counter) => judgeCounter(bitmap, state, counter))).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
    ]);
    expect(judgeCounter(bitmap, commitCounter(bitmap, state, 45), 40)).toBe('duplicate');
    expect(judgeCounter(bitmap, commitCounter(bitmap, state, 45), 41)).toBe('fresh');
  });
});

describe('a replay window', () => {
  it('leaves its state alone and refuses to commit what is not fresh', () => {
    const state = Object.freeze(replayFrom(bitmap, 5));
    commitCounter(bitmap, state, 6);
    expect(state.last).toBe(5);
    expect(() => commitCounter(bitmap, state, 5)).toThrow('expected a fresh counter, got one that is duplicate');
  });

  it.each([
    [{ window: 0, depth: 0 }, -1],
    [{ window: 1.5, depth: 0 }, -1],
    [{ window: 1, depth: 33 }, -1],
    [{ window: 1, depth: 2048 }, -1],
    [forward, -2],
    [forward, COUNTER_LIMIT],
  ])('refuses the rule %o from %d', (rule, last) => {
    expect(() => replayFrom(rule, last)).toThrow(RangeError);
  });
});
