// What happens in a session as lines to be printed, for a terminal and for a log alike, and what scripts may expect.
import { type Subscription, timer } from 'rxjs';
import type { Alert } from '../../src/ground/session.ts';
import type { DirectiveAnswer } from '../../src/ground/uplink/request.ts';
import { type CommandRecord, stageOf } from '../../src/ground/verification/command-record.ts';
import { settledLines, stageLine } from './command-lines.ts';
import { type Desk, isOpen, remembered } from './desk.ts';
import { eventLines, type ShownEvent } from './event-lines.ts';
import type { ClockSight } from './gather-status.ts';
import { parameterLines, reportLines } from './report-lines.ts';
import { clockText } from './time-text.ts';

export interface Follower {
  /** Commands on their way, oldest first. */
  readonly open: readonly CommandRecord[];
  readonly sight: ClockSight | undefined;
  stop(): void;
}

/** Commands that are shown as open at once; it is a view, the verification table has its own bound. */
const MAX_OPEN = 256;
const SETTLE_MS = 250;

const directiveLine = (desk: Desk, { name, state, reason }: DirectiveAnswer): string => {
  const paint = state === 'rejected' || state === 'failed' ? desk.style.bad : desk.style.good;
  const because = reason === '' ? '' : `: ${reason}`;
  return `${clockText(desk.session.nowUs())} FOP-1 ${name} ${paint(state)}${because}`;
};

/** `stages` prints each stage of a command as a line; otherwise its whole chain when it is settled. */
export const followSession = (desk: Desk, options: { readonly stages: boolean }): Follower => {
  const { session } = desk;
  let open: readonly CommandRecord[] = [];
  let sight: ClockSight | undefined;
  const settled = new Set<number>();

  const see = (event: ShownEvent): void => {
    desk.seen.events = remembered(desk.seen.events, event);
    desk.print(eventLines(event, desk.width(), desk.style));
  };
  const takeAlert = ({ atUs, name, severity, text }: Alert): void =>
    see({ atUs, severity, where: 'ground', name, text });
  /** A frame's reports are read before its CLCW: the chain waits a little for the acknowledgement. */
  const settling = new Map<number, Subscription>();
  const takeRecord = (record: CommandRecord): void => {
    const { token } = record;
    open = open.filter((each) => each.token !== token);
    if (isOpen(record)) open = [...open, record].toSorted((a, b) => a.token - b.token).slice(-MAX_OPEN);
    if (options.stages) desk.print([stageLine(record)]);
    else if (!isOpen(record)) settle(record);
  };
  const settle = (record: CommandRecord): void => {
    const { token } = record;
    if (settled.has(token)) return desk.print([stageLine(record)]);
    settling.get(token)?.unsubscribe();
    settling.delete(token);
    if (
      stageOf(record, 'radiated') !== undefined &&
      stageOf(record, 'acknowledged') === undefined &&
      record.service === 'AD'
    )
      settling.set(
        token,
        timer(SETTLE_MS, session.scheduler).subscribe(() => show(record)),
      );
    else show(record);
  };
  const show = (record: CommandRecord): void => {
    settling.delete(record.token);
    settled.add(record.token);
    if (settled.size > MAX_OPEN) settled.delete(settled.values().next().value!);
    desk.print(settledLines(record, desk.width(), desk.style));
  };
  const watching: readonly Subscription[] = [
    session.events.subscribe(({ receivedUs, severity, name, text }) =>
      see({ atUs: receivedUs, severity, where: 'orbiter', name, text }),
    ),
    session.alerts.subscribe(takeAlert),
    session.commands.subscribe(takeRecord),
    session.directives.subscribe((answer) => {
      desk.seen.directives = remembered(desk.seen.directives, answer);
      desk.print([directiveLine(desk, answer)]);
    }),
    session.telemetry.subscribe((report) => {
      const { onboardUs, receivedUs, source } = report;
      sight = { onboardUs, receivedUs };
      if (source === 'parameters') desk.print(parameterLines(report, desk.width(), desk.style));
    }),
    session.reports.subscribe((report) => desk.print(reportLines(report, desk.width(), desk.style))),
  ];
  return {
    get open() {
      return open;
    },
    get sight() {
      return sight;
    },
    stop: () => {
      for (const each of [...watching, ...settling.values()]) each.unsubscribe();
    },
  };
};
