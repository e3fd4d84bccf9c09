// What becomes of an event, as pure steps: counted, held back if it is disabled or too frequent, logged, reported.
// Bounds: one gate for each event of the dictionary; the log keeps the newest entries and forgets the oldest.
import { eventIds, eventReport, eventSubtype, st05 } from '../../ccsds/pus/st05-events.ts';
import type { Dictionary, EventEntry } from '../../dictionary/dictionary.ts';
import { encodeFields, type ValueRecord } from '../../dictionary/encode.ts';
import { idText } from '../../dictionary/names.ts';
import type { Outcome, Severity, Throttle } from '../../kernel/declare.ts';
import type { Step } from '../../kernel/machine.ts';
import type { EventRecord } from '../../kernel/topology.ts';
import type { EachType } from '../each-type.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';
import { admit, closeEnded, defaultThrottle, type Gate, openGate } from './throttle.ts';

export interface EventLogOptions {
  readonly dictionary: Dictionary;
  /** Entries that the log keeps. */
  readonly entries: number;
}

export interface LogEntry {
  readonly atUs: number;
  readonly id: number;
  readonly message: TelemetryMessage;
}

export interface Logging {
  /** In the order of the dictionary's events. */
  readonly gates: readonly Gate[];
  /** Absolute ids whose reports are disabled, in ascending order. */
  readonly disabledIds: readonly number[];
  readonly log: readonly LogEntry[];
  readonly seen: Readonly<Record<Severity, number>>;
  readonly reported: number;
  readonly suppressed: number;
  readonly disabled: number;
  readonly unknown: number;
  readonly lastEvent: number;
}

export type LogAction =
  | { readonly type: 'report'; readonly message: TelemetryMessage }
  | { readonly type: 'suppressed'; readonly event: number; readonly count: number }
  | EachType<'enabled' | 'disabled' | 'repeated', { readonly outcome: Outcome }>
  | { readonly type: 'listed' };

type To = Step<Logging, LogAction>;

export const firstLogging = ({ dictionary }: EventLogOptions): Logging => ({
  gates: dictionary.events.all.map(() => openGate),
  disabledIds: [],
  log: [],
  seen: { info: 0, low: 0, medium: 0, high: 0 },
  reported: 0,
  suppressed: 0,
  disabled: 0,
  unknown: 0,
  lastEvent: 0,
});

/** The report of an event in the layout of its declaration, or undefined for arguments that do not fit it. */
const messageOf = ({ id, severity, fields }: EventEntry, args: unknown): TelemetryMessage | undefined => {
  const values = encodeFields(fields, args as ValueRecord);
  if (!values.ok) return undefined;
  return { service: 5, subtype: eventSubtype(severity), data: eventReport.encode({ id, values: values.value }) };
};

/** The steps, over the constant part: which events there are, at which place their gates stand, and their throttles. */
export const eventLogging = ({ dictionary, entries }: EventLogOptions) => {
  const all = dictionary.events.all;
  const places = new Map(all.map(({ id }, place) => [id, place]));
  const throttles: readonly Throttle[] = all.map(({ throttle }) => throttle ?? defaultThrottle);

  const takeEvent = (state: Logging, record: EventRecord, nowUs: number): To => {
    const { id, severity } = record;
    const seen = { ...state.seen, [severity]: state.seen[severity] + 1 };
    const place = places.get(id);
    if (place === undefined) return [{ ...state, seen, unknown: state.unknown + 1 }];
    if (state.disabledIds.includes(id)) return [{ ...state, seen, disabled: state.disabled + 1 }];
    const [closed, heldBack] = closeEnded(state.gates[place]!, throttles[place]!, nowUs);
    const summary: LogAction[] = heldBack > 0 ? [{ type: 'suppressed', event: id, count: heldBack }] : [];
    const [gate, passes] = admit(closed, throttles[place]!, nowUs);
    const gates = state.gates.with(place, gate);
    if (!passes) return [{ ...state, seen, gates, suppressed: state.suppressed + 1 }, ...summary];
    // Only what passes is laid out, so that a flood costs little.
    const message = messageOf(all[place]!, record.args);
    if (message === undefined) return [{ ...state, seen, gates, unknown: state.unknown + 1 }, ...summary];
    const log = [...state.log, { atUs: nowUs, id, message }].slice(-entries);
    const next = { ...state, seen, gates, log, reported: state.reported + 1, lastEvent: id };
    return [next, ...summary, { type: 'report', message }];
  };

  /** Ends the windows whose time is over, so that what a flood held back is told though the flood has ended. */
  const sweep = (state: Logging, nowUs: number): To => {
    const told: LogAction[] = [];
    let { gates } = state;
    for (let place = 0; place < all.length; place++) {
      const [gate, heldBack] = closeEnded(gates[place]!, throttles[place]!, nowUs);
      if (gate !== gates[place]) gates = gates.with(place, gate);
      if (heldBack > 0) told.push({ type: 'suppressed', event: all[place]!.id, count: heldBack });
    }
    return gates === state.gates ? [state] : [{ ...state, gates }, ...told];
  };

  /** All or none: an unknown id leaves everything as it was. */
  const setEnabled = (state: Logging, ids: readonly number[], enabled: boolean): To => {
    const type = enabled ? 'enabled' : 'disabled';
    const unknown = ids.find((id) => !places.has(id));
    if (unknown !== undefined) return [state, { type, outcome: { failed: `unknown event: ${idText(unknown)}` } }];
    const others = state.disabledIds.filter((id) => !ids.includes(id));
    const disabledIds = enabled ? others : [...others, ...new Set(ids)].sort((a, b) => a - b);
    return [
      { ...state, disabledIds },
      { type, outcome: 'done' },
    ];
  };

  return { takeEvent, sweep, setEnabled };
};

const MOST_IDS_IN_A_REPORT = 255;

/** TM(5,8), in as many reports as it takes: the count of ids has one octet. */
export const reportDisabled = (state: Logging): To => {
  const reports: LogAction[] = [];
  for (let at = 0; at === 0 || at < state.disabledIds.length; at += MOST_IDS_IN_A_REPORT) {
    const data = eventIds.encode(state.disabledIds.slice(at, at + MOST_IDS_IN_A_REPORT));
    reports.push({ type: 'report', message: { service: 5, subtype: st05.disabled, data } });
  }
  return [state, ...reports, { type: 'listed' }];
};

/** The newest entries of the log once more, oldest first, with the time of this instant in their headers. */
export const repeatLog = (state: Logging, count: number): To => {
  const again = state.log.slice(-count).map(({ message }): LogAction => ({ type: 'report', message }));
  return [state, ...again, { type: 'repeated', outcome: 'done' }];
};
