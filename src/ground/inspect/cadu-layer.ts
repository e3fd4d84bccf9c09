// A file of CADUs at any bit alignment: sync markers are found, codeblocks derandomised and corrected, frames handed
// on.
import { type CaduCoding, caduCoding } from '../../ccsds/tm-coding/cadu.ts';
import { FrameSynchronizer, type SynchronizedFrame } from '../../ccsds/tm-coding/frame-synchronizer.ts';
import { reedSolomon } from '../../ccsds/tm-coding/reed-solomon.ts';
import type { ParityDifference } from '../../ccsds/tm-coding/reed-solomon-remainder.ts';
import type { FrameLayer } from './frame-layer.ts';
import type { CodingFormat } from './parameters.ts';
import { ReasonCounts } from './reason-counts.ts';

const MARKER_OCTETS = 4;

/** The coding of codeblocks of this length. Throws a RangeError when Reed-Solomon does not fit the length. */
export const codingOf = (format: CodingFormat, codeblockOctets: number, difference?: ParityDifference): CaduCoding => {
  const { randomizer } = format;
  if (format.reedSolomon === undefined) return caduCoding({ frameLength: codeblockOctets, randomizer });
  const frameLength = reedSolomon(format.reedSolomon).informationLength;
  return caduCoding({ frameLength, randomizer, reedSolomon: format.reedSolomon }, difference);
};

export class CaduLayer {
  readonly #frames: FrameLayer;
  readonly #coding: CaduCoding;
  readonly #synchronizer: FrameSynchronizer;
  readonly #skip: number;
  readonly #corrections = new ReasonCounts();
  #octets = 0;
  #endBit = 0;
  #inverted = 0;

  /** `codeblockOctets` stand between markers, and `skipOctets` more that belong to the recorder. */
  constructor(
    frames: FrameLayer,
    format: CodingFormat,
    codeblockOctets: number,
    skipOctets: number,
    difference?: ParityDifference,
  ) {
    this.#frames = frames;
    this.#coding = codingOf(format, codeblockOctets, difference);
    this.#skip = skipOctets;
    this.#synchronizer = new FrameSynchronizer({ frameLength: codeblockOctets + skipOctets });
  }

  push(chunk: Uint8Array): void {
    this.#octets += chunk.length;
    this.#take(this.#synchronizer.push(chunk));
  }

  #take(found: readonly SynchronizedFrame[]): void {
    const { codeblockLength } = this.#coding;
    for (const { octets, bitOffset, inverted } of found) {
      this.#endBit = bitOffset + 8 * (MARKER_OCTETS + codeblockLength);
      if (inverted) this.#inverted++;
      const offset = Math.floor(bitOffset / 8);
      const opened = this.#coding.open(octets.subarray(0, codeblockLength));
      const length = MARKER_OCTETS + codeblockLength;
      if (!opened.ok) {
        this.#frames.reject(opened.reason, offset, length);
        continue;
      }
      const corrected = opened.value.correction?.corrected ?? 0;
      if (corrected > 0) {
        this.#corrections.add('corrected codeblocks');
        this.#corrections.add('corrected symbols', corrected);
      }
      this.#frames.push(opened.value.frame, offset, length);
    }
  }

  /** Octets behind the last whole unit. */
  end(): number {
    // The last unit has no skipped octets behind it: the synchroniser gets some that it may pass over.
    if (this.#skip > 0) this.#take(this.#synchronizer.push(new Uint8Array(this.#skip)));
    this.#take(this.#synchronizer.end());
    return Math.max(0, this.#octets - Math.ceil(this.#endBit / 8));
  }

  counts(): Record<string, number> {
    return { ...this.#synchronizer.counters, 'inverted frames': this.#inverted, ...this.#corrections.record() };
  }
}
