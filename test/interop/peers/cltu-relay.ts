// A relay on the way up, between mission control and spacecraft: it passes datagrams on and loses those it is told to.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export class CltuRelay {
  readonly #socket: Socket;
  readonly #toPort: number;
  #lose = 0;
  /** What came in, in order, lost or not. */
  readonly seen: Uint8Array[] = [];
  lost = 0;

  private constructor(socket: Socket, toPort: number) {
    this.#socket = socket;
    this.#toPort = toPort;
    socket.on('message', (datagram) => {
      this.seen.push(Uint8Array.from(datagram));
      if (this.#lose > 0) {
        this.#lose--;
        this.lost++;
      } else this.send(datagram);
    });
  }

  static async open(toPort: number): Promise<CltuRelay> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new CltuRelay(socket, toPort);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** The next `count` datagrams will be lost. */
  loseNext(count: number): void {
    this.#lose = count;
  }

  /** Puts a datagram of our own on the way up. */
  send(datagram: Uint8Array): void {
    this.#socket.send(datagram, this.#toPort, '127.0.0.1');
  }

  close(): void {
    this.#socket.close();
  }
}
