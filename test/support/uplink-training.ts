// Nominal weeks of the generator as what a monitor is trained with: other weeks to learn, to calibrate, to set the
// threshold; attacks only ever in streams that are measured.

import type { UplinkModel } from '../../src/fsw/uplink-monitor/model.ts';
import type { NominalWeeks } from '../../src/fsw/uplink-monitor/observed.ts';
import { trainMonitor } from '../../src/fsw/uplink-monitor/train.ts';
import { commandStream } from '../../src/scenario/command-stream/command-stream.ts';
import type { CommandStream } from '../../src/scenario/command-stream/stream.ts';
import { byBeginning } from './uplink-evaluation.ts';
import { missionPolicy } from './uplink-policy.ts';

export const streamOf = (seed: string, firstWeek: number, weeks: number, attacksAWeek = 0): CommandStream => {
  const made = commandStream({ seed, firstWeek, weeks, attacksAWeek });
  return { ...made, plan: byBeginning(made.plan) };
};

const nominal = (firstWeek: number, weeks: number): NominalWeeks => streamOf('training', firstWeek, weeks);

/** Two years of nominal weeks: one to learn, half of one for the tails, half of one for the threshold. */
export const trainFully = (): UplinkModel =>
  trainMonitor({
    policy: missionPolicy,
    learn: nominal(0, 52),
    calibrate: nominal(52, 26),
    threshold: nominal(78, 26),
    falseAlarmsADay: 0.022,
    k: 1,
  });

/** A quick one for tests of a second. */
export const trainQuickly = (): UplinkModel =>
  trainMonitor({
    policy: missionPolicy,
    learn: nominal(0, 8),
    calibrate: nominal(8, 9),
    threshold: nominal(17, 9),
    falseAlarmsADay: 0.075,
    k: 1,
  });
