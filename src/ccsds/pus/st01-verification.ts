// Request verification reports, ECSS-E-ST-70-41C 8.1: the stages of one request, each good or failed. This mission has
// failure codes of 16 bits and progress steps of 8 bits.
import type { Codec } from '../../codec/codec.ts';
import { Cursor } from '../../codec/cursor.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { Writer } from '../../codec/writer.ts';
import { type RequestId, requestIdOf } from './request-id.ts';

export type VerificationStage = 'acceptance' | 'start' | 'progress' | 'completion' | 'routing';

export interface Failure {
  /** 0..65535. */
  readonly code: number;
  /** What the code declares to stand behind it; may be empty. */
  readonly data: Uint8Array;
}

export interface VerificationReport {
  readonly stage: VerificationStage;
  readonly request: RequestId;
  /** Progress only: which step, 0..255. */
  readonly step?: number;
  /** Present in failure reports only. */
  readonly failure?: Failure;
}

const SUCCESS = { acceptance: 1, start: 3, progress: 5, completion: 7 } as const;
const ROUTING_FAILURE = 10;

/** The subtype that carries a stage. There is no report of good routing: that throws a RangeError. */
export const verificationSubtype = (stage: VerificationStage, failed: boolean): number => {
  if (stage === 'routing') {
    if (!failed) throw new RangeError('verification subtype: expected a failed routing, got a good one');
    return ROUTING_FAILURE;
  }
  return SUCCESS[stage] + (failed ? 1 : 0);
};

const stages = ['acceptance', 'start', 'progress', 'completion'] as const;

const decode = (subtype: number, octets: Uint8Array): Result<VerificationReport> => {
  const routing = subtype === ROUTING_FAILURE;
  if (!routing && (subtype < 1 || subtype > 8)) return refuse('unknown subtype', 0);
  const stage: VerificationStage = routing ? 'routing' : stages[(subtype - 1) >> 1]!;
  const request = requestIdOf(octets);
  if (!request.ok) return request;
  const cursor = new Cursor(octets, 4);
  const step = stage === 'progress' ? { step: cursor.u8() } : {};
  const failed = routing || subtype % 2 === 0;
  const code = failed ? cursor.u16() : 0;
  if (cursor.short) return cursor.refusal();
  if (!failed && cursor.left > 0) return refuse('too long', cursor.at);
  const report = { stage, request: request.value, ...step };
  return ok(failed ? { ...report, failure: { code, data: cursor.rest() } } : report);
};

const encode = (report: VerificationReport): Uint8Array => {
  const writer = new Writer(16).u32(report.request.value, 'request id');
  if (report.stage === 'progress') writer.u8(report.step ?? 0, 'step');
  if (report.failure) writer.u16(report.failure.code, 'failure code').octets(report.failure.data);
  return writer.finish();
};

/** The source data of TM[1, subtype]. Refuses 'unknown subtype', 'too short', 'too long'. */
export const verificationReport = (subtype: number): Codec<VerificationReport> => ({
  name: `TM[1,${subtype}]`,
  encode,
  decode: (octets) => decode(subtype, octets),
});
