import { describe, expect, it } from 'vitest';
import { catalogue, commandNamed, roles } from '../../../../src/scenario/command-stream/catalogue.ts';
import { attackKinds, commandStream } from '../../../../src/scenario/command-stream/command-stream.ts';
import { DAY_US, type StreamCommand, WEEK_US } from '../../../../src/scenario/command-stream/stream.ts';

const options = { seed: 'stream test', firstWeek: 3, weeks: 2, attacksAWeek: 7 };
const stream = commandStream(options);
const nominal = commandStream({ ...options, attacksAWeek: 0 });
const kindOf = new Map(catalogue.map((each) => [each.opcode, each]));
const commandsOf = ({ items }: typeof stream): StreamCommand[] =>
  items.flatMap((i) => (i.type === 'command' ? [i] : []));

describe('a stream of commands', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(commandStream(options)).toEqual(stream);
    expect(commandStream({ ...options, seed: 'other' }).items).not.toEqual(stream.items);
  });

  it('has its items in the order of time, near its weeks', () => {
    for (let i = 1; i < stream.items.length; i++)
      expect(stream.items[i]!.atUs).toBeGreaterThanOrEqual(stream.items[i - 1]!.atUs);
    expect(nominal.items[0]!.atUs).toBeGreaterThanOrEqual(stream.fromUs);
    expect(nominal.items.at(-1)!.atUs).toBeLessThan(stream.toUs + DAY_US);
    expect([stream.fromUs, stream.toUs]).toEqual([3 * WEEK_US, 5 * WEEK_US]);
  });

  it('keeps the nominal days of a week when attacks come in', () => {
    expect(stream.items.filter(({ attack }) => attack < 0)).toEqual(nominal.items);
    expect(nominal.attacks).toEqual([]);
  });

  it('gives nominal commands to those who may send them, with arguments in their ranges', () => {
    const days = commandsOf(commandStream({ ...options, weeks: 12, attacksAWeek: 0 }));
    expect(days.length).toBeGreaterThan(84 * 50);
    for (const { opcode, args, role, authorisations, executeUs, atUs } of days) {
      const kind = kindOf.get(opcode)!;
      expect(kind.roles).toContain(roles[role]);
      expect(args.length).toBe(kind.args.length);
      for (const [i, { least, most }] of kind.args.entries())
        expect(Number.isInteger(args[i]) && args[i]! >= least && args[i]! <= most, kind.name).toBe(true);
      expect(kind.class === 'critical' ? 2 : 1).toBe(authorisations);
      expect(executeUs > atUs && !kind.tagged).toBe(false);
    }
  });

  it('sends nominal commands in passes, but for a few minutes after', () => {
    for (const { atUs, station } of commandsOf(nominal)) {
      const inside = nominal.passes.some(
        (pass) => pass.station === station && atUs >= pass.fromUs && atUs <= pass.toUs + 180_000_000,
      );
      expect(inside).toBe(true);
    }
  });

  it('labels each item of an attack, and has each kind once in a round', () => {
    expect(stream.attacks.map(({ kind }) => kind).sort()).toEqual(Object.keys(attackKinds).sort());
    for (const [index, { firstUs, lastUs, items }] of stream.attacks.entries()) {
      const own = stream.items.filter(({ attack }) => attack === index);
      expect([own.length, own[0]!.atUs, own.at(-1)!.atUs]).toEqual([items, firstUs, lastUs]);
    }
  });

  it('does by mimicry only what the book does', () => {
    const index = stream.attacks.findIndex(({ kind }) => kind === 'mimicry');
    const own = commandsOf(stream).filter(({ attack }) => attack === index);
    for (const { opcode, role } of own) expect(kindOf.get(opcode)!.roles).toContain(roles[role]);
  });

  it('refuses the name of a command that is not there', () => {
    expect(() => commandNamed('selfDestruct')).toThrow(RangeError);
  });
});
