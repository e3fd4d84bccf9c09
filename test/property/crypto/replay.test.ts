// Anti-replay against a model that remembers every counter, and counters over resets at random points.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markFor, replayFromMark } from '../../../src/crypto/counter-reservation.ts';
import { NonceGuard } from '../../../src/crypto/nonce-guard.ts';
import { commitCounter, judgeCounter, type ReplayRule, replayFrom } from '../../../src/crypto/replay-window.ts';

const rules: fc.Arbitrary<ReplayRule> = fc.record({
  window: fc.integer({ min: 1, max: 200 }),
  depth: fc.integer({ min: 0, max: 4 }).map((words) => words * 32),
});

/** Steps around the last counter, as repeats, delays and jumps make them. */
const steps = fc.array(fc.integer({ min: -150, max: 220 }), { maxLength: 80 });

describe('a replay window', () => {
  it('agrees with a memory of all counters', () => {
    fc.assert(
      fc.property(rules, steps, (rule, moves) => {
        let state = replayFrom(rule);
        const accepted = new Set<number>();
        for (const move of moves) {
          const counter = Math.max(0, state.last + move);
          const verdict = judgeCounter(rule, state, counter);
          const ahead = counter - state.last;
          if (ahead > rule.window) expect(verdict).toBe('ahead');
          else if (ahead > 0) expect(verdict).toBe('fresh');
          else if (accepted.has(counter) && -ahead < Math.max(1, rule.depth)) expect(verdict).toBe('duplicate');
          else if (-ahead >= rule.depth) expect(verdict).toBe('behind');
          else expect(verdict).toBe('fresh');
          if (verdict !== 'fresh') continue;
          expect(accepted.has(counter)).toBe(false);
          accepted.add(counter);
          state = commitCounter(rule, state, counter);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('reserved counters', () => {
  it('are never used twice by a sender that is reset anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(60), { maxLength: 40 }), (block, lives) => {
        let stored = 0;
        const used = new Set<number>();
        for (const frames of lives) {
          let next = stored;
          for (let n = 0; n < frames; n++, next++) {
            const mark = markFor(stored, next, block);
            // A reset between storing the mark and using the counter skips it.
            stored = mark;
            if (n === frames - 1 && frames % 3 === 0) break;
            expect(used.has(next)).toBe(false);
            used.add(next);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('re-open nothing of the past to a receiver that is reset 1000 times', () => {
    const rule = { window: 500, depth: 64 };
    const block = 32;
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1000, maxLength: 1000 }), (lives) => {
        let stored = 0;
        let sent = 0;
        const accepted = new Set<number>();
        for (const frames of lives) {
          let state = replayFromMark(rule, stored);
          const [old] = accepted;
          for (const replayed of [old, sent - 1, sent - 20])
            if (replayed !== undefined && accepted.has(replayed))
              expect(judgeCounter(rule, state, replayed)).not.toBe('fresh');
          for (let n = 0; n < frames; n++, sent++) {
            if (judgeCounter(rule, state, sent) !== 'fresh') continue;
            stored = markFor(stored, sent, block);
            state = commitCounter(rule, state, sent);
            expect(accepted.has(sent)).toBe(false);
            accepted.add(sent);
          }
        }
        // What a reset costs is at most a block: nothing else is lost on a link that is in order.
        expect(sent - accepted.size).toBeLessThanOrEqual(lives.length * block);
        expect(accepted.size).toBeGreaterThan(0);
      }),
      { numRuns: 5 },
    );
  });

  it('end before they wrap', () => {
    expect(markFor(0, 0, 10)).toBe(10);
    expect(markFor(10, 9, 10)).toBe(10);
    expect(markFor(2 ** 48 - 1, 2 ** 48 - 1, 10)).toBe(2 ** 48);
    expect(() => markFor(2 ** 48, 2 ** 48, 10)).toThrow(RangeError);
  });
});

describe('the nonce guard', () => {
  it('grants a counter of a key once, over saving and loading', () => {
    const claims = fc.tuple(fc.nat(2), fc.nat(1), fc.nat(40), fc.boolean());
    fc.assert(
      fc.property(fc.constantFrom(0, 32), fc.array(claims, { maxLength: 80 }), (depth, wanted) => {
        let guard = new NonceGuard(16, depth);
        const granted = new Set<string>();
        for (const [keyId, fixed, counter, reset] of wanted) {
          if (reset) {
            const saved = structuredClone(guard.save());
            guard = new NonceGuard(16, depth);
            guard.load(saved);
          }
          const name = `${keyId}/${fixed}/${counter}`;
          if (guard.claim(keyId, fixed, counter) !== 'granted') continue;
          expect(granted.has(name)).toBe(false);
          granted.add(name);
        }
      }),
      { numRuns: 200 },
    );
  });
});
