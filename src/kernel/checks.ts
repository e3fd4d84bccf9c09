// What the compiler cannot see and a graph refuses: ids that are not unique, parameters that are not declared or no
// values of their fields, and rings of senders that hold each other back. An inlet that no wire reaches is allowed.
import { resetEvent, type Shape } from './declare.ts';
import { checkValue } from './field-value.ts';
import type { Edge, Instance, Seat } from './instance.ts';
import type { Section, Topology } from './topology.ts';

const unique = (what: string, ids: readonly (readonly [id: number, name: string])[]): void => {
  const seen = new Map<number, string>();
  for (const [id, name] of ids) {
    const other = seen.get(id);
    if (other !== undefined) throw new Error(`${what} 0x${id.toString(16)}: expected one, got ${other} and ${name}`);
    seen.set(id, name);
  }
};

const absolute = (
  seats: readonly (readonly [string, Seat])[],
  of: (shape: Shape) => Readonly<Record<string, number>>,
): (readonly [number, string])[] =>
  seats.flatMap(([name, seat]) =>
    Object.entries(of(seat.component.declared.shape)).map(([port, id]) => [seat.base + id, `${name}.${port}`] as const),
  );

const idsOf = (group: Readonly<Record<string, { readonly id: number }>> = {}): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(group).map(([name, { id }]) => [name, id]));

/** Bases, opcodes and ids are unique within each topology; composed ones have their own. */
export const checkSeats = ({ instances }: Topology, sections: readonly Section[]): void => {
  const parts = sections.filter((section) => !sections.some((other) => isInside(other.prefix, section.prefix)));
  for (const { prefix } of parts) {
    const seats = Object.entries(instances).filter(([name]) => name.startsWith(prefix));
    unique(
      'base',
      seats.map(([name, { base }]) => [base, name] as const),
    );
    unique(
      'opcode',
      absolute(seats, (shape) =>
        Object.fromEntries(Object.entries(shape.commands ?? {}).map(([name, { opcode }]) => [name, opcode])),
      ),
    );
    unique(
      'event',
      absolute(seats, (shape) => ({ ...idsOf(shape.events), reset: resetEvent.id })),
    );
    unique(
      'channel',
      absolute(seats, (shape) => idsOf(shape.channels)),
    );
    unique(
      'parameter',
      absolute(seats, (shape) => idsOf(shape.params)),
    );
  }
  for (const [name, seat] of Object.entries(instances)) checkParams(name, seat);
};

const isInside = (inner: string, outer: string): boolean => inner !== outer && inner.startsWith(outer);

const checkParams = (name: string, { component, params = {} }: Seat): void => {
  const declared = component.declared.shape.params ?? {};
  for (const key of Object.keys(params))
    if (!declared[key]) throw new Error(`${name}: expected a declared parameter, got ${key}`);
  for (const [key, { field, initial }] of Object.entries(declared)) {
    const reason = checkValue(field, params[key] ?? initial);
    if (reason)
      throw new RangeError(
        `${name}.${key}: expected a value of its field, got ${String(params[key] ?? initial)} (${reason})`,
      );
  }
};

/** Edges that hold their senders back form no ring. */
export const checkRings = (edges: readonly Edge[]): void => {
  const blocks = new Map<Instance, Instance[]>();
  for (const { sender, target, slot } of edges)
    if (sender && target.slots[slot]!.full === 'block') blocks.set(sender, [...(blocks.get(sender) ?? []), target]);
  const done = new Set<Instance>();
  const visit = (at: Instance, path: readonly Instance[]): void => {
    if (path.includes(at)) {
      const ring = [...path.slice(path.indexOf(at)), at].map(({ name }) => name).join(' -> ');
      throw new Error(`edges that block: expected no ring, got ${ring}`);
    }
    if (done.has(at)) return;
    for (const next of blocks.get(at) ?? []) visit(next, [...path, at]);
    done.add(at);
  };
  for (const each of blocks.keys()) visit(each, []);
};
