// Follows commands from the desk to their last report: pure steps over a bounded table. What happened on the uplink
// comes by token, what happened on board by the request id of PUS ST[01].
import type { CommandRecord, Stage, StageName } from './command-record.ts';
import { stageOf, withStage } from './command-record.ts';

/** What the uplink tells of a command. */
export type UplinkProgress =
  | { readonly type: 'opened'; readonly record: CommandRecord }
  | { readonly type: 'stage'; readonly token: number; readonly stage: Stage }
  | { readonly type: 'radiated'; readonly token: number; readonly startUs: number; readonly endUs: number };

/** A report of ST[01] as it came down. */
export interface VerificationReport {
  readonly requestId: number;
  readonly stage: StageName;
  readonly receivedUs: number;
  readonly onboardUs: number;
  /** Failure code, failure data, step: words for the reader. */
  readonly detail?: string;
}

export interface TrackSettings {
  readonly lightTimeUs: number;
  /** How long after a report could have come the next one may take. */
  readonly reportWithinUs: number;
}

interface Tracked {
  readonly record: CommandRecord;
  /** Ends of radiation, newest last: which of them arrived is known when an answer comes. */
  readonly radiatedUs: readonly number[];
  readonly deadlineUs: number;
}

export interface Tracker {
  /** Oldest first. */
  readonly tracked: readonly Tracked[];
  /** Reports that name no command of this session, for instance of another console. */
  readonly strangers: number;
  /** Commands that left the table for a newer one, before they were settled. */
  readonly evicted: number;
}

export const emptyTracker: Tracker = { tracked: [], strangers: 0, evicted: 0 };

/** Commands followed at once. A settled one makes room first, then the oldest. */
export const MAX_TRACKED = 1024;
const MAX_RADIATIONS = 8;

/** A record after each change. */
interface RecordTold {
  readonly type: 'record';
  readonly record: CommandRecord;
}

type Told = readonly [Tracker, ...RecordTold[]];

const told = (record: CommandRecord): RecordTold => ({ type: 'record', record });

const opened = (tracker: Tracker, record: CommandRecord): Told => {
  let { tracked, evicted } = tracker;
  if (tracked.length >= MAX_TRACKED) {
    const settled = tracked.findIndex((each) => each.record.status !== 'open');
    if (settled < 0) evicted++;
    tracked = tracked.toSpliced(Math.max(settled, 0), 1);
  }
  return [
    { ...tracker, evicted, tracked: [...tracked, { record, radiatedUs: [], deadlineUs: Infinity }] },
    told(record),
  ];
};

const replaced = (tracker: Tracker, at: number, by: Tracked, before: readonly CommandRecord[] = []): Told => [
  { ...tracker, tracked: tracker.tracked.with(at, by) },
  ...before.map(told),
  told(by.record),
];

/** The time of arrival, once an answer proves it: the latest radiation that can have caused an answer of this time. */
const withArrival = (each: Tracked, answeredUs: number, lightTimeUs: number): CommandRecord => {
  if (stageOf(each.record, 'arrived') !== undefined || each.radiatedUs.length === 0) return each.record;
  const causes = each.radiatedUs.filter((endUs) => endUs + 2 * lightTimeUs <= answeredUs);
  const endUs = causes.at(-1) ?? each.radiatedUs[0]!;
  return withStage(each.record, { stage: 'arrived', atUs: endUs + lightTimeUs });
};

const radiated = (tracker: Tracker, at: number, endUs: number, startUs: number, settings: TrackSettings): Told => {
  const each = tracker.tracked[at]!;
  const repeats = each.radiatedUs.length;
  const detail = repeats > 0 ? { detail: `repeat ${repeats}` } : {};
  const stage: Stage = { stage: 'radiated', atUs: startUs, ...detail };
  const record = withStage(each.record, stage);
  const deadlineUs = endUs + 2 * settings.lightTimeUs + settings.reportWithinUs;
  const radiatedUs = [...each.radiatedUs, endUs].slice(-MAX_RADIATIONS);
  const open = record.status === 'open';
  return replaced(tracker, at, { record, radiatedUs, deadlineUs: open ? deadlineUs : Infinity });
};

const staged = (tracker: Tracker, at: number, stage: Stage, settings: TrackSettings): Told => {
  const each = tracker.tracked[at]!;
  const base = stage.stage === 'acknowledged' ? withArrival(each, stage.atUs, settings.lightTimeUs) : each.record;
  const record = withStage(base, stage);
  const deadlineUs = record.status === 'open' ? each.deadlineUs : Infinity;
  return replaced(tracker, at, { ...each, record, deadlineUs }, base === each.record ? [] : [base]);
};

/** One word of the uplink. Words about commands that left the table are dropped. */
export const follow = (tracker: Tracker, progress: UplinkProgress, settings: TrackSettings): Told => {
  if (progress.type === 'opened') return opened(tracker, progress.record);
  const at = tracker.tracked.findLastIndex(({ record }) => record.token === progress.token);
  if (at < 0) return [tracker];
  if (progress.type === 'stage') return staged(tracker, at, progress.stage, settings);
  return radiated(tracker, at, progress.endUs, progress.startUs, settings);
};

/** One report of the spacecraft. The newest command with its request id is meant: sequence counts wrap. */
export const verify = (tracker: Tracker, report: VerificationReport, settings: TrackSettings): Told => {
  const at = tracker.tracked.findLastIndex(({ record }) => record.requestId === report.requestId);
  if (at < 0) return [{ ...tracker, strangers: tracker.strangers + 1 }];
  const each = tracker.tracked[at]!;
  const { stage, receivedUs, onboardUs, detail } = report;
  const arrived = withArrival(each, receivedUs, settings.lightTimeUs);
  const shown: Stage = { stage, atUs: receivedUs, onboardUs, ...(detail === undefined ? {} : { detail }) };
  const record = withStage(arrived, shown);
  const deadlineUs = record.status === 'open' ? receivedUs + settings.reportWithinUs : Infinity;
  return replaced(tracker, at, { ...each, record, deadlineUs }, arrived === each.record ? [] : [arrived]);
};

/** Commands whose next report should have come by now. */
export const expire = (tracker: Tracker, nowUs: number): Told => {
  const stage: Stage = { stage: 'overdue', atUs: nowUs };
  const late: RecordTold[] = [];
  const tracked = tracker.tracked.map((each) => {
    if (each.deadlineUs > nowUs) return each;
    const record = withStage(each.record, stage);
    late.push(told(record));
    return { ...each, record, deadlineUs: Infinity };
  });
  return [{ ...tracker, tracked }, ...late];
};

/** When `expire` has something to do, or Infinity. */
export const nextDeadlineUs = (tracker: Tracker): number =>
  tracker.tracked.reduce((next, { deadlineUs }) => Math.min(next, deadlineUs), Infinity);
