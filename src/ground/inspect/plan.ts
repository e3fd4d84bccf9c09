// From what was given and the first octets of a file to how all of it is to be read.

import { cltuStreamStart, deframeCltus, endOfCltus } from '../../ccsds/cltu/deframe.ts';
import { ENCAPSULATION_VERSION } from '../../ccsds/encapsulation/encapsulation-packet.ts';
import { packetLengthAt, versionAt } from '../../ccsds/space-packet/space-packet.ts';
import { delimitTcFrames } from '../../ccsds/tc-frame/delimit.ts';
import { type RandomizerSequence, randomize } from '../../ccsds/tm-coding/randomizer.ts';
import { type ReedSolomonParameters, reedSolomon, virtualFillFor } from '../../ccsds/tm-coding/reed-solomon.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { tcReader } from './cltu-layer.ts';
import { headerRun } from './header-run.ts';
import type {
  CodingFormat,
  Finding,
  FrameFormat,
  FrameKind,
  GivenParameters,
  GivenReedSolomon,
  InspectKind,
} from './parameters.ts';
import { probeCadu } from './probe-cadu.ts';
import { probeFormat } from './probe-format.ts';
import { type LengthGuess, probeLength, slicedUnits } from './probe-length.ts';
import { SelfDelimited } from './self-delimited.ts';
import { uslpDelimiter } from './uslp-delimiter.ts';

export interface FramePlan {
  readonly kind: 'frames' | 'cadu';
  readonly format: FrameFormat;
  readonly coding: CodingFormat;
  /** Octets of a unit of the file without what is skipped; absent: units tell their own length, or lines do. */
  readonly unitOctets?: number;
}

export interface CltuPlan {
  readonly kind: 'cltu';
  readonly randomized: boolean;
  readonly fecf: boolean;
}

export interface PacketPlan {
  readonly kind: 'packets';
  readonly version: number;
}

export interface Planned {
  readonly plan: FramePlan | CltuPlan | PacketPlan;
  readonly findings: readonly Finding[];
}

/** The start of a file, as far as a probe looks. */
export interface Head {
  readonly octets: Uint8Array;
  /** The octets are all there is. */
  readonly whole: boolean;
  /** The units, where the file has one a line. */
  readonly lines?: readonly Uint8Array[];
}

type Randomizer = RandomizerSequence | 'none';

const MOST_UNITS = 256;

const randomizersOf = (wanted: GivenParameters['randomized']): readonly Randomizer[] => {
  if (wanted === true) return ['short', 'long'];
  return wanted === undefined || wanted === false ? ['none'] : [wanted];
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

interface Cut {
  readonly unitOctets: number | undefined;
  readonly randomizer: Randomizer;
  readonly units: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

const lengthFinding = ({ unitOctets, run }: LengthGuess): Finding => ({
  parameter: 'unit length',
  value: `${unitOctets} octets`,
  evidence:
    run.units > 1
      ? `${percent(run.share)} of ${run.units} headers follow each other by version, spacecraft and count`
      : 'the file is one unit',
  guessed: true,
});

const randomizerFinding = (randomizer: Randomizer, wanted: GivenParameters['randomized']): Finding => ({
  parameter: 'randomiser',
  value: randomizer,
  evidence: wanted === undefined ? 'headers follow each other best so' : 'given',
  guessed: wanted === undefined,
});

const mostFrequentLength = (lines: readonly Uint8Array[]): number => {
  const times = new Map<number, number>();
  for (const { length } of lines) times.set(length, (times.get(length) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
};

/** The best randomiser for units of known length. */
const randomizerFor = (kind: FrameKind, head: Head, stride: number, skip: number, wanted: readonly Randomizer[]) => {
  let best: { randomizer: Randomizer; share: number } | undefined;
  for (const randomizer of wanted) {
    const { share } = headerRun(kind, slicedUnits(head.octets, stride, skip, randomizer));
    if (best === undefined || share > best.share) best = { randomizer, share };
  }
  return best!.randomizer;
};

const derandomized = (unit: Uint8Array, randomizer: Randomizer): Uint8Array => {
  if (randomizer === 'none') return unit;
  const copy = unit.slice();
  randomize(randomizer, copy);
  return copy;
};

const slice = (head: Head, unitOctets: number, skip: number, randomizer: Randomizer): Uint8Array[] => {
  const units: Uint8Array[] = [];
  const stride = unitOctets + skip;
  for (let at = skip; at + unitOctets <= head.octets.length && units.length < MOST_UNITS; at += stride)
    units.push(derandomized(head.octets.subarray(at, at + unitOctets), randomizer));
  return units;
};

const cutLines = (head: Head, lines: readonly Uint8Array[], options: GivenParameters): Cut => {
  const skip = options.skipOctets ?? 0;
  const units = lines.slice(0, MOST_UNITS).map((line) => line.subarray(skip));
  const unitOctets = options.lengthOctets ?? mostFrequentLength(units);
  const randomizer = randomizersOf(options.randomized)[0]!;
  const alike = units.filter((unit) => unit.length === unitOctets);
  const evidence = `${alike.length} of ${units.length} lines${head.whole ? '' : ' at the start'}`;
  const finding: Finding = {
    parameter: 'unit length',
    value: `${unitOctets} octets`,
    evidence,
    guessed: options.lengthOctets === undefined,
  };
  return { unitOctets, randomizer, units: alike.map((unit) => derandomized(unit, randomizer)), findings: [finding] };
};

const parityOctets = ({ reedSolomon: code }: GivenParameters): number =>
  code ? 2 * code.correctable * code.interleaving : 0;

const cutFixed = (kind: FrameKind, head: Head, options: GivenParameters): Cut | undefined => {
  const skip = options.skipOctets ?? 0;
  const wanted = randomizersOf(options.randomized);
  if (options.lengthOctets !== undefined) {
    const unitOctets = options.lengthOctets + parityOctets(options);
    const randomizer = randomizerFor(kind, head, unitOctets + skip, skip, wanted);
    const run = headerRun(kind, slicedUnits(head.octets, unitOctets + skip, skip, randomizer));
    const length: Finding = { ...lengthFinding({ unitOctets, randomizer, run }), guessed: false };
    const findings = options.randomized === undefined ? [] : [randomizerFinding(randomizer, options.randomized)];
    return {
      unitOctets,
      randomizer,
      units: slice(head, unitOctets, skip, randomizer),
      findings: [length, ...findings],
    };
  }
  let guess = probeLength(kind, head.octets, head.whole, skip, wanted);
  // A wrong randomiser turns counts into counts that still step now and then.
  if (options.randomized === undefined && (guess === undefined || guess.run.share < 0.9)) {
    const other = probeLength(kind, head.octets, head.whole, skip, ['short', 'long']);
    if (other !== undefined && other.run.share > 1.1 * (guess?.run.share ?? 0)) guess = other;
  }
  if (guess === undefined) return undefined;
  const { unitOctets, randomizer } = guess;
  const findings = [lengthFinding(guess)];
  if (randomizer !== 'none' || options.randomized !== undefined)
    findings.push(randomizerFinding(randomizer, options.randomized));
  return { unitOctets, randomizer, units: slice(head, unitOctets, skip, randomizer), findings };
};

const cutUslp = (head: Head, options: GivenParameters): Cut => {
  const units: Uint8Array[] = [];
  const stream = new SelfDelimited(uslpDelimiter(0), options.skipOctets ?? 0, {
    unit: (octets) => {
      if (units.length < MOST_UNITS) units.push(octets.slice());
    },
    passedOver: () => {},
  });
  stream.push(head.octets);
  stream.end();
  const evidence = `${units.length} frames follow each other by their length fields at the start of the file`;
  const finding = { parameter: 'unit length', value: 'as each header says', evidence, guessed: true };
  return { unitOctets: undefined, randomizer: 'none', units, findings: [finding] };
};

const decoded = (units: readonly Uint8Array[], code: ReedSolomonParameters | undefined): Uint8Array[] => {
  if (code === undefined) return [...units];
  const coder = reedSolomon(code);
  return units
    .map((unit) => unit.slice())
    .filter((unit) => coder.correct(unit).ok)
    .map((unit) => unit.subarray(0, coder.informationLength));
};

const cutOf = (kind: FrameKind, head: Head, options: GivenParameters): Cut | undefined => {
  if (head.lines !== undefined) return cutLines(head, head.lines, options);
  if (kind === 'uslp' && options.lengthOctets === undefined) return cutUslp(head, options);
  return cutFixed(kind, head, options);
};

const misfit = ({ correctable, interleaving }: GivenReedSolomon, octets: number): string =>
  `Reed-Solomon E=${correctable}, I=${interleaving}: expected codeblocks of ${interleaving} times ` +
  `${2 * correctable + 1} to 255 octets, got ${octets}`;

/** The code that was given, for units of this length; both bases are tried where none was given. */
const codeFor = (
  units: readonly Uint8Array[],
  unitOctets: number,
  options: GivenParameters,
): Result<ReedSolomonParameters | undefined> => {
  if (!options.reedSolomon) return ok(undefined);
  const { correctable, interleaving, basis } = options.reedSolomon;
  const virtualFill = virtualFillFor(correctable, interleaving, unitOctets - parityOctets(options));
  if (virtualFill === undefined) return refuse(misfit(options.reedSolomon, unitOctets));
  const bases = basis === undefined ? (['dual', 'conventional'] as const) : [basis];
  const codes = bases.map((one) => ({ correctable, interleaving, basis: one, virtualFill }));
  const fits = codes.map((code) => decoded(units.slice(0, 16), code).length);
  return ok(fits.length > 1 && fits[1]! > fits[0]! ? codes[1]! : codes[0]!);
};

const planFrames = (kind: FrameKind, head: Head, options: GivenParameters): Result<Planned> => {
  const cut = cutOf(kind, head, options);
  if (cut === undefined)
    return refuse(
      `expected a file of ${kind.toUpperCase()} frames: at no length do their headers follow each other; ` +
        'give --length N, or another kind with --as',
    );
  const fixed = kind !== 'uslp' || options.lengthOctets !== undefined;
  const code = cut.unitOctets === undefined ? ok(undefined) : codeFor(cut.units, cut.unitOctets, options);
  if (!code.ok) return code;
  const frames = decoded(cut.units, code.value);
  const coder = code.value && reedSolomon(code.value);
  const frameOctets = coder?.informationLength ?? cut.unitOctets;
  const { format, findings } = probeFormat(kind, frames, fixed ? frameOctets : undefined, options);
  const coding: CodingFormat = { randomizer: cut.randomizer, ...(code.value ? { reedSolomon: code.value } : {}) };
  const length = fixed && cut.unitOctets !== undefined ? { unitOctets: cut.unitOctets } : {};
  return ok({ plan: { kind: 'frames', format, coding, ...length }, findings: [...cut.findings, ...findings] });
};

const planCadu = (head: Head, options: GivenParameters): Result<Planned> => {
  const probed = probeCadu(head.octets, head.whole, options);
  if (!probed.ok) return probed;
  const { codeblockOctets, coding, kind, frames } = probed.value;
  if (options.reedSolomon && coding.reedSolomon === undefined)
    return refuse(misfit(options.reedSolomon, codeblockOctets));
  const frameOctets = coding.reedSolomon ? reedSolomon(coding.reedSolomon).informationLength : codeblockOctets;
  const { format, findings } = probeFormat(kind, frames, kind === 'uslp' ? undefined : frameOctets, options);
  const plan: FramePlan = { kind: 'cadu', format, coding, unitOctets: codeblockOctets };
  return ok({ plan, findings: [...probed.value.findings, ...findings] });
};

const tcFramesOf = (head: Head, randomized: boolean): Uint8Array[] => {
  const options = { randomized };
  const { state, units } = deframeCltus(cltuStreamStart, head.octets, options);
  const last = endOfCltus(state, options);
  return [...units, ...(last ? [last] : [])].slice(0, MOST_UNITS).flatMap((unit) => delimitTcFrames(unit.data));
};

/** Frames that are good under each of the four readings; the first wins a tie. */
const planCltu = (head: Head, options: GivenParameters): Planned => {
  const given = options.randomized;
  let best = { randomized: false, fecf: true, good: -1, of: 0 };
  for (const fecf of options.fecf === undefined ? [true, false] : [options.fecf])
    for (const randomized of given === undefined ? [false, true] : [given !== false]) {
      const frames = tcFramesOf(head, randomized);
      const read = tcReader(fecf);
      const good = frames.filter((frame) => read(frame).ok).length;
      // A frame that is good without a check is good with none: only without any checked frame is it believed.
      if (good > best.good && (fecf || best.good <= 0)) best = { randomized, fecf, good, of: frames.length };
    }
  const evidence = `${best.good} of ${best.of} frames are valid so`;
  return {
    plan: { kind: 'cltu', randomized: best.randomized, fecf: best.fecf },
    findings: [
      { parameter: 'randomiser', value: best.randomized ? 'on' : 'off', evidence, guessed: given === undefined },
      {
        parameter: 'frame error control',
        value: best.fecf ? '2 octets' : 'absent',
        evidence,
        guessed: options.fecf === undefined,
      },
    ],
  };
};

/** A file whose packets all have one other version, and follow each other to its end, is read by that version. */
const planPackets = (head: Head, options: GivenParameters): Planned => {
  const skip = options.skipOctets ?? 0;
  const { octets } = head;
  const versions = new Map<number, number>();
  let at = skip;
  let count = 0;
  while (at + 6 <= octets.length && count < MOST_UNITS) {
    const version = versionAt(octets, at);
    versions.set(version, (versions.get(version) ?? 0) + 1);
    count++;
    at += packetLengthAt(octets, at) + skip;
  }
  const [version = 0] = versions.keys();
  const ends = at - skip === octets.length || (!head.whole && count > 0) || count === MOST_UNITS;
  const other = versions.size === 1 && version !== 0 && version !== ENCAPSULATION_VERSION;
  if (!other || !ends || options.strict) return { plan: { kind: 'packets', version: 0 }, findings: [] };
  const finding: Finding = {
    parameter: 'packet version',
    value: String(version),
    evidence: `all ${count} headers at the start; the standard has 0, and --strict refuses these packets`,
    guessed: true,
  };
  return { plan: { kind: 'packets', version }, findings: [finding] };
};

/** Refuses with one line for people when the file is not what it is said to be. */
export const planOf = (kind: InspectKind, head: Head, options: GivenParameters): Result<Planned> => {
  if (kind === 'packets') return ok(planPackets(head, options));
  if (kind === 'cltu') return ok(planCltu(head, options));
  if (kind === 'cadu') return planCadu(head, options);
  return planFrames(kind, head, options);
};
