// Ports that nobody uses: asked of the host all at once, so that no two are the same, and given back.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** `count` numbers that are free for UDP and for TCP on the loopback address. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const open = [];
  while (open.filter(({ free }) => free).length < count) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const socket = createSocket('udp4').bind(port, '127.0.0.1');
    const free = await Promise.race([
      once(socket, 'listening').then(() => true),
      once(socket, 'error').then(() => false),
    ]);
    open.push({ server, socket, port, free });
  }
  for (const { server, socket, free } of open) {
    server.close();
    if (free) socket.close();
  }
  return open.filter(({ free }) => free).map(({ port }) => port);
};
