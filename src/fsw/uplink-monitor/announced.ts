// The list of announced activities suppresses rare nominal commands: so many of each kind, by one role, in that time.
// What goes beyond the number counts like any other command. Hard rules are never suppressed. Bound: 256 activities of
// 16 kinds; what is announced beyond that suppresses nothing.
import { bounds, type MissionCalendar, type ObservedCommand } from './observed.ts';

/** What has been used, by place in the calendar's plan. A new calendar needs a new state. */
export type AllowanceState = Uint16Array;

export const firstAllowances = (): AllowanceState => new Uint16Array(bounds.planEntries * bounds.allowancesEach);

/** Whether an announced activity covers the command. Uses up one of its number. */
export const isAnnounced = (calendar: MissionCalendar, used: AllowanceState, command: ObservedCommand): boolean => {
  const entries = Math.min(calendar.plan.length, bounds.planEntries);
  for (let at = 0; at < entries; at++) {
    const activity = calendar.plan[at]!;
    if (activity.fromUs > command.atUs) return false;
    if (activity.toUs < command.atUs || activity.role !== command.role) continue;
    const kinds = Math.min(activity.allowances.length, bounds.allowancesEach);
    for (let kind = 0; kind < kinds; kind++) {
      const { opcode, count } = activity.allowances[kind]!;
      const place = at * bounds.allowancesEach + kind;
      if (opcode !== command.opcode || used[place]! >= count) continue;
      used[place]!++;
      return true;
    }
  }
  return false;
};
