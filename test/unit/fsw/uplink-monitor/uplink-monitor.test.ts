import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uplinkMonitor } from '../../../../src/fsw/uplink-monitor/behaviour.ts';
import { type Assessed, UplinkMonitor } from '../../../../src/fsw/uplink-monitor/declaration.ts';
import { octetsOf, untrained } from '../../../../src/fsw/uplink-monitor/model.ts';
import {
  assessCommand,
  assessReject,
  explain,
  firstMonitorState,
  monitorOf,
} from '../../../../src/fsw/uplink-monitor/monitor.ts';
import type { ObservedCommand } from '../../../../src/fsw/uplink-monitor/observed.ts';
import type { RuleName } from '../../../../src/fsw/uplink-monitor/policy.ts';
import { commandNamed } from '../../../../src/scenario/command-stream/catalogue.ts';
import { componentBench } from '../../../support/component-bench.ts';
import { alarmsOf, evaluate } from '../../../support/uplink-evaluation.ts';
import { missionPolicy } from '../../../support/uplink-policy.ts';
import { streamOf, trainQuickly } from '../../../support/uplink-training.ts';

const HOUR_US = 3_600_000_000;
const calendar = { passes: [{ station: 0, fromUs: 0, toUs: 8 * HOUR_US }], plan: [] };
const rules = monitorOf(missionPolicy, untrained(missionPolicy));
const model = trainQuickly();
const trained = monitorOf(missionPolicy, model);

const command = (name: string, other: Partial<ObservedCommand> = {}): ObservedCommand => {
  const { opcode, args } = commandNamed(name);
  const atUs = other.atUs ?? HOUR_US;
  const usual = { atUs, opcode, args: args.map(({ least }) => least), role: 0, station: 0, mode: 1, authorisations: 1 };
  return { ...usual, executeUs: atUs, ...other };
};

const ruleOf = (...commands: ObservedCommand[]): RuleName | undefined => {
  const state = firstMonitorState();
  return commands.map((each) => assessCommand(rules, calendar, state, each).rule).at(-1);
};

describe('uplink monitor: hard rules', () => {
  const cases: readonly [RuleName | undefined, ...ObservedCommand[]][] = [
    [undefined, command('alive')],
    ['unknown command', command('alive', { opcode: 999 })],
    ['role', command('keyInventory')],
    ['role', command('alive', { role: 200 })],
    ['mode', command('burn', { role: 4, authorisations: 2 })],
    ['no pass', command('alive', { station: 1 })],
    ['no pass', command('alive', { atUs: 9 * HOUR_US })],
    [undefined, command('alive', { atUs: 8 * HOUR_US + 60_000_000 })],
    ['authorisation', command('format', { role: 4 })],
    [undefined, command('format', { role: 4, authorisations: 2 })],
    ['argument', command('setRate', { args: [8] })],
    ['argument', command('setRate', { args: [] })],
    ['argument', command('setRate', { args: [Number.NaN] })],
    ['time tag', command('alive', { executeUs: HOUR_US + 1 })],
    ['time tag', command('setRate', { executeUs: HOUR_US - 1 })],
    [undefined, command('setRate', { executeUs: HOUR_US + 48 * HOUR_US })],
    ['time tag', command('setRate', { executeUs: HOUR_US + 73 * HOUR_US })],
    ['forbidden pair', command('adjustClock'), command('burn', { role: 4, mode: 2, authorisations: 2 })],
    ['rate', ...Array.from({ length: 21 }, () => command('alive'))],
    [undefined, ...Array.from({ length: 20 }, () => command('alive'))],
  ];
  it.each(cases)('UPM-01 %s', (wanted, ...commands) => {
    expect(ruleOf(...commands)).toBe(wanted);
  });

  it('UPM-01 locks at a second violation within an hour', () => {
    const state = firstMonitorState();
    const ask = (atUs: number) => assessCommand(rules, calendar, state, command('keyInventory', { atUs })).verdict;
    expect([ask(HOUR_US), ask(HOUR_US + 10), ask(3 * HOUR_US)]).toEqual(['hold', 'lock', 'hold']);
  });
});

describe('uplink monitor: verdicts', () => {
  it('UPM-02 UPM-03 passes nominal weeks, finds most attacks in others, and explains each alarm', () => {
    const quiet = streamOf('fast nominal', 26, 4);
    expect(alarmsOf(trained, quiet).filter((reason) => reason !== undefined).length).toBeLessThanOrEqual(6);
    const attacked = streamOf('fast attacks', 26, 4, 7);
    const report = evaluate(attacked, alarmsOf(trained, attacked));
    expect(report.recall).toBeGreaterThan(0.7);
    expect(report.precision).toBeGreaterThan(0.75);
    const state = firstMonitorState();
    const why = attacked.items.flatMap((item) => {
      if (item.type === 'reject') return [];
      const assessment = assessCommand(trained, attacked, state, item);
      return assessment.verdict === 'pass' ? [] : [explain(state, assessment)];
    });
    for (const each of why) expect(each).toMatch(/^(hold|lock): (rule '|[a-z ]+, one nominal day in \d+; )/);
  });

  it('UPM-04 refused frames throttle their channel and change no judgement of commands', () => {
    const stream = streamOf('noise', 26, 1, 7);
    const commands = stream.items.flatMap((item) => (item.type === 'command' ? [item] : []));
    const judge = (noise: boolean): unknown[] => {
      const state = firstMonitorState();
      return commands.map((each) => {
        if (noise) for (let i = 0; i < 5; i++) assessReject(trained, state, { atUs: each.atUs, channel: 1 });
        return [assessCommand(trained, stream, state, each), [...state.raw]];
      });
    };
    expect(judge(true)).toEqual(judge(false));
    const state = firstMonitorState();
    const flood = Array.from({ length: 40 }, (_, i) => assessReject(trained, state, { atUs: i, channel: 1 }).throttle);
    expect(flood.filter(Boolean).length).toBeGreaterThan(0);
    expect(assessReject(trained, state, { atUs: 41, channel: 0 })).toEqual({ throttle: false, sum: 1 });
  });

  it('UPM-05 passes an announced activity without a score, and no broken rule', () => {
    const { opcode } = commandNamed('heater');
    const plan = [{ fromUs: 0, toUs: 2 * HOUR_US, role: 0, allowances: [{ opcode, count: 1 }] }];
    const state = firstMonitorState();
    const ask = (each: ObservedCommand) => assessCommand(trained, { ...calendar, plan }, state, each);
    expect(ask(command('heater'))).toMatchObject({ verdict: 'pass', announced: true, score: 0 });
    expect(ask(command('heater', { atUs: HOUR_US + 1 })).announced).toBe(false);
    expect(ask(command('heater', { atUs: HOUR_US + 2, args: [99, 0] })).rule).toBe('argument');
  });

  it('UPM-07 leaves safe mode to the rules', () => {
    const state = firstMonitorState();
    for (let i = 0; i < 20; i++) {
      const each = command('loadSwitch', { atUs: HOUR_US + i * 10_000_000, mode: 0, args: [i, 0] });
      expect(assessCommand(trained, calendar, state, each)).toMatchObject({ verdict: 'pass', score: 0 });
    }
  });
});

describe('uplink monitor: bounds', () => {
  const anyNumber = fc.oneof(fc.integer({ min: -5, max: 300 }), fc.double(), fc.maxSafeInteger());
  const any = fc.record({
    atUs: fc.oneof(fc.integer({ min: 0, max: 1e15 }), fc.double()),
    opcode: fc.oneof(fc.constantFrom(...missionPolicy.commands.map(({ opcode }) => opcode)), anyNumber),
    args: fc.array(anyNumber, { maxLength: 6 }),
    role: anyNumber,
    station: anyNumber,
    mode: anyNumber,
    authorisations: anyNumber,
    executeUs: anyNumber,
  });

  it('UPM-06 throws on nothing, and is the same for the same commands', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), fc.array(anyNumber, { maxLength: 10 }), (commands, channels) => {
        const judge = () => {
          const state = firstMonitorState();
          for (const channel of channels) assessReject(trained, state, { atUs: 0, channel });
          return [commands.map((each) => assessCommand(trained, calendar, state, each)), octetsOf(state)];
        };
        const once = judge();
        expect(judge()).toEqual(once);
        expect(once[1]).toBe(octetsOf(firstMonitorState()));
      }),
      { numRuns: 60 },
    );
  });

  it('UPM-06 keeps model and state within 2 MB', () => {
    expect(octetsOf(model) + octetsOf(firstMonitorState())).toBeLessThan(2_000_000);
  });
});

describe('uplink monitor: component', () => {
  it('UPM-02 UPM-03 UPM-04 tells verdicts, events and throttles, and counts them', () => {
    const bench = componentBench(uplinkMonitor({ policy: missionPolicy, model, calendar }));
    bench.send('command', command('alive'));
    bench.send('command', command('keyInventory'));
    bench.send('command', command('keyInventory'));
    for (let i = 0; i < 30; i++) bench.send('reject', { atUs: HOUR_US + i, channel: 3 });
    expect(bench.out<Assessed>('assessed').map(({ assessment }) => assessment.verdict)).toEqual([
      'pass',
      'hold',
      'lock',
    ]);
    expect(bench.told.slice(0, 2)).toEqual(['Held', 'Locked']);
    expect(bench.eventArgs[0]).toMatchObject({ cause: 'role', role: 0, why: "hold: rule 'role'" });
    expect(bench.out('throttle')[0]).toEqual({ channel: 3 });
    expect(UplinkMonitor.shape.inlets.reject.full).toBe('dropNewest');
  });
});
