// UDP ports for a verb: names become addresses, and a port that cannot be taken is one line that says what to do.
import { lookup } from 'node:dns/promises';
import { BindError } from '../../src/devices/real/bind-error.ts';
import { bindUdp, type UdpPort } from '../../src/devices/real/udp-port.ts';
import { UsageError } from '../usage-error.ts';

/** The numeric address of a host name or address. */
export const addressOf = async (verb: string, host: string): Promise<string> => {
  try {
    return (await lookup(host)).address;
  } catch {
    throw new UsageError(`${verb}: expected a host name or address that can be found, got '${host}'`);
  }
};

/** `option` is the option of the verb that names the port. */
export const openUdp = async (verb: string, option: string, host: string, port: number): Promise<UdpPort> => {
  const address = await addressOf(verb, host);
  try {
    return await bindUdp({ address, port });
  } catch (error) {
    if (error instanceof BindError) throw new UsageError(`${verb}: ${error.message} (${option})`);
    throw error;
  }
};
