// Opens the ground's end of the link and sits down at it.
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { attend } from '../ground/attend.ts';
import { liveGround } from '../ground/live-ground.ts';
import { missionNowUs } from '../ground/mission-now.ts';
import { addressOf, openUdp } from '../ground/open-ports.ts';
import { UsageError } from '../usage-error.ts';
import type { ConsoleVerbOptions } from './register.ts';

/** Returns the exit code, when its user has left or its script has run. */
export const runConsoleVerb = async (options: ConsoleVerbOptions): Promise<number> => {
  const { connect, tcHost = connect, tcPort, bind, tmPort, speed, seed } = options;
  const { lightTime: lightTimeUs, bitRate: uplinkBitRateBps } = options;
  if (speed === Infinity)
    throw new UsageError('console: --speed: expected a number: sockets have no time of their own');
  const remote = { address: await addressOf('console', tcHost), port: tcPort };
  const port = await openUdp('console', '--tm-port', bind, tmPort);
  const ground = liveGround({
    link: udpByteLink(port, { remote }),
    dictionary: orbiterDictionary,
    epochUs: missionNowUs(),
    lightTimeUs,
    uplinkBitRateBps,
    seed: `${seed}/ground`,
    speed,
  });
  const words = `CLTUs to UDP ${remote.address}:${tcPort}, frames on UDP ${port.address}:${port.port}`;
  try {
    return await attend({ ground, words, runs: [], lightTimeUs, ...options });
  } finally {
    ground.close();
  }
};
