// The contract of byte links against every twin: a simulated path in virtual time, real loopback sockets for the rest.
import { createSocket } from 'node:dgram';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tcpClientByteLink, tcpServerByteLink } from '../../src/devices/real/tcp-byte-link.ts';
import { listenTcp } from '../../src/devices/real/tcp-port.ts';
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { bindUdp } from '../../src/devices/real/udp-port.ts';
import { simulatedByteLink } from '../../src/devices/sim/byte-link.ts';
import type { LinkStatus } from '../../src/hal/byte-link.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { instance, topology } from '../../src/kernel/topology.ts';
import { hostUntil, liveLink } from '../support/link-graph.ts';
import { byteLinkContract, type LinkBench } from './byte-link.ts';

const loopback = '127.0.0.1';

const openSimulated = async (): Promise<LinkBench> => {
  const page = topology(
    { link: instance(simulatedByteLink({ transmit: { delayUs: 2_000 } }), { base: 0 }) },
    () => ({}),
  );
  const graph = new Graph(page, { seed: 'contract', freeze: true });
  const { link } = page.ports('');
  const received: Uint8Array[] = [];
  const peerReceived: Uint8Array[] = [];
  const statuses: LinkStatus[] = [];
  graph.tap(link.out.received, (octets) => received.push(octets));
  graph.tap(link.out.toSpace, (octets) => peerReceived.push(octets));
  graph.tap(link.out.status, (status) => statuses.push(status));
  return {
    received,
    peerReceived,
    statuses,
    transmit: (octets) => graph.inject(link.in.transmit, octets),
    peerSends: (octets) => graph.inject(link.in.fromSpace, octets.slice()),
    until: async (holds) => {
      for (let i = 0; i < 100 && !holds(); i++) graph.kernel.runFor(1_000);
      if (!holds()) throw new Error('did not hold within 100 ms of the run');
    },
    close: async () => graph.close(),
  };
};

const openUdp = async (): Promise<LinkBench> => {
  const peer = createSocket('udp4');
  const peerReceived: Uint8Array[] = [];
  peer.on('message', (message) => peerReceived.push(new Uint8Array(message)));
  await new Promise<void>((resolve) => peer.bind(0, loopback, resolve));
  const port = await bindUdp({ address: loopback, port: 0 });
  const live = liveLink(udpByteLink(port, { remote: { address: loopback, port: peer.address().port } }));
  let open = true;
  return {
    ...live,
    peerReceived,
    peerSends: (octets) => peer.send(octets, port.port, loopback),
    until: (holds) => hostUntil(holds),
    close: async () => {
      await live.close();
      if (open) peer.close();
      open = false;
    },
    portIsFree: async () => (await bindUdp({ address: loopback, port: port.port })).close(),
  };
};

const collecting = (socket: Socket, into: Uint8Array[]): Socket =>
  socket.on('data', (chunk) => into.push(new Uint8Array(chunk))).on('error', () => undefined);

const openTcpServer = async (): Promise<LinkBench> => {
  const port = await listenTcp({ address: loopback, port: 0 });
  const live = liveLink(tcpServerByteLink(port));
  const peerReceived: Uint8Array[] = [];
  const peer = collecting(connect({ host: loopback, port: port.port, noDelay: true }), peerReceived);
  await hostUntil(() => live.statuses.some(({ state }) => state === 'up'), 'the connection');
  return {
    ...live,
    peerReceived,
    peerSends: (octets) => void peer.write(octets),
    until: (holds) => hostUntil(holds),
    close: async () => {
      await live.close();
      peer.destroy();
    },
    portIsFree: async () => (await listenTcp({ address: loopback, port: port.port })).close(),
  };
};

const openTcpClient = async (): Promise<LinkBench> => {
  const peerReceived: Uint8Array[] = [];
  let peer: Socket | undefined;
  const server = createServer((socket) => {
    peer = collecting(socket, peerReceived);
  });
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  const { port } = server.address() as AddressInfo;
  const live = liveLink(tcpClientByteLink({ address: loopback, port }));
  await hostUntil(() => live.statuses.some(({ state }) => state === 'up') && peer !== undefined, 'the connection');
  return {
    ...live,
    peerReceived,
    peerSends: (octets) => void peer?.write(octets),
    until: (holds) => hostUntil(holds),
    close: async () => {
      await live.close();
      peer?.destroy();
      server.close();
    },
  };
};

byteLinkContract({ name: 'simulated', boundaries: true, open: openSimulated });
byteLinkContract({ name: 'UDP', boundaries: true, open: openUdp });
byteLinkContract({ name: 'TCP server', boundaries: false, open: openTcpServer });
byteLinkContract({ name: 'TCP client', boundaries: false, open: openTcpClient });
