// What the frames of one virtual channel tell by their counts: how many came, which are missing, which came twice. And
// the table of all channels of a physical channel. TM, AOS, USLP and TC frames are counted alike; only the modulus of
// the count differs (132.0-B-3 4.1.2.6, 732.0-B-4 4.1.2.4, 732.1-B-2 4.1.2.11).
import { SequenceTracker } from '../space-packet/sequence-tracker.ts';

/** What the accounts need to know of a frame. */
export interface CountedFrame {
  readonly spacecraftId: number;
  readonly virtualChannelId: number;
  /** The count of the frame within its channel; without meaning when `modulus` is 0. */
  readonly count: number;
  /** 0: the frame has no count. */
  readonly modulus: number;
  /** USLP counts sequence-controlled and expedited frames apart: 0 or 1. */
  readonly sequence: 0 | 1;
  /** Only idle data. */
  readonly idle: boolean;
}

export interface ChannelCounts {
  readonly scid: number;
  readonly vcid: number;
  /** Frames taken, idle ones included, duplicates not unless they are kept. */
  readonly frames: number;
  readonly idle: number;
  /** Counts of the first and the last frame; null for a channel without a count. */
  readonly first: number | null;
  readonly last: number | null;
  /** Discontinuities of the count. */
  readonly gaps: number;
  /** Frames that the count says are missing. */
  readonly lost: number;
  /** Frames that repeat the one before, octet for octet. */
  readonly duplicates: number;
}

/** `observe` answers this for a frame that repeats the one before it in its channel. */
export const DUPLICATE = -1;

const sameOctets = (a: Uint8Array, b: Uint8Array, length: number): boolean => {
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return false;
  return true;
};

export class ChannelAccount {
  readonly spacecraftId: number;
  readonly virtualChannelId: number;
  readonly #keepDuplicates: boolean;
  readonly #trackers: [SequenceTracker?, SequenceTracker?] = [];
  #first: number | null = null;
  #last: number | null = null;
  #frames = 0;
  #idle = 0;
  #duplicates = 0;
  #previous = new Uint8Array(0);
  #previousLength = -1;

  constructor(spacecraftId: number, virtualChannelId: number, keepDuplicates: boolean) {
    this.spacecraftId = spacecraftId;
    this.virtualChannelId = virtualChannelId;
    this.#keepDuplicates = keepDuplicates;
  }

  /**
   * Counts a frame. 0: it follows the one before (or is the first, or has no count); n > 0: the count is broken, and a
   * packet that spans the break is lost; `DUPLICATE`: its octets are those of the one before.
   */
  observe(frame: CountedFrame, octets: Uint8Array): number {
    if (frame.modulus === 0) return this.#take(frame.idle);
    const repeats = frame.count === this.#last && this.#repeats(octets);
    if (repeats) this.#duplicates++;
    else this.#remember(octets);
    if (repeats && !this.#keepDuplicates) return DUPLICATE;
    this.#take(frame.idle);
    if (repeats) return DUPLICATE;
    this.#first ??= frame.count;
    this.#last = frame.count;
    let tracker = this.#trackers[frame.sequence];
    if (tracker === undefined || tracker.modulus !== frame.modulus) {
      tracker = new SequenceTracker(frame.modulus, tracker?.save());
      this.#trackers[frame.sequence] = tracker;
    }
    const missing = tracker.observe(frame.count);
    if (missing >= 0) return missing;
    return tracker.moves ? frame.modulus - 1 : 0;
  }

  #take(idle: boolean): number {
    this.#frames++;
    if (idle) this.#idle++;
    return 0;
  }

  #repeats(octets: Uint8Array): boolean {
    return octets.length === this.#previousLength && sameOctets(this.#previous, octets, octets.length);
  }

  #remember(octets: Uint8Array): void {
    if (this.#previous.length < octets.length) this.#previous = new Uint8Array(octets.length);
    this.#previous.set(octets);
    this.#previousLength = octets.length;
  }

  counts(): ChannelCounts {
    let gaps = 0;
    let lost = 0;
    for (const tracker of this.#trackers) {
      if (tracker === undefined) continue;
      const state = tracker.save();
      // A count that never moves is none. One that does, and stands still between different frames, is broken there.
      gaps += state.gaps + (tracker.moves ? state.duplicates : 0);
      lost += state.lost;
    }
    return {
      scid: this.spacecraftId,
      vcid: this.virtualChannelId,
      frames: this.#frames,
      idle: this.#idle,
      first: this.#first,
      last: this.#last,
      gaps,
      lost,
      duplicates: this.#duplicates,
    };
  }
}

/** The accounts of all channels of one physical channel, made when a channel is first seen. */
export class ChannelTable {
  readonly #keepDuplicates: boolean;
  readonly #bound: number;
  readonly #accounts = new Map<number, ChannelAccount>();

  /**
   * `keepDuplicates`: a repeated frame is counted as a frame too, and not as a break of the count. At most `bound`
   * channels are accounted for: noise without error control would make thousands of them.
   */
  constructor(keepDuplicates = false, bound = 1024) {
    this.#keepDuplicates = keepDuplicates;
    this.#bound = bound;
  }

  /** Undefined for a new channel beyond the bound: the frame is to be refused. */
  account(spacecraftId: number, virtualChannelId: number): ChannelAccount | undefined {
    const key = spacecraftId * 64 + virtualChannelId;
    let account = this.#accounts.get(key);
    if (account === undefined && this.#accounts.size < this.#bound) {
      account = new ChannelAccount(spacecraftId, virtualChannelId, this.#keepDuplicates);
      this.#accounts.set(key, account);
    }
    return account;
  }

  /** By spacecraft, then by channel. */
  accounts(): ChannelAccount[] {
    return [...this.#accounts.entries()].sort(([a], [b]) => a - b).map(([, account]) => account);
  }
}
