// Anti-replay of one association (CCSDS 355.0-B-2; RFC 4303 section 3.4.3 for the bitmap): which counters
// may still come. In order: only larger ones, at most a window ahead. May reorder: behind the largest also those that
// were not seen yet. A counter never wraps. Judging changes nothing; committing is for after the last check.
// A leaf: it imports nothing, and `ccsds/sdls` may import it (see src/DECISIONS.md).

/** Counters end here, so that they stay exact numbers; an association is rekeyed long before. */
export const COUNTER_LIMIT = 2 ** 48;

const WORD_BITS = 32;

export interface ReplayRule {
  /** W: the largest step ahead of the last counter that is still taken, from 1. */
  readonly window: number;
  /** How many counters behind the last are still told apart, a multiple of 32; 0: the channel keeps its order. */
  readonly depth: number;
}

export interface ReplayState {
  /** The largest counter accepted, -1 before the first. */
  readonly last: number;
  /** Bit b of word w: `last - 32 w - b` was accepted or may not come any more. Empty where order is kept. */
  readonly seen: readonly number[];
}

export type ReplayVerdict = 'fresh' | 'behind' | 'duplicate' | 'ahead' | 'exhausted';

/** Nothing up to and including `last` will be accepted. Throws a RangeError for a rule that cannot be. */
export const replayFrom = (rule: ReplayRule, last = -1): ReplayState => {
  if (!Number.isInteger(rule.window) || rule.window < 1 || rule.window > COUNTER_LIMIT)
    throw new RangeError(`replay window: expected an integer from 1 to 2^48, got ${rule.window}`);
  if (!Number.isInteger(rule.depth / WORD_BITS) || rule.depth < 0 || rule.depth > 1024)
    throw new RangeError(`replay depth: expected a multiple of 32 up to 1024, got ${rule.depth}`);
  if (!Number.isInteger(last) || last < -1 || last >= COUNTER_LIMIT)
    throw new RangeError(`last counter: expected an integer from -1 to 2^48 - 1, got ${last}`);
  return { last, seen: new Array<number>(rule.depth / WORD_BITS).fill(0xffffffff) };
};

export const judgeCounter = (rule: ReplayRule, state: ReplayState, counter: number): ReplayVerdict => {
  if (counter >= COUNTER_LIMIT) return 'exhausted';
  const ahead = counter - state.last;
  if (ahead > rule.window) return 'ahead';
  if (ahead > 0) return 'fresh';
  if (ahead === 0 && state.last >= 0) return 'duplicate';
  if (-ahead >= state.seen.length * WORD_BITS) return 'behind';
  return (state.seen[Math.floor(-ahead / WORD_BITS)]! >>> (-ahead % WORD_BITS)) & 1 ? 'duplicate' : 'fresh';
};

/** Everything moves `places` back from the newest; what comes in anew was not seen. */
const shifted = (seen: readonly number[], places: number): number[] => {
  const words = Math.floor(places / WORD_BITS);
  const bits = places % WORD_BITS;
  return seen.map((_, w) => {
    const low = seen[w - words] ?? 0;
    const carry = bits === 0 ? 0 : (seen[w - words - 1] ?? 0) >>> (WORD_BITS - bits);
    return ((low << bits) | carry) >>> 0;
  });
};

const marked = (seen: readonly number[], age: number): number[] =>
  seen.map((word, w) => (w === Math.floor(age / WORD_BITS) ? (word | (1 << (age % WORD_BITS))) >>> 0 : word));

/** The state once a fresh counter was accepted. Throws an Error for a counter that is not fresh. */
export const commitCounter = (rule: ReplayRule, state: ReplayState, counter: number): ReplayState => {
  const verdict = judgeCounter(rule, state, counter);
  if (verdict !== 'fresh') throw new Error(`replay window: expected a fresh counter, got one that is ${verdict}`);
  const ahead = counter - state.last;
  if (ahead <= 0) return { last: state.last, seen: marked(state.seen, -ahead) };
  return { last: counter, seen: state.seen.length === 0 ? state.seen : marked(shifted(state.seen, ahead), 0) };
};
