// The verification chain of every command: from the desk, over the uplink, to the last report of PUS ST[01].
import { channel, declare, event, inlet, outlet, param, timer } from '../../kernel/declare.ts';
import { text, u32, u48 } from '../../kernel/field.ts';
import type { CommandRecord } from './command-record.ts';
import type { UplinkProgress, VerificationReport } from './track.ts';

export const Verification = declare('Verification', {
  inlets: {
    progress: inlet<UplinkProgress>({ depth: 512, full: 'dropOldest' }),
    report: inlet<VerificationReport>({ depth: 512, full: 'dropOldest' }),
  },
  /** The whole record after each change. */
  outlets: { record: outlet<CommandRecord>() },
  params: {
    lightTimeUs: param(0, u48({ unit: 'us' }), 0),
    reportWithinUs: param(1, u48({ unit: 'us' }), 10_000_000),
  },
  events: {
    Failed: event(0, 'medium', { command: text(80), stage: text(24), why: text(123) }, '{command}: {stage}{why}'),
    Overdue: event(1, 'medium', { command: text(80) }, '{command}: no report in time'),
  },
  channels: {
    open: channel(0, u32()),
    completed: channel(1, u32()),
    failed: channel(2, u32()),
    overdue: channel(3, u32()),
    strangers: channel(4, u32()),
    evicted: channel(5, u32()),
  },
  timers: { deadline: timer() },
});
