// The orbiter in real time on real sockets: CLTUs in by one UDP port, TM frames out to another.

import { nodeHost } from '../../../src/devices/real/host.ts';
import { udpByteLink } from '../../../src/devices/real/udp-byte-link.ts';
import { bindUdp } from '../../../src/devices/real/udp-port.ts';
import { simulatedByteLink } from '../../../src/devices/sim/byte-link.ts';
import { oscillator } from '../../../src/devices/sim/oscillator.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { pace } from '../../../src/kernel/pace.ts';
import { compose, edge, instance, topology } from '../../../src/kernel/topology.ts';
import { orbiter } from '../../../src/orbiter/topology.ts';

export interface LiveOrbiter {
  readonly cltuPort: number;
  /** The value of a channel, by instance and name, as the flight software has it. */
  channel(instance: string, name: string): unknown;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

export const startOrbiter = async (framePort: number): Promise<LiveOrbiter> => {
  const port = await bindUdp({ address: HOST, port: 0 });
  const cltuPort = port.port;
  const space = orbiter({ radio: simulatedByteLink(), oscillator: oscillator() });
  const socket = udpByteLink(port, { remote: { address: HOST, port: framePort } });
  const path = topology({ socket: instance(socket, { base: 0x7f00 }) }, () => ({}));
  const page = compose({ space, path }, ({ space, path }) => ({
    antenna: [
      edge(space.radio.out.toSpace, path.socket.in.transmit),
      edge(path.socket.out.received, space.radio.in.fromSpace),
    ],
  }));
  const graph = new Graph(page, { seed: 'interop', host: nodeHost() });
  const pacing = pace(graph);
  return {
    cltuPort,
    channel: (name, channel) => graph.find(`space/${name}`).readings.get(channel)?.(),
    stop: async () => {
      graph.close();
      pacing.stop();
      await pacing.done;
    },
  };
};
