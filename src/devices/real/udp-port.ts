// A bound UDP socket, taken before the graph is built, so that a port in use is one clear line and not a dead link.
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { bindError, type Endpoint } from './bind-error.ts';

export interface UdpPort {
  readonly socket: Socket;
  readonly address: string;
  readonly port: number;
  readonly isOpen: () => boolean;
  /** Safe to call twice. */
  close(): void;
}

/** Asked of the host for bursts; it may grant less. */
const SOCKET_BUFFER_OCTETS = 1 << 20;

/** Rejects with a BindError when the port cannot be taken. */
export const bindUdp = (endpoint: Endpoint): Promise<UdpPort> =>
  new Promise((resolve, reject) => {
    const socket = createSocket({
      type: isIPv6(endpoint.address) ? 'udp6' : 'udp4',
      recvBufferSize: SOCKET_BUFFER_OCTETS,
    });
    let open = true;
    const failed = (error: NodeJS.ErrnoException): void => {
      socket.close();
      reject(bindError('UDP', endpoint, error));
    };
    socket.once('error', failed);
    socket.bind({ ...endpoint, exclusive: true }, () => {
      socket.off('error', failed);
      const close = (): void => {
        if (open) socket.close();
        open = false;
      };
      resolve({ socket, address: endpoint.address, port: socket.address().port, isOpen: () => open, close });
    });
  });
