// What a session sees, as one JSON object a line: for scripts that watch a run.
import { toHex } from '../../src/codec/hex.ts';
import type { Session } from '../../src/ground/session.ts';
import type { CommandRecord } from '../../src/ground/verification/command-record.ts';

/** One line: `text` for people who read along, the rest for scripts. */
export interface Seen {
  readonly kind: 'telemetry' | 'event' | 'alert' | 'command' | 'report' | 'directive';
  readonly atUs: number;
  readonly text: string;
  readonly data: unknown;
}

const commandText = ({ name, token, status, stages }: CommandRecord): string => {
  const last = stages.at(-1);
  return `command ${token} ${name}: ${last?.stage}${last?.detail ? ` (${last.detail})` : ''}, ${status}`;
};

/** Follows everything but telemetry, of which only the first report is told. Ends when the session is closed. */
export const watch = (session: Session, tell: (seen: Seen) => void): void => {
  let telemetrySeen = false;
  session.telemetry.subscribe((report) => {
    if (telemetrySeen) return;
    telemetrySeen = true;
    const text = `first telemetry: ${report.values.length} values of structure ${report.structure}`;
    tell({ kind: 'telemetry', atUs: report.receivedUs, text, data: report });
  });
  session.events.subscribe((event) =>
    tell({
      kind: 'event',
      atUs: event.receivedUs,
      text: `${event.severity} ${event.name}: ${event.text}`,
      data: event,
    }),
  );
  session.alerts.subscribe((alert) =>
    tell({
      kind: 'alert',
      atUs: alert.atUs,
      text: `ground ${alert.severity} ${alert.name}: ${alert.text}`,
      data: alert,
    }),
  );
  session.commands.subscribe((record) =>
    tell({ kind: 'command', atUs: session.nowUs(), text: commandText(record), data: record }),
  );
  session.directives.subscribe((answer) =>
    tell({
      kind: 'directive',
      atUs: session.nowUs(),
      text: `directive ${answer.name}: ${answer.state}${answer.reason ? ` (${answer.reason})` : ''}`,
      data: answer,
    }),
  );
  session.reports.subscribe((report) =>
    tell({
      kind: 'report',
      atUs: report.receivedUs,
      text: `report (${report.service},${report.subtype}): ${report.data.length} octets`,
      data: report,
    }),
  );
};

/** Octets as hexadecimal text: JSON has none of its own. */
const plainJson = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? toHex(value) : value);

export const seenJson = (seen: Seen): string => JSON.stringify(seen, plainJson);
