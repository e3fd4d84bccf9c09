// The ground in real time on a link of the host: the graph, its pace and a session for whoever sits at it.
import { nodeHost } from '../../src/devices/real/host.ts';
import { simulatedByteLink } from '../../src/devices/sim/byte-link.ts';
import type { Dictionary } from '../../src/dictionary/dictionary.ts';
import { openSession, type Session } from '../../src/ground/session.ts';
import { type GroundOptions, groundDefaults, groundTopology } from '../../src/ground/topology.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { type Pacing, pace } from '../../src/kernel/pace.ts';
import { compose, edge } from '../../src/kernel/topology.ts';
import { KEPT_INPUTS, type Link, linkPage } from '../live-run.ts';

export interface GroundOnLinkOptions extends Partial<Omit<GroundOptions, 'dictionary' | 'antenna' | 'epochUs'>> {
  readonly dictionary: Dictionary;
  /** Microseconds TAI since 1958 at the start of the run. */
  readonly epochUs: number;
  /** Takes CLTUs; frames come in by it too, unless `downlink` is another. */
  readonly link: Link;
  readonly downlink?: Link;
}

/** The instances are `ground/...`, `socket/link` and, if there is one, `downlink/link`. */
export const groundOnLink = ({ link, downlink, ...options }: GroundOnLinkOptions) => {
  const ground = groundTopology({ ...groundDefaults, ...options, antenna: simulatedByteLink() });
  if (downlink === undefined) {
    const page = compose({ ground, socket: linkPage(link) }, ({ ground: { antenna, station }, socket: { link } }) => ({
      socket: [
        edge(antenna.out.toSpace, link.in.transmit),
        edge(link.out.received, antenna.in.fromSpace),
        edge(link.out.status, station.in.link),
      ],
    }));
    return { ground, page };
  }
  const page = compose({ ground, socket: linkPage(link), downlink: linkPage(downlink) }, (parts) => {
    const { antenna, station } = parts.ground;
    return {
      socket: [
        edge(antenna.out.toSpace, parts.socket.link.in.transmit),
        edge(parts.downlink.link.out.received, antenna.in.fromSpace),
        edge(parts.downlink.link.out.status, station.in.link),
      ],
    };
  });
  return { ground, page };
};

export interface LiveGround {
  readonly graph: Graph;
  readonly session: Session;
  readonly pacing: Pacing;
  /** Ends the session and the pace, and gives the link back to the host. */
  close(): void;
}

export interface LiveGroundOptions extends GroundOnLinkOptions {
  readonly seed: string;
  readonly speed: number;
}

/** Of the host's time: what sockets, timers and a busy machine may add. At speed it is that much more of the run's. */
const HOST_LATENCY_US = 50_000;

const allowances = (speed: number) => ({
  answerMarginUs: groundDefaults.answerMarginUs + Math.ceil(HOST_LATENCY_US * speed),
  reportWithinUs: groundDefaults.reportWithinUs + Math.ceil(HOST_LATENCY_US * speed),
});

export const liveGround = (options: LiveGroundOptions): LiveGround => {
  const { seed, speed, ...parts } = options;
  const { ground, page } = groundOnLink({ ...allowances(speed), ...parts });
  const host = nodeHost();
  const graph = new Graph(page, { seed, host, onFault: 'reset', maxInputs: KEPT_INPUTS });
  const session = openSession({ graph, ground, prefix: 'ground/', dictionary: options.dictionary });
  const pacing = pace(graph, { speed });
  const close = (): void => {
    session.close();
    pacing.stop();
    graph.close();
  };
  return { graph, session, pacing, close };
};
