// Speed of the orbiter as a whole, in virtual time: from CLTU to executed command to telemetry frame, and at rest.
import { pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { Graph } from '../../src/kernel/graph.ts';
import { cltuOf, orbiterTopology, telecommandOf } from '../support/orbiter-bench.ts';
import { type Bench, figure, perSecond } from './figure.ts';

const COMMANDS = 8_000;
/** Between two commands: as many as eight frames each tick can report on. */
const EVERY_US = 1_600;

const cltus = Array.from({ length: COMMANDS }, (_, n) =>
  cltuOf(pusTelecommand.encode(telecommandOf('connectionTest.AreYouAlive', {}, n % 16_384))),
);

/** Every command comes in by itself, asks for all reports, and causes one of its own. Returns those executed. */
const commands = (digest: boolean): number => {
  const page = orbiterTopology();
  const graph = new Graph(page, { seed: 'bench', digest });
  const ports = page.ports('');
  let frames = 0;
  graph.tap(ports.radio.out.toSpace, () => {
    frames += 1;
  });
  graph.runUntil(50_000);
  for (const payload of cltus) {
    graph.kernel.input({ time: graph.kernel.now + 1, instance: 'radio', port: 'in.fromSpace', payload });
    graph.runUntil(graph.kernel.now + EVERY_US);
  }
  graph.runUntil(graph.kernel.now + 2_000_000);
  const done = graph.find('dispatcher').readings.get('completed')!() as number;
  if (done !== COMMANDS || frames === 0) throw new Error(`chain: expected ${COMMANDS} commands, got ${done}`);
  return done;
};

const SECONDS = 600;

/** Simulated seconds of an orbiter that has nothing to do but its own work. */
const atRest = (): number => {
  const graph = new Graph(orbiterTopology(), { seed: 'bench' });
  graph.runUntil(SECONDS * 1_000_000);
  return SECONDS;
};

export const bench: Bench = () => {
  const off = perSecond(() => commands(false));
  const on = perSecond(() => commands(true));
  return [
    figure({
      name: 'orbiter/commands/digest off',
      unit: 'commands/s',
      ours: off,
      against: 'the goal',
      reference: 20_000,
      goal: 20_000,
    }),
    figure({
      name: 'orbiter/commands/digest on',
      unit: 'commands/s',
      ours: on,
      against: 'digest off',
      reference: off,
      goal: 20_000,
    }),
    figure({
      name: 'orbiter/at rest',
      unit: 'times real time',
      ours: perSecond(atRest),
      against: 'real time',
      reference: 1,
      goal: 1000,
    }),
  ];
};
