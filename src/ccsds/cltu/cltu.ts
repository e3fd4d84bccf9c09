// Communications link transmission unit, CCSDS 231.0-B-4 section 5 with the BCH code: start sequence EB90, code blocks,
// and a tail that is no code block, so that decoding stops there. One unit at a time; a stream is cut by deframer.ts.
// Left out: LDPC code blocks, and the acquisition and idle sequences of the physical layer.
import { integerIn } from '../../codec/assert.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { type BchMode, BLOCK_OCTETS, bchCorrect, bchParity, INFORMATION_OCTETS } from './bch.ts';
import { randomizeTc } from './tc-randomizer.ts';

export const START_OCTETS = 2;
export const TAIL_OCTETS = 8;
/** 1024 octets of frame in 147 code blocks. */
export const CLTU_DATA_MAXIMUM_OCTETS = 147 * INFORMATION_OCTETS;

const START = 0xeb90;
const FILL = 0x55;
const TAIL = Uint8Array.of(0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0x79);

export interface CltuParameters {
  /** Default SEC. */
  readonly mode?: BchMode;
  /** Default false. */
  readonly randomized?: boolean;
  /** The most decoded octets of one unit, fill included. Default 1029: a frame of 1024 octets. */
  readonly maximumOctets?: number;
}

export interface CltuUnit {
  /** The information of all good code blocks, derandomised; the last frame is followed by 0 to 6 octets of fill. */
  readonly data: Uint8Array;
  readonly blocks: number;
  readonly correctedBits: number;
  /** What stopped the decoder: the tail, another block that is no codeword, or the end of the octets. */
  readonly end: 'tail' | 'bad code block' | 'unfinished';
  /** Octets from the start of the input to the block that stopped the decoder. */
  readonly endAt: number;
}

/** Octets of the unit that carries `length` octets of frames. */
export const cltuLength = (length: number): number =>
  START_OCTETS + Math.ceil(length / INFORMATION_OCTETS) * BLOCK_OCTETS + TAIL_OCTETS;

/** One unit with the frames given. Fill is added behind the randomised frames and stays as it is. */
export const encodeCltu = (frames: Uint8Array, randomized = false): Uint8Array => {
  integerIn('frame octets', frames.length, 1, Number.MAX_SAFE_INTEGER);
  const cltu = new Uint8Array(cltuLength(frames.length)).fill(FILL);
  cltu[0] = START >> 8;
  cltu[1] = START & 0xff;
  let source = frames;
  if (randomized) {
    source = frames.slice();
    randomizeTc(source);
  }
  let at = START_OCTETS;
  for (let from = 0; from < source.length; from += INFORMATION_OCTETS) {
    const end = Math.min(from + INFORMATION_OCTETS, source.length);
    for (let index = from; index < end; index++) cltu[at + index - from] = source[index]!;
    cltu[at + INFORMATION_OCTETS] = bchParity(cltu, at);
    at += BLOCK_OCTETS;
  }
  cltu.set(TAIL, at);
  return cltu;
};

const onlyOneBit = (difference: number): boolean => (difference & (difference - 1)) === 0;

/**
 * Where the next start sequence begins, or -1. SEC mode allows one wrong bit in it, TED mode none (231.0-B-4 5.3).
 * Octets are the alignment: bit slip is a matter of the receiver below.
 */
export const findStart = (octets: Uint8Array, from: number, mode: BchMode): number => {
  for (let at = from; at + START_OCTETS <= octets.length; at++) {
    const difference = ((octets[at]! << 8) | octets[at + 1]!) ^ START;
    if (difference === 0 || (mode === 'SEC' && onlyOneBit(difference))) return at;
  }
  return -1;
};

const isTail = (octets: Uint8Array, at: number): boolean => {
  for (let index = 0; index < TAIL_OCTETS; index++) if (octets[at + index] !== TAIL[index]) return false;
  return true;
};

/**
 * Decodes the code blocks that follow a start sequence. Reasons: 'no whole code block' (the first block is missing or
 * bad), 'CLTU too long' (`at` is the block that would exceed the maximum).
 */
export const decodeBlocks = (octets: Uint8Array, from: number, parameters: CltuParameters = {}): Result<CltuUnit> => {
  const { mode = 'SEC', randomized = false, maximumOctets = CLTU_DATA_MAXIMUM_OCTETS } = parameters;
  const wholeBlocks = Math.floor((octets.length - from) / BLOCK_OCTETS);
  const maximumBlocks = Math.floor(maximumOctets / INFORMATION_OCTETS);
  const data = new Uint8Array(Math.min(wholeBlocks, maximumBlocks) * INFORMATION_OCTETS);
  const block = new Uint8Array(BLOCK_OCTETS);
  let blocks = 0;
  let correctedBits = 0;
  let end: CltuUnit['end'] = 'unfinished';
  for (let at = from; at + BLOCK_OCTETS <= octets.length; at += BLOCK_OCTETS) {
    for (let index = 0; index < BLOCK_OCTETS; index++) block[index] = octets[at + index]!;
    const corrected = bchCorrect(block, 0, mode);
    if (corrected < 0) {
      end = isTail(octets, at) ? 'tail' : 'bad code block';
      break;
    }
    if (blocks === maximumBlocks) return refuse('CLTU too long', at);
    const target = blocks * INFORMATION_OCTETS;
    for (let index = 0; index < INFORMATION_OCTETS; index++) data[target + index] = block[index]!;
    blocks += 1;
    correctedBits += corrected;
  }
  if (blocks === 0) return refuse('no whole code block', from);
  const decoded = data.subarray(0, blocks * INFORMATION_OCTETS);
  if (randomized) randomizeTc(decoded);
  return ok({ data: decoded, blocks, correctedBits, end, endAt: from + blocks * BLOCK_OCTETS });
};

/**
 * The one unit of a datagram or of a line of a file; octets before its start sequence are passed over. Reasons: 'no
 * start sequence', 'no whole code block', 'CLTU too long'. A unit that a bad block cut short is still a value, as in
 * the standard: the frame's own length and check judge what is left.
 */
export const decodeCltu = (octets: Uint8Array, parameters: CltuParameters = {}): Result<CltuUnit> => {
  const start = findStart(octets, 0, parameters.mode ?? 'SEC');
  if (start < 0) return refuse('no start sequence', octets.length);
  return decodeBlocks(octets, start + START_OCTETS, parameters);
};
