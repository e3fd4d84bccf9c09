// A byte link over TCP, as the side that listens and as the side that connects. A stream: units lose their boundaries.
// One peer at a time: a new connection takes over from the old, because a peer whose host has vanished looks alive.
import { connect } from 'node:net';
import { ByteLink } from '../../hal/byte-link.ts';
import { driver } from '../../kernel/component.ts';
import type { Endpoint } from './bind-error.ts';
import { LinkReporter } from './link-reporter.ts';
import { type BudgetOptions, defaultBudget, ReceiveBudget } from './receive-budget.ts';
import { defaultPeer, type PeerOptions, TcpPeer } from './tcp-peer.ts';
import type { TcpPort } from './tcp-port.ts';

export interface TcpLinkOptions extends Partial<PeerOptions> {
  readonly budget?: BudgetOptions;
}

/** The wait before a new attempt doubles from the first to the second and stays there. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

const defaultBackoff: Backoff = { firstMs: 250, maxMs: 10_000 };

const peerOptions = ({ maxUnsentOctets, stallMs }: TcpLinkOptions): PeerOptions => ({
  maxUnsentOctets: maxUnsentOctets ?? defaultPeer.maxUnsentOctets,
  stallMs: stallMs ?? defaultPeer.stallMs,
});

/** Detaching closes the connection and the listening socket of `port`. */
export const tcpServerByteLink = (port: TcpPort, options: TcpLinkOptions = {}) =>
  driver(ByteLink, ({ in: i, out }) => {
    const { server } = port;
    const reporter = new LinkReporter(out.status);
    const allowed = new ReceiveBudget(options.budget ?? defaultBudget);
    let peer: TcpPeer | undefined;

    server.on('connection', (socket) => {
      peer?.close();
      const accepted = new TcpPeer(socket, peerOptions(options), reporter, allowed, out.received);
      peer = accepted;
      reporter.become('up', 'connected');
      socket.on('close', () => {
        if (peer !== accepted) return;
        peer = undefined;
        reporter.become('down', 'peer closed');
      });
    });
    const sending = i.transmit.subscribe((unit) => {
      if (peer === undefined) reporter.dropTransmit();
      else peer.send(unit);
    });
    // Attached again after a reset, the port that the reset has closed stays closed.
    reporter.become('down', port.isOpen() ? 'listening' : 'socket closed');
    return () => {
      sending.unsubscribe();
      server.removeAllListeners('connection');
      port.close();
      const last = peer;
      peer = undefined;
      last?.close();
      reporter.close();
    };
  });

/** Connects, and connects again for as long as it is attached. Units given while it is down are dropped and counted. */
export const tcpClientByteLink = (remote: Endpoint, options: TcpLinkOptions & { readonly backoff?: Backoff } = {}) =>
  driver(ByteLink, ({ in: i, out }) => {
    const { backoff = defaultBackoff } = options;
    const reporter = new LinkReporter(out.status);
    const allowed = new ReceiveBudget(options.budget ?? defaultBudget);
    let peer: TcpPeer | undefined;
    let connected = false;
    let waitMs = backoff.firstMs;
    let retry: NodeJS.Timeout | undefined;
    let attached = true;

    const open = (): void => {
      const socket = connect({ host: remote.address, port: remote.port, noDelay: true, keepAlive: true });
      const made = new TcpPeer(socket, peerOptions(options), reporter, allowed, out.received);
      peer = made;
      connected = false;
      socket.on('connect', () => {
        connected = true;
        waitMs = backoff.firstMs;
        reporter.become('up', 'connected');
      });
      socket.on('close', () => {
        if (!attached) return;
        reporter.become('down', connected ? 'peer closed' : 'connection refused');
        connected = false;
        retry = setTimeout(open, waitMs);
        waitMs = Math.min(waitMs * 2, backoff.maxMs);
      });
    };
    const sending = i.transmit.subscribe((unit) => {
      if (connected && peer !== undefined) peer.send(unit);
      else reporter.dropTransmit();
    });
    reporter.become('down', 'connecting');
    open();
    return () => {
      attached = false;
      sending.unsubscribe();
      clearTimeout(retry);
      peer?.close();
      reporter.close();
    };
  });
