// Channel access data units, CCSDS 131.0-B-5 clauses 2 and 9: Transfer Frame -> Reed-Solomon -> randomizer -> attached
// sync marker, and back. Convolutional coding works on the stream of CADUs, not on one: see `convolutional.ts`.
import { ok, type Result, refuse } from '../../codec/result.ts';
import { attachedSyncMarker } from './attached-sync-marker.ts';
import { type RandomizerSequence, randomize } from './randomizer.ts';
import { type Correction, type ReedSolomonParameters, reedSolomon } from './reed-solomon.ts';
import type { ParityDifference } from './reed-solomon-remainder.ts';

export interface CaduParameters {
  /** Octets of a Transfer Frame. With Reed-Solomon it must be (255 - 2E - virtual fill) * I. */
  readonly frameLength: number;
  readonly randomizer: RandomizerSequence | 'none';
  readonly reedSolomon?: ReedSolomonParameters;
}

export interface OpenedCadu {
  /** The Transfer Frame: a view of the octets given. */
  readonly frame: Uint8Array;
  /** What Reed-Solomon had to change; undefined when the channel has none. */
  readonly correction: Correction | undefined;
}

export interface CaduCoding {
  readonly parameters: CaduParameters;
  /** Octets after the marker: what a frame synchroniser is to deliver. */
  readonly codeblockLength: number;
  /** A whole CADU, marker included, in a buffer of its own. */
  encode(frame: Uint8Array): Uint8Array;
  /**
   * Takes the octets after a marker apart, in place: they are derandomized and corrected where they lie.
   * Refuses with 'codeblock length' or 'uncorrectable codeword'.
   */
  open(codeblock: Uint8Array): Result<OpenedCadu>;
}

/** The coding of one channel. `difference` may be the WebAssembly kernel in place of the plain one. */
export const caduCoding = (parameters: CaduParameters, difference?: ParityDifference): CaduCoding => {
  const { frameLength, randomizer } = parameters;
  const coder = parameters.reedSolomon && reedSolomon(parameters.reedSolomon, difference);
  if (coder && coder.informationLength !== frameLength)
    throw new RangeError(`CADU frame length: these codewords carry ${coder.informationLength}, got ${frameLength}`);
  const codeblockLength = coder?.codeblockLength ?? frameLength;
  const markerLength = attachedSyncMarker.length;

  return {
    parameters,
    codeblockLength,
    encode: (frame) => {
      if (frame.length !== frameLength)
        throw new RangeError(`CADU frame: expected ${frameLength} octets, got ${frame.length}`);
      const cadu = new Uint8Array(markerLength + codeblockLength);
      cadu.set(attachedSyncMarker);
      cadu.set(frame, markerLength);
      const codeblock = cadu.subarray(markerLength);
      coder?.encodeInPlace(codeblock);
      if (randomizer !== 'none') randomize(randomizer, codeblock);
      return cadu;
    },
    open: (codeblock) => {
      if (codeblock.length !== codeblockLength) return refuse('codeblock length', codeblock.length);
      if (randomizer !== 'none') randomize(randomizer, codeblock);
      const corrected = coder?.correct(codeblock);
      if (corrected && !corrected.ok) return corrected;
      return ok({ frame: codeblock.subarray(0, frameLength), correction: corrected?.value });
    },
  };
};
