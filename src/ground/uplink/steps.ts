// The pure steps of the uplink: a request of the desk, a control word from the spacecraft, an answer of the station,
// the expiry of T1. Each ends by giving FOP-1 whatever it has become ready for.
import { encodeCltu } from '../../ccsds/cltu/cltu.ts';
import { unpackClcw } from '../../ccsds/cop1/clcw.ts';
import {
  adoptReport,
  classifyAnswer,
  classifyClcw,
  classifyDirective,
  classifyTimer,
  isUnattended,
} from '../../ccsds/cop1/fop1-classify.ts';
import { requestIdOf } from '../../ccsds/pus/request-id.ts';
import { type Acknowledgements, pusTelecommand } from '../../ccsds/pus/telecommand.ts';
import { beyondUsed } from '../../ccsds/sdls/link-security.ts';
import { SEQUENCE_COUNT_MODULUS } from '../../ccsds/space-packet/space-packet.ts';
import type { Result } from '../../codec/result.ts';
import type { Cltu, Radiated } from '../station/declaration.ts';
import type { CommandRecord, Stage } from '../verification/command-record.ts';
import { driven, fed } from './carry.ts';
import { MAX_WAITING_COMMANDS } from './declaration.ts';
import type { CommandRequest, DirectiveRequest, PacketRequest, RawRequest, UplinkRequest } from './request.ts';
import {
  change,
  mostPacketOctets,
  tell,
  type UplinkChannel,
  type UplinkState,
  type UplinkStep,
} from './uplink-state.ts';

/** What the dictionary makes of a command: where its packet goes and what is in it. */
export interface EncodedCommand {
  readonly service: number;
  readonly subtype: number;
  readonly data: Uint8Array;
}

export type EncodeCommand = (name: string, args: Readonly<Record<string, unknown>>) => Result<EncodedCommand>;

export interface UplinkOptions {
  readonly channel: UplinkChannel;
  readonly encode: EncodeCommand;
}

const silence: Acknowledgements = { acceptance: false, start: false, progress: false, completion: false };

const opened = (made: UplinkStep, record: CommandRecord): UplinkStep =>
  tell(made, { type: 'progress', progress: { type: 'opened', record } });

const begun = (stage: Stage) => ({ stages: [stage], newest: stage });

const blank = (token: number, name: string, nowUs: number): CommandRecord => ({
  token,
  name,
  args: {},
  service: 'raw',
  requestId: undefined,
  ack: silence,
  status: 'open',
  ...begun({ stage: 'queued', atUs: nowUs }),
});

const refused = (made: UplinkStep, record: CommandRecord, reason: string, nowUs: number): UplinkStep =>
  opened(made, { ...record, status: 'refused', ...begun({ stage: 'refused', atUs: nowUs, detail: reason }) });

/** What FOP-1 carries. */
type CarriedRecord = CommandRecord & { readonly service: 'AD' | 'BD' };

/** A packet into the queue of its service, as one data unit. */
const queued = (made: UplinkStep, record: CarriedRecord, octets: Uint8Array, options: UplinkOptions, nowUs: number) => {
  const [state] = made;
  if (octets.length === 0 || octets.length > mostPacketOctets(options.channel))
    return refused(made, record, 'does not fit a frame', nowUs);
  const line = record.service === 'AD' ? state.waiting : state.bypass;
  if (line.length >= MAX_WAITING_COMMANDS) return refused(made, record, 'too many commands wait', nowUs);
  const fdu = { id: state.nextId, octets };
  const carried = [...state.carried, { id: fdu.id, token: record.token, service: record.service }];
  const lines = record.service === 'AD' ? { waiting: [...line, fdu] } : { bypass: [...line, fdu] };
  return opened(change(made, { ...lines, carried, nextId: state.nextId + 1 }), record);
};

const commanded = (state: UplinkState, request: CommandRequest, options: UplinkOptions, nowUs: number): UplinkStep => {
  const { token, name, args, ack, bypass } = request;
  const record: CarriedRecord = { ...blank(token, name, nowUs), args, ack, service: bypass ? 'BD' : 'AD' };
  const encoded = options.encode(name, args);
  if (!encoded.ok) return refused([state], record, encoded.reason, nowUs);
  const { apid, sourceId } = options.channel;
  const count = state.packetCount;
  const packet = pusTelecommand.encode({ apid, count, acknowledge: ack, sourceId, ...encoded.value });
  const requestId = requestIdOf(packet);
  const counted = change([state], { packetCount: (count + 1) % SEQUENCE_COUNT_MODULUS });
  const known = { ...record, requestId: requestId.ok ? requestId.value.value : undefined };
  return queued(counted, known, packet, options, nowUs);
};

const acknowledgementsOf = (octets: Uint8Array): Acknowledgements => {
  const flags = octets[6] ?? 0;
  return {
    acceptance: (flags & 1) !== 0,
    start: (flags & 2) !== 0,
    progress: (flags & 4) !== 0,
    completion: (flags & 8) !== 0,
  };
};

const packeted = (state: UplinkState, request: PacketRequest, options: UplinkOptions, nowUs: number): UplinkStep => {
  const { token, octets, bypass } = request;
  const requestId = requestIdOf(octets);
  const record: CarriedRecord = {
    ...blank(token, 'raw packet', nowUs),
    service: bypass ? 'BD' : 'AD',
    ack: acknowledgementsOf(octets),
    requestId: requestId.ok ? requestId.value.value : undefined,
  };
  return queued([state], record, octets, options, nowUs);
};

/** Below FOP-1: the station sends it as it is, and FOP-1 never hears of it. */
const rawSent = (state: UplinkState, request: RawRequest, options: UplinkOptions, nowUs: number): UplinkStep => {
  const { token, type } = request;
  const record = blank(token, `raw ${type}`, nowUs);
  if (request.octets.length === 0) return refused([state], record, 'no octets', nowUs);
  if (state.below.length >= MAX_WAITING_COMMANDS) return refused([state], record, 'too many units wait', nowUs);
  const octets = type === 'cltu' ? request.octets : encodeCltu(request.octets, options.channel.randomized);
  const cltu: Cltu = { id: state.nextId, kind: 'raw', octets };
  const below = [...state.below, { cltu: cltu.id, kind: cltu.kind, token }];
  return tell(opened(change([state], { below, nextId: state.nextId + 1 }), record), { type: 'cltu', cltu });
};

const directed = (state: UplinkState, request: DirectiveRequest, options: UplinkOptions, nowUs: number): UplinkStep => {
  const { token, name, value } = request;
  const id = state.nextId;
  const asked = change([state], {
    nextId: id + 1,
    // The operator has taken over: from here on the AD service opens and closes at his word.
    startsItself: false,
    directives: [...state.directives, { id, token, name }],
  });
  const event = classifyDirective(state.fop, value === undefined ? { id, name } : { id, name, value });
  return driven(asked, event, options.channel, nowUs);
};

export const requested = (
  state: UplinkState,
  request: UplinkRequest,
  options: UplinkOptions,
  nowUs: number,
): UplinkStep => {
  const made = ((): UplinkStep => {
    switch (request.type) {
      case 'command':
        return commanded(state, request, options, nowUs);
      case 'packet':
        return packeted(state, request, options, nowUs);
      case 'directive':
        return directed(state, request, options, nowUs);
      case 'frame':
      case 'cltu':
        return rawSent(state, request, options, nowUs);
    }
  })();
  return fed(made, options.channel, nowUs);
};

/** At the start nothing happens; after a reset no counter of before is used again. */
export const started = (state: UplinkState, nowUs: number): UplinkStep => [
  { ...state, security: state.security === undefined ? undefined : beyondUsed(state.security, nowUs) },
];

/** A word that is no CLCW, or one of another virtual channel, is passed over. */
export const reported = (state: UplinkState, word: number, options: UplinkOptions, nowUs: number): UplinkStep => {
  const { channel } = options;
  const decoded = unpackClcw(word >>> 0);
  if (!decoded.ok || decoded.value.virtualChannelId !== channel.virtualChannelId) return [state];
  const clcw = decoded.value;
  const before = state.clcw?.lockout ?? false;
  let made: UplinkStep = change([state], { clcw, controlWords: state.controlWords + 1 });
  if (clcw.lockout && !before) made = tell(made, { type: 'lockedOut' });
  if (!clcw.lockout && before) made = tell(made, { type: 'unlocked' });
  // With the first clean word; in lockout the operator decides.
  if (state.startsItself && !clcw.lockout && !clcw.wait && !clcw.retransmit) {
    const start = { id: state.nextId, name: 'initiateAdWithClcwCheck' } as const;
    made = change(made, { startsItself: false, nextId: state.nextId + 1 });
    made = driven(made, classifyDirective(state.fop, start), channel, nowUs);
  }
  made = change(made, { fop: adoptReport(made[0].fop, clcw, channel.virtualChannelId) });
  const event = classifyClcw(made[0].fop, clcw, channel.virtualChannelId);
  return fed(driven(made, event, channel, nowUs), channel, nowUs);
};

const without = (state: UplinkState, cltu: number): UplinkStep =>
  change([state], { below: state.below.filter((each) => each.cltu !== cltu) });

export const radiated = (state: UplinkState, done: Radiated, options: UplinkOptions, nowUs: number): UplinkStep => {
  const below = state.below.find(({ cltu }) => cltu === done.id);
  if (below === undefined) return [state];
  let made = without(state, done.id);
  if (below.token !== undefined) {
    const { startUs, endUs } = done;
    made = tell(made, { type: 'progress', progress: { type: 'radiated', token: below.token, startUs, endUs } });
  }
  if (below.kind !== 'raw') made = driven(made, classifyAnswer(below.kind, true), options.channel, nowUs);
  return fed(made, options.channel, nowUs);
};

export const turnedAway = (state: UplinkState, cltu: Cltu, options: UplinkOptions, nowUs: number): UplinkStep => {
  const below = state.below.find((each) => each.cltu === cltu.id);
  if (below === undefined) return [state];
  let made = without(state, cltu.id);
  if (below.token !== undefined && below.kind !== 'AD') {
    const stage = { stage: 'not delivered', atUs: nowUs, detail: 'the station is full' } as const;
    made = tell(made, { type: 'progress', progress: { type: 'stage', token: below.token, stage } });
  }
  if (below.kind !== 'raw') made = driven(made, classifyAnswer(below.kind, false), options.channel, nowUs);
  return fed(made, options.channel, nowUs);
};

/**
 * T1 is up, or the watch over frames that FOP-1 has left without a timer: they get as long again, and when they are
 * still on their way then, the AD service is ended, so that whoever waits for them hears of it.
 */
export const expired = (state: UplinkState, options: UplinkOptions, nowUs: number): UplinkStep => {
  const { channel } = options;
  if (isUnattended(state.fop)) {
    const end = { id: state.nextId, name: 'terminateAd' } as const;
    const made = tell(change([state], { nextId: state.nextId + 1 }), { type: 'unattended' });
    return fed(driven(made, classifyDirective(state.fop, end), channel, nowUs), channel, nowUs);
  }
  const made = fed(driven([state], classifyTimer(state.fop), channel, nowUs), channel, nowUs);
  const { fop } = made[0];
  return isUnattended(fop) ? tell(made, { type: 'arm', setting: fop.timerInitialUs }) : made;
};
