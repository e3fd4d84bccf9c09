// Monitoring and control, CCSDS 355.1-B-1: whether the security unit lives, what its log holds, whether its
// ciphers are right, and that the alarm was seen.
import { alarmReset } from '../frame-security-report.ts';
import type { LogStatusBody } from './monitoring-bodies.ts';
import { erased, type ProcedureLog } from './procedure-log.ts';
import { answered, changed, type Procedure } from './procedure-step.ts';

const statusOf = ({ capacity, records }: ProcedureLog): LogStatusBody => ({
  events: records.length,
  spaceLeft: capacity - records.length,
});

export const ping: Procedure<'ping'> = () => answered({});

export const logStatus: Procedure<'logStatus'> = ({ state }) => answered(statusOf(state.log));

export const dumpLog: Procedure<'dumpLog'> = ({ state }) => answered({ records: state.log.records });

/** The records go, the counts of what there was stay. */
export const eraseLog: Procedure<'eraseLog'> = ({ state }) => {
  const log = erased(state.log);
  return { ok: true, changed: { log }, reply: statusOf(log), actions: [] };
};

/** A failed test is a good answer to the request. */
export const selfTest: Procedure<'selfTest'> = ({ context }) => answered({ good: context.selfTest() });

export const resetAlarm: Procedure<'resetAlarm'> = ({ state }) => changed({ report: alarmReset(state.report) });
