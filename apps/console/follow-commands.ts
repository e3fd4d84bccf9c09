// Commands on their way: which are open, and what is printed of each when.
import { type Subscription, timer } from 'rxjs';
import { type CommandRecord, stageOf } from '../../src/ground/verification/command-record.ts';
import { settledLines, stageLine } from './command-lines.ts';
import { type Desk, isOpen } from './desk.ts';

export interface CommandFollower {
  /** Oldest first. */
  readonly open: readonly CommandRecord[];
  take(record: CommandRecord): void;
  stop(): void;
}

/** Commands that are remembered at once; it is a view, the verification table has its own bound. */
const MAX_REMEMBERED = 256;
/** A frame's reports are read before its CLCW: a chain waits so long for its acknowledgement, of the run's time. */
const SETTLE_MS = 250;

const lacksAcknowledgement = (record: CommandRecord): boolean =>
  record.service === 'AD' && stageOf(record, 'radiated') !== undefined && stageOf(record, 'acknowledged') === undefined;

/** `stages` prints each stage as a line; otherwise the whole chain when it is settled, and what comes after that. */
export const followCommands = (desk: Desk, stages: boolean): CommandFollower => {
  const shown = new Set<number>();
  const waiting = new Map<number, Subscription>();
  let open: readonly CommandRecord[] = [];

  const show = (record: CommandRecord): void => {
    waiting.delete(record.token);
    shown.add(record.token);
    if (shown.size > MAX_REMEMBERED) shown.delete(shown.values().next().value!);
    desk.print(settledLines(record, desk.width(), desk.style, desk.dictionary));
  };
  const settle = (record: CommandRecord): void => {
    waiting.get(record.token)?.unsubscribe();
    waiting.delete(record.token);
    if (shown.has(record.token)) desk.print([stageLine(record, desk.dictionary)]);
    else if (lacksAcknowledgement(record))
      waiting.set(
        record.token,
        timer(SETTLE_MS, desk.session.scheduler).subscribe(() => show(record)),
      );
    else show(record);
  };
  return {
    get open() {
      return open;
    },
    take: (record) => {
      open = open.filter(({ token }) => token !== record.token);
      if (isOpen(record)) open = [...open, record].toSorted((a, b) => a.token - b.token).slice(-MAX_REMEMBERED);
      if (stages) desk.print([stageLine(record, desk.dictionary)]);
      else if (!isOpen(record)) settle(record);
    },
    stop: () => {
      for (const each of waiting.values()) each.unsubscribe();
    },
  };
};
