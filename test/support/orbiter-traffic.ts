// A run of the orbiter with traffic of every kind, as a function of time alone: good and bad commands, floods, garbage,
// frames in and out of sequence, segments. Whoever goes on from any instant sends the same.
import { pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { segment, splitIntoSegments } from '../../src/ccsds/tc-frame/segment.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { Random } from '../../src/kernel/random.ts';
import { load, save } from '../../src/kernel/snapshot.ts';
import { cltuOf, orbiterTopology, telecommandOf } from './orbiter-bench.ts';

export const TRAFFIC_END_US = 3_000_000;
const STEP_US = 10_000;

export const trafficGraph = (seed: string, freeze = false): Graph =>
  new Graph(
    orbiterTopology({
      clock: { driftPpm: 12, jumps: [{ atUs: 1_500_000, byUs: 40_000 }] },
      path: { receive: { lossRatio: 0.1, bitErrorRatio: 1e-4, jitterUs: 30_000, delayUs: 1000 } },
    }),
    { seed, freeze, onFault: 'reset' },
  );

const packets = [
  telecommandOf('connectionTest.AreYouAlive'),
  telecommandOf('dispatcher.Noop'),
  telecommandOf('housekeeping.OneShot', { structures: [{ sid: 1 }, { sid: 3 }] }),
  telecommandOf('housekeeping.SetInterval', { settings: [{ sid: 1, interval: 3 }] }),
  telecommandOf('parameters.ReportParameters', { parameters: [{ id: 0x0600 }, { id: 0x0d00 }] }),
  telecommandOf('eventLog.DisableReports', { events: [{ event: 0x0801 }] }),
  telecommandOf('eventLog.EnableReports', { events: [{ event: 0x0801 }] }),
  telecommandOf('timekeeper.AdjustRate', { rate: 500 }),
  telecommandOf('connectionTest.TestConnection', { apid: 9 }),
  { ...telecommandOf('dispatcher.Noop'), service: 77 },
];

/** What arrives in one step of the run. */
const arrivals = (step: number): Uint8Array[] => {
  const chance = new Random(`traffic ${step}`);
  const some = Array.from({ length: chance.below(4) }, (_, n) => {
    const packet = { ...packets[chance.below(packets.length)]!, count: (step * 4 + n) % 16_384 };
    return pusTelecommand.encode(packet);
  });
  const units = some.map((octets) =>
    chance.below(3) === 0
      ? cltuOf(octets, 'AD', chance.below(4) === 0 ? chance.below(256) : step & 255)
      : cltuOf(octets),
  );
  if (step % 50 === 7)
    units.push(cltuOf(Uint8Array.of(0), 'BC'), cltuOf(Uint8Array.of(0x82, 0, (step + 1) & 255), 'BC'));
  if (step % 20 === 3) {
    const long = pusTelecommand.encode({ ...telecommandOf('dispatcher.Noop'), data: new Uint8Array(90) });
    units.push(
      ...splitIntoSegments(long, 1, 30)
        .slice(chance.below(2))
        .map((s) => cltuOf(segment.encode(s), 'BD', 0, 1)),
    );
  }
  if (chance.below(5) === 0) units.push(Uint8Array.from({ length: chance.below(80) }, () => chance.below(256)));
  return units;
};

/** Runs on to an instant; the traffic of every whole step on the way is sent when the step begins. */
export const runTraffic = (graph: Graph, untilUs: number): void => {
  let step = Math.floor(graph.kernel.now / STEP_US) + 1;
  for (; step * STEP_US <= untilUs; step++) {
    graph.runUntil(step * STEP_US);
    const all = arrivals(step);
    for (const payload of all)
      graph.kernel.input({ time: graph.kernel.now + 1, instance: 'radio', port: 'in.fromSpace', payload });
  }
  graph.runUntil(untilUs);
};

export const trafficDigest = (graph: Graph): string => `${graph.kernel.digest.hex} after ${graph.kernel.deliveries}`;

/** The digest at the end of a run of that seed. */
export const wholeTraffic = (seed: string): string => {
  const graph = trafficGraph(seed);
  runTraffic(graph, TRAFFIC_END_US);
  return trafficDigest(graph);
};

/** The same of a run that is saved and loaded into a fresh graph at each of so many instants. */
export const restoredTraffic = (seed: string, chance: Random, restores: number): string => {
  const instants = Array.from({ length: restores }, () => chance.below(TRAFFIC_END_US)).sort((a, b) => a - b);
  let graph = trafficGraph(seed);
  for (const at of instants) {
    runTraffic(graph, at);
    const snapshot = save(graph);
    graph = trafficGraph(seed);
    load(graph, snapshot);
  }
  runTraffic(graph, TRAFFIC_END_US);
  return trafficDigest(graph);
};
