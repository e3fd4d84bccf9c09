// The PDU of the extended procedures, CCSDS 355.1-B-1 section 5.3: a tag octet that names the procedure and says
// whether this is a request or its reply, the length of the body in bits, and the body. It travels in a packet or
// alone on a channel; the frame that carries it is protected by an association of its own.
// Left out: procedures that a mission defines for itself (user flag), of which there are none.
import type { Codec } from '../../../codec/codec.ts';
import { Cursor } from '../../../codec/cursor.ts';
import { ok, type Result, refuse } from '../../../codec/result.ts';
import { Writer } from '../../../codec/writer.ts';
import {
  type CounterBody,
  counterBody,
  type RekeyBody,
  rekeyBody,
  type SpiBody,
  type StartBody,
  type StatusReplyBody,
  spiBody,
  startBody,
  statusReplyBody,
  type WindowBody,
  windowBody,
} from './association-bodies.ts';
import { BODY_MAXIMUM_OCTETS, type Nothing, nothing } from './body-codecs.ts';
import { type CreateBody, createBody } from './create-body.ts';
import {
  type InventoryBody,
  type InventoryItem,
  inventoryBody,
  inventoryReplyBody,
  type KeyAnswer,
  type KeyChallenge,
  type KeyIdsBody,
  keyIdsBody,
  type OtarBody,
  otarBody,
  verifyBody,
  verifyReplyBody,
} from './key-bodies.ts';
import { dumpReplyBody, type LogStatusBody, logStatusBody, selfTestReplyBody } from './monitoring-bodies.ts';
import type { LogRecord } from './procedure-log.ts';
import { type AnsweringProcedure, type ProcedureName, procedureOfTag, tagOf } from './procedure-table.ts';

export interface RequestBodies {
  readonly otar: OtarBody;
  readonly activateKeys: KeyIdsBody;
  readonly deactivateKeys: KeyIdsBody;
  readonly verifyKeys: { readonly challenges: readonly KeyChallenge[] };
  readonly destroyKeys: KeyIdsBody;
  readonly keyInventory: InventoryBody;
  readonly readCounter: SpiBody;
  readonly createAssociation: CreateBody;
  readonly deleteAssociation: SpiBody;
  readonly setWindow: WindowBody;
  readonly rekeyAssociation: RekeyBody;
  readonly expireAssociation: SpiBody;
  readonly setCounter: CounterBody;
  readonly startAssociation: StartBody;
  readonly stopAssociation: SpiBody;
  readonly associationStatus: SpiBody;
  readonly ping: Nothing;
  readonly logStatus: Nothing;
  readonly dumpLog: Nothing;
  readonly eraseLog: Nothing;
  readonly selfTest: Nothing;
  readonly resetAlarm: Nothing;
}

export interface ReplyBodies {
  readonly verifyKeys: { readonly answers: readonly KeyAnswer[] };
  readonly keyInventory: { readonly keys: readonly InventoryItem[] };
  readonly readCounter: CounterBody;
  readonly associationStatus: StatusReplyBody;
  readonly ping: Nothing;
  readonly logStatus: LogStatusBody;
  readonly dumpLog: { readonly records: readonly LogRecord[] };
  readonly eraseLog: LogStatusBody;
  readonly selfTest: { readonly good: boolean };
}

export type ProcedureRequest = {
  [N in ProcedureName]: { readonly type: 'request'; readonly procedure: N; readonly body: RequestBodies[N] };
}[ProcedureName];

export type ProcedureReply = {
  [N in AnsweringProcedure]: { readonly type: 'reply'; readonly procedure: N; readonly body: ReplyBodies[N] };
}[AnsweringProcedure];

export type ProcedurePdu = ProcedureRequest | ProcedureReply;

const requestBodies: { readonly [N in ProcedureName]: Codec<RequestBodies[N]> } = {
  otar: otarBody,
  activateKeys: keyIdsBody,
  deactivateKeys: keyIdsBody,
  verifyKeys: verifyBody,
  destroyKeys: keyIdsBody,
  keyInventory: inventoryBody,
  readCounter: spiBody,
  createAssociation: createBody,
  deleteAssociation: spiBody,
  setWindow: windowBody,
  rekeyAssociation: rekeyBody,
  expireAssociation: spiBody,
  setCounter: counterBody,
  startAssociation: startBody,
  stopAssociation: spiBody,
  associationStatus: spiBody,
  ping: nothing,
  logStatus: nothing,
  dumpLog: nothing,
  eraseLog: nothing,
  selfTest: nothing,
  resetAlarm: nothing,
};

const replyBodies: { readonly [N in AnsweringProcedure]: Codec<ReplyBodies[N]> } = {
  verifyKeys: verifyReplyBody,
  keyInventory: inventoryReplyBody,
  readCounter: counterBody,
  associationStatus: statusReplyBody,
  ping: nothing,
  logStatus: logStatusBody,
  dumpLog: dumpReplyBody,
  eraseLog: logStatusBody,
  selfTest: selfTestReplyBody,
};

const HEADER_OCTETS = 3;

/** The codec of the body that the tag names; typed away here because the tag is known at run time alone. */
const bodyCodec = (named: { readonly type: 'request' | 'reply'; readonly procedure: string }): Codec<unknown> =>
  (named.type === 'request' ? requestBodies : (replyBodies as unknown as typeof requestBodies))[
    named.procedure as ProcedureName
  ] as Codec<unknown>;

/**
 * Refuses 'too short', 'unknown operation' (tag), 'length mismatch' (in bits, and not of whole octets) and the reasons
 * of the bodies. Arrays in the value are views.
 */
export const procedurePdu: Codec<ProcedurePdu> = {
  name: 'extended procedure',
  encode: (pdu) => {
    const body = bodyCodec(pdu).encode(pdu.body);
    if (body.length > BODY_MAXIMUM_OCTETS)
      throw new RangeError(`${pdu.procedure} body: expected at most ${BODY_MAXIMUM_OCTETS} octets, got ${body.length}`);
    return new Writer(HEADER_OCTETS + body.length)
      .u8(tagOf(pdu.type, pdu.procedure))
      .u16(body.length * 8)
      .octets(body)
      .finish();
  },
  decode: (octets): Result<ProcedurePdu> => {
    const cursor = new Cursor(octets);
    const named = procedureOfTag(cursor.u8());
    const bits = cursor.u16();
    if (cursor.short) return cursor.refusal();
    if (named === undefined) return refuse('unknown operation', 0);
    if (bits !== cursor.left * 8) return refuse('length mismatch', 1);
    const body = bodyCodec(named).decode(cursor.rest());
    if (!body.ok) return refuse(body.reason, HEADER_OCTETS + body.at);
    return ok({ ...named, body: body.value } as ProcedurePdu);
  },
};
