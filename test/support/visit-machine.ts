// Visits every cell of a machine once: what it does is a named function, the state that follows is the one that the
// table prints, and an impossible cell refuses to be entered.
import { expect } from 'vitest';
import type { Action, Machine } from '../../src/kernel/machine.ts';

export interface VisitedCell {
  readonly event: string;
  readonly mode: string;
  readonly next: string;
}

export const visitMachine = <
  S extends { readonly mode: string },
  E extends { readonly type: string },
  A extends Action,
>(
  table: Machine<S, E, A>,
  stateIn: (mode: S['mode']) => S,
  eventOf: (type: E['type']) => E,
): VisitedCell[] => {
  const visited: VisitedCell[] = [];
  for (const type of table.events)
    for (const mode of table.modes) {
      const next = table.next(mode, type);
      visited.push({ event: type, mode, next });
      const place = `${table.name} ${type} in ${mode}`;
      if (next === 'impossible') {
        expect(() => table.step(stateIn(mode), eventOf(type)), place).toThrow('cannot happen');
        continue;
      }
      const before = stateIn(mode);
      const copy = structuredClone(before);
      const [after, ...actions] = table.step(before, eventOf(type));
      expect(after.mode, place).toBe(next);
      expect(before, `${place} leaves its input alone`).toEqual(copy);
      for (const action of actions) expect(action.type, place).toMatch(/^[a-zA-Z]+$/);
    }
  const printed = table.markdown();
  expect(printed.split('\n')).toHaveLength(table.events.length + 2);
  expect(printed).not.toMatch(/\| {2}?\(/);
  return visited;
};
