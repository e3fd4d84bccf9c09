// A byte link over UDP: one unit is one datagram. Loss, duplication and reordering are the network's to add.
import type { RemoteInfo } from 'node:dgram';
import { ByteLink } from '../../hal/byte-link.ts';
import { driver } from '../../kernel/component.ts';
import type { Endpoint } from './bind-error.ts';
import { LinkReporter } from './link-reporter.ts';
import { type BudgetOptions, defaultBudget, ReceiveBudget } from './receive-budget.ts';
import type { UdpPort } from './udp-port.ts';

export interface UdpLinkOptions {
  /** Where units go. Left out, they go to the peer that spoke last, and are dropped before one has spoken. */
  readonly remote?: Endpoint;
  /** Longer units are dropped in either direction. */
  readonly mtuOctets?: number;
  readonly budget?: BudgetOptions;
}

/** The largest payload of an IPv4 datagram. */
const MAX_DATAGRAM_OCTETS = 65_507;
/** Datagrams handed to the host and not yet taken by it; beyond it the newest is dropped. */
const MAX_UNSENT = 1024;

/** Detaching closes the socket of `port`. */
export const udpByteLink = (port: UdpPort, options: UdpLinkOptions = {}) =>
  driver(ByteLink, ({ in: i, out }) => {
    const { mtuOctets = MAX_DATAGRAM_OCTETS, budget = defaultBudget } = options;
    const { socket } = port;
    const reporter = new LinkReporter(out.status);
    const allowed = new ReceiveBudget(budget);
    let remote = options.remote;
    let unsent = 0;

    const arrived = (message: Uint8Array, from: RemoteInfo): void => {
      if (options.remote === undefined) remote = { address: from.address, port: from.port };
      if (message.length > mtuOctets || !allowed.take(message.length)) reporter.dropReceive();
      else out.received(new Uint8Array(message));
    };
    const sent = (error: Error | null): void => {
      unsent--;
      if (error !== null) reporter.dropTransmit();
    };
    const transmit = (unit: Uint8Array): void => {
      if (remote === undefined || unit.length > mtuOctets || unsent >= MAX_UNSENT || !port.isOpen()) {
        reporter.dropTransmit();
        return;
      }
      unsent++;
      try {
        socket.send(unit, remote.port, remote.address, sent);
      } catch (error) {
        // An address or a port that cannot be: lost like any unit that the network does not carry.
        sent(error as Error);
      }
    };

    socket.on('message', arrived);
    socket.on('error', () => reporter.become('down', 'socket error'));
    const sending = i.transmit.subscribe(transmit);
    // Attached again after a reset, the port that the reset has closed stays closed.
    if (port.isOpen()) reporter.become('up', 'listening');
    else reporter.become('down', 'socket closed');
    return () => {
      sending.unsubscribe();
      reporter.close();
      socket.removeAllListeners('message');
      port.close();
    };
  });
