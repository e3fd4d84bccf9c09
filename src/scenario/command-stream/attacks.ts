// Attacks on the uplink by somebody inside (a stolen role, a rogue station, an insider) and by somebody outside, who
// can only make noise. Sizes and speeds are drawn so that the weak ones lie within what nominal days do.
import type { Random } from '../../kernel/random.ts';
import { type CommandKind, catalogue, modes, type Role, roles } from './catalogue.ts';
import { choice, logNormal, whole } from './draw.ts';
import { DAY_US, HOUR_US, MINUTE_US, type Pass, SECOND_US, type StreamCommand, type StreamReject } from './stream.ts';

export interface Occasion {
  readonly random: Random;
  /** The pass in which the attack begins, and what follows it. */
  readonly passes: readonly Pass[];
}

export type Draft = readonly (Omit<StreamCommand, 'attack'> | Omit<StreamReject, 'attack'>)[];
export type AttackKind = (occasion: Occasion) => Draft;

interface Sent {
  readonly atUs: number;
  readonly kind: CommandKind;
  readonly args?: readonly number[];
  readonly role: Role;
  readonly station: number;
  readonly delayS?: number;
  readonly authorisations?: number;
}

const argumentsOf = (random: Random, { args }: CommandKind): number[] =>
  args.map(({ least, most }) => whole(random, least, most));

export const sent = (random: Random, command: Sent): Omit<StreamCommand, 'attack'> => ({
  type: 'command',
  atUs: command.atUs,
  opcode: command.kind.opcode,
  args: command.args ?? argumentsOf(random, command.kind),
  role: roles.indexOf(command.role),
  station: command.station,
  mode: modes.indexOf('nominal'),
  authorisations: command.authorisations ?? 1,
  executeUs: command.atUs + (command.delayS ?? 0) * SECOND_US,
});

/** Instants one after the other, from somewhere in the pass on; those behind its end move into the next passes. */
export const instants = (
  { random, passes }: Occasion,
  count: number,
  gapS: number,
  spread: number,
): [number, Pass][] => {
  let at = 0;
  let pass = passes[0]!;
  let nowUs = pass.fromUs + Math.round(random.uniform() * 0.8 * (pass.toUs - pass.fromUs));
  const found: [number, Pass][] = [];
  while (found.length < count) {
    if (nowUs > pass.toUs) {
      const next = passes[++at];
      if (next === undefined) break;
      nowUs = next.fromUs + (nowUs - pass.toUs);
      pass = next;
      continue;
    }
    found.push([nowUs, pass]);
    nowUs += Math.round(logNormal(random, gapS, spread) * SECOND_US);
  }
  return found;
};

export const allowed = (role: Role): CommandKind[] =>
  catalogue.filter((each) => each.roles.includes(role) && each.class !== 'critical');

const stolen = (random: Random): Role =>
  choice(random, ['operator', 'operator', 'operator', 'relay planner', 'planner']);

const burst: AttackKind = (occasion) => {
  const { random } = occasion;
  const role = stolen(random);
  const kinds = Array.from({ length: whole(random, 1, 4) }, () => choice(random, allowed(role)));
  return instants(occasion, whole(random, 15, 60), logNormal(random, 1, 0.5), 0.4).map(([atUs, { station }]) =>
    sent(random, { atUs, kind: choice(random, kinds), role, station }),
  );
};

const named = (...names: readonly string[]): CommandKind[] => catalogue.filter(({ name }) => names.includes(name));

const slowAbuse: AttackKind = (occasion) => {
  const { random } = occasion;
  const kind = choice(random, named('deleteFile', 'heater', 'setRate', 'loadSwitch', 'hailNow', 'adjustClock'));
  const args = random.chance(0.5) ? argumentsOf(random, kind) : undefined;
  return instants(occasion, whole(random, 6, 16), logNormal(random, 1500, 0.4), 0.4).map(([atUs, { station }]) =>
    sent(random, { atUs, kind, role: 'operator', station, ...(args === undefined ? {} : { args }) }),
  );
};

/** Half of them while no station should be heard, half of them in a pass in which that role does not work. */
const oddHour: AttackKind = ({ random, passes }) => {
  const [pass, next] = passes;
  const outside = random.chance(0.5);
  const role: Role = outside ? 'operator' : choice(random, ['relay planner', 'planner', 'security officer']);
  const night = passes.find(({ fromUs }) => fromUs % DAY_US > 18 * HOUR_US || fromUs % DAY_US < 5 * HOUR_US) ?? pass!;
  const gapUs = next === undefined ? HOUR_US : Math.max(0, next.fromUs - pass!.toUs);
  const fromUs = outside ? pass!.toUs + Math.round(0.3 * gapUs) + 5 * MINUTE_US : night.fromUs + 30 * MINUTE_US;
  const station = outside ? pass!.station : night.station;
  let atUs = fromUs;
  return Array.from({ length: whole(random, 2, 6) }, () => {
    atUs += Math.round(logNormal(random, 30, 0.6) * SECOND_US);
    return sent(random, { atUs, kind: choice(random, allowed(role)), role, station });
  });
};

const wrongStation: AttackKind = (occasion) => {
  const { random } = occasion;
  return instants(occasion, whole(random, 1, 5), 30, 0.6).map(([atUs, { station }]) =>
    sent(random, { atUs, kind: choice(random, allowed('operator')), role: 'operator', station: (station + 1) % 3 }),
  );
};

const misuse: AttackKind = (occasion) => {
  const { random } = occasion;
  const role = stolen(random);
  return instants(occasion, whole(random, 3, 10), 25, 0.8).map(([atUs, { station }]) =>
    sent(random, { atUs, kind: choice(random, allowed(role)), role, station }),
  );
};

const singleAuthorisation: AttackKind = (occasion) => {
  const { random } = occasion;
  const kind = choice(
    random,
    catalogue.filter((each) => each.class === 'critical'),
  );
  return instants(occasion, whole(random, 1, 2), 300, 0.3).map(([atUs, { station }]) =>
    sent(random, { atUs, kind, role: kind.roles[0]!, station }),
  );
};

const foreignRole: AttackKind = (occasion) => {
  const { random } = occasion;
  const role = stolen(random);
  const foreign = catalogue.filter((each) => !each.roles.includes(role));
  return instants(occasion, whole(random, 1, 3), 40, 0.5).map(([atUs, { station }]) =>
    sent(random, { atUs, kind: choice(random, foreign), role, station }),
  );
};

/** Commands that wait for conjunction; some of them within the days that an ordinary load covers. */
const timeTagged: AttackKind = (occasion) => {
  const { random } = occasion;
  const days = random.chance(0.5) ? whole(random, 4, 20) : 1 + random.uniform();
  const kinds = catalogue.filter((each) => each.tagged && each.roles.includes('planner'));
  return instants(occasion, whole(random, 2, 6), 2, 0.5).map(([atUs, { station }], i) =>
    sent(random, {
      atUs,
      kind: choice(random, kinds),
      role: 'planner',
      station,
      delayS: Math.round(days * 86_400 + i * 60),
    }),
  );
};

const rejects =
  (gapS: readonly [number, number], count: readonly [number, number]): AttackKind =>
  (occasion) => {
    const { random } = occasion;
    const channel = random.below(2);
    const medianS = gapS[0] * Math.exp(random.uniform() * Math.log(gapS[1] / gapS[0]));
    return instants(occasion, whole(random, ...count), medianS, 0.5).map(([atUs]) => ({
      type: 'reject' as const,
      atUs,
      channel,
    }));
  };

const scan: AttackKind = (occasion) => {
  const { random } = occasion;
  const [kind] = named('readParameter');
  const from = whole(random, 0, 200);
  const next = whole(random, 1, 2);
  return instants(occasion, whole(random, 12, 50), logNormal(random, 6, 0.5), 0.5).map(([atUs, { station }], i) =>
    sent(random, { atUs, kind: kind!, args: [(from + i * next) & 0xff], role: 'operator', station }),
  );
};

const destruction: AttackKind = (occasion) => {
  const { random } = occasion;
  const [kind] = named('deleteFile');
  const newest = Math.floor((occasion.passes[0]!.fromUs / DAY_US) * 40);
  return instants(occasion, whole(random, 8, 25), logNormal(random, 12, 0.5), 0.6).map(([atUs, { station }], i) =>
    sent(random, { atUs, kind: kind!, args: [Math.max(0, newest - i) & 0xffff], role: 'operator', station }),
  );
};

/** The kinds that need no procedure of the nominal days. */
export const plainAttacks: Readonly<Record<string, AttackKind>> = {
  burst,
  'slow abuse': slowAbuse,
  'odd hour': oddHour,
  'wrong station': wrongStation,
  'in-role misuse': misuse,
  'critical with one authorisation': singleAuthorisation,
  'foreign role': foreignRole,
  'time-tagged plant': timeTagged,
  'replay flood': rejects([0.05, 2], [60, 400]),
  'probe trickle': rejects([120, 400], [12, 40]),
  scan,
  destruction,
};
