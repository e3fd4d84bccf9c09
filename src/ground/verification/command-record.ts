// The life of one command as its sender sees it, stage by stage, as plain data.
import type { Acknowledgements } from '../../ccsds/pus/telecommand.ts';

/** In the order in which they usually come; what follows 'acknowledged' is told by the spacecraft (PUS ST[01]). */
export const stageNames = [
  'refused',
  'queued',
  'sent',
  'radiated',
  'arrived',
  'acknowledged',
  'accepted',
  'acceptance failed',
  'started',
  'start failed',
  'progress',
  'progress failed',
  'completed',
  'completion failed',
  'routing failed',
  'not delivered',
  'overdue',
] as const;

export type StageName = (typeof stageNames)[number];

export interface Stage {
  readonly stage: StageName;
  /** Time on the ground at which it happened; for 'arrived' the time at the spacecraft, by the light time. */
  readonly atUs: number;
  /** On-board time of the report, in microseconds TAI since 1958, where there is one. */
  readonly onboardUs?: number;
  /** A reason, a count of repeats, failure data: words for the reader. */
  readonly detail?: string;
}

export type CommandStatus = 'open' | 'completed' | 'failed' | 'refused' | 'overdue';

export interface CommandRecord {
  /** Given by the session, unique within it. */
  readonly token: number;
  /** The dictionary's name, or 'raw packet'. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Sequence-controlled (AD), bypass (BD), or past FOP-1 as raw octets, whatever type of frame is in them. */
  readonly service: 'AD' | 'BD' | 'raw';
  /** Packet identification and sequence control as one number: what the reports of ST[01] refer to. */
  readonly requestId: number | undefined;
  readonly ack: Acknowledgements;
  readonly status: CommandStatus;
  /** In the order of time; of each stage the first and the latest, so that their number is bounded. */
  readonly stages: readonly Stage[];
  /** The one that came last, wherever it stands in time. */
  readonly newest: Stage;
}

export const stageOf = (record: CommandRecord, name: StageName): Stage | undefined =>
  record.stages.find(({ stage }) => stage === name);

/** Stages after which nothing follows but late words. */
export const failures: ReadonlySet<StageName> = new Set([
  'acceptance failed',
  'start failed',
  'progress failed',
  'completion failed',
  'routing failed',
  'not delivered',
]);

const statusAfter = (record: CommandRecord, stage: StageName): CommandStatus => {
  if (stage === 'refused') return 'refused';
  if (failures.has(stage)) return 'failed';
  if (stage === 'overdue') return record.status === 'open' ? 'overdue' : record.status;
  if (stage === 'completed') return 'completed';
  return record.status;
};

/** Whether every report that was asked for has come. A command that asks for none is settled when it has left. */
const isSettled = ({ ack, service, stages }: CommandRecord): boolean => {
  const has = (name: StageName): boolean => stages.some(({ stage }) => stage === name);
  if (!ack.acceptance && !ack.start && !ack.completion) return has(service === 'AD' ? 'acknowledged' : 'radiated');
  return (!ack.acceptance || has('accepted')) && (!ack.start || has('started')) && !ack.completion;
};

/** By time; within an instant in the order of a command's life, however the words of it came in. */
const isAfter = (a: Stage, b: Stage): boolean =>
  a.atUs > b.atUs || (a.atUs === b.atUs && stageNames.indexOf(a.stage) > stageNames.indexOf(b.stage));

const inserted = (stages: readonly Stage[], stage: Stage): readonly Stage[] => {
  let at = stages.length;
  while (at > 0 && isAfter(stages[at - 1]!, stage)) at--;
  return stages.toSpliced(at, 0, stage);
};

/** What may come any number of times stands at most twice: as it came first, and as it came last. */
const withoutRepeat = (stages: readonly Stage[], name: StageName): readonly Stage[] => {
  const first = stages.findIndex(({ stage }) => stage === name);
  const last = stages.findLastIndex(({ stage }) => stage === name);
  return last > first ? stages.toSpliced(last, 1) : stages;
};

/** The record with one more stage; a late report still shows, and mends a verdict of 'overdue'. */
export const withStage = (record: CommandRecord, stage: Stage): CommandRecord => {
  const stages = inserted(withoutRepeat(record.stages, stage.stage), stage);
  const after = { ...record, status: statusAfter(record, stage.stage), stages, newest: stage };
  return after.status === 'open' && isSettled(after) ? { ...after, status: 'completed' } : after;
};
