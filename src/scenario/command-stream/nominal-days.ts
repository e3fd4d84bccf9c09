// Nominal days: which procedures go into which pass, how they interleave, what is repeated, what runs out of time, and
// the frames that noise spoils. Roles work side by side; within a role one thing follows the other.
import type { Random } from '../../kernel/random.ts';
import {
  burnCampaign,
  commandLoad,
  desaturation,
  keyRotation,
  patch,
  relayPlan,
  safeModeRecovery,
  securityCheck,
} from './campaigns.ts';
import { modes, roles } from './catalogue.ts';
import { logNormal, poisson } from './draw.ts';
import {
  adHoc,
  diagnosis,
  endOfPass,
  fileDownlink,
  housekeepingCheck,
  type Moment,
  type Procedure,
  startOfPass,
  thermalTrim,
  timeCorrelation,
} from './procedures.ts';
import type { StreamCommand, StreamReject } from './stream.ts';
import { DAY_US, HOUR_US, MINUTE_US, type Pass, type PlannedActivity, SECOND_US, type Step } from './stream.ts';

export interface NominalDays {
  readonly commands: readonly StreamCommand[];
  readonly rejects: readonly StreamReject[];
  readonly plan: readonly PlannedActivity[];
}

/** A procedure in a pass: its steps come one after the other from `fromUs` on. */
interface Placed {
  readonly fromUs: number;
  readonly steps: readonly Step[];
  readonly planned: boolean;
  readonly mode: (typeof modes)[number];
}

const repeated = 0.02;
const lateInPasses = 1 / 40;
const filesADay = 40;

export const momentOf = (random: Random, atUs: number): Moment => ({
  random,
  day: atUs / DAY_US,
  shift: Math.floor(atUs / (8 * HOUR_US)) % 3,
  newestFile: Math.floor((atUs / DAY_US) * filesADay),
});

const withRepeats = (random: Random, steps: readonly Step[]): Step[] =>
  steps.flatMap((each) =>
    each.authorisations === 1 && random.chance(repeated)
      ? [each, { ...each, gapS: logNormal(random, 45, 0.3) }]
      : [each],
  );

const lengthUs = (steps: readonly Step[]): number =>
  steps.reduce((sum, { gapS }) => sum + Math.round(gapS * SECOND_US), 0);

interface Plan {
  readonly procedure: Procedure;
  readonly chance: number;
  readonly planned?: number;
  readonly mode?: (typeof modes)[number];
}

/** What the operator may do in any pass, in this order of probability only: the order in the pass is drawn. */
const anyPass: readonly Plan[] = [
  { procedure: housekeepingCheck, chance: 0.8 },
  { procedure: housekeepingCheck, chance: 0.4 },
  { procedure: fileDownlink, chance: 0.75 },
  { procedure: timeCorrelation, chance: 0.3 },
  { procedure: thermalTrim, chance: 0.25 },
  { procedure: diagnosis, chance: 0.15 },
  { procedure: adHoc, chance: 0.3 },
  { procedure: desaturation, chance: 0.1, planned: 0.8 },
  { procedure: burnCampaign, chance: 0.008, planned: 1, mode: 'manoeuvre' },
];

/** Those who work in office hours: in the first pass of the day that is long enough after its start. */
const officePass: readonly Plan[] = [
  { procedure: relayPlan, chance: 0.95 },
  { procedure: commandLoad, chance: 0.6 },
  { procedure: securityCheck, chance: 0.35 },
  { procedure: keyRotation, chance: 0.03, planned: 1 },
  { procedure: patch, chance: 0.035, planned: 1 },
];

const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
  list
    .map((each) => [random.uint32(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);

const placeOperator = (pass: Pass, moment: Moment): Placed[] => {
  const { random } = moment;
  const placed: Placed[] = [];
  let atUs = pass.fromUs + Math.round(logNormal(random, 240, 0.5) * SECOND_US);
  const add = (steps: readonly Step[], planned: boolean, mode: Placed['mode']): void => {
    placed.push({ fromUs: atUs, steps: withRepeats(random, steps), planned, mode });
    atUs += lengthUs(steps) + Math.round(logNormal(random, 900, 0.8) * SECOND_US);
  };
  add(startOfPass(moment), false, 'nominal');
  for (const { procedure, chance, planned = 0, mode = 'nominal' } of shuffled(random, anyPass))
    if (random.chance(chance)) add(procedure(moment), random.chance(planned), mode);
  const last = endOfPass(moment);
  atUs = Math.max(atUs, pass.toUs - 5 * MINUTE_US - lengthUs(last));
  add(last, false, 'nominal');
  return placed;
};

const placeOffice = (pass: Pass, moment: Moment): Placed[] =>
  officePass
    .filter(({ chance }) => moment.random.chance(chance))
    .map(({ procedure, planned = 0 }) => ({
      fromUs: pass.fromUs + Math.round((0.15 + 0.5 * moment.random.uniform()) * (pass.toUs - pass.fromUs)),
      steps: withRepeats(moment.random, procedure(moment)),
      planned: moment.random.chance(planned),
      mode: 'nominal' as const,
    }));

const released = ({ fromUs, steps, mode }: Placed, pass: Pass, late: boolean): StreamCommand[] => {
  const lastUs = pass.toUs + (late ? 3 * MINUTE_US : 0);
  let atUs = fromUs;
  const commands: StreamCommand[] = [];
  for (const { opcode, args, role, gapS, authorisations, delayS } of steps) {
    atUs += Math.round(gapS * SECOND_US);
    if (atUs > lastUs) break;
    commands.push({
      type: 'command',
      atUs,
      opcode,
      args,
      role: roles.indexOf(role),
      station: pass.station,
      mode: modes.indexOf(mode),
      authorisations,
      executeUs: atUs + delayS * SECOND_US,
      attack: -1,
    });
  }
  return commands;
};

const announced = (pass: Pass, steps: readonly Step[]): PlannedActivity[] =>
  [...new Set(steps.map(({ role }) => role))].map((role) => {
    const own = steps.filter((each) => each.role === role);
    const counts = new Map<number, number>();
    for (const { opcode } of own) counts.set(opcode, (counts.get(opcode) ?? 0) + 1);
    return {
      fromUs: pass.fromUs,
      toUs: pass.toUs,
      role: roles.indexOf(role),
      allowances: [...counts].map(([opcode, count]) => ({ opcode, count: count + 2 })),
    };
  });

/** Noise that looks like a frame: single ones, and in one pass of thirty the bad weather of an hour. */
const spoiled = (random: Random, pass: Pass): StreamReject[] => {
  const channelOf = (): number => (random.chance(0.8) ? 0 : 1);
  const spanUs = pass.toUs - pass.fromUs;
  const single = Array.from({ length: poisson(random, 0.3) }, () => pass.fromUs + random.below(spanUs));
  const weatherUs = pass.fromUs + random.below(spanUs - HOUR_US);
  const weather = random.chance(1 / 30)
    ? Array.from({ length: 3 + poisson(random, 4) }, () => weatherUs + random.below(HOUR_US))
    : [];
  return [...single, ...weather].map((atUs) => ({ type: 'reject', atUs, channel: channelOf(), attack: -1 }));
};

const safeModeInPasses = 1 / 200;

const isOfficePass = (passes: readonly Pass[], at: number): boolean => {
  const day = Math.floor(passes[at]!.fromUs / DAY_US);
  const first = passes.findIndex(({ fromUs }) => Math.floor(fromUs / DAY_US) === day && fromUs % DAY_US > 7 * HOUR_US);
  return first === at;
};

export const nominalDays = (random: Random, passes: readonly Pass[]): NominalDays => {
  const commands: StreamCommand[] = [];
  const rejects: StreamReject[] = [];
  const plan: PlannedActivity[] = [];
  for (const [at, pass] of passes.entries()) {
    const moment = momentOf(random, pass.fromUs);
    const recovery = random.chance(safeModeInPasses);
    const opening = pass.fromUs + Math.round(logNormal(random, 300, 0.5) * SECOND_US);
    const placed: Placed[] = recovery
      ? [{ fromUs: opening, steps: safeModeRecovery(moment), planned: false, mode: 'safe' }]
      : [...placeOperator(pass, moment), ...(isOfficePass(passes, at) ? placeOffice(pass, moment) : [])];
    const late = random.chance(lateInPasses);
    for (const each of placed) {
      commands.push(...released(each, pass, late));
      if (each.planned) plan.push(...announced(pass, each.steps));
    }
    rejects.push(...spoiled(random, pass));
  }
  return { commands, rejects, plan };
};
