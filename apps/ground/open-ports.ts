// UDP ports for a verb: names become addresses, and a port that cannot be taken is one line that says what to do.
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
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

/**
 * The address that a UDP socket bound to `bound` sends to: of its own family, because the host drops the rest without a
 * word. A socket that listens everywhere in IPv6 reaches IPv4 as well.
 */
export const reachedFrom = async (verb: string, bound: string, host: string): Promise<string> => {
  const family = isIPv6(bound) ? 6 : 4;
  const found = await lookup(host, { family }).catch(() => undefined);
  // An address that is one already comes back as it is, of whichever family.
  if (found !== undefined && isIPv6(found.address) === isIPv6(bound)) return found.address;
  const other = await addressOf(verb, host);
  if (bound === '::') return `::ffff:${other}`;
  throw new UsageError(
    `${verb}: expected an IPv${family} address, as that of --bind, got '${host}': choose both of one kind`,
  );
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
