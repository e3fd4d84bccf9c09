// The coding of a file of CADUs: the distance of sync markers, the randomiser, Reed-Solomon, and the frames inside.
// A codeblock that decodes says nothing about the randomiser, whose short sequence is a codeword itself for most
// interleaving depths: headers that follow each other do.
import { FrameSynchronizer } from '../../ccsds/tm-coding/frame-synchronizer.ts';
import { type RandomizerSequence, randomize } from '../../ccsds/tm-coding/randomizer.ts';
import { reedSolomon } from '../../ccsds/tm-coding/reed-solomon.ts';
import { ok, type Result } from '../../codec/result.ts';
import { cutUnits, headerRun } from './header-run.ts';
import { probeMarkers } from './marker-distance.ts';
import type { CodingFormat, Finding, FrameKind, GivenParameters } from './parameters.ts';
import { codeFinding, type ProbedCode, probeCode } from './probe-code.ts';

type Randomizer = RandomizerSequence | 'none';

export interface ProbedCadu {
  /** Octets between markers that belong to the unit. */
  readonly codeblockOctets: number;
  readonly coding: CodingFormat;
  readonly kind: FrameKind;
  readonly frames: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

const MOST_BLOCKS = 64;

const blocksOf = (head: Uint8Array, codeblock: number, skip: number): Uint8Array[] => {
  const synchronizer = new FrameSynchronizer({ frameLength: codeblock + skip });
  const bounded = head.subarray(0, (MOST_BLOCKS + 2) * (codeblock + skip + 4));
  const found = [...synchronizer.push(bounded), ...synchronizer.push(new Uint8Array(skip)), ...synchronizer.end()];
  return found.slice(0, MOST_BLOCKS).map((frame) => frame.octets.subarray(0, codeblock));
};

const derandomized = (blocks: readonly Uint8Array[], randomizer: Randomizer): Uint8Array[] =>
  blocks.map((block) => {
    const copy = block.slice();
    if (randomizer !== 'none') randomize(randomizer, copy);
    return copy;
  });

const randomizersOf = (wanted: GivenParameters['randomized']): readonly Randomizer[] => {
  if (wanted === undefined) return ['none', 'short', 'long'];
  if (wanted === true) return ['short', 'long'];
  return wanted === false ? ['none'] : [wanted];
};

interface Reading {
  readonly randomizer: Randomizer;
  readonly code: ProbedCode | undefined;
  readonly kind: FrameKind;
  readonly frames: readonly Uint8Array[];
  readonly share: number;
}

const readAs = (
  blocks: readonly Uint8Array[],
  codeblock: number,
  randomizer: Randomizer,
  options: GivenParameters,
): Reading => {
  const plain = derandomized(blocks, randomizer);
  const code = probeCode(plain, codeblock, options.reedSolomon);
  const coder = code && reedSolomon(code.code);
  const frames = plain
    .filter((block) => coder === undefined || coder.correct(block).ok)
    .map((block) => (coder === undefined ? block : block.subarray(0, coder.informationLength)));
  let reading: Reading = { randomizer, code, kind: 'tm', frames, share: -1 };
  for (const kind of ['tm', 'aos', 'uslp'] as const) {
    const units = frames.length === 1 ? [frames[0]!, frames[0]!] : frames;
    const run = headerRun(kind, cutUnits(units));
    const share = frames.length === 1 ? run.repeating + run.following : run.share;
    if (share > reading.share) reading = { ...reading, kind, share };
  }
  return reading;
};

/** Refuses as `probeMarkers` does. */
export const probeCadu = (head: Uint8Array, whole: boolean, options: GivenParameters): Result<ProbedCadu> => {
  const markers = probeMarkers(head, whole, options);
  if (!markers.ok) return markers;
  const { codeblock, evidence } = markers.value;
  const blocks = blocksOf(head, codeblock, options.skipOctets ?? 0);
  let chosen: Reading | undefined;
  for (const randomizer of randomizersOf(options.randomized)) {
    const reading = readAs(blocks, codeblock, randomizer, options);
    const decodes = (reading.code?.decodable ?? 0) > 0 ? 0.01 : 0;
    if (chosen === undefined || reading.share + decodes > chosen.share + 0.02) chosen = reading;
  }
  const { randomizer, code, kind, frames, share } = chosen!;
  const percent = `${Math.round(100 * Math.max(0, share))} % of headers follow each other as ${kind.toUpperCase()}`;
  const findings: Finding[] = [
    { parameter: 'codeblock', value: `${codeblock} octets`, evidence, guessed: true },
    { parameter: 'randomiser', value: randomizer, evidence: percent, guessed: options.randomized === undefined },
    codeFinding(code, options.reedSolomon),
    { parameter: 'frames', value: kind.toUpperCase(), evidence: percent, guessed: true },
  ];
  const coding: CodingFormat = { randomizer, ...(code === undefined ? {} : { reedSolomon: code.code }) };
  return ok({ codeblockOctets: codeblock, coding, kind, frames, findings });
};
