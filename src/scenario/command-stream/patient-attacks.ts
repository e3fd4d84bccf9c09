// Attacks that take their time or look like work: an argument that drifts from pass to pass, and an insider who does a
// procedure by the book once more. Much of the last is nominal in every respect that a stream of commands shows.
import { type AttackKind, instants, sent } from './attacks.ts';
import { commandLoad, desaturation, relayPlan } from './campaigns.ts';
import { catalogue, commandNamed } from './catalogue.ts';
import { choice, clampWhole, normal, whole } from './draw.ts';
import { momentOf } from './nominal-days.ts';
import { diagnosis, fileDownlink, seasonalSetPoint, thermalTrim } from './procedures.ts';
import { DAY_US, SECOND_US } from './stream.ts';

/** Each pass or two, one command, a little further than the one before, within the range that is allowed. */
export const argumentDrift: AttackKind = (occasion) => {
  const { random, passes } = occasion;
  const count = whole(random, 5, 12);
  const name = choice(random, ['setPoint', 'batteryLimit', 'adjustClock']);
  const zone = whole(random, 0, 11);
  const startOf: Readonly<Record<string, number>> = {
    setPoint: seasonalSetPoint(zone, passes[0]!.fromUs / DAY_US),
    batteryLimit: 70,
    adjustClock: 150,
  };
  const stepOf: Readonly<Record<string, number>> = {
    setPoint: whole(random, 60, 160) * (random.chance(0.5) ? 1 : -1),
    batteryLimit: -whole(random, 2, 6),
    adjustClock: whole(random, 10, 60),
  };
  const kind = commandNamed(name);
  const range = kind.args.at(-1)!;
  return passes.slice(0, count).flatMap((pass, i) => {
    const value = clampWhole(startOf[name]! + i * stepOf[name]! + 10 * normal(random), range.least, range.most);
    return instants({ random, passes: [pass] }, 1, 1, 0.1).map(([atUs, { station }]) =>
      sent(random, { atUs, kind, args: name === 'setPoint' ? [zone, value] : [value], role: 'operator', station }),
    );
  });
};

export const mimicry: AttackKind = ({ random, passes }) => {
  const pass = passes[0]!;
  const procedure = choice(random, [fileDownlink, thermalTrim, diagnosis, desaturation, relayPlan, commandLoad]);
  let atUs = pass.fromUs + Math.round((0.1 + 0.5 * random.uniform()) * (pass.toUs - pass.fromUs));
  return procedure(momentOf(random, pass.fromUs)).map(({ opcode, args, role, gapS, delayS }) => {
    atUs += Math.round(gapS * SECOND_US);
    const kind = catalogue.find((each) => each.opcode === opcode)!;
    return sent(random, { atUs, kind, args, role, station: pass.station, delayS });
  });
};
