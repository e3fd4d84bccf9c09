// A labelled stream of commands of whole weeks: nominal days, and attacks at the days that the seed draws. One seed is
// one stream; weeks are drawn each from its own chance, so that a week with attacks keeps its nominal days.
import { Random } from '../../kernel/random.ts';
import { type AttackKind, type Draft, plainAttacks } from './attacks.ts';
import { nominalDays } from './nominal-days.ts';
import { passesOf } from './passes.ts';
import { argumentDrift, mimicry } from './patient-attacks.ts';
import {
  type Attack,
  type CommandStream,
  type Pass,
  type PlannedActivity,
  type StreamItem,
  WEEK_US,
} from './stream.ts';

export const attackKinds: Readonly<Record<string, AttackKind>> = {
  ...plainAttacks,
  'argument drift': argumentDrift,
  mimicry,
};

export interface CommandStreamOptions {
  readonly seed: string;
  /** Weeks since the start of the mission. */
  readonly firstWeek: number;
  readonly weeks: number;
  /** 0 for nominal weeks. Each kind comes equally often, in an order that the seed draws. */
  readonly attacksAWeek: number;
}

/** Kinds in rounds of all of them, each round in an order of its own. */
const kindsInTurn = (random: Random, count: number): string[] => {
  const names = Object.keys(attackKinds);
  const turn: string[] = [];
  while (turn.length < count)
    turn.push(
      ...names
        .map((name) => [random.uint32(), name] as const)
        .sort(([a], [b]) => a - b)
        .map(([, name]) => name),
    );
  return turn.slice(0, count);
};

const placeAttack = (random: Random, passes: readonly Pass[], kind: string, fromUs: number): Draft => {
  const at = passes.findIndex((pass) => pass.fromUs >= fromUs);
  return at < 0 ? [] : attackKinds[kind]!({ random, passes: passes.slice(at) });
};

const byTime = (a: StreamItem, b: StreamItem): number => a.atUs - b.atUs;

export const commandStream = (options: CommandStreamOptions): CommandStream => {
  const { seed, firstWeek, weeks, attacksAWeek } = options;
  const root = new Random(`command stream ${seed}`);
  const items: StreamItem[] = [];
  const passes: Pass[] = [];
  const plan: PlannedActivity[] = [];
  for (let week = firstWeek; week < firstWeek + weeks; week++) {
    const random = root.fork(`week ${week}`);
    const own = passesOf(random, week * 7, 7);
    const days = nominalDays(random, own);
    passes.push(...own);
    plan.push(...days.plan);
    items.push(...days.commands, ...days.rejects);
  }
  passes.sort((a, b) => a.fromUs - b.fromUs);
  const attacks: Attack[] = [];
  const chance = root.fork(`attacks from week ${firstWeek}`);
  const fromUs = firstWeek * WEEK_US;
  for (const [index, kind] of kindsInTurn(chance, weeks * attacksAWeek).entries()) {
    const slotUs = WEEK_US / attacksAWeek;
    const draft = placeAttack(chance, passes, kind, fromUs + (index + 0.5 * chance.uniform()) * slotUs);
    if (draft.length === 0) continue;
    const attack = attacks.length;
    attacks.push({ kind, firstUs: draft[0]!.atUs, lastUs: draft.at(-1)!.atUs, items: draft.length });
    for (const item of draft) items.push({ ...item, attack });
  }
  return { fromUs, toUs: fromUs + weeks * WEEK_US, items: items.sort(byTime), passes, plan, attacks };
};
