// The last line against the one mistake that GCM does not survive: a counter used twice under one key. Whoever seals
// or has opened a frame claims the counter here first. It knows keys, not associations, and so finds two associations,
// or an association created anew, that run the same counters under the same key.
// Bound: `capacity` pairs of key and fixed IV field. A further one is refused: that stops a sender, repeats nothing.
import { integerIn } from '../codec/assert.ts';
import { COUNTER_LIMIT, commitCounter, judgeCounter, type ReplayState, replayFrom } from './replay-window.ts';

/** One pair of key and fixed field, as it is stored. */
export interface NonceUse {
  /** 0..65535 */
  readonly keyId: number;
  /** The fixed field of the IV, 32 bits. */
  readonly fixed: number;
  readonly state: ReplayState;
}

export type NonceClaim = 'granted' | 'counter used' | 'counter exhausted' | 'guard full';

export class NonceGuard {
  readonly #capacity: number;
  readonly #rule: { readonly window: number; readonly depth: number };
  readonly #uses = new Map<number, ReplayState>();

  /** `depth` as in a replay rule: 0 for a sender, whose counters only rise. */
  constructor(capacity: number, depth = 0) {
    this.#capacity = integerIn('nonce guard capacity', capacity, 1, 65536);
    this.#rule = { window: COUNTER_LIMIT, depth };
    replayFrom(this.#rule);
  }

  #place(keyId: number, fixed: number): number {
    return integerIn('key id', keyId, 0, 0xffff) * 2 ** 32 + integerIn('fixed IV field', fixed, 0, 0xffffffff);
  }

  /** 'granted' once for each counter of a key and fixed field; anything else means: do not use it. */
  claim(keyId: number, fixed: number, counter: number): NonceClaim {
    const place = this.#place(keyId, fixed);
    const state = this.#uses.get(place) ?? replayFrom(this.#rule);
    if (!this.#uses.has(place) && this.#uses.size >= this.#capacity) return 'guard full';
    const verdict = judgeCounter(this.#rule, state, counter);
    if (verdict === 'exhausted') return 'counter exhausted';
    if (verdict !== 'fresh') return 'counter used';
    this.#uses.set(place, commitCounter(this.#rule, state, counter));
    return 'granted';
  }

  /** Only for a key whose octets were overwritten: its counters cannot come back. */
  forget(keyId: number): void {
    for (const place of [...this.#uses.keys()]) if (Math.floor(place / 2 ** 32) === keyId) this.#uses.delete(place);
  }

  save(): NonceUse[] {
    return [...this.#uses].map(([place, state]) => ({
      keyId: Math.floor(place / 2 ** 32),
      fixed: place % 2 ** 32,
      state,
    }));
  }

  /** Throws a RangeError for more than the guard holds. */
  load(uses: readonly NonceUse[]): void {
    integerIn('stored nonce uses', uses.length, 0, this.#capacity);
    this.#uses.clear();
    for (const { keyId, fixed, state } of uses) this.#uses.set(this.#place(keyId, fixed), state);
  }
}
