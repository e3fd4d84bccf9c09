// The units of a file of frames as far as a probe looks: where they begin and end, and which randomiser lies on them.
// What was not given is what makes their headers follow each other.
import { type RandomizerSequence, randomize } from '../../ccsds/tm-coding/randomizer.ts';
import { interleavingDepths } from '../../ccsds/tm-coding/reed-solomon.ts';
import { cutUnits, type HeaderRun, headerRun } from './header-run.ts';
import type { Finding, FrameKind, GivenParameters } from './parameters.ts';
import { type LengthGuess, probeLength, slicedUnits } from './probe-length.ts';
import { SelfDelimited } from './self-delimited.ts';
import { uslpDelimiter } from './uslp-delimiter.ts';

/** The start of a file, as far as a probe looks. */
export interface Head {
  readonly octets: Uint8Array;
  /** The octets are all there is. */
  readonly whole: boolean;
  /** The units, where the file has one a line. */
  readonly lines?: readonly Uint8Array[];
}

type Randomizer = RandomizerSequence | 'none';

export interface Cut {
  /** Absent where units tell their own length. */
  readonly unitOctets?: number;
  readonly randomizer: Randomizer;
  readonly units: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

export const MOST_UNITS = 256;
/** Another reading must be so much better than the plain one: a wrong one makes counts that still step now and then. */
const MUCH = 1.1;
const SURE = 0.9;

const plainOf = (wanted: GivenParameters['randomized']): readonly Randomizer[] => {
  if (wanted === true) return ['short', 'long'];
  return wanted === undefined || wanted === false ? ['none'] : [wanted];
};

/** To be tried where the plain reading is doubtful. */
const othersOf = (wanted: GivenParameters['randomized']): readonly Randomizer[] =>
  wanted === undefined ? ['short', 'long'] : [];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const lengthFinding = (unitOctets: number, run: HeaderRun, guessed: boolean): Finding => ({
  parameter: 'unit length',
  value: `${unitOctets} octets`,
  evidence:
    run.units > 1
      ? `${percent(run.share)} of ${run.units} headers follow each other by version, spacecraft and count`
      : 'the file is one unit',
  guessed,
});

const randomizerFindings = (randomizer: Randomizer, wanted: GivenParameters['randomized']): Finding[] => {
  if (randomizer === 'none' && wanted === undefined) return [];
  const evidence = wanted === undefined ? 'headers follow each other best so' : 'given';
  return [{ parameter: 'randomiser', value: randomizer, evidence, guessed: wanted === undefined }];
};

const derandomized = (unit: Uint8Array, randomizer: Randomizer): Uint8Array => {
  if (randomizer === 'none') return unit;
  const copy = unit.slice();
  randomize(randomizer, copy);
  return copy;
};

interface Reading {
  readonly unitOctets: number;
  readonly randomizer: Randomizer;
  readonly run: HeaderRun;
}

/** The best of some readings; the first wins nearly equal ones. */
const bestOf = (readings: readonly Reading[]): Reading => {
  let best = readings[0]!;
  for (const reading of readings.slice(1)) if (reading.run.share > MUCH * best.run.share) best = reading;
  return best;
};

const mostFrequentLength = (lines: readonly Uint8Array[]): number => {
  const times = new Map<number, number>();
  for (const { length } of lines) times.set(length, (times.get(length) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
};

const cutLines = (kind: FrameKind, lines: readonly Uint8Array[], whole: boolean, options: GivenParameters): Cut => {
  const skip = options.skipOctets ?? 0;
  const units = lines.slice(0, MOST_UNITS).map((line) => line.subarray(skip));
  const unitOctets = mostFrequentLength(units);
  const alike = units.filter((unit) => unit.length === unitOctets);
  const read = (randomizer: Randomizer): Reading => {
    const heads = alike.map((unit) => derandomized(unit, randomizer));
    return { unitOctets, randomizer, run: headerRun(kind, cutUnits(heads)) };
  };
  const { randomizer } = bestOf([...plainOf(options.randomized), ...othersOf(options.randomized)].map(read));
  const evidence = `${alike.length} of ${units.length} lines${whole ? '' : ' at the start'}`;
  return {
    unitOctets,
    randomizer,
    units: alike.map((unit) => derandomized(unit, randomizer)),
    findings: [
      {
        parameter: 'unit length',
        value: `${unitOctets} octets`,
        evidence,
        guessed: options.lengthOctets === undefined,
      },
      ...randomizerFindings(randomizer, options.randomized),
    ],
  };
};

/** Octets that a unit of a given length may have: that of the frame, or with the parity of a code behind it. */
const unitLengths = (lengthOctets: number, { reedSolomon: code }: GivenParameters): number[] => {
  if (code === false) return [lengthOctets];
  if (code) return [lengthOctets + 2 * code.correctable * code.interleaving, lengthOctets];
  return [
    lengthOctets,
    ...interleavingDepths.flatMap((depth) => [lengthOctets + 32 * depth, lengthOctets + 16 * depth]),
  ];
};

const readingOfLength = (kind: FrameKind, head: Head, lengthOctets: number, options: GivenParameters): Reading => {
  const skip = options.skipOctets ?? 0;
  const read = (unitOctets: number, randomizer: Randomizer): Reading => {
    const source = slicedUnits(head.octets, unitOctets + skip, skip, randomizer);
    return { unitOctets, randomizer, run: headerRun(kind, source) };
  };
  const lengths = unitLengths(lengthOctets, options);
  const first = bestOf(plainOf(options.randomized).map((randomizer) => read(lengths[0]!, randomizer)));
  if (first.run.share >= SURE) return first;
  const randomizers = [...plainOf(options.randomized), ...othersOf(options.randomized)];
  return bestOf([first, ...lengths.flatMap((length) => randomizers.map((randomizer) => read(length, randomizer)))]);
};

const guessedReading = (kind: FrameKind, head: Head, options: GivenParameters): LengthGuess | undefined => {
  const skip = options.skipOctets ?? 0;
  const plain = probeLength(kind, head.octets, head.whole, skip, plainOf(options.randomized));
  const others = othersOf(options.randomized);
  if (others.length === 0 || (plain !== undefined && plain.run.share >= SURE)) return plain;
  const other = probeLength(kind, head.octets, head.whole, skip, others);
  return other !== undefined && other.run.share > MUCH * (plain?.run.share ?? 0) ? other : plain;
};

const cutFixed = (kind: FrameKind, head: Head, options: GivenParameters): Cut | undefined => {
  const skip = options.skipOctets ?? 0;
  const { lengthOctets } = options;
  const reading =
    lengthOctets === undefined
      ? guessedReading(kind, head, options)
      : readingOfLength(kind, head, lengthOctets, options);
  if (reading === undefined) return undefined;
  const { unitOctets, randomizer, run } = reading;
  const units: Uint8Array[] = [];
  for (let at = skip; at + unitOctets <= head.octets.length && units.length < MOST_UNITS; at += unitOctets + skip)
    units.push(derandomized(head.octets.subarray(at, at + unitOctets), randomizer));
  const findings = [
    lengthFinding(unitOctets, run, lengthOctets === undefined),
    ...randomizerFindings(randomizer, options.randomized),
  ];
  return { unitOctets, randomizer, units, findings };
};

/** Frames that tell their own length. */
const cutUslp = (head: Head, options: GivenParameters): Cut => {
  const units: Uint8Array[] = [];
  const stream = new SelfDelimited(uslpDelimiter(0), options.skipOctets ?? 0, {
    unit: (unit) => {
      if (units.length < MOST_UNITS) units.push(unit.slice());
    },
    passedOver: () => {},
  });
  stream.push(head.octets);
  stream.end();
  const evidence = `${units.length} frames follow each other by their length fields at the start of the file`;
  const finding = { parameter: 'unit length', value: 'as each header says', evidence, guessed: true };
  return { randomizer: 'none', units, findings: [finding] };
};

/** A code or a randomiser over the frame hides its length, and all units are as long. */
const cutAnyUslp = (head: Head, options: GivenParameters): Cut | undefined => {
  const { reedSolomon: code, randomized } = options;
  if (code || randomized) return cutFixed('uslp', head, options);
  const own = cutUslp(head, options);
  if (headerRun('uslp', cutUnits(own.units)).share > 0.5) return own;
  const fixed = guessedReading('uslp', head, options);
  return fixed !== undefined && fixed.run.share >= SURE && fixed.run.units > 4 ? cutFixed('uslp', head, options) : own;
};

/** Undefined where no length makes headers follow each other. */
export const cutOf = (kind: FrameKind, head: Head, options: GivenParameters): Cut | undefined => {
  if (head.lines !== undefined) return cutLines(kind, head.lines, head.whole, options);
  if (kind === 'uslp' && options.lengthOctets === undefined) return cutAnyUslp(head, options);
  return cutFixed(kind, head, options);
};
