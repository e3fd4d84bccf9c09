// Training on the ground, from nominal weeks alone, with the code that flies: weeks to learn from, weeks to calibrate
// each scorer's tail, weeks for the threshold. No attack is seen here.
import { firstAllowances, isAnnounced } from './announced.ts';
import { firstArgumentState } from './argument-model.ts';
import { vectorLength } from './command-window.ts';
import { scorers, type UplinkModel, untrained } from './model.ts';
import { assessCommand, assessReject, firstMonitorState, type Monitor, monitorOf, scoreCommand } from './monitor.ts';
import { type NeighbourModel, neighbourModel } from './neighbours.ts';
import { bounds, type NominalWeeks, type ObservedCommand, type ObservedItem } from './observed.ts';
import { passAt, type UplinkPolicy } from './policy.ts';
import { conformalThreshold, fitTail } from './tail.ts';
import { averageRows, countBin, firstTimingState, visitTiming } from './timing-model.ts';
import { trainArguments } from './train-arguments.ts';
import { trainRates } from './train-rates.ts';
import { firstContexts, learn, pause, surprise } from './transition-table.ts';

export interface TrainingOptions {
  readonly policy: UplinkPolicy;
  readonly learn: NominalWeeks;
  readonly calibrate: NominalWeeks;
  readonly threshold: NominalWeeks;
  /** False alarms of commands a day that the threshold may promise; throttles get an eighth of it besides. */
  readonly falseAlarmsADay: number;
  readonly k: number;
}

const DAY_US = 86_400_000_000;
const SILENCE_US = 1_200_000_000;
const SPARE_BITS = 1;
/** What a kind that was hardly seen is taken to have. */
const RARE_BITS = 7;
const FEW = 2;

/** What the scorers will see: neither announced commands nor those of a mode that is not scored. */
const scoredItems = (policy: UplinkPolicy, weeks: NominalWeeks): ObservedItem[] => {
  const used = firstAllowances();
  return weeks.items.filter(
    (item) => item.type === 'reject' || (!policy.unscoredModes.includes(item.mode) && !isAnnounced(weeks, used, item)),
  );
};

/** Learns two thirds, measures the usual surprise on the last, then learns that too. */
const trainTransitions = (model: UplinkModel, symbolOf: Monitor['symbolOf'], commands: readonly ObservedCommand[]) => {
  const contexts = firstContexts(bounds.roles);
  const lastUs = new Float64Array(bounds.roles).fill(-Infinity);
  const sums = new Float64Array(bounds.roles * 2);
  const kinds = new Float64Array(bounds.symbols * 2);
  const measured = Math.floor((commands.length * 2) / 3);
  const walk = (part: readonly ObservedCommand[], take: (role: number, symbol: number) => void): void => {
    for (const { role, opcode, atUs } of part) {
      if (atUs - lastUs[role]! > SILENCE_US) pause(contexts, role);
      lastUs[role] = atUs;
      take(role, symbolOf.get(opcode)!);
    }
  };
  const learnOne = (role: number, symbol: number): void => learn(model.transitions, contexts, role, symbol);
  walk(commands.slice(0, measured), learnOne);
  walk(commands.slice(measured), (role, symbol) => {
    const bits = surprise(model.transitions, contexts, role, symbol);
    sums[role * 2]! += bits;
    sums[role * 2 + 1]!++;
    kinds[symbol * 2]! += bits;
    kinds[symbol * 2 + 1]!++;
  });
  walk(commands.slice(measured), learnOne);
  for (let role = 0; role < bounds.roles; role++)
    model.usualBits[role] = sums[role * 2]! / Math.max(1, sums[role * 2 + 1]!) + SPARE_BITS;
  for (let symbol = 0; symbol < bounds.symbols; symbol++)
    model.usualOfKind[symbol] = (kinds[symbol * 2]! + FEW * RARE_BITS) / (kinds[symbol * 2 + 1]! + FEW) + SPARE_BITS;
};

const trainTiming = (model: UplinkModel, symbolOf: Monitor['symbolOf'], commands: readonly ObservedCommand[]): void => {
  const state = firstTimingState();
  const lastUs = new Float64Array(bounds.roles).fill(-Infinity);
  for (const command of commands) {
    const { role, atUs, opcode } = command;
    const begins = atUs - lastUs[role]! > SILENCE_US;
    lastUs[role] = atUs;
    visitTiming(model.timing, state, symbolOf.get(opcode)!, command, begins, countBin);
  }
  averageRows(model.timing.hours);
  averageRows(model.timing.intervals);
  averageRows(model.timing.tags);
};

const trainNeighbours = (
  monitor: Monitor,
  weeks: NominalWeeks,
  commands: readonly ObservedCommand[],
  k: number,
): NeighbourModel => {
  const state = firstMonitorState();
  const vectors: Float64Array[] = [];
  for (const command of commands) {
    const pass = passAt(weeks, command.station, command.atUs, monitor.policy.passMarginUs);
    scoreCommand(monitor, state, command, monitor.symbolOf.get(command.opcode)!, pass);
    vectors.push(state.vector.slice());
  }
  if (vectors.length === 0) vectors.push(new Float64Array(vectorLength));
  return neighbourModel(vectors, k, bounds.references);
};

interface DailyMaxima {
  readonly scores: readonly (readonly number[])[];
  readonly fused: readonly number[];
  readonly rejects: readonly number[];
}

/** The highest scores of each nominal day on which there was a command. */
export const dailyMaxima = (monitor: Monitor, weeks: NominalWeeks): DailyMaxima => {
  const state = firstMonitorState();
  const days = new Map<number, { scores: number[]; fused: number; rejects: number }>();
  for (const item of weeks.items) {
    const day = Math.floor(item.atUs / DAY_US);
    const most = days.get(day) ?? { scores: scorers.map(() => 0), fused: 0, rejects: 0 };
    days.set(day, most);
    if (item.type === 'reject') most.rejects = Math.max(most.rejects, assessReject(monitor, state, item).sum);
    else {
      const { score, rule } = assessCommand(monitor, weeks, state, item);
      if (rule !== undefined) continue;
      most.fused = Math.max(most.fused, score);
      most.scores.forEach((each, i) => {
        most.scores[i] = Math.max(each, state.raw[i]!);
      });
    }
  }
  const all = [...days.values()];
  return {
    scores: scorers.map((_, i) => all.map(({ scores }) => scores[i]!)),
    fused: all.map(({ fused }) => fused),
    rejects: all.map(({ rejects }) => rejects),
  };
};

/** A RangeError when there are too few nominal days for the promise. */
export const trainMonitor = (options: TrainingOptions): UplinkModel => {
  const { policy, k, falseAlarmsADay } = options;
  const first = untrained(policy);
  const { symbolOf } = monitorOf(policy, first);
  const ordinary = scoredItems(policy, options.learn);
  const commands = ordinary.flatMap((item) => (item.type === 'command' && symbolOf.has(item.opcode) ? [item] : []));
  trainTransitions(first, symbolOf, commands);
  trainArguments(first.arguments, firstArgumentState(), symbolOf, commands);
  trainTiming(first, symbolOf, commands);
  trainRates(first.rates, symbolOf, ordinary);
  const neighbours = trainNeighbours(monitorOf(policy, first), options.learn, commands, k);
  const unscaled = { ...first, neighbours };
  const calibration = dailyMaxima(monitorOf(policy, unscaled), options.calibrate);
  const scored = { ...unscaled, tails: calibration.scores.map((maxima) => fitTail(maxima)) };
  const last = dailyMaxima(monitorOf(policy, scored), options.threshold);
  return {
    ...scored,
    hold: conformalThreshold(last.fused, falseAlarmsADay),
    throttle: conformalThreshold([...calibration.rejects, ...last.rejects], falseAlarmsADay / 8),
  };
};
