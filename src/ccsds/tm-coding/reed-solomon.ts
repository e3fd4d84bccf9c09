// Reed-Solomon codeblocks, CCSDS 131.0-B-5 clause 4: (255,223) and (255,239), interleaving, dual and conventional
// basis, virtual fill. Information first, parity last, symbol k of codeword i at octet k * I + i (4.3.5).
import { ok, type Refused, type Result, refuse } from '../../codec/result.ts';
import type { SymbolBasis } from './dual-basis.ts';
import { type CorrectableSymbols, codewordSymbols, reedSolomonCode } from './reed-solomon-code.ts';
import { correctCodeword, uncorrectable } from './reed-solomon-decoder.ts';
import { type ParityDifference, parityDifference } from './reed-solomon-remainder.ts';

export const interleavingDepths = [1, 2, 3, 4, 5, 8] as const;
export type InterleavingDepth = (typeof interleavingDepths)[number];

export interface ReedSolomonParameters {
  /** E: 16 for (255,223), 8 for (255,239). */
  readonly correctable: CorrectableSymbols;
  /** I, codewords of a codeblock (4.3.5). */
  readonly interleaving: InterleavingDepth;
  /** 'dual' is the standard's own representation (4.3.9); 'conventional' is met in the field. */
  readonly basis?: SymbolBasis;
  /** Leading symbols of every codeword that are zero and not transmitted (4.3.8). Default 0. */
  readonly virtualFill?: number;
}

export interface Correction {
  /** Symbols changed in the whole codeblock; 0 means that it came clean. */
  readonly corrected: number;
  /** Symbols changed per codeword, in interleaving order. */
  readonly perCodeword: readonly number[];
}

export interface ReedSolomon {
  readonly parameters: Required<ReedSolomonParameters>;
  /** Octets of information in a codeblock: the length of the Transfer Frame. */
  readonly informationLength: number;
  /** Octets of information and parity, without virtual fill. */
  readonly codeblockLength: number;
  /** A new codeblock around `frame`, which must have `informationLength` octets. */
  encode(frame: Uint8Array): Uint8Array;
  /** Writes the parity of `codeblock`'s information to its end, in place. */
  encodeInPlace(codeblock: Uint8Array): void;
  /** Whether every codeword is one of the code. False for any other length. */
  isClean(codeblock: Uint8Array): boolean;
  /**
   * Corrects up to E symbols of every codeword in place. Refuses with 'codeblock length' or 'uncorrectable codeword'
   * (`at` is the first octet of that codeword); the codewords before and after it are corrected all the same.
   */
  correct(codeblock: Uint8Array): Result<Correction>;
}

/** Virtual fill per codeword with which a codeblock carries `informationLength` octets, or undefined if none does. */
export const virtualFillFor = (
  correctable: CorrectableSymbols,
  interleaving: number,
  informationLength: number,
): number | undefined => {
  const symbols = informationLength / interleaving;
  const fill = codewordSymbols - 2 * correctable - symbols;
  return Number.isInteger(fill) && fill >= 0 && symbols >= 1 ? fill : undefined;
};

const checked = (parameters: ReedSolomonParameters): Required<ReedSolomonParameters> => {
  const { correctable, interleaving, basis = 'dual', virtualFill = 0 } = parameters;
  if (correctable !== 8 && correctable !== 16)
    throw new RangeError(`Reed-Solomon E: expected 8 or 16, got ${correctable}`);
  if (!interleavingDepths.includes(interleaving))
    throw new RangeError(`Reed-Solomon interleaving: expected 1, 2, 3, 4, 5 or 8, got ${interleaving}`);
  const most = codewordSymbols - 2 * correctable - 1;
  if (!Number.isInteger(virtualFill) || virtualFill < 0 || virtualFill > most)
    throw new RangeError(`Reed-Solomon virtual fill: expected an integer from 0 to ${most}, got ${virtualFill}`);
  return { correctable, interleaving, basis, virtualFill };
};

/** A coder for one set of managed parameters. `difference` may be the WebAssembly kernel in place of the plain one. */
export const reedSolomon = (
  managed: ReedSolomonParameters,
  difference: ParityDifference = parityDifference,
): ReedSolomon => {
  const parameters = checked(managed);
  const { correctable, interleaving, basis, virtualFill } = parameters;
  const code = reedSolomonCode(correctable, basis);
  const symbols = codewordSymbols - virtualFill;
  const codeblockLength = symbols * interleaving;
  const informationLength = codeblockLength - code.paritySymbols * interleaving;
  const scratch = new Uint8Array(code.paritySymbols * interleaving);

  const encodeInPlace = (codeblock: Uint8Array): void => {
    if (codeblock.length !== codeblockLength)
      throw new RangeError(`Reed-Solomon codeblock: expected ${codeblockLength} octets, got ${codeblock.length}`);
    codeblock.fill(0, informationLength);
    difference(code, interleaving, codeblock, scratch);
    codeblock.set(scratch, informationLength);
  };

  const correct = (codeblock: Uint8Array): Result<Correction> => {
    if (codeblock.length !== codeblockLength) return refuse('codeblock length', codeblock.length);
    const perCodeword = new Array<number>(interleaving).fill(0);
    if (difference(code, interleaving, codeblock, scratch) === 0) return ok({ corrected: 0, perCodeword });
    let corrected = 0;
    let refused: Refused | undefined;
    for (let codeword = 0; codeword < interleaving; codeword++) {
      let dirty = 0;
      for (let at = codeword; at < scratch.length; at += interleaving) dirty |= scratch[at]!;
      if (dirty === 0) continue;
      const changed = correctCodeword(code, { codeblock, difference: scratch, codeword, interleaving, symbols });
      if (changed === uncorrectable) refused ??= refuse('uncorrectable codeword', codeword);
      else {
        perCodeword[codeword] = changed;
        corrected += changed;
      }
    }
    return refused ?? ok({ corrected, perCodeword });
  };

  return {
    parameters,
    informationLength,
    codeblockLength,
    encodeInPlace,
    encode: (frame) => {
      if (frame.length !== informationLength)
        throw new RangeError(`Reed-Solomon information: expected ${informationLength} octets, got ${frame.length}`);
      const codeblock = new Uint8Array(codeblockLength);
      codeblock.set(frame);
      encodeInPlace(codeblock);
      return codeblock;
    },
    isClean: (codeblock) =>
      codeblock.length === codeblockLength && difference(code, interleaving, codeblock, scratch) === 0,
    correct,
  };
};
