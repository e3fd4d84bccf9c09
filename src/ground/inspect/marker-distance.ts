// How far sync markers stand apart in a file of CADUs: the codeblock's length, which a given frame length must fit.
import { findMarker } from '../../ccsds/tm-coding/attached-sync-marker.ts';
import { interleavingDepths } from '../../ccsds/tm-coding/reed-solomon.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import type { GivenParameters } from './parameters.ts';

const MARKER_OCTETS = 4;
const MOST_MARKERS = 256;
const SHORTEST = 8;
const LONGEST = 65_536;

export interface MarkerDistance {
  /** Octets between markers that belong to the unit. */
  readonly codeblock: number;
  readonly evidence: string;
}

const markerBits = (head: Uint8Array): number[] => {
  const bits: number[] = [];
  const end = head.length * 8 - 31;
  let from = 0;
  while (bits.length < MOST_MARKERS && from < end) {
    const match = findMarker(head, from, end, 0);
    if (match === undefined) break;
    bits.push(match.bit);
    from = match.bit + 8 * MARKER_OCTETS;
  }
  return bits;
};

/** The most frequent distance of two neighbouring markers in whole octets, and how often it came. */
const mostFrequent = (bits: readonly number[]): { readonly octets: number; readonly times: number } | undefined => {
  const times = new Map<number, number>();
  for (let k = 1; k < bits.length; k++) {
    const distance = Math.round((bits[k]! - bits[k - 1]!) / 8);
    times.set(distance, (times.get(distance) ?? 0) + 1);
  }
  let found: { octets: number; times: number } | undefined;
  for (const [octets, count] of [...times].sort(([a], [b]) => a - b))
    if (octets >= SHORTEST + MARKER_OCTETS && octets <= LONGEST && count > (found?.times ?? 0))
      found = { octets, times: count };
  return found;
};

/** Octets of parity that a codeblock may have: those of the code given, or of any, or none. */
const parities = ({ reedSolomon: code }: GivenParameters): number[] => {
  if (code) return [2 * code.correctable * code.interleaving];
  if (code === false) return [0];
  return [0, ...interleavingDepths.flatMap((depth) => [16 * depth, 32 * depth])];
};

/** A length may be told of the frame, of the codeblock, or of the CADU with its marker. */
const fits = (codeblock: number, lengthOctets: number, options: GivenParameters): boolean =>
  codeblock === lengthOctets ||
  codeblock === lengthOctets - MARKER_OCTETS ||
  parities(options).includes(codeblock - lengthOctets);

const NO_MARKERS =
  'expected a file of CADUs: no sync markers 1ACFFC1D stand at one distance from each other; ' +
  'give --length N, or another kind with --as';

/** Refuses with one line for people where no markers stand apart, or not as far as the given length asks for. */
export const probeMarkers = (head: Uint8Array, whole: boolean, options: GivenParameters): Result<MarkerDistance> => {
  const { lengthOctets, skipOctets = 0 } = options;
  const bits = markerBits(head);
  const distance = mostFrequent(bits);
  const codeblock = (distance?.octets ?? 0) - MARKER_OCTETS - skipOctets;
  if (distance !== undefined && codeblock >= SHORTEST) {
    const evidence = `${distance.times} of ${bits.length - 1} distances of sync markers 1ACFFC1D`;
    if (lengthOctets === undefined || fits(codeblock, lengthOctets, options)) return ok({ codeblock, evidence });
    if (distance.times > 1 && 2 * distance.times >= bits.length - 1)
      return refuse(
        `--length ${lengthOctets}: expected a frame that fits codeblocks of ${codeblock} octets, as ${evidence} say`,
      );
  }
  if (lengthOctets !== undefined)
    return ok({ codeblock: lengthOctets + Math.max(0, parities(options)[0]!), evidence: 'given' });
  const rest = bits.length === 1 && whole ? Math.floor((head.length * 8 - bits[0]!) / 8) - MARKER_OCTETS : 0;
  if (rest < SHORTEST || rest > LONGEST) return refuse(NO_MARKERS);
  return ok({ codeblock: rest, evidence: 'one sync marker, and the rest of the file' });
};
