// A secret as a handle: it can be passed on, compared and wiped, and shows nothing of itself in text, JSON, a log, an
// error or a snapshot. Only cipher suites look inside, which test/architecture/secrets.test.ts holds. What it keeps out
// are accidents, not other code of the same process.
import { equalOctets } from '../codec/equal-octets.ts';

const SHOWN = '[secret]';

export class SecretKey {
  readonly lengthOctets: number;
  readonly #octets: Uint8Array;
  #wiped = false;

  /** Use `takeSecret`. */
  constructor(octets: Uint8Array) {
    this.lengthOctets = octets.length;
    // An array of its own: an octet of a shared pool could not be wiped for sure.
    this.#octets = new Uint8Array(octets);
  }

  get wiped(): boolean {
    return this.#wiped;
  }

  /** For cipher suites alone. The octets may not be kept beyond the call. Throws an Error after `wipe`. */
  reveal<T>(work: (octets: Uint8Array) => T): T {
    if (this.#wiped) throw new Error('secret key: expected one that is held, got one that was wiped');
    return work(this.#octets);
  }

  /** In constant time; a wiped secret equals nothing. */
  equals(other: SecretKey): boolean {
    return !this.#wiped && !other.#wiped && equalOctets(this.#octets, other.#octets);
  }

  /** Overwrites the octets. May be repeated. */
  wipe(): void {
    this.#octets.fill(0);
    this.#wiped = true;
  }

  toJSON(): string {
    return SHOWN;
  }

  toString(): string {
    return SHOWN;
  }

  /** What Node shows in its console and in the messages of failed comparisons. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}

/** Makes the octets a secret and overwrites the array that they came in. */
export const takeSecret = (octets: Uint8Array): SecretKey => {
  const secret = new SecretKey(octets);
  octets.fill(0);
  return secret;
};

/** One secret behind the other, as a key schedule mixes them. The parts stay as they are. */
export const joinSecrets = (...parts: readonly SecretKey[]): SecretKey => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.lengthOctets, 0));
  let at = 0;
  for (const part of parts) {
    part.reveal((octets) => joined.set(octets, at));
    at += part.lengthOctets;
  }
  return takeSecret(joined);
};
