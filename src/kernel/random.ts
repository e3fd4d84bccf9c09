// Seeded chance: sfc32, 128 bits of state. A fork depends on the seed and on its own name alone, so that a new user
// never shifts another's draws.
import { Digest } from './digest.ts';

const WARM_UP_DRAWS = 12;

export class Random {
  /** Data: a snapshot saves it and load() writes it back in place. */
  readonly state = new Uint32Array(4);
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    const digest = new Digest();
    digest.text(path);
    this.state.set([digest.low, digest.high, 0x9e37_79b9, 1]);
    for (let i = 0; i < WARM_UP_DRAWS; i++) this.uint32();
  }

  fork(name: string): Random {
    return new Random(`${this.#path}/${name}`);
  }

  uint32(): number {
    const s = this.state;
    const a = s[0]!;
    const b = s[1]!;
    const c = s[2]!;
    const counter = s[3]!;
    const drawn = (a + b + counter) >>> 0;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + drawn;
    s[3] = counter + 1;
    return drawn;
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor((this.uint32() / 2 ** 32) * limit);
  }

  /** In [0, 1), 32 bits fine. */
  uniform(): number {
    return this.uint32() / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }
}
