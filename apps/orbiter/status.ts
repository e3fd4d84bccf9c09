// The state of a running orbiter in one line, or as an object for scripts.
import type { Graph } from '../../src/kernel/graph.ts';
import type { Pacing } from '../../src/kernel/pace.ts';
import { spanText } from '../console/time-text.ts';

export interface OrbiterStatus {
  /** Seconds of the run. */
  readonly seconds: number;
  readonly frames: number;
  readonly packets: number;
  readonly cltus: number;
  readonly framesRejected: number;
  readonly linkSecurity: string;
  /** Frames that link security has refused. */
  readonly securityRefusals: number;
  readonly commandsAccepted: number;
  readonly commandsRefused: number;
  readonly events: number;
  readonly resets: number;
  /** Of the run, given up because the host could not keep the speed. */
  readonly slippedUs: number;
  /** Of the run so far: two runs of one seed and one log of inputs have the same. */
  readonly digest: string;
}

const count = (graph: Graph, instance: string, channel: string): number => {
  const value = graph.find(`orbiter/${instance}`).readings.get(channel)?.();
  return typeof value === 'number' ? value : 0;
};

export const orbiterStatus = (graph: Graph, { slippedUs }: Pick<Pacing, 'slippedUs'>): OrbiterStatus => ({
  seconds: Math.floor(graph.kernel.now / 1e6),
  frames: count(graph, 'frames', 'frames'),
  packets: count(graph, 'packetizer', 'packets'),
  cltus: count(graph, 'tcReceiver', 'cltus'),
  framesRejected: count(graph, 'tcReceiver', 'framesRejected'),
  linkSecurity: String(graph.find('orbiter/tcReceiver').readings.get('linkSecurity')?.()),
  securityRefusals: count(graph, 'tcReceiver', 'securityRefusals'),
  commandsAccepted: count(graph, 'dispatcher', 'accepted'),
  commandsRefused: count(graph, 'dispatcher', 'refused'),
  events: count(graph, 'eventLog', 'reported'),
  resets: graph.all.reduce((sum, { resets }) => sum + resets, 0),
  slippedUs,
  digest: graph.kernel.digest.hex,
});

export const statusLine = (status: OrbiterStatus): string =>
  [
    `${status.seconds} s`,
    status.linkSecurity === 'secured' ? `secured, refused ${status.securityRefusals}` : status.linkSecurity,
    `frames ${status.frames}`,
    `packets ${status.packets}`,
    `CLTUs ${status.cltus}`,
    `commands ${status.commandsAccepted}`,
    `refused ${status.commandsRefused}`,
    `events ${status.events}`,
    ...(status.resets > 0 ? [`resets ${status.resets}`] : []),
    ...(status.slippedUs > 0 ? [`${spanText(status.slippedUs)} given up: the host is too slow`] : []),
  ].join(', ');
