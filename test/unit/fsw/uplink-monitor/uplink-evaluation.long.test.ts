// The evaluation of the uplink monitor on seeds and weeks that nothing was trained or tuned on: event-wise, raw scores,
// and beside it half-space trees over the same windows. Tuning looked at the seeds 'validation 1' to 'validation 3'
// only.
import { describe, expect, it } from 'vitest';
import { firstMonitorState, monitorOf, scoreCommand } from '../../../../src/fsw/uplink-monitor/monitor.ts';
import { neighbourModel } from '../../../../src/fsw/uplink-monitor/neighbours.ts';
import { passAt } from '../../../../src/fsw/uplink-monitor/policy.ts';
import { conformalThreshold } from '../../../../src/fsw/uplink-monitor/tail.ts';
import type { CommandStream } from '../../../../src/scenario/command-stream/stream.ts';
import { HalfSpaceTrees } from '../../../support/half-space-trees.ts';
import { type Alarms, alarmsOf, type EventReport, evaluate } from '../../../support/uplink-evaluation.ts';
import { missionPolicy } from '../../../support/uplink-policy.ts';
import { streamOf, trainFully } from '../../../support/uplink-training.ts';

const FIRST_WEEK = 104;
const WEEKS = 16;
const model = trainFully();
const monitor = monitorOf(missionPolicy, model);

const attacked = ['final 1', 'final 2', 'final 3', 'final 4'].map((seed) => streamOf(seed, FIRST_WEEK, WEEKS, 7));
const nominal = ['final 5', 'final 6', 'final 7', 'final 8'].map((seed) => streamOf(seed, FIRST_WEEK, WEEKS));

const sum = (reports: readonly EventReport[], of: (report: EventReport) => number): number =>
  reports.reduce((total, report) => total + of(report), 0);

const pooled = (reports: readonly EventReport[]) => {
  const trueAlarms = sum(reports, (r) => r.trueAlarms);
  return {
    precision: trueAlarms / (trueAlarms + sum(reports, (r) => r.falseAlarms)),
    recall: sum(reports, (r) => r.detected) / sum(reports, (r) => r.attacks),
  };
};

const kindsOf = (
  reports: readonly EventReport[],
): Record<string, { detected: number; all: number; items: number[] }> => {
  const kinds: Record<string, { detected: number; all: number; items: number[] }> = {};
  for (const report of reports)
    for (const [kind, { detected, all, medianItems }] of Object.entries(report.kinds)) {
      const entry = kinds[kind] ?? { detected: 0, all: 0, items: [] };
      kinds[kind] = { detected: entry.detected + detected, all: entry.all + all, items: [...entry.items, medianItems] };
    }
  return kinds;
};

/** The vectors of the last half hour, raw, one a command. */
const vectorsOf = (stream: CommandStream): (Float64Array | undefined)[] => {
  const plain = { ...model, neighbours: neighbourModel([], 1, 0) };
  const bare = monitorOf(missionPolicy, plain);
  const state = firstMonitorState();
  return stream.items.map((item) => {
    const symbol = item.type === 'command' ? bare.symbolOf.get(item.opcode) : undefined;
    if (item.type === 'reject' || symbol === undefined) return undefined;
    const pass = passAt(stream, item.station, item.atUs, missionPolicy.passMarginUs);
    scoreCommand(bare, state, item, symbol, pass);
    return state.vector.slice();
  });
};

/** Half-space trees with the same promise of false alarms, learnt and calibrated on the same nominal weeks. */
const trees = (): ((stream: CommandStream) => Alarms) => {
  const learnt = vectorsOf(streamOf('training', 0, 52)).flatMap((each) => each ?? []);
  const forest = new HalfSpaceTrees('baseline', learnt);
  const calibration = streamOf('training', 52, 52);
  const days = new Map<number, number>();
  vectorsOf(calibration).forEach((vector, at) => {
    if (vector === undefined) return;
    const day = Math.floor(calibration.items[at]!.atUs / 86_400_000_000);
    days.set(day, Math.max(days.get(day) ?? -Infinity, forest.score(vector)));
  });
  const { threshold } = conformalThreshold([...days.values()], 0.022);
  return (stream) =>
    vectorsOf(stream).map((each) => (each !== undefined && forest.score(each) > threshold ? 'trees' : undefined));
};

describe('uplink monitor on held-out streams', () => {
  const reports = attacked.map((stream) => evaluate(stream, alarmsOf(monitor, stream)));
  const quiet = nominal.map((stream) => evaluate(stream, alarmsOf(monitor, stream)));
  const { precision, recall } = pooled(reports);
  const kinds = kindsOf(reports);

  it('UPM-03 keeps a precision of 0.95 at a recall of 0.90, raw and event-wise', () => {
    console.info(JSON.stringify({ precision, recall, kinds, falseReasons: reports.flatMap((r) => r.falseReasons) }));
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });

  it('UPM-02 has at most one false alarm in thirty nominal days', () => {
    const days = sum(quiet, (report) => report.nominalDays);
    const alarms = sum(quiet, (report) => report.falseAlarms);
    console.info(JSON.stringify({ alarms, days, reasons: quiet.flatMap((r) => r.falseReasons), hold: model.hold }));
    expect(alarms / days).toBeLessThanOrEqual(1 / 30);
  });

  it('UPM-01 finds every attack that breaks a rule, and a burst within some commands', () => {
    for (const kind of ['wrong station', 'foreign role', 'critical with one authorisation', 'replay flood'])
      expect(kinds[kind]?.detected, kind).toBe(kinds[kind]?.all);
    expect(Math.max(...kinds.burst!.items)).toBeLessThanOrEqual(6);
  });

  it('UPM-03 finds more than half-space trees with the same promise', () => {
    const alarms = trees();
    const baseline = pooled(attacked.map((stream) => evaluate(stream, alarms(stream))));
    console.info(JSON.stringify({ baseline }));
    expect(baseline.recall).toBeLessThan(recall - 0.2);
  });
});
