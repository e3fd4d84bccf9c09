// The bodies of monitoring and control, CCSDS 355.1-B-1: the state of the security log, its records, and
// the result of a self-test.
import type { Codec } from '../../../codec/codec.ts';
import { Cursor } from '../../../codec/cursor.ts';
import { ok, refuse } from '../../../codec/result.ts';
import { Writer } from '../../../codec/writer.ts';
import { record } from './body-codecs.ts';
import type { LogRecord } from './procedure-log.ts';

export interface LogStatusBody {
  /** How many records are stored, and how many more there is room for. */
  readonly events: number;
  readonly spaceLeft: number;
}

/** The reply to asking for the status, and to erasing. */
export const logStatusBody: Codec<LogStatusBody> = record(
  'log status',
  4,
  (writer, { events, spaceLeft }) => writer.u16(events, 'events').u16(spaceLeft, 'space left'),
  (cursor) => ({ events: cursor.u16(), spaceLeft: cursor.u16() }),
);

/** Tag, length and value of each record, the oldest first; empty when there is none. Refuses 'too short'. */
export const dumpReplyBody: Codec<{ readonly records: readonly LogRecord[] }> = {
  name: 'log dump',
  encode: ({ records }) => {
    const writer = new Writer();
    for (const { tag, value } of records) writer.u8(tag, 'record tag').u16(value.length, 'record octets').octets(value);
    return writer.finish();
  },
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const records: LogRecord[] = [];
    while (cursor.left > 0 && !cursor.short) records.push({ tag: cursor.u8(), value: cursor.octets(cursor.u16()) });
    return cursor.short ? cursor.refusal() : ok({ records });
  },
};

const SELF_TEST_GOOD = 0x00;
const SELF_TEST_BAD = 0xff;

/** Refuses 'length mismatch', and 'bad self-test result' for anything but good or bad. */
export const selfTestReplyBody: Codec<{ readonly good: boolean }> = {
  name: 'self-test reply',
  size: 1,
  encode: ({ good }) => Uint8Array.of(good ? SELF_TEST_GOOD : SELF_TEST_BAD),
  decode: (octets) => {
    if (octets.length !== 1) return refuse('length mismatch', 0);
    if (octets[0] !== SELF_TEST_GOOD && octets[0] !== SELF_TEST_BAD) return refuse('bad self-test result', 0);
    return ok({ good: octets[0] === SELF_TEST_GOOD });
  },
};
