// One inspection: the start of the file decides how it is read, then all of it streams through the layers, and at the
// end there is one report. Sans I/O: whoever has the file pushes its chunks.
import { randomize } from '../../ccsds/tm-coding/randomizer.ts';
import { reedSolomon } from '../../ccsds/tm-coding/reed-solomon.ts';
import type { ParityDifference } from '../../ccsds/tm-coding/reed-solomon-remainder.ts';
import { joinOctets } from '../../codec/octets.ts';
import { ok, type Result } from '../../codec/result.ts';
import { ApidAccount } from './apid-account.ts';
import { CaduLayer } from './cadu-layer.ts';
import { CltuLayer, tcFrameReader } from './cltu-layer.ts';
import type { Head } from './cut-units.ts';
import { FixedUnits } from './fixed-units.ts';
import { FrameLayer } from './frame-layer.ts';
import { frameReader } from './frame-reader.ts';
import { HexLines, looksLikeHexLines } from './hex-lines.ts';
import { judgePackets } from './packet-evidence.ts';
import { PacketLayer } from './packet-layer.ts';
import type { CodingFormat, Finding, GivenParameters, InspectKind } from './parameters.ts';
import { type FramePlan, type Planned, planOf } from './plan.ts';
import type { Inspection, InspectReport, UnitLine } from './report.ts';
import { SelfDelimited } from './self-delimited.ts';
import { uslpDelimiter } from './uslp-delimiter.ts';

/** Octets of the start of a file that a probe wants to see. */
export const HEAD_OCTETS = 4 << 20;

export interface InspectionRun {
  readonly findings: readonly Finding[];
  /** The next octets of the file, from its very start: the head that was probed comes again. */
  push(chunk: Uint8Array): void;
  end(): Inspection;
}

/** What takes octets apart; `line` takes one unit where the file has one a line. */
interface Layers {
  push(octets: Uint8Array): void;
  line?(octets: Uint8Array): void;
  reject(reason: string): void;
  /** Returns the octets left over. */
  end(): number;
  readonly frames?: FrameLayer;
  readonly packets?: PacketLayer;
  counts(): Inspection['layers'];
}

/** Derandomises and corrects one unit that is a codeblock without marker, in a buffer of its own. */
const decoderOf = (
  coding: CodingFormat,
  frames: FrameLayer,
  difference: ParityDifference | undefined,
): ((unit: Uint8Array, offset: number) => void) => {
  const { randomizer } = coding;
  const coder = coding.reedSolomon && reedSolomon(coding.reedSolomon, difference);
  if (randomizer === 'none' && coder === undefined) return (unit, offset) => frames.push(unit, offset);
  return (unit, offset) => {
    const codeblock = unit.slice();
    if (randomizer !== 'none') randomize(randomizer, codeblock);
    const corrected = coder?.correct(codeblock);
    if (corrected && !corrected.ok) frames.reject(corrected.reason, offset, unit.length);
    else frames.push(coder ? codeblock.subarray(0, coder.informationLength) : codeblock, offset, unit.length);
  };
};

const frameLayers = (
  plan: FramePlan,
  options: GivenParameters,
  frames: FrameLayer,
  difference: ParityDifference | undefined,
): Layers => {
  const skip = options.skipOctets ?? 0;
  const take = decoderOf(plan.coding, frames, difference);
  const master = (): Inspection['layers'] => [{ layer: 'master channel', counts: frames.masterCounts() }];
  const reject = (reason: string): void => frames.reject(reason, 0, 0);
  if (plan.kind === 'cadu') {
    const cadu = new CaduLayer(frames, plan.coding, plan.unitOctets!, skip, difference);
    return {
      frames,
      reject,
      push: (octets) => cadu.push(octets),
      end: () => cadu.end(),
      counts: () => [{ layer: 'synchronisation', counts: cadu.counts() }, ...master()],
    };
  }
  let offset = 0;
  const line = (octets: Uint8Array): void => {
    take(octets.subarray(skip), offset + skip);
    offset += octets.length;
  };
  if (plan.unitOctets !== undefined) {
    const units = new FixedUnits(plan.unitOctets, skip, take);
    return { frames, reject, line, push: (octets) => units.push(octets), end: () => units.end(), counts: master };
  }
  const stream = new SelfDelimited(uslpDelimiter(plan.format.fecfOctets), skip, {
    unit: take,
    passedOver: (octets, at) => frames.reject('no frame header', at, octets),
  });
  return { frames, reject, line, push: (octets) => stream.push(octets), end: () => stream.end(), counts: () => [] };
};

const layersOf = (
  { plan }: Planned,
  options: GivenParameters,
  onUnit: ((line: UnitLine) => void) | undefined,
  difference: ParityDifference | undefined,
): Layers => {
  const frameOptions = { keepDuplicates: options.keepDuplicates === true, onUnit };
  if (plan.kind === 'packets') {
    const packets = new PacketLayer({ skipOctets: options.skipOctets ?? 0, version: plan.version, onUnit });
    return {
      packets,
      push: (octets) => packets.push(octets),
      reject: (reason) => packets.reject(reason, 0, 0),
      end: () => packets.end(),
      counts: () => [],
    };
  }
  if (plan.kind === 'cltu') {
    const frames = new FrameLayer(tcFrameReader(plan.fecf), frameOptions);
    const cltu = new CltuLayer(frames, plan.randomized);
    return {
      frames,
      push: (octets) => cltu.push(octets),
      reject: (reason) => frames.reject(reason, 0, 0),
      end: () => cltu.end(),
      counts: () => [{ layer: 'CLTUs', counts: cltu.counts.record() }],
    };
  }
  return frameLayers(plan, options, new FrameLayer(frameReader(plan.format), frameOptions), difference);
};

const mergedAccounts = (accounts: Iterable<ApidAccount>): ApidAccount[] => {
  const merged = new Map<number, ApidAccount>();
  for (const account of accounts) {
    let sum = merged.get(account.apid);
    if (sum === undefined) {
      sum = new ApidAccount(account.apid);
      merged.set(account.apid, sum);
    }
    sum.merge(account);
  }
  return [...merged.values()].sort((a, b) => a.apid - b.apid);
};

const hex32 = (value: number): string => value.toString(16).padStart(8, '0');

const concluded = (
  kind: InspectKind,
  octets: number,
  layers: Layers,
  findings: readonly Finding[],
  remarks: string[],
): Inspection => {
  const leftoverOctets = layers.end();
  const { frames, packets } = layers;
  const contents = frames?.contents() ?? [];
  const believed = contents.filter((content) => content.believed);
  const accounts = packets?.accounts() ?? believed.flatMap((content) => [...content.accounts()]);
  const { apids, notes } = judgePackets(mergedAccounts(accounts));
  const encapsulated = packets ? [packets.encapsulated] : believed.map((content) => content.encapsulated());
  const channels = frames?.channels() ?? [];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const report: InspectReport = {
    as: kind,
    octets,
    frames: {
      total: frames?.total ?? 0,
      accepted: frames?.accepted ?? 0,
      idle: frames?.idle ?? 0,
      duplicates: frames?.duplicates ?? 0,
      rejected: (frames ?? packets)!.rejected.record(),
    },
    spacecraft: [...new Set(channels.map((channel) => channel.scid))],
    ocf: frames?.ocf.runs().map(({ value, count }) => ({ value: hex32(value), count })) ?? [],
    channels,
    packets: {
      total: sum([...apids.map((row) => row.count), ...encapsulated.map((e) => e.packets)]),
      octets: sum([...apids.map((row) => row.octets), ...encapsulated.map((e) => e.octets)]),
      apids,
    },
    leftoverOctets,
  };
  const unlisted = frames?.ocf.unlisted ?? 0;
  if (unlisted > 0) remarks.push(`${unlisted} control fields came after the last run that is listed`);
  const layerCounts = layers.counts().filter(({ counts }) => Object.keys(counts).length > 0);
  return { report, findings, contents: contents.map((c) => c.content()), notes, layers: layerCounts, remarks };
};

const hexHead = (head: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = [];
  const reader = new HexLines((line) => {
    if (line.ok) lines.push(line.value);
  });
  reader.push(head);
  reader.end();
  return lines;
};

const LINES: Finding = {
  parameter: 'file',
  value: 'hexadecimal text, a unit a line',
  evidence: 'nothing but hexadecimal digits and white space',
  guessed: true,
};

const streamed = (
  kind: InspectKind,
  layers: Layers,
  findings: readonly Finding[],
  remarks: string[],
): InspectionRun => {
  let octets = 0;
  return {
    findings,
    push: (chunk) => {
      octets += chunk.length;
      layers.push(chunk);
    },
    end: () => concluded(kind, octets, layers, findings, remarks),
  };
};

const byLines = (kind: InspectKind, layers: Layers, findings: readonly Finding[], remarks: string[]): InspectionRun => {
  let octets = 0;
  const lines = new HexLines((line) => {
    if (!line.ok) {
      layers.reject(line.reason);
      return;
    }
    octets += line.value.length;
    if (layers.line) layers.line(line.value);
    else layers.push(line.value);
  });
  return {
    findings,
    push: (chunk) => lines.push(chunk),
    end: () => {
      lines.end();
      return concluded(kind, octets, layers, findings, remarks);
    },
  };
};

/**
 * Begins an inspection. `head` is the start of the file, `HEAD_OCTETS` of it or, if `whole`, all. Refuses with one line
 * for people when the octets are not what `kind` says. An empty file is a report of nothing.
 * `difference` may be the WebAssembly kernel of Reed-Solomon in place of the plain one.
 */
export const inspection = (
  kind: InspectKind,
  head: Uint8Array,
  whole: boolean,
  options: GivenParameters,
  onUnit?: (line: UnitLine) => void,
  difference?: ParityDifference,
): Result<InspectionRun> => {
  if (head.length === 0) {
    const packets = new PacketLayer({ skipOctets: 0, version: 0 });
    const nothing: Layers = { packets, push: () => {}, reject: () => {}, end: () => 0, counts: () => [] };
    return ok(streamed(kind, nothing, [], ['the file is empty']));
  }
  const isText = looksLikeHexLines(head);
  const lines = isText ? hexHead(head) : undefined;
  const binary: Head = lines === undefined ? { octets: head, whole } : { octets: joinOctets(lines), whole, lines };
  const planned = planOf(kind, binary, options);
  if (!planned.ok) return planned;
  const layers = layersOf(planned.value, options, onUnit, difference);
  const findings = isText ? [LINES, ...planned.value.findings] : planned.value.findings;
  return ok(isText ? byLines(kind, layers, findings, []) : streamed(kind, layers, findings, []));
};
