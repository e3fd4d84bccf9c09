// One transmitter, one CLTU at a time: a CLTU leaves when its last bit has been radiated, because no earlier can all of
// it have been received, and only then is the lower layer of FOP-1 ready for the next.
import type { LinkStatus } from '../../hal/byte-link.ts';
import { component } from '../../kernel/component.ts';
import { cutFrames, type StreamFraming } from './cut-frames.ts';
import { type Cltu, MAX_WAITING_CLTUS, Station } from './declaration.ts';

interface Sending {
  readonly cltu: Cltu;
  readonly startUs: number;
  readonly endUs: number;
}

interface Transmitter {
  readonly waiting: readonly Cltu[];
  readonly sending: Sending | undefined;
  readonly loseNext: number;
  readonly radiated: number;
  readonly octets: number;
  readonly lost: number;
  readonly link: LinkStatus | undefined;
}

type Doing =
  | { readonly type: 'transmit'; readonly octets: Uint8Array }
  | { readonly type: 'radiated'; readonly sent: Sending }
  | { readonly type: 'lost'; readonly left: number }
  | { readonly type: 'refused'; readonly cltu: Cltu }
  | { readonly type: 'arm'; readonly delayUs: number };

const silent: Transmitter = {
  waiting: [],
  sending: undefined,
  loseNext: 0,
  radiated: 0,
  octets: 0,
  lost: 0,
  link: undefined,
};

const finished = (t: Transmitter, sent: Sending): readonly [Transmitter, ...Doing[]] => {
  const lost = t.loseNext > 0;
  const after: Transmitter = {
    ...t,
    sending: undefined,
    loseNext: lost ? t.loseNext - 1 : 0,
    radiated: t.radiated + 1,
    octets: t.octets + sent.cltu.octets.length,
    lost: t.lost + (lost ? 1 : 0),
  };
  const leaves: Doing = lost ? { type: 'lost', left: after.loseNext } : { type: 'transmit', octets: sent.cltu.octets };
  return [after, leaves, { type: 'radiated', sent }];
};

/** Radiates what waits until a CLTU takes time, or none is left. */
const advanced = (t: Transmitter, nowUs: number, bitRateBps: number): readonly [Transmitter, ...Doing[]] => {
  let state = t;
  const doing: Doing[] = [];
  while (state.sending === undefined && state.waiting.length > 0) {
    const [cltu, ...waiting] = state.waiting as readonly [Cltu, ...Cltu[]];
    const durationUs = bitRateBps === 0 ? 0 : Math.ceil((cltu.octets.length * 8 * 1e6) / bitRateBps);
    const sending: Sending = { cltu, startUs: nowUs, endUs: nowUs + durationUs };
    state = { ...state, waiting, sending };
    if (durationUs > 0) return [state, ...doing, { type: 'arm', delayUs: durationUs }];
    const [after, ...done] = finished(state, sending);
    state = after;
    doing.push(...done);
  }
  return [state, ...doing];
};

const taken = (t: Transmitter, cltu: Cltu, nowUs: number, bitRateBps: number): readonly [Transmitter, ...Doing[]] =>
  t.waiting.length >= MAX_WAITING_CLTUS
    ? [t, { type: 'refused', cltu }]
    : advanced({ ...t, waiting: [...t.waiting, cltu] }, nowUs, bitRateBps);

const ended = (t: Transmitter, nowUs: number, bitRateBps: number): readonly [Transmitter, ...Doing[]] => {
  if (t.sending === undefined) return [t];
  const [idle, ...done] = finished(t, t.sending);
  const [after, ...next] = advanced(idle, nowUs, bitRateBps);
  return [after, ...done, ...next];
};

const linkTold = (t: Transmitter, link: LinkStatus) => {
  const before = t.link;
  const after = { ...t, link };
  const changed = before?.state !== link.state || before.reason !== link.reason;
  const dropped =
    link.transmitDropped > (before?.transmitDropped ?? 0) || link.receiveDropped > (before?.receiveDropped ?? 0);
  return [
    after,
    ...(changed ? [{ type: link.state === 'up' ? ('linkUp' as const) : ('linkDown' as const), link }] : []),
    ...(dropped ? [{ type: 'linkLoss' as const, link }] : []),
  ] as const;
};

interface Receiver {
  readonly rest: Uint8Array;
  readonly frames: number;
  readonly octets: number;
  readonly skipped: number;
}

const deaf: Receiver = { rest: new Uint8Array(0), frames: 0, octets: 0, skipped: 0 };

/** What came in: one unit is one frame, unless the link is a stream that has to be cut. */
const heard = (r: Receiver, octets: Uint8Array, stream: StreamFraming | undefined, receivedUs: number) => {
  const cut = stream === undefined ? { rest: r.rest, frames: [octets], skipped: 0 } : cutFrames(r.rest, octets, stream);
  const after: Receiver = {
    rest: cut.rest,
    frames: r.frames + cut.frames.length,
    octets: r.octets + octets.length,
    skipped: r.skipped + cut.skipped,
  };
  const frames = cut.frames.map((frame) => ({ type: 'frame' as const, frame: { receivedUs, octets: frame } }));
  return [after, ...frames] as const;
};

export interface StationOptions {
  /** For a link that keeps no boundaries. */
  readonly stream?: StreamFraming;
}

export const station = ({ stream }: StationOptions = {}) =>
  component(Station, ({ in: i, timer, param, now, run, sinks }) => {
    const transmitter = run(silent)
      .on(i.cltu, (t, cltu) => taken(t, cltu, now(), param.bitRateBps()))
      .on(timer.radiated, (t) => ended(t, now(), param.bitRateBps()))
      .on(i.loseNext, (t, count) => [{ ...t, loseNext: count }])
      .on(i.link, linkTold);
    const receiver = run(deaf)
      .on(i.received, (r, octets) => heard(r, octets, stream, now()))
      // The next connection begins with a new frame.
      .on(i.link, (r, { state }) => [state === 'down' ? { ...r, rest: deaf.rest } : r]);
    return sinks({
      out: {
        transmit: transmitter.only('transmit', (a) => a.octets),
        frame: receiver.only('frame', (a) => a.frame),
        radiated: transmitter.only('radiated', ({ sent: { cltu, startUs, endUs } }) => ({
          id: cltu.id,
          kind: cltu.kind,
          startUs,
          endUs,
        })),
        refused: transmitter.only('refused', (a) => a.cltu),
      },
      evr: {
        LinkUp: transmitter.only('linkUp', ({ link: { reason } }) => ({ reason })),
        LinkDown: transmitter.only('linkDown', ({ link: { reason } }) => ({ reason })),
        LinkLoss: transmitter.only('linkLoss', ({ link }) => ({
          transmit: link.transmitDropped,
          receive: link.receiveDropped,
        })),
        CltuLost: transmitter.only('lost', ({ left }) => ({ left })),
        QueueFull: transmitter.only('refused', () => ({})),
      },
      tlm: {
        cltusRadiated: transmitter.state((t) => t.radiated),
        octetsRadiated: transmitter.state((t) => t.octets),
        cltusWaiting: transmitter.state((t) => t.waiting.length),
        cltusLost: transmitter.state((t) => t.lost),
        framesReceived: receiver.state((r) => r.frames),
        octetsReceived: receiver.state((r) => r.octets),
        linkState: transmitter.state((t) => t.link?.state ?? 'unknown'),
        octetsSkipped: receiver.state((r) => r.skipped),
      },
      timer: { radiated: transmitter.only('arm', (a) => a.delayUs) },
    });
  });
