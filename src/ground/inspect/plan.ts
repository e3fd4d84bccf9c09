// From what was given and the first octets of a file to how all of it is to be read.
import { cltuStreamStart, deframeCltus, endOfCltus } from '../../ccsds/cltu/deframe.ts';
import { ENCAPSULATION_VERSION } from '../../ccsds/encapsulation/encapsulation-packet.ts';
import { packetLengthAt, versionAt } from '../../ccsds/space-packet/space-packet.ts';
import { delimitTcFrames } from '../../ccsds/tc-frame/delimit.ts';
import { type ReedSolomonParameters, reedSolomon } from '../../ccsds/tm-coding/reed-solomon.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { tcReader } from './cltu-layer.ts';
import { cutOf, type Head, MOST_UNITS } from './cut-units.ts';
import { kindHint } from './kind-hint.ts';
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
import { codeFinding, probeCode } from './probe-code.ts';
import { probeFormat } from './probe-format.ts';

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

const misfit = ({ correctable, interleaving }: GivenReedSolomon, octets: number): string =>
  `Reed-Solomon E=${correctable}, I=${interleaving}: expected codeblocks of ${interleaving} times ` +
  `${2 * correctable + 1} to 255 octets, got ${octets}`;

const decoded = (units: readonly Uint8Array[], code: ReedSolomonParameters | undefined): Uint8Array[] => {
  if (code === undefined) return [...units];
  const coder = reedSolomon(code);
  return units
    .map((unit) => unit.slice())
    .filter((unit) => coder.correct(unit).ok)
    .map((unit) => unit.subarray(0, coder.informationLength));
};

const planFrames = (kind: FrameKind, head: Head, options: GivenParameters): Result<Planned> => {
  const cut = cutOf(kind, head, options);
  const hint = kindHint(head.lines?.[0] ?? head.octets);
  if (cut === undefined)
    return refuse(
      `expected a file of ${kind.toUpperCase()} frames: at no length do their headers follow each other; ` +
        `give --length N, or another kind with --as${hint === undefined ? '' : ` (${hint.evidence})`}`,
    );
  const probed = cut.unitOctets === undefined ? undefined : probeCode(cut.units, cut.unitOctets, options.reedSolomon);
  if (options.reedSolomon && probed === undefined) return refuse(misfit(options.reedSolomon, cut.unitOctets ?? 0));
  const code = probed?.code;
  const frames = decoded(cut.units, code);
  const fixed = cut.unitOctets !== undefined && (kind !== 'uslp' || head.lines === undefined);
  const frameOctets = code === undefined ? cut.unitOctets : reedSolomon(code).informationLength;
  const { format, findings } = probeFormat(kind, frames, fixed ? frameOctets : undefined, options);
  const coding: CodingFormat = { randomizer: cut.randomizer, ...(code === undefined ? {} : { reedSolomon: code }) };
  const length = fixed ? { unitOctets: cut.unitOctets } : {};
  const codes = probed === undefined ? [] : [codeFinding(probed, options.reedSolomon)];
  return ok({
    plan: { kind: 'frames', format, coding, ...length },
    findings: [...(hint === undefined ? [] : [hint]), ...cut.findings, ...codes, ...findings],
  });
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
