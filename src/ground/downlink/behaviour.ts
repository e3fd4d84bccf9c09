// Frames in, views out: one cell holds the reception, the structures that are known and the last time correlation.
import { type LinkSecurity, linkSecurityMode } from '../../ccsds/sdls/link-security.ts';
import type { TmFrameParameters } from '../../ccsds/tm-frame/tm-frame.ts';
import { component } from '../../kernel/component.ts';
import type { ReceivedFrame } from '../station/declaration.ts';
import { createdStructure } from './created-structure.ts';
import { Downlink } from './declaration.ts';
import { type Decoded, type DecodeOptions, decodePacket, knownStructures, type Structures } from './decode-packet.ts';
import { frameReceiver, type Received, type Reception, receptionReset, withRefusal } from './receive-frame.ts';
import type { TimeCorrelation } from './reports.ts';

export interface DownlinkSetup extends DecodeOptions {
  readonly frames: TmFrameParameters;
  /** On-board time that a perfect clock shows at the start of the run: microseconds TAI since 1958. */
  readonly epochUs: number;
  /** Absent: frames of anyone are taken. */
  readonly security?: LinkSecurity | undefined;
}

interface State {
  readonly reception: Reception;
  readonly structures: Structures;
  readonly packets: number;
  readonly lastFrameUs: number;
  /** Arrival of the burst of packet frames that came last, and of the one before it. */
  readonly burstUs: number;
  readonly earlierBurstUs: number;
  readonly correlation: TimeCorrelation | undefined;
}

type Told =
  | { readonly type: 'controlWord'; readonly word: number }
  | { readonly type: 'refused'; readonly reason: string; readonly count: number }
  | { readonly type: 'gap'; readonly channel: number; readonly missing: number }
  | { readonly type: 'firstFrame'; readonly channel: number }
  | { readonly type: 'correlated'; readonly correlation: TimeCorrelation }
  | Exclude<Decoded, { readonly type: 'time' | 'structure' }>;

type Step = readonly [State, ...Told[]];

/** Frames of one virtual channel that come so close together were sent at once. */
const BURST_US = 20_000;

/** A gap may have swallowed the frame that the next report speaks of: then nothing can be paired. */
const withBurst = (state: State, receivedUs: number, missing: number): State => {
  if (missing > 0) return { ...state, burstUs: receivedUs, earlierBurstUs: -1 };
  if (receivedUs - state.burstUs < BURST_US) return state;
  return { ...state, burstUs: receivedUs, earlierBurstUs: state.burstUs };
};

/** The most structures that are remembered beside those of the dictionary. */
const MAX_STRUCTURES = 512;

/** A first refusal is told, then each doubling of their number: a flood is a dozen reports, not a flood. */
const isTold = (count: number): boolean => count > 0 && (count & (count - 1)) === 0;

const refusedPacket = (made: Step, reason: string): Step => {
  const [state, ...told] = made;
  const refused = withRefusal(state.reception.refused, reason);
  return [{ ...state, reception: { ...state.reception, refused } }, ...told, { type: 'refused', reason, count: 0 }];
};

const withStructure = (structures: Structures, sid: number, channels: readonly number[]): Structures =>
  sid in structures || Object.keys(structures).length < MAX_STRUCTURES
    ? { ...structures, [sid]: channels }
    : structures;

/**
 * A time report speaks of an earlier frame than the one that carries it (ECSS-E-ST-70-41C 6.9): of the last packet
 * frame that went out before the report was made, which is in the burst before.
 */
const correlated = (state: State, onboardUs: number, epochUs: number, lightTimeUs: number): TimeCorrelation => {
  const receivedUs = state.earlierBurstUs;
  return { receivedUs, onboardUs, offsetUs: onboardUs - epochUs - (receivedUs - lightTimeUs) };
};

const taken = (made: Step, decoded: Decoded, epochUs: number, lightTimeUs: number): Step => {
  const [state, ...told] = made;
  switch (decoded.type) {
    case 'structure': {
      const structures = withStructure(state.structures, decoded.sid, decoded.channels);
      return [{ ...state, structures }, ...told, { type: 'other', report: decoded.report }];
    }
    case 'time': {
      if (state.earlierBurstUs < 0) return made;
      const correlation = correlated(state, decoded.onboardUs, epochUs, lightTimeUs);
      return [{ ...state, correlation }, ...told, { type: 'correlated', correlation }];
    }
    default:
      return [state, ...told, decoded];
  }
};

/** Counts are known only when the whole frame has been taken in; only doublings are told. */
const reported = ([state, ...told]: Step): Step => {
  const due = told.flatMap((each): Told[] => {
    if (each.type !== 'refused') return [each];
    const count = state.reception.refused[each.reason] ?? 0;
    return isTold(count) ? [{ ...each, count }] : [];
  });
  return [state, ...due];
};

const firstWords = ({ frame, missing, controlWord, state }: Received): readonly Told[] => {
  if (frame === undefined) return [];
  const channel = frame.virtualChannelId;
  return [
    ...(controlWord === undefined ? [] : [{ type: 'controlWord' as const, word: controlWord }]),
    ...(state.channels[channel]!.sequence.seen === 1 ? [{ type: 'firstFrame' as const, channel }] : []),
    ...(missing > 0 ? [{ type: 'gap' as const, channel, missing }] : []),
  ];
};

const count = (state: State, of: (channel: Reception['channels'][number]) => number): number =>
  Object.values(state.reception.channels).reduce((sum, channel) => sum + of(channel), 0);

export const downlink = (setup: DownlinkSetup) =>
  component(Downlink, ({ in: i, param, run, sinks }) => {
    const receive = frameReceiver(setup.frames, setup.security);
    const empty: State = {
      reception: receptionReset,
      structures: knownStructures(setup.dictionary),
      packets: 0,
      lastFrameUs: 0,
      burstUs: -BURST_US,
      earlierBurstUs: -1,
      correlation: undefined,
    };
    const frameTaken = (state: State, { octets, receivedUs }: ReceivedFrame): Step => {
      const received = receive(state.reception, octets, receivedUs);
      const { packets, frame, reasons } = received;
      const after: State = {
        ...state,
        reception: received.state,
        packets: state.packets + packets.length,
        lastFrameUs: frame === undefined ? state.lastFrameUs : receivedUs,
      };
      const refusals = reasons.map((reason): Told => ({ type: 'refused', reason, count: 0 }));
      const timed = packets.length > 0 ? withBurst(after, receivedUs, received.missing) : after;
      let made: Step = [timed, ...firstWords(received), ...refusals];
      for (const packet of packets) {
        const decoded = decodePacket(packet, receivedUs, made[0].structures, setup);
        made = decoded.ok
          ? taken(made, decoded.value, setup.epochUs, param.lightTimeUs())
          : refusedPacket(made, decoded.reason);
      }
      return reported(made);
    };
    const reception = run(empty)
      .on(i.frame, frameTaken)
      .on(i.command, (state, record) => {
        const created = createdStructure(record, setup.dictionary);
        if (created === undefined) return [state];
        return [{ ...state, structures: withStructure(state.structures, created.sid, created.parameters) }];
      });
    return sinks({
      out: {
        controlWord: reception.only('controlWord', (a) => a.word),
        telemetry: reception.only('telemetry', (a) => a.report),
        event: reception.only('event', (a) => a.report),
        verification: reception.only('verification', (a) => a.report),
        report: reception.only('other', (a) => a.report),
        time: reception.only('correlated', (a) => a.correlation),
      },
      evr: {
        Refused: reception.only('refused', ({ reason, count }) => ({ reason, count })),
        Gap: reception.only('gap', ({ channel, missing }) => ({ channel, missing })),
        FirstFrame: reception.only('firstFrame', ({ channel }) => ({ channel })),
      },
      tlm: {
        framesAccepted: reception.state((s) => s.reception.accepted),
        framesIdle: reception.state((s) => count(s, (c) => c.idleFrames)),
        framesMissing: reception.state((s) => count(s, (c) => c.sequence.lost)),
        refused: reception.state((s) => Object.values(s.reception.refused).reduce((sum, n) => sum + n, 0)),
        packets: reception.state((s) => s.packets),
        lastFrameUs: reception.state((s) => s.lastFrameUs),
        linkSecurity: reception.state(() => linkSecurityMode(setup.security)),
        framesVerified: reception.state((s) => s.reception.security?.frames ?? 0),
        securityRefusals: reception.state((s) => s.reception.security?.refused ?? 0),
        onboardOffset: reception.state((s) => (s.correlation?.offsetUs ?? 0) / 1e6),
      },
    });
  });
