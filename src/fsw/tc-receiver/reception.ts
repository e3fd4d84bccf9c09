// Reception of telecommand octets as pure steps: CLTU, frame, FARM-1, segment, packet. Whatever is discarded on the
// way leaves its reason, and the next unit is judged afresh. Link security judges a frame before FARM-1 sees it. FARM-1
// of each virtual channel has a bounded number of buffers per pool; a packet takes one and keeps it until its user
// gives it back.
import type { BchMode } from '../../ccsds/cltu/bch.ts';
import { type CltuUnit, decodeCltu } from '../../ccsds/cltu/cltu.ts';
import { type CltuStream, cltuStreamStart, deframeCltus } from '../../ccsds/cltu/deframe.ts';
import { packClcw } from '../../ccsds/cop1/clcw.ts';
import { clcwOf, farm1 } from '../../ccsds/cop1/farm1.ts';
import { classifyFrame, type FarmWindow } from '../../ccsds/cop1/farm1-classify.ts';
import { type Farm, type FarmAction, type FarmEvent, farmReset } from '../../ccsds/cop1/farm1-state.ts';
import type { FrameKind } from '../../ccsds/sdls/frame-kind.ts';
import { concernsSecurity } from '../../ccsds/sdls/frame-security-report.ts';
import {
  firstSecurity,
  type LinkSecurity,
  openFrame,
  type SecurityState,
  withoutRepeats,
} from '../../ccsds/sdls/link-security.ts';
import { delimitTcFrames } from '../../ccsds/tc-frame/delimit.ts';
import { segment } from '../../ccsds/tc-frame/segment.ts';
import { noReassembly, type Reassembly, reassemble } from '../../ccsds/tc-frame/segment-reassembler.ts';
import type { TcFrame } from '../../ccsds/tc-frame/tc-frame.ts';
import type { LinkStatus } from '../../hal/byte-link.ts';
import type { Step } from '../../kernel/machine.ts';
import type { ClcwReport } from '../clcw-report.ts';
import type { EachType } from '../each-type.ts';
import type { BufferPool, ReceivedPacket, ReleasedBuffer } from '../received-packet.ts';
import { packetsIn } from './packets-in.ts';
import { refusalNames, refusalPlace, refusals } from './refusals.ts';

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
  /** Absent: clear mode, in which frames of anyone are taken. */
  readonly security?: LinkSecurity | undefined;
}

/** What takes frames apart: the checks of a frame alone, and what link security has to know of it. */
export type FrameReader = FrameKind<TcFrame>;

export interface VirtualChannel extends VirtualChannelOptions {
  readonly farm: Farm;
  readonly reassembly: Reassembly;
  /** Buffers in use. */
  readonly inUse: Readonly<Record<BufferPool, number>>;
  /** Frames whose data went up. */
  readonly accepted: number;
}

export interface Reception {
  readonly channels: readonly VirtualChannel[];
  /** What a stream has brought of the unit that is not whole yet; untouched where datagrams come. */
  readonly stream: CltuStream;
  readonly linkUp: boolean;
  /** Units that the link below lost before they came here: the most that it has told. */
  readonly linkDropped: number;
  readonly cltus: number;
  readonly correctedBits: number;
  /** Units that a code block with too many errors cut short. */
  readonly cutUnits: number;
  readonly framesAccepted: number;
  readonly framesRejected: number;
  readonly packets: number;
  /** By place of the reason in `refusals`. */
  readonly refusals: readonly number[];
  /** Associations of the uplink with their replay windows; absent in clear mode. */
  readonly security: SecurityState | undefined;
}

export type ReceptionAction =
  | { readonly type: 'packet'; readonly packet: ReceivedPacket }
  | { readonly type: 'clcw'; readonly report: ClcwReport }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'linkLoss'; readonly dropped: number }
  | { readonly type: 'securityRefused'; readonly reason: string; readonly spi: number }
  | EachType<'waiting' | 'lockedOut' | 'unlocked' | 'sealedTwice', { readonly virtualChannelId: number }>
  | { readonly type: 'vrSet'; readonly virtualChannelId: number; readonly vr: number };

type To = Step<Reception, ReceptionAction>;

/** What a step works on before it is over: a copy of the state that nobody else sees. */
interface Draft extends Omit<{ -readonly [K in keyof Reception]: Reception[K] }, 'channels'> {
  readonly channels: VirtualChannel[];
}

interface Work {
  readonly draft: Draft;
  readonly actions: ReceptionAction[];
  readonly options: ReceptionOptions;
  /** FOP-1 will send the frame of this step again, octet by octet: its counter stays open. */
  comesAgain: boolean;
}

const begin = (state: Reception, options: ReceptionOptions): Work => ({
  draft: { ...state, channels: state.channels.slice() },
  actions: [],
  options,
  comesAgain: false,
});

const end = ({ draft, actions }: Work): To => [draft, ...actions];

export const firstReception = ({ virtualChannels, security }: ReceptionOptions): Reception => ({
  channels: virtualChannels.map((options) => ({
    ...options,
    farm: farmReset,
    reassembly: noReassembly,
    inUse: { sequenced: 0, express: 0 },
    accepted: 0,
  })),
  stream: cltuStreamStart,
  linkUp: true,
  linkDropped: 0,
  cltus: 0,
  correctedBits: 0,
  cutUnits: 0,
  framesAccepted: 0,
  framesRejected: 0,
  packets: 0,
  refusals: refusalNames.map(() => 0),
  security: security === undefined ? undefined : firstSecurity(security, 'TC'),
});

const counted = ({ draft }: Work, reason: string): void => {
  const place = refusalPlace(reason);
  draft.refusals = draft.refusals.with(place, draft.refusals[place]! + 1);
};

const refused = (work: Work, reason: string): void => {
  counted(work, reason);
  work.actions.push({ type: 'refused', reason });
};

const reportClcw = ({ draft, actions }: Work, at: number): void => {
  const { farm, id } = draft.channels[at]!;
  const word = packClcw(clcwOf(farm, id, { noRfAvailable: !draft.linkUp, noBitLock: !draft.linkUp }));
  actions.push({ type: 'clcw', report: { virtualChannelId: id, word } });
};

/** The unit that a data field completes, if it does: on a segmented channel that takes some. */
const unitOf = (work: Work, at: number, data: Uint8Array): Uint8Array | undefined => {
  const { channels } = work.draft;
  const channel = channels[at]!;
  if (!channel.segmented) return data;
  const decoded = segment.decode(data);
  if (!decoded.ok) {
    refused(work, decoded.reason);
    return undefined;
  }
  const { state, unit, refusal } = reassemble(channel.reassembly, decoded.value, work.options.maximumUnitOctets);
  channels[at] = { ...channel, reassembly: state };
  if (refusal !== undefined) refused(work, refusal);
  return unit;
};

/** The data field of a frame that FARM-1 has accepted, up to its packets. */
const deliver = (work: Work, at: number, frame: TcFrame): void => {
  const { draft, actions } = work;
  const unit = unitOf(work, at, frame.data);
  if (unit === undefined) return;
  const channel = draft.channels[at]!;
  const { id: virtualChannelId, inUse } = channel;
  const pool: BufferPool = frame.service === 'AD' ? 'sequenced' : 'express';
  const { packets, cut } = packetsIn(unit);
  for (const octets of packets) actions.push({ type: 'packet', packet: { octets, virtualChannelId, pool } });
  draft.packets += packets.length;
  const used = inUse[pool] + packets.length;
  const pools = pool === 'sequenced' ? { ...inUse, sequenced: used } : { ...inUse, express: used };
  draft.channels[at] = { ...channel, inUse: pools, accepted: channel.accepted + 1 };
  if (!cut) return;
  // Whoever holds the key has sent what holds no packet: a ciphertext that was taken for a frame and sealed again.
  if (draft.security !== undefined && packets.length === 0) {
    counted(work, refusals.sealedTwice);
    actions.push({ type: 'sealedTwice', virtualChannelId });
  } else refused(work, 'packet cut');
};

/** 232.1-B-2 6.2.2: a BD frame is accepted without regard to buffers, so that its data may find none. */
const accept = (work: Work, at: number, frame: TcFrame): void => {
  work.draft.framesAccepted++;
  const full = work.draft.channels[at]!.inUse.express >= work.options.buffers;
  if (frame.service === 'BD' && full) refused(work, 'express buffers full');
  else deliver(work, at, frame);
};

/** A control command also purges what had been put together above (232.1-B-2 6.1, note). */
const purge = ({ draft }: Work, at: number): void => {
  draft.channels[at] = { ...draft.channels[at]!, reassembly: noReassembly };
};

/** FOP-1 has started anew and repeats nothing of before: what was held back on the way may not come in late. */
const forgetRepeats = ({ draft }: Work, at: number): void => {
  if (draft.security !== undefined) draft.security = withoutRepeats(draft.security, draft.channels[at]!.id);
};

/** Frames that are discarded for these reasons FOP-1 sends again as they are (232.1-B-2 5.1.3, retransmission). */
const repeatedLater: readonly string[] = [refusals.outOfSequence, refusals.noBuffer];

const follow = (work: Work, at: number, action: FarmAction): void => {
  const { draft, actions } = work;
  const virtualChannelId = draft.channels[at]!.id;
  switch (action.type) {
    case 'accept':
      accept(work, at, action.frame);
      return;
    case 'discard':
      work.comesAgain = repeatedLater.includes(action.reason);
      draft.framesRejected++;
      refused(work, action.reason);
      return;
    case 'lockedOut':
      actions.push({ type: 'lockedOut', virtualChannelId });
      return;
    case 'unlocked':
      purge(work, at);
      forgetRepeats(work, at);
      actions.push({ type: 'unlocked', virtualChannelId });
      return;
    case 'vrSet':
      purge(work, at);
      forgetRepeats(work, at);
      actions.push({ type: 'vrSet', virtualChannelId, vr: action.vr });
      return;
    case 'report':
      reportClcw(work, at);
  }
};

/** One event of one FARM-1, with all that follows from it, and the CLCW if it has changed. */
const farmStep = (work: Work, at: number, event: FarmEvent): void => {
  const { channels } = work.draft;
  const before = channels[at]!.farm;
  const step = farm1.step(before, event);
  const farm = step[0];
  if (farm !== before) channels[at] = { ...channels[at]!, farm };
  for (let n = 1; n < step.length; n++) follow(work, at, step[n] as FarmAction);
  if (farm.mode === 'wait' && before.mode !== 'wait')
    work.actions.push({ type: 'waiting', virtualChannelId: channels[at]!.id });
  if (farm !== before) reportClcw(work, at);
};

interface Judged {
  readonly frame: TcFrame;
  /** The associations once the counter of the frame is used up; undefined for a frame without one. */
  readonly held: SecurityState['held'] | undefined;
}

/** The clear frame, or undefined: refused, and counted. Control commands carry no security fields (355.0-B-2 6.2). */
const judged = (work: Work, reader: FrameReader, octets: Uint8Array, nowUs: number): Judged | undefined => {
  const { draft, options } = work;
  if (draft.security !== undefined && options.security !== undefined) {
    const { outcome, state } = openFrame(reader, octets, draft.security, options.security, nowUs);
    draft.security = { ...state, held: draft.security.held };
    if (outcome.ok) return { frame: outcome.frame, held: state.held };
    if (outcome.reason !== 'control frame') {
      draft.framesRejected++;
      if (!concernsSecurity(outcome)) refused(work, outcome.reason);
      else {
        counted(work, outcome.reason);
        work.actions.push({ type: 'securityRefused', reason: outcome.reason, spi: outcome.spi ?? 0 });
      }
      return undefined;
    }
  }
  const decoded = reader.codec.decode(octets);
  if (decoded.ok) return { frame: decoded.value, held: undefined };
  draft.framesRejected++;
  refused(work, decoded.reason);
  return undefined;
};

const takeFrame = (work: Work, reader: FrameReader, octets: Uint8Array, nowUs: number): void => {
  const { draft, options } = work;
  const found = judged(work, reader, octets, nowUs);
  if (found === undefined) return;
  const { frame, held } = found;
  work.comesAgain = false;
  const at = draft.channels.findIndex((channel) => channel.id === frame.virtualChannelId);
  const { farm, inUse } = draft.channels[at]!;
  farmStep(work, at, classifyFrame(farm, frame, options.window, inUse.sequenced < options.buffers));
  // The repeat of a frame is the same octets: a counter that was used up here would refuse it.
  if (held !== undefined && draft.security !== undefined && !work.comesAgain)
    draft.security = { ...draft.security, held };
};

const takeUnit = (work: Work, reader: FrameReader, unit: CltuUnit, nowUs: number): void => {
  const { draft } = work;
  draft.cltus++;
  draft.correctedBits += unit.correctedBits;
  if (unit.end === 'bad code block') draft.cutUnits++;
  for (const octets of delimitTcFrames(unit.data)) takeFrame(work, reader, octets, nowUs);
};

/** What the link has brought: one datagram, or the next chunk of a stream. */
export const takeOctets = (
  state: Reception,
  options: ReceptionOptions,
  reader: FrameReader,
  octets: Uint8Array,
  nowUs: number,
): To => {
  const work = begin(state, options);
  const parameters = { mode: options.bch, randomized: options.randomized };
  if (options.units === 'datagram') {
    const unit = decodeCltu(octets, parameters);
    if (unit.ok) takeUnit(work, reader, unit.value, nowUs);
    else refused(work, unit.reason);
  } else {
    const deframed = deframeCltus(state.stream, octets, parameters);
    work.draft.stream = deframed.state;
    for (const { reason } of deframed.refusals) refused(work, reason);
    for (const unit of deframed.units) takeUnit(work, reader, unit, nowUs);
  }
  return end(work);
};

/** A user is done with a packet: E10 follows when FARM-1 had been waiting for that. */
export const release = (state: Reception, options: ReceptionOptions, buffer: ReleasedBuffer): To => {
  const work = begin(state, options);
  const { channels } = work.draft;
  for (let at = 0; at < channels.length; at++) {
    const channel = channels[at]!;
    if (buffer !== 'all' && buffer.virtualChannelId !== channel.id) continue;
    const { sequenced, express } = channel.inUse;
    let inUse = { sequenced: 0, express: 0 };
    if (buffer !== 'all')
      inUse =
        buffer.pool === 'sequenced'
          ? { sequenced: Math.max(0, sequenced - 1), express }
          : { sequenced, express: Math.max(0, express - 1) };
    channels[at] = { ...channel, inUse };
    if (channel.farm.wait && inUse.sequenced < options.buffers) farmStep(work, at, { type: 'E10' });
  }
  return end(work);
};

/** E11: the control words of all virtual channels are due. */
export const reportAll = (state: Reception, options: ReceptionOptions): To => {
  const work = begin(state, options);
  for (let at = 0; at < state.channels.length; at++) farmStep(work, at, { type: 'E11' });
  return end(work);
};

/**
 * The flags NoRF and NoBitLock tell of the link below. Its count of losses only grows, and a smaller one is another
 * link's, or of one that was attached anew: no loss is told of twice.
 */
export const linkTold = (state: Reception, options: ReceptionOptions, link: LinkStatus): To => {
  const linkUp = link.state === 'up';
  const linkDropped = Math.max(state.linkDropped, link.receiveDropped);
  const after = { ...state, linkUp, linkDropped };
  const [told, ...actions]: To = linkUp === state.linkUp ? [after] : reportAll(after, options);
  if (linkDropped > state.linkDropped) actions.push({ type: 'linkLoss', dropped: linkDropped });
  return [told, ...actions];
};
