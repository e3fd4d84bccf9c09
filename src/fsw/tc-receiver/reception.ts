// Reception of telecommand octets as pure steps: CLTU, frame, FARM-1, segment, packet. Whatever is discarded on the way
// leaves its reason, and the next unit is judged afresh. FARM-1 of each virtual channel has a bounded number of buffers
// per pool; a packet takes one and keeps it until its user gives it back.

import type { BchMode } from '../../ccsds/cltu/bch.ts';
import { type CltuUnit, decodeCltu } from '../../ccsds/cltu/cltu.ts';
import { type CltuStream, cltuStreamStart, deframeCltus } from '../../ccsds/cltu/deframe.ts';
import { packClcw } from '../../ccsds/cop1/clcw.ts';
import { clcwOf, farm1 } from '../../ccsds/cop1/farm1.ts';
import { classifyFrame, type FarmWindow } from '../../ccsds/cop1/farm1-classify.ts';
import { type Farm, type FarmAction, type FarmEvent, farmReset } from '../../ccsds/cop1/farm1-state.ts';
import { delimitTcFrames } from '../../ccsds/tc-frame/delimit.ts';
import { segment } from '../../ccsds/tc-frame/segment.ts';
import { noReassembly, type Reassembly, reassemble } from '../../ccsds/tc-frame/segment-reassembler.ts';
import type { TcFrame } from '../../ccsds/tc-frame/tc-frame.ts';
import type { Codec } from '../../codec/codec.ts';
import type { Step } from '../../kernel/machine.ts';
import type { ClcwReport } from '../clcw-report.ts';
import type { EachType } from '../each-type.ts';
import type { BufferPool, ReceivedPacket, ReleasedBuffer } from '../received-packet.ts';
import { packetsIn } from './packets-in.ts';
import { refusalNames, refusalPlace } from './refusals.ts';

export interface VirtualChannelOptions {
  readonly id: number;
  /** True: every data field begins with a segment header. */
  readonly segmented: boolean;
}

export interface ReceptionOptions {
  readonly spacecraftId: number;
  readonly virtualChannels: readonly VirtualChannelOptions[];
  readonly window: FarmWindow;
  /** Packets that wait for their user, per virtual channel and pool. */
  readonly buffers: number;
  readonly maximumUnitOctets: number;
  /** Datagrams carry one CLTU each; a stream is searched for them. */
  readonly units: 'datagram' | 'stream';
  readonly bch: BchMode;
  readonly randomized: boolean;
}

export interface VirtualChannel extends VirtualChannelOptions {
  readonly farm: Farm;
  readonly reassembly: Reassembly;
  /** Buffers in use. */
  readonly inUse: Readonly<Record<BufferPool, number>>;
  readonly accepted: number;
  readonly discarded: number;
}

export interface Reception {
  readonly channels: readonly VirtualChannel[];
  /** What a stream has brought of the unit that is not whole yet; untouched where datagrams come. */
  readonly stream: CltuStream;
  readonly linkUp: boolean;
  readonly cltus: number;
  readonly correctedBits: number;
  /** Units that a code block with too many errors cut short. */
  readonly cutUnits: number;
  readonly framesAccepted: number;
  readonly framesRejected: number;
  readonly packets: number;
  /** By place of the reason in `refusals`. */
  readonly refusals: readonly number[];
}

export type ReceptionAction =
  | { readonly type: 'packet'; readonly packet: ReceivedPacket }
  | { readonly type: 'clcw'; readonly report: ClcwReport }
  | { readonly type: 'refused'; readonly reason: string }
  | EachType<'waiting' | 'lockedOut' | 'unlocked', { readonly virtualChannelId: number }>
  | { readonly type: 'vrSet'; readonly virtualChannelId: number; readonly vr: number };

type To = Step<Reception, ReceptionAction>;

/** What a step works on before it is over; nobody else sees it. */
interface Draft {
  state: Reception;
  readonly actions: ReceptionAction[];
}

export const firstReception = ({ virtualChannels }: Pick<ReceptionOptions, 'virtualChannels'>): Reception => ({
  channels: virtualChannels.map((options) => ({
    ...options,
    farm: farmReset,
    reassembly: noReassembly,
    inUse: { sequenced: 0, express: 0 },
    accepted: 0,
    discarded: 0,
  })),
  stream: cltuStreamStart,
  linkUp: true,
  cltus: 0,
  correctedBits: 0,
  cutUnits: 0,
  framesAccepted: 0,
  framesRejected: 0,
  packets: 0,
  refusals: refusalNames.map(() => 0),
});

const refused = (draft: Draft, reason: string): void => {
  const refusals = draft.state.refusals.slice();
  const place = refusalPlace(reason);
  refusals[place] = refusals[place]! + 1;
  draft.state = { ...draft.state, refusals };
  draft.actions.push({ type: 'refused', reason });
};

const update = (draft: Draft, at: number, change: Partial<VirtualChannel>): void => {
  const channels = draft.state.channels.with(at, { ...draft.state.channels[at]!, ...change });
  draft.state = { ...draft.state, channels };
};

const reportClcw = (draft: Draft, at: number): void => {
  const { farm, id } = draft.state.channels[at]!;
  const word = packClcw(clcwOf(farm, id, { noRfAvailable: !draft.state.linkUp, noBitLock: !draft.state.linkUp }));
  draft.actions.push({ type: 'clcw', report: { virtualChannelId: id, word } });
};

/** The data field of a frame that FARM-1 has accepted, up to its packets. */
const deliver = (draft: Draft, options: ReceptionOptions, at: number, frame: TcFrame): void => {
  const { id, segmented, reassembly, inUse } = draft.state.channels[at]!;
  let unit: Uint8Array | undefined = frame.data;
  if (segmented) {
    const decoded = segment.decode(frame.data);
    if (!decoded.ok) {
      refused(draft, decoded.reason);
      return;
    }
    const made = reassemble(reassembly, decoded.value, options.maximumUnitOctets);
    update(draft, at, { reassembly: made.state });
    if (made.refusal !== undefined) refused(draft, made.refusal);
    unit = made.unit;
  }
  if (unit === undefined) return;
  const pool: BufferPool = frame.service === 'AD' ? 'sequenced' : 'express';
  const { packets, cut } = packetsIn(unit);
  for (const octets of packets) draft.actions.push({ type: 'packet', packet: { octets, virtualChannelId: id, pool } });
  if (packets.length > 0) {
    update(draft, at, { inUse: { ...inUse, [pool]: inUse[pool] + packets.length } });
    draft.state = { ...draft.state, packets: draft.state.packets + packets.length };
  }
  if (cut) refused(draft, 'packet cut');
};

const follow = (draft: Draft, options: ReceptionOptions, at: number, action: FarmAction): void => {
  const virtualChannelId = draft.state.channels[at]!.id;
  switch (action.type) {
    case 'accept': {
      const { inUse, accepted } = draft.state.channels[at]!;
      const { frame } = action;
      update(draft, at, { accepted: accepted + 1 });
      draft.state = { ...draft.state, framesAccepted: draft.state.framesAccepted + 1 };
      // 232.1-B-2 6.2.2: a BD frame is accepted without regard to buffers, so that its data may find none.
      if (frame.service === 'BD' && inUse.express >= options.buffers) refused(draft, 'express buffers full');
      else deliver(draft, options, at, frame);
      return;
    }
    case 'discard':
      update(draft, at, { discarded: draft.state.channels[at]!.discarded + 1 });
      draft.state = { ...draft.state, framesRejected: draft.state.framesRejected + 1 };
      refused(draft, action.reason);
      return;
    case 'lockedOut':
      draft.actions.push({ type: 'lockedOut', virtualChannelId });
      return;
    case 'unlocked':
      update(draft, at, { reassembly: noReassembly });
      draft.actions.push({ type: 'unlocked', virtualChannelId });
      return;
    case 'vrSet':
      update(draft, at, { reassembly: noReassembly });
      draft.actions.push({ type: 'vrSet', virtualChannelId, vr: action.vr });
      return;
    case 'report':
      reportClcw(draft, at);
  }
};

/** One event of one FARM-1, with all that follows from it, and the CLCW if it has changed. */
const farmStep = (draft: Draft, options: ReceptionOptions, at: number, event: FarmEvent): void => {
  const before = draft.state.channels[at]!.farm;
  const [farm, ...actions] = farm1.step(before, event);
  if (farm !== before) update(draft, at, { farm });
  for (const action of actions) follow(draft, options, at, action);
  if (farm.mode === 'wait' && before.mode !== 'wait')
    draft.actions.push({ type: 'waiting', virtualChannelId: draft.state.channels[at]!.id });
  if (farm !== before) reportClcw(draft, at);
};

const takeFrame = (draft: Draft, options: ReceptionOptions, codec: Codec<TcFrame>, octets: Uint8Array): void => {
  const decoded = codec.decode(octets);
  if (!decoded.ok) {
    draft.state = { ...draft.state, framesRejected: draft.state.framesRejected + 1 };
    refused(draft, decoded.reason);
    return;
  }
  const frame = decoded.value;
  const at = draft.state.channels.findIndex((channel) => channel.id === frame.virtualChannelId);
  const { farm, inUse } = draft.state.channels[at]!;
  const bufferFree = inUse.sequenced < options.buffers;
  farmStep(draft, options, at, classifyFrame(farm, frame, options.window, bufferFree));
};

const takeUnit = (draft: Draft, options: ReceptionOptions, codec: Codec<TcFrame>, unit: CltuUnit): void => {
  const { cltus, correctedBits, cutUnits } = draft.state;
  draft.state = {
    ...draft.state,
    cltus: cltus + 1,
    correctedBits: correctedBits + unit.correctedBits,
    cutUnits: cutUnits + (unit.end === 'bad code block' ? 1 : 0),
  };
  for (const octets of delimitTcFrames(unit.data)) takeFrame(draft, options, codec, octets);
};

/** What the link has brought: one datagram, or the next chunk of a stream. */
export const takeOctets = (
  state: Reception,
  options: ReceptionOptions,
  codec: Codec<TcFrame>,
  octets: Uint8Array,
): To => {
  const draft: Draft = { state, actions: [] };
  const parameters = { mode: options.bch, randomized: options.randomized };
  if (options.units === 'datagram') {
    const unit = decodeCltu(octets, parameters);
    if (unit.ok) takeUnit(draft, options, codec, unit.value);
    else refused(draft, unit.reason);
  } else {
    const deframed = deframeCltus(state.stream, octets, parameters);
    draft.state = { ...state, stream: deframed.state };
    for (const { reason } of deframed.refusals) refused(draft, reason);
    for (const unit of deframed.units) takeUnit(draft, options, codec, unit);
  }
  return [draft.state, ...draft.actions];
};

/** A user is done with a packet: E10 follows when FARM-1 had been waiting for that. */
export const release = (state: Reception, options: ReceptionOptions, buffer: ReleasedBuffer): To => {
  const draft: Draft = { state, actions: [] };
  for (const [at, { id, inUse, farm }] of state.channels.entries()) {
    if (buffer !== 'all' && buffer.virtualChannelId !== id) continue;
    const left = buffer === 'all' ? 0 : Math.max(0, inUse[buffer.pool] - 1);
    const pools = buffer === 'all' ? { sequenced: 0, express: 0 } : { ...inUse, [buffer.pool]: left };
    update(draft, at, { inUse: pools });
    if (farm.wait && pools.sequenced < options.buffers) farmStep(draft, options, at, { type: 'E10' });
  }
  return [draft.state, ...draft.actions];
};

/** E11: the control words of all virtual channels are due. */
export const reportAll = (state: Reception, options: ReceptionOptions): To => {
  const draft: Draft = { state, actions: [] };
  for (const at of state.channels.keys()) farmStep(draft, options, at, { type: 'E11' });
  return [draft.state, ...draft.actions];
};

/** The flags NoRF and NoBitLock tell of the link below. */
export const linkChanged = (state: Reception, options: ReceptionOptions, linkUp: boolean): To =>
  linkUp === state.linkUp ? [state] : reportAll({ ...state, linkUp }, options);
