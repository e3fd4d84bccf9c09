// Two graphs on two kernels in one process, the orbiter and the ground, joined only by UDP datagrams on the loopback
// interface: what works here works with the halves in two processes, or with one of them replaced by somebody else's.
import { nodeHost } from '../../src/devices/real/host.ts';
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { type Pacing, pace } from '../../src/kernel/pace.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import type { Speed } from '../console/desk.ts';
import { attend } from '../ground/attend.ts';
import { liveGround } from '../ground/live-ground.ts';
import { missionNowUs } from '../ground/mission-now.ts';
import { openUdp } from '../ground/open-ports.ts';
import type { GroundVerbOptions } from '../ground/options.ts';
import { KEPT_INPUTS } from '../live-run.ts';
import { orbiterOnLinks } from '../orbiter/compose.ts';
import { readKeys, securityWords } from '../security/read-keys.ts';

const openPorts = async ({ bind, tcPort, tmPort }: GroundVerbOptions) => {
  const tc = await openUdp('start', '--tc-port', bind, tcPort);
  try {
    return { tc, tm: await openUdp('start', '--tm-port', bind, tmPort) };
  } catch (error) {
    tc.close();
    throw error;
  }
};

/** Whoever listens everywhere is reached on the loopback interface. */
const reached = (address: string): string => {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
};

/** Two kernels, one pace. */
const both = (orbiter: Pacing, ground: Pacing): Speed => ({
  get speed() {
    return ground.speed;
  },
  setSpeed: (factor) => {
    orbiter.setSpeed(factor);
    ground.setSpeed(factor);
  },
});

/** Returns the exit code, when the run has ended. */
export const runStart = async (options: GroundVerbOptions): Promise<number> => {
  const { lightTime: lightTimeUs, speed, seed, bitRate: uplinkBitRateBps } = options;
  const keys = options.keys === undefined ? undefined : await readKeys('start', options.keys, ['orbiter', 'ground']);
  const { tc, tm } = await openPorts(options);
  const host = nodeHost();
  const epochUs = missionNowUs();
  const remote = { address: reached(tm.address), port: tm.port };
  const page = orbiterOnLinks({ uplink: udpByteLink(tc, { remote }), lightTimeUs, epochUs, security: keys?.orbiter });
  const ground = liveGround({
    link: udpByteLink(tm, { remote: { address: reached(tc.address), port: tc.port } }),
    dictionary: orbiterDictionary,
    epochUs,
    lightTimeUs,
    uplinkBitRateBps,
    seed: `${seed}/ground`,
    speed,
    security: keys?.ground,
  });
  const orbiter = new Graph(page, { seed, host, onFault: 'reset', maxInputs: KEPT_INPUTS });
  const pacing: Pacing = pace(orbiter, { speed });
  try {
    return await attend({
      ground,
      words: `CLTUs on UDP ${tc.address}:${tc.port}, frames on UDP ${tm.address}:${tm.port}`,
      runs: [pacing],
      pacing: both(pacing, ground.pacing),
      lightTimeUs,
      security: securityWords(keys?.ground),
      ...options,
    });
  } finally {
    ground.close();
    pacing.stop();
    orbiter.close();
  }
};
