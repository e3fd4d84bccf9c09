// The archive: the newest reports, events, command records and ground events, in memory, by kind.
import { channel, declare, inlet, outlet } from '../../kernel/declare.ts';
import { u32 } from '../../kernel/field.ts';
import type { EventRecord } from '../../kernel/topology.ts';
import type { EventReport, OtherReport, TelemetryReport } from '../downlink/reports.ts';
import type { CommandRecord } from '../verification/command-record.ts';

export const archiveKinds = ['telemetry', 'event', 'report', 'command', 'alert'] as const;
export type ArchiveKind = (typeof archiveKinds)[number];

export interface ArchiveItem {
  readonly kind: ArchiveKind;
  /** Ground time at which it was filed. */
  readonly atUs: number;
  /** Channel, event, command, `report(service,subtype)` or `instance.event` of the ground. */
  readonly name: string;
  readonly data: unknown;
}

export interface ArchiveQuery {
  readonly token: number;
  readonly kind: ArchiveKind;
  /** The whole name, or its beginning followed by `*`. */
  readonly name?: string;
  readonly fromUs?: number;
  readonly toUs?: number;
  /** Newest first served, at most 1000. */
  readonly limit?: number;
}

export interface ArchiveAnswer {
  readonly token: number;
  /** Oldest first. */
  readonly items: readonly ArchiveItem[];
}

export const MAX_ANSWER_ITEMS = 1000;

export const Archive = declare('Archive', {
  inlets: {
    telemetry: inlet<TelemetryReport>({ depth: 256, full: 'dropOldest' }),
    event: inlet<EventReport>({ depth: 256, full: 'dropOldest' }),
    report: inlet<OtherReport>({ depth: 256, full: 'dropOldest' }),
    record: inlet<CommandRecord>({ depth: 256, full: 'dropOldest' }),
    alert: inlet<EventRecord>({ depth: 256, full: 'dropOldest' }),
    query: inlet<ArchiveQuery>({ depth: 16, full: 'dropNewest' }),
  },
  outlets: { answer: outlet<ArchiveAnswer>() },
  channels: { held: channel(0, u32()), forgotten: channel(1, u32()) },
});
