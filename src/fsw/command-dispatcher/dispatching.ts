// The way of a request through its stages, as pure steps over a bounded table of open commands. Reports follow
// ECSS-E-ST-70-41C (PUS-C) 8.1: successes where the request asks for them, failures always.
// Each request is closed by exactly one of (1,2), (1,10), (1,4), (1,7), (1,8).
import { requestIdOf } from '../../ccsds/pus/request-id.ts';
import { type VerificationStage, verificationReport, verificationSubtype } from '../../ccsds/pus/st01-verification.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { failureOctets } from '../../dictionary/failure-codes.ts';
import type { Call, Reply } from '../../kernel/calls.ts';
import type { Step } from '../../kernel/machine.ts';
import type { ReceivedPacket, ReleasedBuffer } from '../received-packet.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';
import type { Authorise } from './authorise.ts';
import { lifeAt, MOST_PLACES, packToken, unpackToken } from './call-token.ts';
import { readRequest } from './read-request.ts';

export interface DispatcherOptions {
  readonly dictionary: Dictionary;
  readonly apid: number;
  readonly authorise: Authorise;
  /** Commands under way at once, at most 128; a request beyond is not accepted. */
  readonly mostOpen: number;
  /** What a component is given beyond the time that its command declares. */
  readonly marginUs: number;
}

interface OpenCommand {
  /** What it was asked for, and by which request: see call-token.ts. */
  readonly token: number;
  readonly place: number;
  readonly opcode: number;
  readonly dueUs: number;
}

export interface Dispatching {
  readonly mode: string;
  /** Tokens of another life are of calls that were open at a reset of this component. */
  readonly life: number;
  readonly open: readonly OpenCommand[];
  readonly received: number;
  readonly accepted: number;
  readonly refused: number;
  readonly notStarted: number;
  readonly completed: number;
  readonly failed: number;
  readonly strayReplies: number;
  readonly lastOpcode: number;
}

export type DispatchAction =
  | { readonly type: 'report'; readonly message: TelemetryMessage }
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'released'; readonly buffer: ReleasedBuffer }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'noAnswer'; readonly opcode: number }
  | { readonly type: 'arm'; readonly setting: number | 'cancel' };

type To = Step<Dispatching, DispatchAction>;

export const firstDispatching: Dispatching = {
  mode: 'nominal',
  life: 0,
  open: [],
  received: 0,
  accepted: 0,
  refused: 0,
  notStarted: 0,
  completed: 0,
  failed: 0,
  strayReplies: 0,
  lastOpcode: 0,
};

/** A life begins. After a reset the packets that waited here are gone, and their buffers with them. */
export const start = (state: Dispatching, nowUs: number): To => [
  { ...state, life: lifeAt(nowUs) },
  { type: 'released', buffer: 'all' },
];

/** A report of ST[01] about one stage; with a reason it is a failure report. */
const stageReport = (stage: VerificationStage, request: number, reason?: string, step?: number): DispatchAction => {
  const subtype = verificationSubtype(stage, reason !== undefined);
  const data = verificationReport(subtype).encode({
    stage,
    request: { apid: 0, count: 0, value: request },
    ...(step === undefined ? {} : { step }),
    ...(reason === undefined ? {} : { failure: failureOctets(reason) }),
  });
  return { type: 'report', message: { service: 1, subtype, data } };
};

/** The one timer stands at the earliest deadline. */
const arm = (open: readonly OpenCommand[], nowUs: number): DispatchAction => {
  let dueUs = Infinity;
  for (const each of open) if (each.dueUs < dueUs) dueUs = each.dueUs;
  return { type: 'arm', setting: dueUs === Infinity ? 'cancel' : Math.max(0, dueUs - nowUs) };
};

const freePlace = (open: readonly OpenCommand[]): number => {
  const taken = new Uint8Array(MOST_PLACES);
  for (const { place } of open) taken[place] = 1;
  return taken.indexOf(0);
};

/** A request that is not accepted. Without four octets there is nothing to name it by: only the event tells. */
const refuse = (state: Dispatching, octets: Uint8Array, reason: string, buffer: DispatchAction): To => {
  const request = requestIdOf(octets);
  const next = { ...state, refused: state.refused + 1 };
  const refused: DispatchAction = { type: 'refused', reason };
  if (!request.ok) return [next, buffer, refused];
  const stage = reason === 'unknown application process' ? 'routing' : 'acceptance';
  return [next, buffer, stageReport(stage, request.value.value, reason), refused];
};

export const takePacket = (
  state: Dispatching,
  options: DispatcherOptions,
  packet: ReceivedPacket,
  nowUs: number,
): To => {
  const { octets, virtualChannelId, pool } = packet;
  const released: DispatchAction = { type: 'released', buffer: { virtualChannelId, pool } };
  const counted = { ...state, received: state.received + 1 };
  const read = readRequest(options.dictionary, options.apid, octets);
  if (!read.ok) return refuse(counted, octets, read.reason, released);
  if (state.open.length >= options.mostOpen) return refuse(counted, octets, 'busy', released);
  const { telecommand, command, args } = read.value;
  const { acknowledge, sourceId } = telecommand;
  const id = requestIdOf(octets);
  const request = id.ok ? id.value.value : 0;
  const actions: DispatchAction[] = [released];
  if (acknowledge.acceptance) actions.push(stageReport('acceptance', request));
  const accepted = { ...counted, accepted: state.accepted + 1, lastOpcode: command.id };
  const verdict = options.authorise(command, sourceId, state.mode);
  if (verdict !== 'permitted') {
    const reason = `not authorised: ${verdict.refused}`;
    actions.push(stageReport('start', request, reason), { type: 'refused', reason });
    return [{ ...accepted, notStarted: state.notStarted + 1 }, ...actions];
  }
  if (acknowledge.start) actions.push(stageReport('start', request));
  const place = freePlace(state.open);
  const token = packToken({ life: state.life, place, acknowledge, request });
  const dueUs = nowUs + command.withinUs + options.marginUs;
  const open = [...state.open, { token, place, opcode: command.id, dueUs }];
  actions.push({ type: 'call', call: { opcode: command.id, token, args } }, arm(open, nowUs));
  return [{ ...accepted, open }, ...actions];
};

/** The component, or the kernel for it, has answered; perhaps a call of an earlier life, which no table holds. */
export const takeReply = (state: Dispatching, { token, outcome }: Reply, nowUs: number): To => {
  const { life, request, acknowledge } = unpackToken(token);
  const open = state.open.filter((each) => each.token !== token);
  if (open.length === state.open.length && life === state.life)
    return [{ ...state, strayReplies: state.strayReplies + 1 }];
  if (typeof outcome === 'object' && 'progress' in outcome) {
    const step = Math.min(255, Math.max(0, Math.trunc(outcome.progress)));
    return acknowledge.progress ? [state, stageReport('progress', request, undefined, step)] : [state];
  }
  const rearmed = arm(open, nowUs);
  if (outcome === 'done') {
    const next = { ...state, open, completed: state.completed + 1 };
    return acknowledge.completion ? [next, stageReport('completion', request), rearmed] : [next, rearmed];
  }
  const next = { ...state, open, failed: state.failed + 1 };
  return [next, stageReport('completion', request, outcome.failed), rearmed];
};

/** Nobody has answered, not even the kernel: a reply was lost on the way. */
export const expire = (state: Dispatching, nowUs: number): To => {
  const over = state.open.filter((each) => each.dueUs <= nowUs);
  const open = state.open.filter((each) => each.dueUs > nowUs);
  const told = over.flatMap(({ token, opcode }): DispatchAction[] => [
    stageReport('completion', unpackToken(token).request, 'no answer in time'),
    { type: 'noAnswer', opcode },
  ]);
  return [{ ...state, open, failed: state.failed + over.length }, ...told, arm(open, nowUs)];
};
