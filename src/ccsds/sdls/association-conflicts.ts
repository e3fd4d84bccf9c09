// What no single association can see: two that would use one key in both directions, or run the same counters under
// one key, or answer to one SPI. A configuration or a rekey with a conflict is refused as a whole.
import type { HeldAssociation } from './verify-frame.ts';

const keyConflict = (a: HeldAssociation, b: HeldAssociation): string | undefined => {
  if (a.state.key === undefined || a.state.key.id !== b.state.key?.id) return undefined;
  const both = `associations ${a.association.spi} and ${b.association.spi}`;
  if (a.association.direction !== b.association.direction)
    return `${both}: expected a key for each direction, got key ${a.state.key.id} in both`;
  const counted = a.association.ivOctets > 0 && b.association.ivOctets > 0;
  if (counted && a.state.key.fixed !== b.state.key.fixed) return undefined;
  return `${both}: expected a key or a fixed IV field for each, got key ${a.state.key.id} with the same counters`;
};

/** One line for each pair that may not stand together; empty when all may. */
export const associationConflicts = (held: readonly HeldAssociation[]): string[] =>
  held.flatMap((a, index) =>
    held.slice(index + 1).flatMap((b) => {
      if (a.association.spi === b.association.spi)
        return [`association ${a.association.spi}: expected once, got twice`];
      return keyConflict(a, b) ?? [];
    }),
  );
