// A listening TCP socket, taken before the graph is built, so that a port in use is one clear line and not a dead link.
import { type AddressInfo, createServer, type Server } from 'node:net';
import { bindError, type Endpoint } from './bind-error.ts';

export interface TcpPort {
  readonly server: Server;
  readonly address: string;
  readonly port: number;
  readonly isOpen: () => boolean;
  /** Safe to call twice. */
  close(): void;
}

/** Rejects with a BindError when the port cannot be taken. */
export const listenTcp = (endpoint: Endpoint): Promise<TcpPort> =>
  new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true, keepAlive: true });
    let open = true;
    const failed = (error: NodeJS.ErrnoException): void => reject(bindError('TCP', endpoint, error));
    server.once('error', failed);
    server.listen({ host: endpoint.address, port: endpoint.port, exclusive: true }, () => {
      server.off('error', failed);
      const close = (): void => {
        if (open) server.close();
        open = false;
      };
      resolve({
        server,
        address: endpoint.address,
        port: (server.address() as AddressInfo).port,
        isOpen: () => open,
        close,
      });
    });
  });
