// One frame in: checks, accounting per virtual channel, packets out. A step on plain data; the last whole count of a
// channel decides what is missing, and a frame that repeats the one before is dropped.
import { encapsulationProtocol } from '../../ccsds/encapsulation/encapsulation-packet.ts';
import { type FrameKind, tmKind } from '../../ccsds/sdls/frame-kind.ts';
import { firstSecurity, type LinkSecurity, openFrame, type SecurityState } from '../../ccsds/sdls/link-security.ts';
import { type AssemblerState, assemblePackets, assemblerReset } from '../../ccsds/space-packet/packet-assembler.ts';
import { observeSequence, type SequenceState, sequenceReset } from '../../ccsds/space-packet/sequence-tracker.ts';
import { isIdlePacketAt, versionAt } from '../../ccsds/space-packet/space-packet.ts';
import { isIdleTmFrame, type TmFrame, type TmFrameParameters } from '../../ccsds/tm-frame/tm-frame.ts';
import type { Result } from '../../codec/result.ts';

export interface VirtualChannel {
  readonly sequence: SequenceState;
  readonly assembler: AssemblerState;
  readonly idleFrames: number;
  readonly packets: number;
}

export interface Reception {
  /** By virtual channel id, 0..7. */
  readonly channels: Readonly<Record<number, VirtualChannel>>;
  readonly accepted: number;
  /** Master channel count of the newest frame, and how many older ones came behind it in a row. */
  readonly newest: { readonly count: number; readonly older: number } | undefined;
  /** Why frames, packets and pieces of packets were refused, by stable reason; at most `MAX_REASONS`. */
  readonly refused: Readonly<Record<string, number>>;
  /** Associations of the downlink with their replay windows; absent in clear mode. */
  readonly security?: SecurityState;
}

export interface Received {
  readonly state: Reception;
  /** Whole packets without idle ones, views of the frame where they lie within it. */
  readonly packets: readonly Uint8Array[];
  /** Of a frame that is not older than the one before: an old report tells FOP-1 what is not so any more. */
  readonly controlWord: number | undefined;
  readonly frame: TmFrame | undefined;
  /** Frames that the count says are missing before this one. */
  readonly missing: number;
  /** What was refused in this step. */
  readonly reasons: readonly string[];
}

export const receptionReset: Reception = { channels: {}, accepted: 0, newest: undefined, refused: {} };

/** A reason beyond so many is counted under 'other'. */
export const MAX_REASONS = 48;
const FRAME_COUNT_MODULUS = 256;

const channelReset: VirtualChannel = { sequence: sequenceReset, assembler: assemblerReset, idleFrames: 0, packets: 0 };

export const withRefusal = (refused: Reception['refused'], reason: string): Reception['refused'] => {
  const key = reason in refused || Object.keys(refused).length < MAX_REASONS ? reason : 'other';
  return { ...refused, [key]: (refused[key] ?? 0) + 1 };
};

const refusedWith = (state: Reception, reasons: readonly string[]): Reception =>
  reasons.length === 0 ? state : { ...state, refused: reasons.reduce(withRefusal, state.refused) };

/** Idle packets and idle encapsulation packets carry nothing. */
const isFill = (packet: Uint8Array): boolean =>
  versionAt(packet) === 0 ? isIdlePacketAt(packet) : ((packet[0]! >> 2) & 7) === encapsulationProtocol.idle;

/** So many frames in a row that seem old are of a spacecraft whose count has begun anew. */
const MOST_OLDER = 3;

/** A frame was sent before another when its count is less than half a round behind. */
const withNewest = (newest: Reception['newest'], { masterChannelCount: count }: TmFrame): Reception['newest'] => {
  const behind = newest !== undefined && ((count - newest.count) & 255) > FRAME_COUNT_MODULUS / 2;
  return behind && newest.older < MOST_OLDER ? { ...newest, older: newest.older + 1 } : { count, older: 0 };
};

const demultiplexed = (state: Reception, frame: TmFrame): Received => {
  const id = frame.virtualChannelId;
  const before = state.channels[id] ?? channelReset;
  const sequence = observeSequence(before.sequence, frame.virtualChannelCount, FRAME_COUNT_MODULUS);
  const missing = sequence.lost - before.sequence.lost;
  const repeated = sequence.duplicates > before.sequence.duplicates;
  const idle = isIdleTmFrame(frame);
  const accepted = state.accepted + 1;
  const newest = withNewest(state.newest, frame);
  const controlWord = newest?.older === 0 ? frame.ocf : undefined;
  if (repeated || idle || frame.synchronized) {
    const reasons = repeated ? ['duplicate frame'] : idle ? [] : ['not a packet channel'];
    const after = { ...before, sequence, idleFrames: before.idleFrames + (idle ? 1 : 0) };
    const told = refusedWith({ ...state, accepted, newest, channels: { ...state.channels, [id]: after } }, reasons);
    return { state: told, packets: [], controlWord, frame, missing, reasons };
  }
  const assembled = assemblePackets(before.assembler, frame.data, frame.firstHeaderPointer, missing > 0);
  const packets = assembled.packets.filter((packet) => !isFill(packet));
  // Before the first packet start is seen there is nothing to be lost.
  const reasons = assembled.drops
    .map(({ reason }) => reason)
    .filter((reason) => reason !== 'no packet start' || before.sequence.seen > 0);
  const after: VirtualChannel = {
    ...before,
    sequence,
    assembler: assembled.state,
    packets: before.packets + packets.length,
  };
  const told = refusedWith({ ...state, accepted, newest, channels: { ...state.channels, [id]: after } }, reasons);
  return { state: told, packets, controlWord, frame, missing, reasons };
};

/** Frames of one physical channel. Never throws, on any octets. */
export const frameReceiver = (parameters: TmFrameParameters, security?: LinkSecurity) => {
  const kind: FrameKind<TmFrame> = tmKind(parameters);
  const taken = (before: Reception, octets: Uint8Array, nowUs: number): readonly [Reception, Result<TmFrame>] => {
    if (security === undefined) return [before, kind.codec.decode(octets)];
    const opened = openFrame(kind, octets, before.security ?? firstSecurity(security, 'TM'), security, nowUs);
    const { outcome } = opened;
    return [{ ...before, security: opened.state }, outcome.ok ? { ok: true, value: outcome.frame } : outcome];
  };
  return (before: Reception, octets: Uint8Array, nowUs = 0): Received => {
    const [state, decoded] = taken(before, octets, nowUs);
    if (decoded.ok) return demultiplexed(state, decoded.value);
    const reasons = [decoded.reason];
    return {
      state: refusedWith(state, reasons),
      packets: [],
      controlWord: undefined,
      frame: undefined,
      missing: 0,
      reasons,
    };
  };
};
