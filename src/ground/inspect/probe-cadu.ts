// The coding of a file of CADUs: the distance of sync markers, the randomiser, Reed-Solomon, and the frames inside.
// A codeblock that decodes says nothing about the randomiser, whose short sequence is a codeword itself for most
// interleaving depths: headers that follow each other do.
import { FrameSynchronizer } from '../../ccsds/tm-coding/frame-synchronizer.ts';
import { type RandomizerSequence, randomize } from '../../ccsds/tm-coding/randomizer.ts';
import {
  interleavingDepths,
  type ReedSolomonParameters,
  reedSolomon,
  virtualFillFor,
} from '../../ccsds/tm-coding/reed-solomon.ts';
import { ok, type Result } from '../../codec/result.ts';
import { cutUnits, headerRun } from './header-run.ts';
import { probeMarkers } from './marker-distance.ts';
import type { CodingFormat, Finding, FrameKind, GivenParameters } from './parameters.ts';

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

const uniform = (block: Uint8Array): boolean => block.every((octet) => octet === block[0]);

const derandomized = (blocks: readonly Uint8Array[], randomizer: Randomizer): Uint8Array[] =>
  blocks.map((block) => {
    const copy = block.slice();
    if (randomizer !== 'none') randomize(randomizer, copy);
    return copy;
  });

/** All codes that fit a codeblock: E of 16 first, since its codewords are codewords of E 8 too. */
const codesFor = (codeblock: number, wanted: GivenParameters['reedSolomon']): ReedSolomonParameters[] => {
  if (wanted === false) return [];
  const codes: ReedSolomonParameters[] = [];
  for (const correctable of [16, 8] as const)
    for (const interleaving of interleavingDepths)
      for (const basis of ['dual', 'conventional'] as const) {
        if (wanted && (wanted.correctable !== correctable || wanted.interleaving !== interleaving)) continue;
        if (wanted?.basis && wanted.basis !== basis) continue;
        const virtualFill = virtualFillFor(correctable, interleaving, codeblock - 2 * correctable * interleaving);
        if (virtualFill !== undefined) codes.push({ correctable, interleaving, basis, virtualFill });
      }
  return codes;
};

interface CodeFit {
  readonly code: ReedSolomonParameters;
  readonly clean: number;
  /** Codeblocks that are clean, or can be corrected. */
  readonly decodable: number;
}

const fitOf = (code: ReedSolomonParameters, blocks: readonly Uint8Array[], correcting: boolean): CodeFit => {
  const coder = reedSolomon(code);
  let clean = 0;
  let decodable = 0;
  for (const block of blocks) {
    if (coder.isClean(block)) clean++;
    else if (correcting && coder.correct(block.slice()).ok) decodable++;
  }
  return { code, clean, decodable: clean + decodable };
};

/** The code that most codeblocks are words of. Uniform blocks are words of every code and prove none. */
const probeCode = (blocks: readonly Uint8Array[], codeblock: number, wanted: GivenParameters['reedSolomon']) => {
  const telling = blocks.filter((block) => !uniform(block)).slice(0, 16);
  const codes = codesFor(codeblock, wanted);
  for (const correcting of [false, true]) {
    let found: CodeFit | undefined;
    for (const code of codes) {
      const fit = fitOf(code, telling, correcting);
      if (fit.decodable > (found?.decodable ?? 0)) found = fit;
    }
    if (found !== undefined && found.decodable >= (correcting ? telling.length / 4 : 1))
      return { ...found, of: telling.length };
  }
  // What was given is believed also where nothing decodes.
  return wanted && codes[0] !== undefined ? { code: codes[0], clean: 0, decodable: 0, of: telling.length } : undefined;
};

const randomizersOf = (wanted: GivenParameters['randomized']): readonly Randomizer[] => {
  if (wanted === undefined) return ['none', 'short', 'long'];
  if (wanted === true) return ['short', 'long'];
  return wanted === false ? ['none'] : [wanted];
};

interface Reading {
  readonly randomizer: Randomizer;
  readonly code: ReturnType<typeof probeCode>;
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

const codeText = ({ correctable, interleaving, basis, virtualFill }: ReedSolomonParameters): string =>
  `(255,${255 - 2 * correctable}), interleaving ${interleaving}, ${basis} basis` +
  (virtualFill ? `, virtual fill ${virtualFill}` : '');

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
    {
      parameter: 'Reed-Solomon',
      value: code === undefined ? 'none' : codeText(code.code),
      evidence:
        code === undefined
          ? 'no code makes codewords'
          : `${code.clean} of ${code.of} codeblocks clean, ${code.decodable} decodable`,
      guessed: options.reedSolomon === undefined,
    },
    { parameter: 'frames', value: kind.toUpperCase(), evidence: percent, guessed: true },
  ];
  const coding: CodingFormat = { randomizer, ...(code === undefined ? {} : { reedSolomon: code.code }) };
  return ok({ codeblockOctets: codeblock, coding, kind, frames, findings });
};
