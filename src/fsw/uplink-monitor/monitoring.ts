// The monitor as steps of a state cell: the library moves its state in place, so that each step moves a copy.

import type { Step } from '../../kernel/machine.ts';
import type { EachType } from '../each-type.ts';
import type { Assessed, Cause } from './declaration.ts';
import { assessCommand, assessReject, explain, firstMonitorState, type Monitor, type MonitorState } from './monitor.ts';
import type { MissionCalendar, ObservedCommand, ObservedReject } from './observed.ts';

export interface Monitoring {
  readonly monitor: MonitorState;
  readonly assessed: number;
  readonly held: number;
  readonly locked: number;
  readonly throttled: number;
  readonly score: number;
  readonly cause: Cause;
}

export type MonitoringAction =
  | ({ readonly type: 'assessed' } & Assessed)
  | EachType<
      'held' | 'locked',
      {
        readonly opcode: number;
        readonly role: number;
        readonly cause: Cause;
        readonly score: number;
        readonly why: string;
      }
    >
  | { readonly type: 'throttle'; readonly channel: number }
  | { readonly type: 'cleared' };

type To = Step<Monitoring, MonitoringAction>;

const noCounts = { assessed: 0, held: 0, locked: 0, throttled: 0 };

export const firstMonitoring = (): Monitoring => ({
  monitor: firstMonitorState(),
  ...noCounts,
  score: 0,
  cause: 'none',
});

/** A deep copy of records of typed arrays, which is all that the state of the library is. */
const copyArrays = <T>(value: T): T => {
  if (ArrayBuffer.isView(value)) return (value as unknown as Float64Array).slice() as unknown as T;
  return Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, copyArrays(each)])) as T;
};

/** The score of a broken rule is beyond all; telemetry shows the largest that its field has. */
const MOST_SCORE = 1000;

export const monitoring = (monitor: Monitor, calendar: MissionCalendar) => ({
  takeCommand: (before: Monitoring, command: ObservedCommand): To => {
    const moved = copyArrays(before.monitor);
    const assessment = assessCommand(monitor, calendar, moved, command);
    const { verdict, rule, leading } = assessment;
    const score = Math.min(MOST_SCORE, assessment.score);
    const cause: Cause = rule ?? leading ?? 'none';
    const state = { ...before, monitor: moved, assessed: before.assessed + 1, score, cause };
    const told = { type: 'assessed', command, assessment } as const;
    if (verdict === 'pass') return [state, told];
    const why = explain(moved, assessment).slice(0, 120);
    const alarm = { opcode: command.opcode & 0xffff, role: command.role & 0xff, cause, score, why };
    if (verdict === 'hold') return [{ ...state, held: state.held + 1 }, told, { type: 'held', ...alarm }];
    return [{ ...state, locked: state.locked + 1 }, told, { type: 'locked', ...alarm }];
  },

  takeReject: (before: Monitoring, reject: ObservedReject): To => {
    const moved = copyArrays(before.monitor);
    const { throttle } = assessReject(monitor, moved, reject);
    const state = { ...before, monitor: moved };
    if (!throttle) return [state];
    return [
      { ...state, throttled: state.throttled + 1 },
      { type: 'throttle', channel: reject.channel & 0xff },
    ];
  },

  clearCounters: (state: Monitoring): To => [{ ...state, ...noCounts }, { type: 'cleared' }],
});
