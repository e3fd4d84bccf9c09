// What the contract does not ask of every link: ports in use, peers that are slow, hostile or gone, units too long.
import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ReceiveBudget } from '../../../../src/devices/real/receive-budget.ts';
import { tcpClientByteLink, tcpServerByteLink } from '../../../../src/devices/real/tcp-byte-link.ts';
import { listenTcp } from '../../../../src/devices/real/tcp-port.ts';
import { udpByteLink } from '../../../../src/devices/real/udp-byte-link.ts';
import { bindUdp } from '../../../../src/devices/real/udp-port.ts';
import { hostUntil, liveLink } from '../../../support/link-graph.ts';

const address = '127.0.0.1';

describe('ports', () => {
  it('a UDP port in use is one line that names it and says what to do', async () => {
    const port = await bindUdp({ address, port: 0 });
    await expect(bindUdp({ address, port: port.port })).rejects.toThrow(
      `UDP port ${port.port} on 127.0.0.1 is in use: stop the program that holds it, or choose another port`,
    );
    port.close();
  });

  it('a TCP port in use is one line that names it and says what to do', async () => {
    const port = await listenTcp({ address, port: 0 });
    await expect(listenTcp({ address, port: port.port })).rejects.toThrow(
      `TCP port ${port.port} on 127.0.0.1 is in use: stop the program that holds it, or choose another port`,
    );
    port.close();
  });

  it('an address of another host is refused with what to do', async () => {
    await expect(bindUdp({ address: '192.0.2.1', port: 0 })).rejects.toThrow('choose one of its own');
  });
});

describe('receive budget', () => {
  it('takes a burst, then the rate, and never more', () => {
    let nowMs = 0;
    const budget = new ReceiveBudget({ unitsPerSecond: 100, octetsPerSecond: 1e9 }, () => nowMs);
    const takenNow = (): number => Array.from({ length: 200 }, () => budget.take(1)).filter(Boolean).length;
    expect(takenNow()).toBe(25);
    nowMs = 100;
    expect(takenNow()).toBe(10);
    nowMs = 100_000;
    expect(takenNow()).toBe(25);
  });

  it('counts octets as well as units, and tells a stream how long to wait', () => {
    let nowMs = 0;
    const budget = new ReceiveBudget({ unitsPerSecond: 1e9, octetsPerSecond: 1000 }, () => nowMs);
    expect([budget.take(200), budget.take(100), budget.take(50)]).toEqual([true, false, true]);
    expect(budget.owe(500)).toBe(500);
    nowMs = 600;
    expect(budget.owe(100)).toBe(0);
  });
});

describe('UDP byte link', () => {
  const opened = async (options: Parameters<typeof udpByteLink>[1] = {}) => {
    const port = await bindUdp({ address, port: 0 });
    const peer = createSocket('udp4');
    const heard: Uint8Array[] = [];
    peer.on('message', (message) => heard.push(new Uint8Array(message)));
    await new Promise<void>((resolve) => peer.bind(0, address, resolve));
    const live = liveLink(udpByteLink(port, options));
    const close = async (): Promise<void> => {
      await live.close();
      peer.close();
    };
    return { ...live, port, peer, heard, close };
  };

  it('answers the peer that spoke last when no remote is set, and drops and counts before', async () => {
    const { transmit, statuses, peer, port, received, heard, close } = await opened();
    transmit(Uint8Array.of(1));
    await hostUntil(() => statuses.at(-1)?.transmitDropped === 1);
    peer.send(Uint8Array.of(7), port.port, address);
    await hostUntil(() => received.length === 1);
    transmit(Uint8Array.of(2));
    await hostUntil(() => heard.length === 1);
    expect(heard).toEqual([Uint8Array.of(2)]);
    await close();
  });

  it('drops and counts units above its MTU in both directions, and takes the next', async () => {
    const { transmit, statuses, peer, port, received, heard, close } = await opened({ mtuOctets: 100 });
    peer.send(new Uint8Array(101), port.port, address);
    peer.send(new Uint8Array(100), port.port, address);
    await hostUntil(() => received.length === 1);
    transmit(new Uint8Array(101));
    transmit(new Uint8Array(100));
    await hostUntil(() => heard.length === 1);
    await hostUntil(() => statuses.at(-1)?.receiveDropped === 1 && statuses.at(-1)?.transmitDropped === 1);
    await close();
  });

  it('loses what has an impossible destination, and does not fail of it', async () => {
    const port = await bindUdp({ address, port: 0 });
    const live = liveLink(udpByteLink(port, { remote: { address, port: 0 } }));
    for (let i = 0; i < 5; i++) live.transmit(Uint8Array.of(i));
    await hostUntil(() => live.statuses.at(-1)?.transmitDropped === 5);
    expect(live.graph.find('link').resets).toBe(0);
    await live.close();
  });

  it('says that it is down when a reset has taken its socket', async () => {
    const port = await bindUdp({ address, port: 0 });
    port.close();
    const live = liveLink(udpByteLink(port, { remote: { address, port: 9 } }));
    live.transmit(Uint8Array.of(1));
    await hostUntil(() => live.statuses.at(-1)?.transmitDropped === 1);
    expect(live.statuses.at(-1)).toMatchObject({ state: 'down', reason: 'socket closed' });
    await live.close();
  });

  it('counts a flood instead of computing it, and says so no more than a few times a second', async () => {
    const budget = { unitsPerSecond: 40, octetsPerSecond: 1e6 };
    const { peer, port, received, statuses, close } = await opened({ budget });
    for (let i = 0; i < 300; i++) peer.send(Uint8Array.of(i & 255), port.port, address);
    await hostUntil(() => (statuses.at(-1)?.receiveDropped ?? 0) > 200);
    expect(received.length).toBeLessThan(60);
    expect(statuses.length).toBeLessThan(6);
    await close();
  });
});

describe('TCP byte link', () => {
  it('keeps no more for a peer that does not read than its bound, and stays responsive', async () => {
    const port = await listenTcp({ address, port: 0 });
    const live = liveLink(tcpServerByteLink(port, { maxUnsentOctets: 100_000 }));
    const peer = connect({ host: address, port: port.port }).on('error', () => undefined);
    peer.pause();
    await hostUntil(() => live.statuses.at(-1)?.state === 'up');
    const unit = new Uint8Array(60_000);
    let given = 0;
    while ((live.statuses.at(-1)?.transmitDropped ?? 0) === 0 && given < 1000) {
      live.transmit(unit);
      given++;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(live.statuses.at(-1)!.transmitDropped).toBeGreaterThan(0);
    peer.write(Uint8Array.of(1, 2, 3));
    await hostUntil(() => live.received.length > 0);
    await live.close();
    peer.destroy();
  });

  it('lets a peer go that reads nothing for too long', async () => {
    const port = await listenTcp({ address, port: 0 });
    const live = liveLink(tcpServerByteLink(port, { maxUnsentOctets: 8 << 20, stallMs: 60 }));
    const peer = connect({ host: address, port: port.port }).on('error', () => undefined);
    peer.pause();
    await hostUntil(() => live.statuses.at(-1)?.state === 'up');
    for (let i = 0; i < 60; i++) live.transmit(new Uint8Array(100_000));
    await hostUntil(() => live.statuses.at(-1)?.reason === 'peer closed');
    await live.close();
    peer.destroy();
  });

  it('gives a new connection the link of the old one', async () => {
    const port = await listenTcp({ address, port: 0 });
    const live = liveLink(tcpServerByteLink(port));
    const first = connect({ host: address, port: port.port }).on('error', () => undefined);
    let gone = false;
    first.on('close', () => {
      gone = true;
    });
    await hostUntil(() => live.statuses.at(-1)?.state === 'up');
    const heard: Uint8Array[] = [];
    const second = connect({ host: address, port: port.port }).on('data', (chunk) => heard.push(chunk));
    await hostUntil(() => gone);
    live.transmit(Uint8Array.of(5));
    await hostUntil(() => heard.length === 1);
    expect(live.statuses.at(-1)?.state).toBe('up');
    await live.close();
    second.destroy();
  });

  it('connects again when the server comes back, with growing pauses', async () => {
    const reserved = await listenTcp({ address, port: 0 });
    reserved.close();
    const live = liveLink(tcpClientByteLink({ address, port: reserved.port }, { backoff: { firstMs: 10, maxMs: 40 } }));
    await hostUntil(() => live.statuses.some(({ reason }) => reason === 'connection refused'));
    let peer: Socket | undefined;
    const server = createServer((socket) => {
      peer = socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(reserved.port, address, resolve));
    await hostUntil(() => live.statuses.at(-1)?.state === 'up' && peer !== undefined);
    peer!.destroy();
    await hostUntil(() => live.statuses.at(-1)?.reason === 'peer closed');
    await hostUntil(() => live.statuses.at(-1)?.state === 'up');
    peer!.write(Uint8Array.of(3));
    await hostUntil(() => live.received.length === 1);
    await live.close();
    server.close();
    peer!.destroy();
  });
});
