// Runs the orbiter in real time on the host's sockets, with a status line and a clean end on Ctrl-C.
import { once } from 'node:events';
import { linkSecurityMode } from '../../src/ccsds/sdls/link-security.ts';
import { BindError } from '../../src/devices/real/bind-error.ts';
import { nodeHost } from '../../src/devices/real/host.ts';
import { tcpServerByteLink } from '../../src/devices/real/tcp-byte-link.ts';
import { listenTcp, type TcpPort } from '../../src/devices/real/tcp-port.ts';
import { udpByteLink } from '../../src/devices/real/udp-byte-link.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { type Pacing, pace } from '../../src/kernel/pace.ts';
import { lightTimeText } from '../console/time-text.ts';
import { endingSignals } from '../ending-signals.ts';
import { missionNowUs } from '../ground/mission-now.ts';
import { addressOf, openUdp as openPort, reachedFrom } from '../ground/open-ports.ts';
import { KEPT_INPUTS } from '../live-run.ts';
import { readKeys, securityWords } from '../security/read-keys.ts';
import { UsageError } from '../usage-error.ts';
import { type ComposeOptions, orbiterOnLinks } from './compose.ts';
import type { OrbiterVerbOptions } from './options.ts';
import { orbiterStatus, statusLine } from './status.ts';

type Links = Pick<ComposeOptions, 'uplink' | 'downlink' | 'units'>;

interface Opened extends Links {
  /** For the first line: where it listens and sends. */
  readonly words: string;
}

const openUdp = async ({ bind, tcPort, tmHost, tmPort }: OrbiterVerbOptions): Promise<Opened> => {
  if (tmPort === 0) throw new UsageError('orbiter: --tm-port: expected the port of the ground, got 0');
  const bound = await addressOf('orbiter', bind);
  const remote = { address: await reachedFrom('orbiter', bound, tmHost), port: tmPort };
  const port = await openPort('orbiter', '--tc-port', bind, tcPort);
  const uplink = udpByteLink(port, { remote });
  return { uplink, units: 'datagram', words: `CLTUs on UDP ${bind}:${port.port}, frames to UDP ${tmHost}:${tmPort}` };
};

/** A port that cannot be taken is a mistake of whoever chose it. */
const listen = async (option: string, address: string, port: number): Promise<TcpPort> => {
  try {
    return await listenTcp({ address, port });
  } catch (error) {
    if (error instanceof BindError) throw new UsageError(`orbiter: ${error.message} (${option})`);
    throw error;
  }
};

const openTcp = async ({ bind, tcPort, tmPort }: OrbiterVerbOptions): Promise<Opened> => {
  const address = await addressOf('orbiter', bind);
  const tc = await listen('--tc-port', address, tcPort);
  const tm = await listen('--tm-port', address, tmPort).catch((error: unknown) => {
    tc.close();
    throw error;
  });
  return {
    uplink: tcpServerByteLink(tc),
    downlink: tcpServerByteLink(tm),
    units: 'stream',
    words: `CLTUs on TCP ${bind}:${tc.port}, frames on TCP ${bind}:${tm.port}`,
  };
};

const STATUS_EVERY_MS = 1000;
const QUIET_STATUS_EVERY_MS = 10_000;

/** Lets a status line follow the run until it ends: on a terminal in one place, else now and then. */
const follow = (graph: Graph, pacing: Pacing, json: boolean): { readonly stop: () => void } => {
  const inPlace = process.stdout.isTTY === true && !json;
  const print = (): void => {
    const status = orbiterStatus(graph, pacing);
    if (json) process.stdout.write(`${JSON.stringify(status)}\n`);
    else
      process.stdout.write(
        inPlace ? `\r\x1b[K${statusLine(status).slice(0, process.stdout.columns - 1)}` : `${statusLine(status)}\n`,
      );
  };
  const timer = setInterval(print, inPlace || json ? STATUS_EVERY_MS : QUIET_STATUS_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      print();
      if (inPlace) process.stdout.write('\n');
    },
  };
};

/** Returns the exit code, when the run has been stopped. */
export const runOrbiter = async (options: OrbiterVerbOptions): Promise<number> => {
  const keys = options.keys === undefined ? undefined : await readKeys('orbiter', options.keys, ['orbiter']);
  const security = keys?.orbiter;
  const linkSecurity = linkSecurityMode(security);
  const { words, ...links } = await (options.tcp ? openTcp(options) : openUdp(options));
  const { lightTime: lightTimeUs, seed, speed, epoch, bch, tcRandomized: randomized = false } = options;
  const epochUs = epoch === undefined ? missionNowUs() : epoch * 1e6;
  const page = orbiterOnLinks({ ...links, lightTimeUs, epochUs, coding: { bch, randomized }, security });
  const host = nodeHost();
  const graph = new Graph(page, { seed, host, onFault: 'reset', maxInputs: KEPT_INPUTS });
  const pacing = pace(graph, { host, speed });
  const how = `seed ${seed}, speed ${speed === Infinity ? 'max' : speed}, ${lightTimeText(lightTimeUs)}`;
  // Before the first word: whoever has read it may end the run.
  const ending = new AbortController();
  const signals = endingSignals.map((signal) => once(process, signal, { signal: ending.signal }));
  if (options.json)
    process.stdout.write(`${JSON.stringify({ listening: words, seed, speed, lightTimeUs, epochUs, linkSecurity })}\n`);
  else process.stdout.write(`orbiter: ${words}; ${how}; Ctrl-C ends it\norbiter: ${securityWords(security)}\n`);
  const status = follow(graph, pacing, options.json === true);
  try {
    await Promise.race([pacing.done, ...signals]);
  } finally {
    ending.abort();
    await Promise.allSettled(signals);
    pacing.stop();
    status.stop();
    graph.close();
  }
  return 0;
};
