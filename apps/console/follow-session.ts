// What happens in a session as lines to be printed, for a terminal and for a log alike, and what scripts may expect.
import type { Subscription } from 'rxjs';
import type { Alert } from '../../src/ground/session.ts';
import type { DirectiveAnswer } from '../../src/ground/uplink/request.ts';
import type { CommandRecord } from '../../src/ground/verification/command-record.ts';
import { type Desk, remembered } from './desk.ts';
import { eventLines, type ShownEvent } from './event-lines.ts';
import { followCommands } from './follow-commands.ts';
import type { ClockSight } from './gather-status.ts';
import { slipEvent, watchSlips } from './host-pace.ts';
import { parameterLines, reportLines } from './report-lines.ts';
import { clockText } from './time-text.ts';

export interface Follower {
  /** Commands on their way, oldest first. */
  readonly open: readonly CommandRecord[];
  readonly sight: ClockSight | undefined;
  stop(): void;
}

const directiveLine = (desk: Desk, { token, name, state, reason }: DirectiveAnswer): string => {
  const paint = state === 'rejected' || state === 'failed' ? desk.style.bad : desk.style.good;
  const because = reason === '' ? '' : `: ${reason}`;
  return `${clockText(desk.session.nowUs())} #${token} FOP-1 ${name} ${paint(state)}${because}`;
};

/**
 * `stages` prints each stage of a command as a line; otherwise its whole chain when it is settled. `silent` prints
 * nothing, and only remembers what scripts may expect.
 */
export const followSession = (
  desk: Desk,
  options: { readonly stages: boolean; readonly silent?: boolean },
): Follower => {
  const { session } = desk;
  let sight: ClockSight | undefined;
  const commands = followCommands(desk, options.stages);

  const print = (lines: readonly string[]): void => {
    if (options.silent !== true) desk.print(lines);
  };
  const show = (event: ShownEvent): void => {
    desk.past = remembered(desk.past, event);
    print(eventLines(event, desk.width(), desk.style));
  };
  const see = (event: ShownEvent): void => {
    desk.seen.events = remembered(desk.seen.events, event);
    show(event);
  };
  const takeAlert = ({ atUs, name, severity, text }: Alert): void =>
    see({ atUs, severity, where: 'ground', name, text });
  const { host } = desk;
  const slips = host && watchSlips(host, (givenUpUs) => show(slipEvent(host, givenUpUs, session.nowUs())));
  const watching: readonly Subscription[] = [
    session.events.subscribe(({ receivedUs, severity, name, text }) =>
      see({ atUs: receivedUs, severity, where: 'orbiter', name, text }),
    ),
    session.alerts.subscribe(takeAlert),
    session.commands.subscribe((record) => {
      if (options.silent !== true) commands.take(record);
    }),
    session.directives.subscribe((answer) => {
      desk.seen.directives = remembered(desk.seen.directives, answer);
      print([directiveLine(desk, answer)]);
    }),
    session.telemetry.subscribe((report) => {
      const { onboardUs, receivedUs, source } = report;
      sight = { onboardUs, receivedUs };
      if (source === 'parameters') print(parameterLines(report, desk.width(), desk.style));
    }),
    session.reports.subscribe((report) => print(reportLines(report, desk.width(), desk.style))),
  ];
  return {
    get open() {
      return commands.open;
    },
    get sight() {
      return sight;
    },
    stop: () => {
      for (const each of watching) each.unsubscribe();
      commands.stop();
      slips?.stop();
    },
  };
};
