// What the orbiter can be asked and what it tells: assembled from the declarations of those aboard.
import { assemble } from '../dictionary/assemble.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import { aboard } from './instances.ts';
import { structures } from './tables.ts';

export const orbiterDictionary: Dictionary = assemble(
  Object.entries(aboard).map(([instance, { base, declared }]) => ({ instance, base, declared })),
  structures,
);
