// What one command costs the uplink monitor, with all scorers on: at most 50 us and 2 MB of model and state. The
// reference is as many multiplications and additions as the nearest of 512 references takes at most.
import { octetsOf } from '../../src/fsw/uplink-monitor/model.ts';
import { assessCommand, firstMonitorState, monitorOf } from '../../src/fsw/uplink-monitor/monitor.ts';
import { missionPolicy } from '../support/uplink-policy.ts';
import { streamOf, trainQuickly } from '../support/uplink-training.ts';
import { type Bench, figure, perSecond } from './figure.ts';

const model = trainQuickly();
const monitor = monitorOf(missionPolicy, model);
const stream = streamOf('bench', 26, 8);
const commands = stream.items.flatMap((item) => (item.type === 'command' ? [item] : []));

const assessAll = (): number => {
  const state = firstMonitorState();
  let passed = 0;
  for (const command of commands) if (assessCommand(monitor, stream, state, command).verdict === 'pass') passed++;
  if (passed < commands.length * 0.9) throw new Error(`bench: ${passed} of ${commands.length} passed`);
  return commands.length;
};

const { references, length } = model.neighbours;
const vector = new Float64Array(length).fill(0.5);

const distances = (): number => {
  let nearest = Infinity;
  for (let round = 0; round < 1000; round++)
    for (let at = 0; at < references.length; at += length) {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += (vector[i]! - references[at + i]!) ** 2;
      nearest = Math.min(nearest, sum);
    }
  if (!(nearest > 0)) throw new Error('bench: a reference lies on the vector');
  return 1000;
};

export const bench: Bench = () => {
  const octets = octetsOf(model) + octetsOf(firstMonitorState());
  return [
    figure({
      name: 'uplink monitor/commands assessed',
      unit: 'commands/s',
      ours: perSecond(assessAll, 3),
      against: 'distances to all references',
      reference: perSecond(distances, 3),
      goal: 20_000,
    }),
    figure({
      name: 'uplink monitor/model and state that fit 2 MB',
      unit: 'times',
      ours: 2_000_000 / octets,
      against: 'once',
      reference: 1,
      goal: 1,
    }),
  ];
};
