// Speed of the orbiter as a whole, in virtual time: from CLTU to executed command to telemetry frame, and at rest.
import { decodeCltu, encodeCltu } from '../../src/ccsds/cltu/cltu.ts';
import { pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { pusTelemetry } from '../../src/ccsds/pus/telemetry.ts';
import { delimitTcFrames } from '../../src/ccsds/tc-frame/delimit.ts';
import { tcFrame } from '../../src/ccsds/tc-frame/tc-frame.ts';
import { cuc42 } from '../../src/ccsds/time-code/cuc-4-2.ts';
import { TmFrameFiller } from '../../src/ccsds/tm-frame/tm-frame-filler.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { type BenchOptions, cltuOf, orbiterTopology, telecommandOf } from '../support/orbiter-bench.ts';
import { securedEnd } from '../support/secured-ends.ts';
import { securedSender } from '../support/secured-sender.ts';
import { type Bench, figure, perSecond } from './figure.ts';

const COMMANDS = 8_000;
/** Between two commands: as many as eight frames each tick can report on. */
const EVERY_US = 1_600;

const packets = Array.from({ length: COMMANDS }, (_, n) =>
  pusTelecommand.encode(telecommandOf('connectionTest.AreYouAlive', {}, n % 16_384)),
);

const cltus = packets.map((packet) => cltuOf(packet));

const sealed = (): Uint8Array[] => {
  const seal = securedSender();
  return packets.map((packet) => encodeCltu(seal(packet)));
};
const securedCltus = sealed();

/** Every command comes in by itself, asks for all reports, and causes one of its own. Returns those executed. */
const commands = (digest: boolean, secured = false): number => {
  const page = orbiterTopology(secured ? { security: securedEnd('orbiter') } : {});
  const graph = new Graph(page, { seed: 'bench', digest });
  const ports = page.ports('');
  let frames = 0;
  graph.tap(ports.radio.out.toSpace, () => {
    frames += 1;
  });
  graph.runUntil(50_000);
  for (const payload of secured ? securedCltus : cltus) {
    graph.kernel.input({ time: graph.kernel.now + 1, instance: 'radio', port: 'in.fromSpace', payload });
    graph.runUntil(graph.kernel.now + EVERY_US);
  }
  graph.runUntil(graph.kernel.now + 2_000_000);
  const done = graph.find('dispatcher').readings.get('completed')!() as number;
  if (done !== COMMANDS || frames === 0) throw new Error(`chain: expected ${COMMANDS} commands, got ${done}`);
  return done;
};

const frameCodec = tcFrame({ spacecraftId: 42, virtualChannels: [0, 1] });
const telemetry = pusTelemetry(6);

/** The octets' share of the same work, without a graph: decoders, four reports, frames of telemetry. */
const codecsAlone = (): number => {
  const filler = new TmFrameFiller({
    spacecraftId: 42,
    lengthOctets: 1115,
    fecf: true,
    ocf: true,
    virtualChannels: [0],
    idleVirtualChannel: 7,
    bounds: { packets: 4096, octets: 1 << 20 },
  });
  const data = new Uint8Array(4);
  let octets = 0;
  for (const cltu of cltus) {
    const unit = decodeCltu(cltu);
    const frame = unit.ok ? frameCodec.decode(delimitTcFrames(unit.value.data)[0]!) : unit;
    const packet = frame.ok ? pusTelecommand.decode(frame.value.data) : frame;
    if (!packet.ok) throw new Error(packet.reason);
    const { apid, count, service } = packet.value;
    const header = { apid, count, timeStatus: 0, service, messageCount: count, destinationId: 0 };
    for (let subtype = 1; subtype <= 4; subtype++)
      filler.offer(0, telemetry.encode({ ...header, subtype, time: cuc42(2e15 + count), data }));
    while (filler.pendingOctets() >= 1101) octets += filler.nextFrame(0).length;
  }
  if (octets === 0) throw new Error('chain: expected frames, got none');
  return COMMANDS;
};

const SECONDS = 600;

const everyGroupTenHz = { rateTenHz: 100_000, rateOneHz: 100_000, rateTenthHz: 100_000 };

/** Simulated seconds of an orbiter that has nothing to do but its own work, with these rate groups. */
const atRest = (options: BenchOptions): number => {
  const graph = new Graph(orbiterTopology(options), { seed: 'bench' });
  graph.runUntil(SECONDS * 1_000_000);
  return SECONDS;
};

export const bench: Bench = () => {
  const alone = perSecond(codecsAlone);
  const off = perSecond(() => commands(false));
  const on = perSecond(() => commands(true));
  const secured = perSecond(() => commands(true, true));
  return [
    figure({
      name: 'orbiter/commands/digest off',
      unit: 'commands/s',
      ours: off,
      against: 'the codecs alone',
      reference: alone,
      goal: 20_000,
    }),
    figure({
      name: 'orbiter/commands/digest on',
      unit: 'commands/s',
      ours: on,
      against: 'the codecs alone',
      reference: alone,
      goal: 20_000,
    }),
    figure({
      name: 'orbiter/commands/link secured both ways',
      unit: 'commands/s',
      ours: secured,
      against: 'the same in clear mode',
      reference: on,
      // Security may add half to the cost of the chain.
      goal: on / 1.5,
    }),
    figure({
      name: 'orbiter/at rest, every rate group at 10 Hz',
      unit: 'times real time',
      ours: perSecond(() => atRest({ periodsUs: everyGroupTenHz })),
      against: 'real time',
      reference: 1,
      goal: 1000,
    }),
    figure({
      name: 'orbiter/at rest, rate groups of the mission',
      unit: 'times real time',
      ours: perSecond(() => atRest({})),
      against: 'real time',
      reference: 1,
      goal: 1000,
    }),
  ];
};
