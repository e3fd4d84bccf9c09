// The structures of housekeeping and what requests do to them, as pure steps. A request acts on all that it names or,
// when one of them is wrong, on none. Bounds: `mostStructures`, and no report longer than a packet holds.
import { housekeepingStructureReport, st03 } from '../../ccsds/pus/st03-housekeeping.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { fixedOctets } from '../../dictionary/fields.ts';
import { idText } from '../../dictionary/names.ts';
import type { Outcome } from '../../kernel/declare.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

export interface Structure {
  readonly sid: number;
  readonly intervalTenths: number;
  readonly enabled: boolean;
  /** Absolute ids, in the order of the report. */
  readonly channels: readonly number[];
  /** Ticks until the next report. */
  readonly countdown: number;
}

export interface StructureLimits {
  readonly dictionary: Dictionary;
  readonly mostStructures: number;
  /** Longest source data of a report. */
  readonly maximumDataOctets: number;
}

/** The structures after a request, or why it was refused. */
export type Changed = readonly Structure[] | { readonly failed: string };

const SID_OCTETS = 2;

export const failed = (changed: Changed): changed is { readonly failed: string } => 'failed' in changed;

export const outcomeOf = (changed: Changed): Outcome => (failed(changed) ? { failed: changed.failed } : 'done');

/** The structures that the spacecraft starts with, reported by themselves from the start. */
export const firstStructures = ({ structures, channels }: Dictionary): readonly Structure[] =>
  structures.all.map(({ sid, intervalTenths, channels: names }) => ({
    sid,
    intervalTenths,
    enabled: true,
    channels: names.map((name) => channels.byName(name)!.id),
    countdown: intervalTenths,
  }));

export interface NewStructure {
  readonly sid: number;
  readonly intervalTenths: number;
  readonly channels: readonly number[];
}

/** TC(3,1). A new structure is disabled, as 6.3.3.5.1 has it. Reports of values without a fixed width are refused. */
export const create = (all: readonly Structure[], wanted: NewStructure, limits: StructureLimits): Changed => {
  if (all.some(({ sid }) => sid === wanted.sid)) return { failed: 'structure exists' };
  if (all.length >= limits.mostStructures) return { failed: 'too many structures' };
  if (wanted.channels.length === 0) return { failed: 'empty structure' };
  let octets = SID_OCTETS;
  for (const id of wanted.channels) {
    const entry = limits.dictionary.channels.byId(id);
    if (entry === undefined) return { failed: `unknown channel: ${idText(id)}` };
    octets += fixedOctets(entry.field) ?? Infinity;
  }
  if (octets > limits.maximumDataOctets) return { failed: 'report too long' };
  const { sid, intervalTenths, channels } = wanted;
  return [...all, { sid, intervalTenths, enabled: false, channels, countdown: intervalTenths }];
};

const firstUnknown = (all: readonly Structure[], sids: readonly number[]): number | undefined =>
  sids.find((sid) => !all.some((each) => each.sid === sid));

/** TC(3,3). 6.3.3.5.2: only a structure that is not reported by itself can go. */
export const remove = (all: readonly Structure[], sids: readonly number[]): Changed => {
  const unknown = firstUnknown(all, sids);
  if (unknown !== undefined) return { failed: `unknown structure: ${unknown}` };
  const busy = all.find(({ sid, enabled }) => enabled && sids.includes(sid));
  if (busy !== undefined) return { failed: `structure is enabled: ${busy.sid}` };
  return all.filter(({ sid }) => !sids.includes(sid));
};

/** TC(3,5) and TC(3,6). */
export const setEnabled = (all: readonly Structure[], sids: readonly number[], enabled: boolean): Changed => {
  const unknown = firstUnknown(all, sids);
  if (unknown !== undefined) return { failed: `unknown structure: ${unknown}` };
  return all.map((each) =>
    sids.includes(each.sid) && each.enabled !== enabled ? { ...each, enabled, countdown: each.intervalTenths } : each,
  );
};

export interface IntervalSetting {
  readonly sid: number;
  readonly interval: number;
}

/** TC(3,31). The new interval starts now. */
export const setIntervals = (all: readonly Structure[], settings: readonly IntervalSetting[]): Changed => {
  const sids = settings.map(({ sid }) => sid);
  const unknown = firstUnknown(all, sids);
  if (unknown !== undefined) return { failed: `unknown structure: ${unknown}` };
  return all.map((each) => {
    const setting = settings.findLast(({ sid }) => sid === each.sid);
    return setting ? { ...each, intervalTenths: setting.interval, countdown: setting.interval } : each;
  });
};

/** TC(3,27) and TC(3,9) name structures: all of them, or why not. */
export const select = (all: readonly Structure[], sids: readonly number[]): Changed => {
  const unknown = firstUnknown(all, sids);
  if (unknown !== undefined) return { failed: `unknown structure: ${unknown}` };
  return sids.map((wanted) => all.find(({ sid }) => sid === wanted)!);
};

/** TM(3,10). */
export const structureReport = ({ sid, enabled, intervalTenths, channels }: Structure): TelemetryMessage => ({
  service: 3,
  subtype: st03.structure,
  data: housekeepingStructureReport.encode({ sid, enabled, intervalTenths, parameters: channels }),
});

/** One tick of 100 ms: the structures with their countdowns moved on, and those that are due. */
export const count = (
  all: readonly Structure[],
): { readonly all: readonly Structure[]; readonly due: readonly Structure[] } => {
  const due: Structure[] = [];
  const counted = all.map((each) => {
    if (!each.enabled) return each;
    if (each.countdown > 1) return { ...each, countdown: each.countdown - 1 };
    due.push(each);
    return { ...each, countdown: each.intervalTenths };
  });
  return { all: counted, due };
};
