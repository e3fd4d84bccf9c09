// Opens the ground's end of the link and sits down at it.
import { tcpClientByteLink } from '../../src/devices/real/tcp-byte-link.ts';
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { attend } from '../ground/attend.ts';
import { type LiveGroundOptions, liveGround } from '../ground/live-ground.ts';
import { missionNowUs } from '../ground/mission-now.ts';
import { addressOf, openUdp, reachedFrom } from '../ground/open-ports.ts';
import { readKeys, securityWords } from '../security/read-keys.ts';
import { UsageError } from '../usage-error.ts';
import type { ConsoleVerbOptions } from './options.ts';

type Links = Pick<LiveGroundOptions, 'link' | 'downlink' | 'units'>;

interface Opened extends Links {
  /** For the greeting: where it listens and sends. */
  readonly words: string;
}

/** `host` is where CLTUs go. */
const openDatagrams = async ({ bind, tmPort, tcPort }: ConsoleVerbOptions, host: string): Promise<Opened> => {
  const address = await reachedFrom('console', await addressOf('console', bind), host);
  const port = await openUdp('console', '--tm-port', bind, tmPort);
  const words = `CLTUs to UDP ${address}:${tcPort}, frames on UDP ${port.address}:${port.port}`;
  return { link: udpByteLink(port, { remote: { address, port: tcPort } }), words };
};

const openStreams = async (options: ConsoleVerbOptions, host: string): Promise<Opened> => {
  const { connect, tcPort, tmPort } = options;
  if (tmPort === 0) throw new UsageError('console: --tm-port: expected the port of the orbiter, got 0');
  const address = await addressOf('console', host);
  const orbiter = await addressOf('console', connect);
  return {
    link: tcpClientByteLink({ address, port: tcPort }),
    downlink: tcpClientByteLink({ address: orbiter, port: tmPort }),
    units: 'stream',
    words: `CLTUs to TCP ${address}:${tcPort}, frames from TCP ${orbiter}:${tmPort}`,
  };
};

/** Returns the exit code, when its user has left or its script has run. */
export const runConsoleVerb = async (options: ConsoleVerbOptions): Promise<number> => {
  const { connect, tcHost = connect, speed, seed, lightTime: lightTimeUs, bitRate: uplinkBitRateBps } = options;
  if (options.tcPort === 0) throw new UsageError('console: --tc-port: expected the port of the orbiter, got 0');
  const keys = options.keys === undefined ? undefined : await readKeys('console', options.keys, ['ground']);
  const { words, ...links } = await (options.tcp ? openStreams : openDatagrams)(options, tcHost);
  const ground = liveGround({
    ...links,
    dictionary: orbiterDictionary,
    epochUs: missionNowUs(),
    lightTimeUs,
    uplinkBitRateBps,
    seed: `${seed}/ground`,
    speed,
    security: keys?.ground,
  });
  try {
    return await attend({ ground, words, runs: [], lightTimeUs, security: securityWords(keys?.ground), ...options });
  } finally {
    ground.close();
  }
};
