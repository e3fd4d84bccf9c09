// The orbiter alone, in virtual time: telecommands go in as CLTUs, frames come out and are taken apart to packets.
// The link loses nothing, so that packets are cut from the data fields of virtual channel 0 as they follow each other.
import { encodeCltu } from '../../src/ccsds/cltu/cltu.ts';
import { unpackClcw } from '../../src/ccsds/cop1/clcw.ts';
import { everyAcknowledgement, type PusTelecommand, pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { type PusTelemetry, pusTelemetry } from '../../src/ccsds/pus/telemetry.ts';
import { apidAt, packetLengthAt } from '../../src/ccsds/space-packet/space-packet.ts';
import { encodeTcFrame, type TcService } from '../../src/ccsds/tc-frame/tc-frame.ts';
import { tmFrame } from '../../src/ccsds/tm-frame/tm-frame.ts';
import { type SimulatedLinkOptions, simulatedByteLink } from '../../src/devices/sim/byte-link.ts';
import { type OscillatorFaults, oscillator } from '../../src/devices/sim/oscillator.ts';
import { encodeFields, type ValueRecord } from '../../src/dictionary/encode.ts';
import { Graph, type GraphOptions } from '../../src/kernel/graph.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { type OrbiterOptions, orbiter } from '../../src/orbiter/topology.ts';

export interface BenchOptions extends Partial<GraphOptions>, Omit<OrbiterOptions, 'radio' | 'oscillator'> {
  readonly clock?: Partial<OscillatorFaults>;
  /** What the way to the orbiter and back does to units. */
  readonly path?: SimulatedLinkOptions;
}

const frameCodec = tmFrame({ lengthOctets: 1115, fecf: true, ocf: true, spacecraftId: 42 });
const packetCodec = pusTelemetry(6);

export const orbiterTopology = ({ clock = {}, path = {}, ...options }: BenchOptions = {}) =>
  orbiter({ ...options, radio: simulatedByteLink(path), oscillator: oscillator(clock) });

/** The application data of a command of the dictionary, and the service that carries it. */
export const telecommandOf = (name: string, args: ValueRecord = {}, count = 0): PusTelecommand => {
  const entry = orbiterDictionary.commands.byName(name);
  if (entry === undefined) throw new Error(`expected a command, got ${name}`);
  const encoded = encodeFields(entry.fields, args);
  if (!encoded.ok) throw new Error(`${encoded.misfit.subject}: expected ${encoded.misfit.expected}`);
  const header = { apid: 101, count, acknowledge: everyAcknowledgement, sourceId: 0 };
  if (entry.standard) return { ...header, ...entry.standard, data: encoded.value };
  return { ...header, service: 8, subtype: 1, data: Uint8Array.of(entry.id >> 8, entry.id & 0xff, ...encoded.value) };
};

/** Several packets, or other octets, in one frame in one CLTU. */
export const cltuOf = (data: Uint8Array, service: TcService = 'BD', sequence = 0, virtualChannelId = 0): Uint8Array =>
  encodeCltu(encodeTcFrame({ service, spacecraftId: 42, virtualChannelId, sequence, data }));

/** Takes frames apart as they come. */
export const frameReader = () => {
  let zone = new Uint8Array(0);
  const packets: PusTelemetry[] = [];
  const times: Uint8Array[] = [];
  const clcws = new Map<number, number>();
  const counts = { frames: 0, idle: 0, idlePackets: 0, octets: 0 };
  const cut = (): void => {
    let at = 0;
    for (
      let length = packetLengthAt(zone, at);
      length > 0 && at + length <= zone.length;
      length = packetLengthAt(zone, at)
    ) {
      const octets = zone.slice(at, at + length);
      at += length;
      if (apidAt(octets) === 2047) counts.idlePackets++;
      else if (apidAt(octets) === 0) times.push(octets);
      else {
        const packet = packetCodec.decode(octets);
        if (!packet.ok) throw new Error(`packet: ${packet.reason}`);
        packets.push(packet.value);
      }
    }
    zone = zone.slice(at);
  };
  const take = (octets: Uint8Array): void => {
    const frame = frameCodec.decode(octets);
    if (!frame.ok) throw new Error(`frame: ${frame.reason}`);
    counts.frames++;
    counts.octets += octets.length;
    const word = unpackClcw(frame.value.ocf!);
    if (word.ok) clcws.set(word.value.virtualChannelId, frame.value.ocf!);
    if (frame.value.virtualChannelId === 7) counts.idle++;
    if (frame.value.virtualChannelId !== 0) return;
    zone = Uint8Array.of(...zone, ...frame.value.data);
    cut();
  };
  return { take, packets, times, clcws, counts };
};

export const orbiterBench = ({ seed = 'orbiter', ...options }: BenchOptions = {}) => {
  const page = orbiterTopology(options);
  const graph = new Graph(page, { freeze: true, ...options, seed });
  const ports = page.ports('');
  const reader = frameReader();
  graph.tap(ports.radio.out.toSpace, reader.take);
  let count = 0;
  const uplink = (octets: Uint8Array): void => void graph.inject(ports.radio.in.fromSpace, octets);
  /** A command by name, as a BD frame of its own. Returns its packet. */
  const command = (name: string, args: ValueRecord = {}): Uint8Array => {
    const packet = pusTelecommand.encode(telecommandOf(name, args, count++ % 16_384));
    uplink(cltuOf(packet));
    return packet;
  };
  const value = (channel: string): unknown => {
    const [instance, name] = channel.split('.') as [string, string];
    const reading = graph.find(instance).readings.get(name);
    if (reading === undefined) throw new Error(`expected a channel, got ${channel}`);
    return reading();
  };
  /** The kinds of report that came down, verification and events told apart: '1,1'. */
  const kinds = (services: readonly number[] = [1, 3, 5, 17, 20]): string[] =>
    reader.packets.filter(({ service }) => services.includes(service)).map((p) => `${p.service},${p.subtype}`);
  return { ...reader, graph, page, ports, uplink, command, value, kinds, run: (us: number) => graph.kernel.runFor(us) };
};
