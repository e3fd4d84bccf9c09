// Which Reed-Solomon code the codeblocks of a file are words of, if any.
import {
  interleavingDepths,
  type ReedSolomonParameters,
  reedSolomon,
  virtualFillFor,
} from '../../ccsds/tm-coding/reed-solomon.ts';
import type { Finding, GivenParameters } from './parameters.ts';

const MOST_BLOCKS = 16;

const uniform = (block: Uint8Array): boolean => block.every((octet) => octet === block[0]);

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

export interface ProbedCode {
  readonly code: ReedSolomonParameters;
  readonly clean: number;
  /** Codeblocks that are clean, or can be corrected. */
  readonly decodable: number;
  /** Codeblocks that were looked at. */
  readonly of: number;
}

/** Fill of one octet is a word of every code, also where a frame's header has to be corrected away for it. */
const corrects = (coder: ReturnType<typeof reedSolomon>, block: Uint8Array): boolean => {
  const copy = block.slice();
  return coder.correct(copy).ok && !uniform(copy.subarray(0, coder.informationLength));
};

const fitOf = (code: ReedSolomonParameters, blocks: readonly Uint8Array[], correcting: boolean): ProbedCode => {
  const coder = reedSolomon(code);
  let clean = 0;
  let decodable = 0;
  for (const block of blocks) {
    if (coder.isClean(block)) clean++;
    else if (correcting && corrects(coder, block)) decodable++;
  }
  return { code, clean, decodable: clean + decodable, of: blocks.length };
};

/** The code that most codeblocks are words of; undefined when they are of none. */
export const probeCode = (
  blocks: readonly Uint8Array[],
  codeblock: number,
  wanted: GivenParameters['reedSolomon'],
): ProbedCode | undefined => {
  const telling = blocks.filter((block) => !uniform(block)).slice(0, MOST_BLOCKS);
  const codes = codesFor(codeblock, wanted);
  for (const correcting of [false, true]) {
    let found: ProbedCode | undefined;
    for (const code of codes) {
      const fit = fitOf(code, telling, correcting);
      if (fit.decodable > (found?.decodable ?? 0)) found = fit;
    }
    if (found !== undefined && found.decodable >= (correcting ? telling.length / 4 : 1)) return found;
  }
  // What was given is believed also where nothing decodes.
  return wanted && codes[0] !== undefined ? { code: codes[0], clean: 0, decodable: 0, of: telling.length } : undefined;
};

const codeText = ({ correctable, interleaving, basis, virtualFill }: ReedSolomonParameters): string =>
  `(255,${255 - 2 * correctable}), interleaving ${interleaving}, ${basis} basis` +
  (virtualFill ? `, virtual fill ${virtualFill}` : '');

export const codeFinding = (probed: ProbedCode | undefined, wanted: GivenParameters['reedSolomon']): Finding => ({
  parameter: 'Reed-Solomon',
  value: probed === undefined ? 'none' : codeText(probed.code),
  evidence:
    probed === undefined
      ? 'no code makes codewords'
      : `${probed.clean} of ${probed.of} codeblocks clean, ${probed.decodable} decodable`,
  guessed: wanted === undefined,
});
