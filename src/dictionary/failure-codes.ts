// Failure codes of request verification, ECSS-E-ST-70-41C (PUS-C) 8.1: the stable words of flight software as numbers,
// and back as words for a reader. The failure data behind a code is text: what the code leaves open, or nothing.
import { ok, type Result, refuse } from '../codec/result.ts';
import { clipUtf8, decodeUtf8, encodeUtf8 } from './utf8.ts';

/** Code 0xff says that the reason is in the data. Codes are never given to another reason. */
const reasons: ReadonlyMap<number, string> = new Map([
  [0x01, 'too short'],
  [0x02, 'bad packet version'],
  [0x03, 'length mismatch'],
  [0x04, 'not a telecommand'],
  [0x05, 'no secondary header'],
  [0x06, 'bad packet CRC'],
  [0x07, 'bad sequence flags'],
  [0x08, 'bad PUS version'],
  [0x09, 'unknown application process'],
  [0x10, 'unknown service'],
  [0x11, 'unknown subtype'],
  [0x12, 'unknown function'],
  [0x13, 'argument out of range'],
  [0x14, 'arguments too short'],
  [0x15, 'arguments too long'],
  [0x20, 'not authorised'],
  [0x21, 'busy'],
  [0x22, 'no answer in time'],
  [0x23, 'reset'],
  [0x24, 'unknown opcode'],
  [0x30, 'unknown structure'],
  [0x31, 'structure exists'],
  [0x32, 'structure is enabled'],
  [0x33, 'too many structures'],
  [0x34, 'unknown channel'],
  [0x35, 'report too long'],
  [0x36, 'bad interval'],
  [0x37, 'empty structure'],
  [0x40, 'unknown event'],
  [0x50, 'unknown parameter'],
  [0x51, 'bad parameter value'],
  [0x60, 'unknown process'],
  [0x61, 'component is late'],
]);

const IN_THE_DATA = 0xff;
const MOST_DATA_OCTETS = 64;

const codes: ReadonlyMap<string, number> = new Map([...reasons].map(([code, reason]) => [reason, code]));

export interface FailureOctets {
  readonly code: number;
  readonly data: Uint8Array;
}

/** `reason` or `reason: detail`. A reason without a code of its own travels in the data. */
export const failureOctets = (reason: string): FailureOctets => {
  const colon = reason.indexOf(': ');
  const code = codes.get(colon < 0 ? reason : reason.slice(0, colon));
  const text = code === undefined ? reason : colon < 0 ? '' : reason.slice(colon + 2);
  return { code: code ?? IN_THE_DATA, data: encodeUtf8(clipUtf8(text, MOST_DATA_OCTETS)) };
};

/** Refuses 'unknown failure code', for a code of another mission. */
export const failureReason = ({ code, data }: FailureOctets): Result<string> => {
  const detail = decodeUtf8(data) ?? 'unreadable';
  if (code === IN_THE_DATA) return ok(detail);
  const reason = reasons.get(code);
  if (reason === undefined) return refuse('unknown failure code');
  return ok(detail === '' ? reason : `${reason}: ${detail}`);
};

/** Words for any code. */
export const failureText = (code: number, data: Uint8Array): string => {
  const reason = failureReason({ code, data });
  return reason.ok ? reason.value : `failure code ${code}`;
};
