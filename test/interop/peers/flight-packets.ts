// Telemetry packets as the orbiter's own software writes them: half a minute of flight with some commands, one of which
// is refused. Time packets are left out: they have no secondary header.
import { orbiterBench } from '../../support/orbiter-bench.ts';

export const flightPackets = (): readonly Uint8Array[] => {
  const bench = orbiterBench({ seed: 'flight packets' });
  const packets: Uint8Array[] = [];
  bench.graph.tap(bench.ports.packetizer.out.packet, (packet) => packets.push(packet.slice()));
  bench.run(1_000_000);
  bench.command('connectionTest.AreYouAlive');
  bench.command('connectionTest.TestConnection', { apid: 500 });
  bench.command('housekeeping.ReportStructures', { structures: [{ sid: 1 }, { sid: 3 }] });
  bench.command('frames.SetTimeReportRate', { exponent: 2 });
  bench.run(30_000_000);
  return packets;
};
