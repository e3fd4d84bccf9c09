// The keys of one party, by id: what each is for, in what state it is, and the handle to those who may use it. Ids are
// those of CCSDS 355.1-B-1 (16 bits). A destroyed key keeps its id, so that an inventory reports the destruction, until
// it is forgotten.
// Bound: `capacity` ids; a further key is refused.
import { integerIn } from '../codec/assert.ts';
import { ok, type Result, refuse } from '../codec/result.ts';
import { type KeyEvent, type KeyState, nextKeyState } from './key-states.ts';
import type { SecretKey } from './secret-key.ts';

/**
 * What a key may do. Master keys carry other keys and never a frame; one of the two directions each for traffic, so
 * that no counter is ever used from both ends.
 */
export const keyPurposes = ['master', 'transmit', 'receive', 'seed', 'authority'] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

export interface KeyRecord {
  /** 0..65535 */
  readonly id: number;
  readonly purpose: KeyPurpose;
  readonly state: KeyState;
  readonly lengthOctets: number;
}

interface Entry {
  readonly record: KeyRecord;
  readonly secret: SecretKey;
}

export class Keyring {
  readonly #capacity: number;
  readonly #entries = new Map<number, Entry>();

  constructor(capacity: number) {
    this.#capacity = integerIn('keyring capacity', capacity, 1, 65536);
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Takes a key in, pre-active. Refuses 'bad key id', 'key id in use', 'keyring full', and 'key already held' for
   * octets that stand under another id: two ids of one key would run the same counters. A refused secret stays the
   * caller's.
   */
  add(id: number, purpose: KeyPurpose, secret: SecretKey): Result<KeyRecord> {
    if (!Number.isInteger(id) || id < 0 || id > 0xffff) return refuse('bad key id');
    if (this.#entries.has(id)) return refuse('key id in use');
    if (this.#entries.size >= this.#capacity) return refuse('keyring full');
    if (this.holds(secret)) return refuse('key already held');
    const record: KeyRecord = { id, purpose, state: 'preActive', lengthOctets: secret.lengthOctets };
    this.#entries.set(id, { record, secret });
    return ok(record);
  }

  /** Whether these octets stand under any id already: then `add` would refuse them. */
  holds(secret: SecretKey): boolean {
    return [...this.#entries.values()].some((held) => held.secret.equals(secret));
  }

  /** Refuses 'no such key' and 'illegal key transition'. Destroying overwrites the octets at once. */
  move(id: number, event: KeyEvent): Result<KeyRecord> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return refuse('no such key');
    const state = nextKeyState(entry.record.state, event);
    if (state === undefined) return refuse('illegal key transition');
    if (state === 'destroyed') entry.secret.wipe();
    const record = { ...entry.record, state };
    this.#entries.set(id, { record, secret: entry.secret });
    return ok(record);
  }

  /** The handle of an active key. Refuses 'no such key', 'wrong key purpose', 'key not active'. */
  use(id: number, purpose: KeyPurpose): Result<SecretKey> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return refuse('no such key');
    if (entry.record.purpose !== purpose) return refuse('wrong key purpose');
    return entry.record.state === 'active' ? ok(entry.secret) : refuse('key not active');
  }

  /** Frees the id of a destroyed key. Refuses 'no such key' and 'key not destroyed'. */
  forget(id: number): Result<KeyRecord> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return refuse('no such key');
    if (entry.record.state !== 'destroyed') return refuse('key not destroyed');
    this.#entries.delete(id);
    return ok(entry.record);
  }

  /** The records with ids from `first` to `last`, in the order of their ids; empty for a range that runs backwards. */
  inventory(first = 0, last = 0xffff): KeyRecord[] {
    return [...this.#entries.values()]
      .map(({ record }) => record)
      .filter(({ id }) => id >= first && id <= last)
      .sort((a, b) => a.id - b.id);
  }

  /** Overwrites every key, whatever its state: the end of this party. */
  zeroise(): void {
    for (const { secret } of this.#entries.values()) secret.wipe();
    this.#entries.clear();
  }
}
