// What the packets of one APID amount to: counts, breaks of the sequence count, how many end with a good check, and
// what their secondary headers look like. Nothing is judged here.
import { packetErrorControlIsGood } from '../../ccsds/pus/packet-error-control.ts';
import { SequenceTracker } from '../../ccsds/space-packet/sequence-tracker.ts';
import {
  apidAt,
  hasSecondaryHeaderAt,
  SEQUENCE_COUNT_MODULUS,
  sequenceCountAt,
} from '../../ccsds/space-packet/space-packet.ts';
import { PusTally, tallyPus } from './pus-tally.ts';

/** Packets of one class, and those of them over which CRC-16 leaves no remainder. */
export interface CheckTally {
  readonly packets: number;
  readonly good: number;
}

export class ApidAccount {
  readonly apid: number;
  readonly pusC = new PusTally('PUS-C');
  readonly pusA = new PusTally('PUS-A');
  #tracker = new SequenceTracker(SEQUENCE_COUNT_MODULUS);
  #earlierGaps = 0;
  #octets = 0;
  #blank = 0;
  #first = -1;
  #last = -1;
  #firstOrdinal = 0;
  #lastOrdinal = 0;
  /** By whether the packet has a secondary header: 0 no, 1 yes. */
  readonly #packets = [0, 0];
  readonly #good = [0, 0];

  constructor(apid: number) {
    this.apid = apid;
  }

  get count(): number {
    return this.#packets[0]! + this.#packets[1]!;
  }

  get octets(): number {
    return this.#octets;
  }

  /** Packets whose primary header is zeros altogether, which fill makes and no spacecraft. */
  get blank(): number {
    return this.#blank;
  }

  /** Sequence count of the first and of the last packet. */
  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  /** Breaks of the sequence count; a count that never moves is none. */
  get gaps(): number {
    const { duplicates, gaps } = this.#tracker.save();
    return this.#earlierGaps + gaps + (this.#tracker.moves ? duplicates : 0);
  }

  checks(secondaryHeader: boolean): CheckTally {
    const index = secondaryHeader ? 1 : 0;
    return { packets: this.#packets[index]!, good: this.#good[index]! };
  }

  /** One whole packet; `ordinal` is its place among all packets of the file. */
  observe(packet: Uint8Array, ordinal: number): void {
    const count = sequenceCountAt(packet);
    this.#tracker.observe(count);
    if (this.#first < 0) {
      this.#first = count;
      this.#firstOrdinal = ordinal;
    }
    this.#last = count;
    this.#lastOrdinal = ordinal;
    this.#octets += packet.length;
    const index = hasSecondaryHeaderAt(packet) ? 1 : 0;
    this.#packets[index]!++;
    if (packetErrorControlIsGood(packet)) this.#good[index]!++;
    if (index === 1) tallyPus(packet, this.pusC, this.pusA);
    else if (apidAt(packet) === 0 && packet[0] === 0 && count === 0 && packet[2] === 0) {
      if (packet[4] === 0 && packet[5] === 0) this.#blank++;
    }
  }

  /** Adds the account of the same APID on another channel, whose sequence counts run by themselves. */
  merge(other: ApidAccount): void {
    const gaps = this.gaps + other.gaps;
    this.#tracker = new SequenceTracker(SEQUENCE_COUNT_MODULUS);
    this.#earlierGaps = gaps;
    this.#octets += other.#octets;
    this.#blank += other.#blank;
    if (this.#first < 0 || other.#firstOrdinal < this.#firstOrdinal) {
      this.#first = other.#first;
      this.#firstOrdinal = other.#firstOrdinal;
    }
    if (this.#last < 0 || other.#lastOrdinal > this.#lastOrdinal) {
      this.#last = other.#last;
      this.#lastOrdinal = other.#lastOrdinal;
    }
    for (const index of [0, 1]) {
      this.#packets[index]! += other.#packets[index]!;
      this.#good[index]! += other.#good[index]!;
    }
    this.pusC.merge(other.pusC);
    this.pusA.merge(other.pusA);
  }
}
