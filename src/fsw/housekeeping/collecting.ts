// Reading channels for the structures that are due, as pure steps: one sweep for each instant reads what all of them
// need, and the samples that come back are laid out as reports.
import { st03 } from '../../ccsds/pus/st03-housekeeping.ts';
import { Writer } from '../../codec/writer.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { writeValue } from '../../dictionary/encode.ts';
import type { Outcome } from '../../kernel/declare.ts';
import type { Step } from '../../kernel/machine.ts';
import type { Sample } from '../../kernel/patterns.ts';
import type { EachType } from '../each-type.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';
import { type Changed, count, failed, outcomeOf, type Structure, select, structureReport } from './structures.ts';

/** What a sweep that is under way was for: these structures, in this order. */
type Sweep = readonly { readonly sid: number; readonly channels: readonly number[] }[];

export interface Collecting {
  readonly structures: readonly Structure[];
  /** Sweeps whose samples have not come back yet, oldest first. */
  readonly underWay: readonly Sweep[];
  readonly sweeps: number;
  readonly reports: number;
  readonly unreportable: number;
}

export type CommandName = 'Create' | 'Delete' | 'Enable' | 'Disable' | 'ReportStructures' | 'OneShot' | 'SetInterval';

export type CollectAction =
  | { readonly type: 'sweep'; readonly channels: readonly number[] }
  | { readonly type: 'report'; readonly message: TelemetryMessage }
  | { readonly type: 'unreportable'; readonly sid: number; readonly channel: number }
  | EachType<CommandName, { readonly outcome: Outcome }>;

type To = Step<Collecting, CollectAction>;

export const firstCollecting = (structures: readonly Structure[]): Collecting => ({
  structures,
  underWay: [],
  sweeps: 0,
  reports: 0,
  unreportable: 0,
});

/** Sweeps whose samples are awaited: as many as wait in the inlet at most. Beyond that the oldest is given up. */
export const MOST_UNDER_WAY = 64;

/** Channels are read once each structure, so that samples come back in the order of the reports. */
const sweep = (state: Collecting, due: readonly Structure[]): To => {
  const wanted = due.map(({ sid, channels }) => ({ sid, channels }));
  const underWay = [...state.underWay, wanted].slice(-MOST_UNDER_WAY);
  const next = { ...state, underWay, sweeps: state.sweeps + 1 };
  return [next, { type: 'sweep', channels: wanted.flatMap(({ channels }) => channels) }];
};

export const tick = (state: Collecting): To => {
  const { all, due } = count(state.structures);
  const next = { ...state, structures: all };
  return due.length === 0 ? [next] : sweep(next, due);
};

/** A request that changes structures, and its answer. */
export const change = (state: Collecting, type: CommandName, changed: Changed): To => [
  failed(changed) ? state : { ...state, structures: changed },
  { type, outcome: outcomeOf(changed) },
];

export const oneShot = (state: Collecting, sids: readonly number[]): To => {
  const chosen = select(state.structures, sids);
  const answer = { type: 'OneShot', outcome: outcomeOf(chosen) } as const;
  if (failed(chosen) || chosen.length === 0) return [state, answer];
  const [next, ...actions] = sweep(state, chosen);
  return [next, ...actions, answer];
};

export const reportStructures = (state: Collecting, sids: readonly number[]): To => {
  const chosen = select(state.structures, sids);
  const answer = { type: 'ReportStructures', outcome: outcomeOf(chosen) } as const;
  if (failed(chosen)) return [state, answer];
  return [state, ...chosen.map((each) => ({ type: 'report', message: structureReport(each) }) as const), answer];
};

/** Whether the samples are of that sweep, in its order. A channel that could not be read stands in no sample. */
const isFor = (wanted: Sweep, samples: readonly Sample[], whole: boolean): boolean => {
  let at = 0;
  for (const { channels } of wanted)
    for (const id of channels)
      if (samples[at]?.channel === id) at++;
      else if (whole) return false;
  return at === samples.length;
};

/** Lays samples out as the reports that their sweep was for. */
export const collector = ({ channels }: Dictionary) => {
  /** The report, or the first channel whose value is not there or does not fit. */
  const layOut = (sid: number, wanted: readonly number[], values: ReadonlyMap<number, unknown>) => {
    const writer = new Writer(2 + 4 * wanted.length).u16(sid);
    for (const id of wanted)
      if (!values.has(id) || writeValue(writer, channels.byId(id)!.field, values.get(id), 'channel')) return id;
    return writer.finish();
  };

  return (state: Collecting, samples: readonly Sample[]): To => {
    // Samples that were dropped on their way take their sweep with them: the next ones find their own.
    const same = state.underWay.findIndex((each) => isFor(each, samples, true));
    const at = same < 0 ? state.underWay.findIndex((each) => isFor(each, samples, false)) : same;
    const wanted = at < 0 ? [] : state.underWay[at]!;
    const underWay = state.underWay.slice(at + 1);
    // All were read in one instant, so that a channel of two structures has one value.
    const values = new Map(samples.map(({ channel, value }) => [channel, value]));
    const actions: CollectAction[] = [];
    let { reports, unreportable } = state;
    for (const { sid, channels: ids } of wanted) {
      const data = layOut(sid, ids, values);
      if (typeof data === 'number') {
        unreportable += 1;
        actions.push({ type: 'unreportable', sid, channel: data });
        continue;
      }
      reports += 1;
      actions.push({ type: 'report', message: { service: 3, subtype: st03.report, data } });
    }
    return [{ ...state, underWay, reports, unreportable }, ...actions];
  };
};
