// Event-wise evaluation of an uplink monitor, raw: nothing is adjusted in favour of whoever is measured. An attack
// counts as detected when one of its own items raised an alarm, or a command of half an hour after one did; alarms less
// than half an hour apart are one, and false unless one of them belongs to an attack.
import { assessCommand, assessReject, firstMonitorState, type Monitor } from '../../src/fsw/uplink-monitor/monitor.ts';
import type { AnnouncedActivity } from '../../src/fsw/uplink-monitor/observed.ts';
import type { CommandStream, StreamItem } from '../../src/scenario/command-stream/stream.ts';

const HALF_HOUR_US = 1_800_000_000;
const DAY_US = 86_400_000_000;

/** Whether each item of a stream raised an alarm, and why. */
export type Alarms = readonly (string | undefined)[];

export interface EventReport {
  readonly attacks: number;
  readonly detected: number;
  readonly falseAlarms: number;
  readonly trueAlarms: number;
  readonly nominalDays: number;
  readonly precision: number;
  readonly recall: number;
  /** By kind of attack: detected, all, items until the first alarm (median of the detected). */
  readonly kinds: Readonly<Record<string, { detected: number; all: number; medianItems: number; medianS: number }>>;
  readonly falseReasons: readonly string[];
}

export const byBeginning = (plan: readonly AnnouncedActivity[]): AnnouncedActivity[] =>
  [...plan].sort((a, b) => a.fromUs - b.fromUs);

export const alarmsOf = (monitor: Monitor, stream: CommandStream): Alarms => {
  const state = firstMonitorState();
  const calendar = { passes: stream.passes, plan: byBeginning(stream.plan) };
  return stream.items.map((item) => {
    if (item.type === 'reject') return assessReject(monitor, state, item).throttle ? 'throttle' : undefined;
    const { verdict, rule, leading } = assessCommand(monitor, calendar, state, item);
    return verdict === 'pass' ? undefined : (rule ?? leading);
  });
};

/** The attack that an alarm at item `at` belongs to: its own, or the newest of the half hour before. */
const attackBehind = (items: readonly StreamItem[], at: number): number => {
  for (let i = at; i >= 0 && items[at]!.atUs - items[i]!.atUs <= HALF_HOUR_US; i--)
    if (items[i]!.attack >= 0) return items[i]!.attack;
  return -1;
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

interface Found {
  readonly first: Map<number, { items: number; seconds: number }>;
  readonly trueAlarms: number;
  readonly falseReasons: string[];
}

const follow = ({ items, attacks }: CommandStream, alarms: Alarms): Found => {
  const first: Found['first'] = new Map();
  const falseReasons: string[] = [];
  let trueAlarms = 0;
  let group: { lastUs: number; hit: boolean; reason: string } | undefined;
  const close = (): void => {
    if (group?.hit === true) trueAlarms++;
    else if (group !== undefined) falseReasons.push(group.reason);
  };
  alarms.forEach((reason, at) => {
    if (reason === undefined) return;
    const { atUs } = items[at]!;
    const attack = attackBehind(items, at);
    if (attack >= 0 && !first.has(attack)) {
      const seen = items.slice(0, at + 1).filter((item) => item.attack === attack).length;
      first.set(attack, { items: seen, seconds: (atUs - attacks[attack]!.firstUs) / 1_000_000 });
    }
    if (group === undefined || atUs - group.lastUs > HALF_HOUR_US) {
      close();
      group = { lastUs: atUs, hit: attack >= 0, reason };
    } else group = { ...group, lastUs: atUs, hit: group.hit || attack >= 0 };
  });
  close();
  return { first, trueAlarms, falseReasons };
};

export const evaluate = (stream: CommandStream, alarms: Alarms): EventReport => {
  const { first, trueAlarms, falseReasons } = follow(stream, alarms);
  const kinds: Record<string, { detected: number; all: number; medianItems: number; medianS: number }> = {};
  for (const kind of new Set(stream.attacks.map((attack) => attack.kind))) {
    const own = stream.attacks.flatMap((attack, index) => (attack.kind === kind ? [index] : []));
    const found = own.flatMap((index) => first.get(index) ?? []);
    kinds[kind] = {
      detected: found.length,
      all: own.length,
      medianItems: median(found.map(({ items }) => items)),
      medianS: median(found.map(({ seconds }) => seconds)),
    };
  }
  return {
    attacks: stream.attacks.length,
    detected: first.size,
    falseAlarms: falseReasons.length,
    trueAlarms,
    nominalDays: (stream.toUs - stream.fromUs) / DAY_US,
    precision: trueAlarms / Math.max(1, trueAlarms + falseReasons.length),
    recall: first.size / Math.max(1, stream.attacks.length),
    kinds,
    falseReasons,
  };
};
