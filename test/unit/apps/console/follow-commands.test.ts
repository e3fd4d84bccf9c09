import { describe, expect, it } from 'vitest';
import { followCommands } from '../../../../apps/console/follow-commands.ts';
import { everyAcknowledgement } from '../../../../src/ccsds/pus/telecommand.ts';
import type { CommandRecord, Stage } from '../../../../src/ground/verification/command-record.ts';
import { consoleBench } from '../../../support/console-bench.ts';

const stages: readonly Stage[] = [
  { stage: 'queued', atUs: 0 },
  { stage: 'radiated', atUs: 0 },
  { stage: 'completed', atUs: 100 },
  { stage: 'acknowledged', atUs: 200 },
];
const record = (count: number, changes: Partial<CommandRecord> = {}): CommandRecord => ({
  token: 1,
  name: 'beacon.SetRate',
  args: {},
  service: 'AD',
  requestId: 1,
  ack: everyAcknowledgement,
  status: count > 2 ? 'completed' : 'open',
  stages: stages.slice(0, count),
  newest: stages[count - 1]!,
  ...changes,
});

const follow = (everyStage = false) => {
  const { desk, printed, graph } = consoleBench();
  return { commands: followCommands(desk, everyStage), printed, graph };
};

describe('commands on their way', () => {
  it('are open until they are settled', () => {
    const { commands } = follow();
    for (const [count, open] of [
      [1, 1],
      [2, 1],
      [3, 0],
    ] as const) {
      commands.take(record(count));
      expect(commands.open).toHaveLength(open);
    }
  });

  it('are printed once, with the acknowledgement that comes behind the last report', () => {
    const { commands, printed, graph } = follow();
    commands.take(record(3));
    expect(printed).toEqual([]);
    commands.take(record(4));
    expect(printed.join(' ')).toMatch(/completed after 0 ms .*acknowledged/);
    const lines = printed.length;
    graph.kernel.runFor(1_000_000);
    const own = printed.filter((line) => line.includes('SetRate'));
    expect(printed.length - lines).toBe(printed.slice(lines).filter((line) => !line.includes('SetRate')).length);
    expect(own).toHaveLength(1);
  });

  it('are printed without it when it does not come', () => {
    const { commands, printed, graph } = follow();
    commands.take(record(3));
    graph.kernel.runFor(1_000_000);
    expect(printed.filter((line) => line.includes('SetRate'))).toHaveLength(1);
  });

  it('print what comes later as one line', () => {
    const { commands, printed } = follow();
    commands.take(record(4));
    printed.length = 0;
    commands.take(record(4, { newest: { stage: 'progress', atUs: 300, detail: 'late' } }));
    expect(printed).toEqual(['00:00:00.000 #1 beacon.SetRate: progress (late)']);
  });

  it('are a line a stage for a log', () => {
    const { commands, printed } = follow(true);
    for (const count of [1, 2, 3, 4]) commands.take(record(count));
    expect(printed.map((line) => line.slice(line.lastIndexOf(':') + 2))).toEqual([
      'queued',
      'radiated',
      'completed',
      'acknowledged',
    ]);
  });

  it('that bypass FOP-1 wait for no acknowledgement', () => {
    const { commands, printed } = follow();
    commands.take(record(3, { service: 'BD' }));
    expect(printed).not.toEqual([]);
  });
});
