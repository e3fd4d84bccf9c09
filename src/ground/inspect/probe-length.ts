// The frame length of a file of frames back to back: the length at which headers follow each other best.
import { type RandomizerSequence, randomizerOctets } from '../../ccsds/tm-coding/randomizer.ts';
import { type HeaderRun, headerRun, type UnitSource } from './header-run.ts';
import type { FrameKind } from './parameters.ts';

const SHORTEST = 8;
/**
 * TM frames have 2048 octets at most (132.0-B-3 4.1.1.2), their codeblocks fewer than twice that. The others may have
 * 65536, but nobody sends such; a longer one is for `--length`.
 */
const LONGEST: Readonly<Record<FrameKind, number>> = { tm: 4096, aos: 16_384, uslp: 16_384 };
/** Units looked at per length. */
const MOST_UNITS = 128;
/** A run with a smaller share is chance, and counters within data run too: the fewer units, the more must follow. */
const leastShare = (units: number): number => (units > 32 ? 0.4 : units > 8 ? 0.5 : 0.66);

export interface LengthGuess {
  readonly unitOctets: number;
  readonly randomizer: RandomizerSequence | 'none';
  readonly run: HeaderRun;
}

/** Octets at either end of a unit that are compared with the unit before. */
const END_OCTETS = 48;

const scratch = new Uint8Array(6);

/** Units of `stride` octets, `skip` of them before the unit, in octets that stay as they are. */
export const slicedUnits = (
  octets: Uint8Array,
  stride: number,
  skip: number,
  randomizer: RandomizerSequence | 'none',
  mostUnits = MOST_UNITS,
): UnitSource => {
  const mask = randomizer === 'none' ? new Uint8Array(6) : randomizerOctets(randomizer, 6);
  return {
    units: Math.min(mostUnits, Math.floor(octets.length / stride)),
    header: (unit) => {
      const at = unit * stride + skip;
      for (let k = 0; k < 6; k++) scratch[k] = octets[at + k]! ^ mask[k]!;
      return scratch;
    },
    repeats: (unit) => {
      const at = unit * stride;
      // Both ends are enough to tell, and a file of fill costs no more than others.
      for (let k = skip; k < stride; k = k === skip + END_OCTETS ? Math.max(k + 1, stride - END_OCTETS) : k + 1)
        if (octets[at + k] !== octets[at - stride + k]) return false;
      return unit > 0;
    },
  };
};

/** Among nearly equal runs the shortest length: its multiples run nearly as well. */
const NEARLY = 0.9;

/** A first frame that is damaged beyond its header is no reason to doubt all the others. */
const isAnchored = (run: HeaderRun): boolean => run.anchored || (run.units >= 8 && run.share >= 0.8);

/**
 * Counts that are out of order seem to run better at a multiple of the length. But at a part of the length, half of the
 * units at most follow.
 */
const mostFollow = (run: HeaderRun): boolean => run.units > 4 && run.following > 0.6 * (run.units - 1);

/**
 * Looks at the start of a file. `whole`: the octets are all of it. Undefined when no length makes headers follow each
 * other; a file of one frame is as long as that frame.
 */
export const probeLength = (
  kind: FrameKind,
  head: Uint8Array,
  whole: boolean,
  skip: number,
  randomizers: readonly (RandomizerSequence | 'none')[],
): LengthGuess | undefined => {
  let best: LengthGuess | undefined;
  for (const randomizer of randomizers) {
    const last = Math.min(LONGEST[kind], Math.floor(head.length / 2) - skip);
    for (let unitOctets = SHORTEST; unitOctets <= last; unitOctets++) {
      const stride = unitOctets + skip;
      const run = headerRun(kind, slicedUnits(head, stride, skip, randomizer));
      if (run.following === 0 || !isAnchored(run) || run.share < leastShare(run.units)) continue;
      // One pair that fits is chance among thousands of lengths, unless the file is nothing but units of one
      // spacecraft.
      const exact = whole && head.length === run.units * stride && run.alike === run.units;
      if (run.following === 1 && !exact) continue;
      if (best !== undefined && stride % (best.unitOctets + skip) === 0 && mostFollow(best.run)) continue;
      if (best === undefined || run.share * NEARLY > best.run.share) best = { unitOctets, randomizer, run };
    }
  }
  if (best !== undefined) return best;
  const single = head.length - skip;
  if (!whole || single < SHORTEST || single > LONGEST[kind]) return undefined;
  for (const randomizer of randomizers) {
    const source = slicedUnits(head, head.length, skip, randomizer);
    const version = source.header(0)[0]! >> 6;
    if (version === (kind === 'tm' ? 0 : kind === 'aos' ? 1 : 3))
      return { unitOctets: single, randomizer, run: headerRun(kind, source) };
  }
  return undefined;
};
