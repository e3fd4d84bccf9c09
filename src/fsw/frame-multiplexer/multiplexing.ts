// Frames of one tick, as pure steps over a queue of packets and the counts of the sending end.
// The queue is bounded in packets and octets; a packet that finds no room is dropped and counted, those that wait stay.
import { type FrameKind, tmKind } from '../../ccsds/sdls/frame-kind.ts';
import {
  beyondUsed,
  firstSecurity,
  type LinkSecurity,
  overheadOctets,
  type SecurityState,
  sealFrame,
} from '../../ccsds/sdls/link-security.ts';
import { type TmFrame, tmDataOctets, tmFrame } from '../../ccsds/tm-frame/tm-frame.ts';
import { TmFrameFiller, type TmFrameFillerState } from '../../ccsds/tm-frame/tm-frame-filler.ts';
import type { Result } from '../../codec/result.ts';
import { dequeue, emptyFifo, enqueue, type Fifo } from '../../kernel/fifo.ts';
import type { Step } from '../../kernel/machine.ts';
import type { ClcwReport } from '../clcw-report.ts';
import type { TimeMark } from '../time-mark.ts';

export interface MultiplexerOptions {
  readonly spacecraftId: number;
  /** Octets of every frame. */
  readonly frameOctets: number;
  /** The virtual channel of packets, and the one of idle frames. */
  readonly packetChannel: number;
  readonly idleChannel: number;
  readonly framesPerTick: number;
  readonly queuePackets: number;
  readonly queueOctets: number;
  /** Uplink virtual channels whose control words the frames carry, by frame count: position = count mod length. */
  readonly clcwCycle: readonly number[];
  /** Time reports come every 2^rateExponent frames of the packet channel, and after this long in any case. */
  readonly rateExponent: number;
  readonly longestTimeGapUs: number;
  /** Absent: frames go out in clear. */
  readonly security?: LinkSecurity | undefined;
}

interface Waiting {
  readonly queue: Fifo<Uint8Array>;
  readonly queueOctets: number;
}

export interface Multiplexing extends Waiting {
  readonly filler: TmFrameFillerState;
  /** By uplink virtual channel, as in `clcwCycle`. */
  readonly clcws: readonly ClcwReport[];
  readonly rateExponent: number;
  readonly markedUs: number;
  readonly frames: number;
  readonly idleFrames: number;
  readonly packets: number;
  readonly dropped: number;
  /** Associations of the downlink with their counters; absent in clear mode. */
  readonly security: SecurityState | undefined;
  readonly notSealed: number;
}

export type MultiplexerAction =
  | { readonly type: 'frame'; readonly octets: Uint8Array }
  | { readonly type: 'mark'; readonly mark: TimeMark }
  | { readonly type: 'rateSet' }
  | { readonly type: 'notSealed'; readonly reason: string };

type To = Step<Multiplexing, MultiplexerAction>;

const HEAD_ROOM_OCTETS = 65_542;

/** Octets of a frame before link security makes it longer. */
const clearOctets = (options: MultiplexerOptions): number =>
  options.frameOctets - overheadOctets(options.security, 'TM');

const fillerOf = (options: MultiplexerOptions): TmFrameFiller =>
  new TmFrameFiller({
    spacecraftId: options.spacecraftId,
    lengthOctets: clearOctets(options),
    fecf: true,
    ocf: true,
    virtualChannels: [options.packetChannel],
    idleVirtualChannel: options.idleChannel,
    // What the filler holds is what the next frame takes, plus the rest of one packet.
    bounds: { packets: options.frameOctets, octets: options.frameOctets + 2 * HEAD_ROOM_OCTETS },
  });

/** The operational control field before a FARM has spoken: a CLCW of that channel with nothing set. */
const quietClcw = (virtualChannelId: number): ClcwReport => ({
  virtualChannelId,
  word: ((1 << 24) | (virtualChannelId << 18)) >>> 0,
});

export const firstMultiplexing = (options: MultiplexerOptions): Multiplexing => ({
  queue: emptyFifo(),
  queueOctets: 0,
  filler: fillerOf(options).save(),
  clcws: [...new Set(options.clcwCycle)].map(quietClcw),
  rateExponent: options.rateExponent,
  markedUs: -options.longestTimeGapUs,
  frames: 0,
  idleFrames: 0,
  packets: 0,
  dropped: 0,
  security: options.security === undefined ? undefined : firstSecurity(options.security, 'TM'),
  notSealed: 0,
});

/** At power-on nothing happens; after a reset no counter of before is used again. */
export const start = (state: Multiplexing, nowUs: number): To => [
  { ...state, security: state.security === undefined ? undefined : beyondUsed(state.security, nowUs) },
];

export const takePacket = (state: Multiplexing, options: MultiplexerOptions, octets: Uint8Array): To => {
  const queueOctets = state.queueOctets + octets.length;
  if (state.queue.count >= options.queuePackets || queueOctets > options.queueOctets)
    return [{ ...state, dropped: state.dropped + 1 }];
  return [{ ...state, queue: enqueue(state.queue, octets), queueOctets, packets: state.packets + 1 }];
};

export const takeClcw = (state: Multiplexing, report: ClcwReport): To => [
  {
    ...state,
    clcws: state.clcws.map((known) => (known.virtualChannelId === report.virtualChannelId ? report : known)),
  },
];

export const setRate = (state: Multiplexing, rateExponent: number): To => [
  { ...state, rateExponent },
  { type: 'rateSet' },
];

type Seal = (octets: Uint8Array, before: SecurityState | undefined) => Result<Sealed>;

interface Sealed {
  readonly octets: Uint8Array;
  readonly state: SecurityState | undefined;
}

/** What makes a frame of the filler one of the downlink: it stays as it is, or grows to full length by protection. */
const sealer = (options: MultiplexerOptions): Seal => {
  const { security, spacecraftId, frameOctets } = options;
  if (security === undefined) return (octets, state) => ({ ok: true, value: { octets, state } });
  const channel = { fecf: true, ocf: true, spacecraftId };
  const clear = tmFrame({ ...channel, lengthOctets: clearOctets(options) });
  const kind: FrameKind<TmFrame> = tmKind({ ...channel, lengthOctets: frameOctets });
  return (octets, before) => {
    const frame = clear.decode(octets);
    if (!frame.ok || before === undefined) throw new Error('downlink frame: expected one of our own');
    return sealFrame(kind, frame.value, before, security);
  };
};

/** One tick: at least one frame, more while packets wait, and a mark behind the frame that calls for a time report. */
export const multiplexer = (options: MultiplexerOptions): ((state: Multiplexing, nowUs: number) => To) => {
  // An engine without a memory of its own: each tick loads it from the state and saves it back.
  const filler = fillerOf(options);
  const seal = sealer(options);
  const { packetChannel, framesPerTick, clcwCycle, longestTimeGapUs } = options;
  const zoneOctets = tmDataOctets(clearOctets(options), true, true);

  /** Moves packets on until the next frame is full. */
  const refill = (waiting: Waiting): Waiting => {
    let { queue, queueOctets } = waiting;
    while (queue.count > 0 && filler.pendingOctets() < zoneOctets) {
      const [[packet], left] = dequeue(queue, 1);
      filler.offer(packetChannel, packet!);
      queueOctets -= packet!.length;
      queue = left;
    }
    return { queue, queueOctets };
  };

  return (state, nowUs) => {
    const actions: MultiplexerAction[] = [];
    const rate = 2 ** state.rateExponent;
    let waiting: Waiting = state;
    let { frames, idleFrames, markedUs, security, notSealed } = state;
    let packetFrames = state.filler.virtualChannelCounts[packetChannel]!;
    filler.load(state.filler);
    /** A frame that cannot be sealed stays here: nothing ever goes out in clear instead. */
    const send = (octets: Uint8Array): void => {
      const sealed = seal(octets, security);
      if (sealed.ok) {
        security = sealed.value.state;
        actions.push({ type: 'frame', octets: sealed.value.octets });
      } else {
        notSealed += 1;
        actions.push({ type: 'notSealed', reason: sealed.reason });
      }
    };
    for (let sent = 0; sent < framesPerTick; sent++) {
      waiting = refill(waiting);
      const nothing = filler.pendingOctets() === 0;
      if (nothing && sent > 0) break;
      const overdue = nowUs - markedUs >= longestTimeGapUs;
      const clcw = state.clcws.find(
        ({ virtualChannelId }) => virtualChannelId === clcwCycle[frames % clcwCycle.length],
      );
      frames += 1;
      if (nothing && !overdue) {
        send(filler.idleFrame(clcw!.word));
        idleFrames += 1;
        continue;
      }
      send(filler.packetFrame(packetChannel, clcw!.word));
      if (overdue || packetFrames % rate === 0) {
        const mark = { atUs: nowUs, rateExponent: state.rateExponent, frameCount: packetFrames };
        actions.push({ type: 'mark', mark });
        markedUs = nowUs;
      }
      packetFrames = (packetFrames + 1) & 0xff;
    }
    const { queue, queueOctets } = waiting;
    const counts = { frames, idleFrames, markedUs, security, notSealed };
    return [{ ...state, queue, queueOctets, filler: filler.save(), ...counts }, ...actions];
  };
};
