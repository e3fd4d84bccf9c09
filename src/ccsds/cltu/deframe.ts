// Finds CLTUs in a stream of octets that comes in chunks of any size, CCSDS 231.0-B-4 section 5.4: search for the start
// sequence, decode to the first block that is no codeword, search again. The search goes on inside that block, so that
// a unit whose tail was lost does not swallow the start of the next. State is plain data.
// Bounds: it holds the code blocks of one unit at most; a longer one is given up. Every block is judged twice.
// Left out: bit slip; octet alignment is the link's.
import { type BchMode, BLOCK_OCTETS, bchCorrect, INFORMATION_OCTETS } from './bch.ts';
import {
  CLTU_DATA_MAXIMUM_OCTETS,
  type CltuParameters,
  type CltuUnit,
  decodeBlocks,
  findStart,
  START_OCTETS,
} from './cltu.ts';

export interface DeframedCltu extends CltuUnit {
  /** Octets of the stream before the start sequence of this unit; `endAt` counts from the start of the stream too. */
  readonly offset: number;
}

export interface CltuRefusal {
  readonly reason: 'no whole code block' | 'CLTU too long';
  readonly offset: number;
}

export interface CltuStream {
  /** From the last start sequence on, or the octet that could still begin one. */
  readonly held: Uint8Array;
  /** Place of `held` in the stream. */
  readonly offset: number;
  /** Good code blocks behind the start sequence in `held`, or -1 while searching. */
  readonly goodBlocks: number;
}

export const cltuStreamStart: CltuStream = { held: new Uint8Array(0), offset: 0, goodBlocks: -1 };

export interface Deframed {
  readonly state: CltuStream;
  readonly units: readonly DeframedCltu[];
  readonly refusals: readonly CltuRefusal[];
  /** Octets that belong to no unit: idle and acquisition sequences, tails, noise. */
  readonly passedOver: number;
}

const scratch = new Uint8Array(BLOCK_OCTETS);

/** Counts the good blocks from `blocks` on, up to `limit`. */
const countGood = (octets: Uint8Array, start: number, blocks: number, limit: number, mode: BchMode): number => {
  let count = blocks;
  while (count < limit) {
    const at = start + START_OCTETS + count * BLOCK_OCTETS;
    if (at + BLOCK_OCTETS > octets.length) break;
    for (let index = 0; index < BLOCK_OCTETS; index++) scratch[index] = octets[at + index]!;
    if (bchCorrect(scratch, 0, mode) < 0) break;
    count += 1;
  }
  return count;
};

const joined = (held: Uint8Array, chunk: Uint8Array): Uint8Array => {
  if (held.length === 0) return chunk;
  const octets = new Uint8Array(held.length + chunk.length);
  octets.set(held);
  octets.set(chunk, held.length);
  return octets;
};

/** Takes the next chunk. What is held is copied, units are their own octets: the chunk may be used again. */
export const deframeCltus = (state: CltuStream, chunk: Uint8Array, parameters: CltuParameters = {}): Deframed => {
  const { mode = 'SEC', maximumOctets = CLTU_DATA_MAXIMUM_OCTETS } = parameters;
  const limit = Math.floor(maximumOctets / INFORMATION_OCTETS) + 1;
  const octets = joined(state.held, chunk);
  const units: DeframedCltu[] = [];
  const refusals: CltuRefusal[] = [];
  let passedOver = 0;
  let goodBlocks = state.goodBlocks;
  let from = 0;
  for (;;) {
    const start = goodBlocks < 0 ? findStart(octets, from, mode) : from;
    if (start < 0) break;
    passedOver += start - from;
    from = start;
    goodBlocks = countGood(octets, start, Math.max(goodBlocks, 0), limit, mode);
    const endAt = start + START_OCTETS + goodBlocks * BLOCK_OCTETS;
    if (goodBlocks < limit && endAt + BLOCK_OCTETS > octets.length) break;
    const offset = state.offset + start;
    if (goodBlocks === limit) refusals.push({ reason: 'CLTU too long', offset });
    else if (goodBlocks === 0) refusals.push({ reason: 'no whole code block', offset });
    else {
      const unit = decodeBlocks(octets, start + START_OCTETS, parameters);
      if (unit.ok) units.push({ ...unit.value, endAt: state.offset + unit.value.endAt, offset });
    }
    from = endAt;
    goodBlocks = -1;
  }
  const keep = goodBlocks >= 0 ? from : Math.max(from, octets.length - (START_OCTETS - 1));
  passedOver += keep - from;
  const held = octets.slice(keep);
  return { state: { held, offset: state.offset + keep, goodBlocks }, units, refusals, passedOver };
};

/** The unit that the end of the stream cut short (bit lock lost, end of file), if it has a whole code block. */
export const endOfCltus = (state: CltuStream, parameters: CltuParameters = {}): DeframedCltu | undefined => {
  if (state.goodBlocks < 1) return undefined;
  const unit = decodeBlocks(state.held, START_OCTETS, parameters);
  return unit.ok ? { ...unit.value, endAt: state.offset + unit.value.endAt, offset: state.offset } : undefined;
};
