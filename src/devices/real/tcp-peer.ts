// One TCP connection as a peer that may be slow or hostile: what it does not read is bounded and then dropped, what it
// sends above the budget is not read until the budget allows, and one that reads nothing at all is let go.
import type { Socket } from 'node:net';
import type { LinkReporter } from './link-reporter.ts';
import type { ReceiveBudget } from './receive-budget.ts';

export interface PeerOptions {
  /** Octets waiting for a peer that does not read; a unit that does not fit whole is dropped. */
  readonly maxUnsentOctets: number;
  /** A peer that reads nothing for so long while octets wait is disconnected. */
  readonly stallMs: number;
}

export const defaultPeer: PeerOptions = { maxUnsentOctets: 1 << 20, stallMs: 30_000 };

export class TcpPeer {
  readonly socket: Socket;
  readonly #options: PeerOptions;
  readonly #reporter: LinkReporter;
  #resume: NodeJS.Timeout | undefined;

  constructor(
    socket: Socket,
    options: PeerOptions,
    reporter: LinkReporter,
    budget: ReceiveBudget,
    received: (octets: Uint8Array) => void,
  ) {
    this.socket = socket;
    this.#options = options;
    this.#reporter = reporter;
    socket.on('data', (chunk: Uint8Array) => {
      received(new Uint8Array(chunk));
      this.#rest(budget.owe(chunk.length));
    });
    // A failure is followed by 'close', where the link decides what comes next.
    socket.on('error', () => undefined);
    socket.on('timeout', () => {
      if (socket.connecting || socket.writableLength > 0) socket.destroy();
    });
    socket.on('close', () => clearTimeout(this.#resume));
    socket.setTimeout(options.stallMs);
  }

  send(unit: Uint8Array): void {
    const { socket } = this;
    if (!socket.writable || socket.writableLength + unit.length > this.#options.maxUnsentOctets)
      this.#reporter.dropTransmit();
    else socket.write(unit);
  }

  close(): void {
    this.socket.destroy();
  }

  #rest(pauseMs: number): void {
    if (pauseMs < 1) return;
    this.socket.pause();
    clearTimeout(this.#resume);
    this.#resume = setTimeout(() => this.socket.resume(), pauseMs);
  }
}
