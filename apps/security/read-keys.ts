// Reads what `--keys` names. A mistake is one line and the exit code 2, before any port is opened: nothing ever runs in
// clear because its keys could not be read. What was read is overwritten as soon as the handles are made.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { LinkSecurity } from '../../src/ccsds/sdls/link-security.ts';
import { hexOctets } from '../../src/codec/hex.ts';
import { downlink, SPACECRAFT_ID, uplink } from '../../src/orbiter/tables.ts';
import { hostReason, UsageError } from '../usage-error.ts';
import { type Channels, type DescribedKey, KEY_OCTETS, KeyFileError, parseKeyFile } from './key-file.ts';
import { type End, secureEnd } from './secure-end.ts';

export const missionChannels: Channels = {
  uplink: uplink.virtualChannels.map(({ id }) => id),
  segmented: uplink.virtualChannels.filter(({ segmented }) => segmented).map(({ id }) => id),
  downlink: [downlink.packetChannel, downlink.idleChannel],
};

const MOST_FILE_OCTETS = 65_536;

const octetsOf = async (file: string): Promise<Buffer> => {
  const octets = await readFile(file);
  if (octets.length <= MOST_FILE_OCTETS) return octets;
  throw new KeyFileError(`expected at most ${MOST_FILE_OCTETS} octets, got ${octets.length}`);
};

const keyOctets = async ({ id, source }: DescribedKey, folder: string): Promise<Uint8Array> => {
  if ('hex' in source) return hexOctets(source.hex);
  const read = await octetsOf(resolve(folder, source.file));
  const octets = Uint8Array.from(read);
  read.fill(0);
  if (octets.length === KEY_OCTETS) return octets;
  octets.fill(0);
  throw new KeyFileError(`key ${id}: expected a file of ${KEY_OCTETS} octets, got ${octets.length}`);
};

/** The link security of each end that is asked for. Throws a UsageError that names the file and shows no key. */
export const readKeys = async <E extends End>(
  verb: string,
  path: string,
  ends: readonly E[],
): Promise<Readonly<Record<E, LinkSecurity>>> => {
  const keys = new Map<number, Uint8Array>();
  try {
    const text = await octetsOf(path);
    const described = parseKeyFile(text.toString('utf8'), missionChannels);
    text.fill(0);
    for (const key of described.keys) keys.set(key.id, await keyOctets(key, dirname(path)));
    const made = ends.map((end) => [end, secureEnd(end, SPACECRAFT_ID, described.associations, keys)] as const);
    return Object.fromEntries(made) as Record<E, LinkSecurity>;
  } catch (error) {
    const reason = error instanceof KeyFileError ? `'${path}': ${error.message}` : hostReason(error);
    if (reason === undefined) throw error;
    throw new UsageError(`${verb}: --keys: ${reason}`);
  } finally {
    for (const octets of keys.values()) octets.fill(0);
  }
};

/** What a greeting says of it. */
export const securityWords = (security: LinkSecurity | undefined): string => {
  if (security === undefined)
    return 'link security: none, a bench in clear mode where anyone may command (--keys FILE secures it)';
  const of = (frame: string): string =>
    security.associations
      .filter(({ association }) => association.channel.frame === frame)
      .map(({ association: { spi, channel } }) => `${spi} (virtual channel ${channel.virtualChannelId})`)
      .join(', ');
  return `link security: secured, uplink associations ${of('TC')}; downlink associations ${of('TM')}`;
};
