// The log that extended procedures report, dump and erase: what was refused and what was changed, the oldest first.
// Bound: `capacity` records of at most 32 octets; the oldest one makes room and is counted as folded, so that a flood
// of events takes detail and never the count. Chaining the records by a hash is the business of the security log of
// the spacecraft, which this one feeds.
import { integerIn } from '../../../codec/assert.ts';

export const RECORD_MAXIMUM_OCTETS = 32;
/** So many records of the longest kind fit one dump. */
export const LOG_MAXIMUM_RECORDS = 234;
const COUNT_END = 0xffffffff;

export interface LogRecord {
  /** 0..255 */
  readonly tag: number;
  readonly value: Uint8Array;
}

export interface ProcedureLog {
  readonly capacity: number;
  readonly records: readonly LogRecord[];
  /** Over the whole life of the log, saturating: erasing does not touch them. */
  readonly total: number;
  readonly folded: number;
  readonly erased: number;
}

/** Throws a RangeError for a capacity that one dump could not hold. */
export const emptyLog = (capacity: number): ProcedureLog => ({
  capacity: integerIn('log capacity', capacity, 1, LOG_MAXIMUM_RECORDS),
  records: [],
  total: 0,
  folded: 0,
  erased: 0,
});

const added = (count: number, more: number): number => Math.min(COUNT_END, count + more);

/** The log with one more record. Throws a RangeError for one that is too long. */
export const logged = (log: ProcedureLog, record: LogRecord): ProcedureLog => {
  integerIn('record tag', record.tag, 0, 255);
  integerIn('record octets', record.value.length, 0, RECORD_MAXIMUM_OCTETS);
  const full = log.records.length >= log.capacity ? 1 : 0;
  const copy = { tag: record.tag, value: record.value.slice() };
  return {
    ...log,
    records: [...log.records.slice(full), copy],
    total: added(log.total, 1),
    folded: added(log.folded, full),
  };
};

export const erased = (log: ProcedureLog): ProcedureLog => ({
  ...log,
  records: [],
  erased: added(log.erased, log.records.length),
});
