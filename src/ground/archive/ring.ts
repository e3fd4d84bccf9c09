// A bounded list that forgets its oldest items, as plain data: chunks that are full are shared between versions, so
// that adding copies at most one chunk and the list of chunks, however large the archive is.

export interface Ring<T> {
  readonly capacity: number;
  /** Items ever added; the newest has the serial `added - 1`. */
  readonly added: number;
  readonly forgotten: number;
  /** Oldest first. The first chunk may begin with forgotten items. */
  readonly chunks: readonly (readonly T[])[];
}

const CHUNK = 64;

/** A ring that keeps at least the newest `capacity` items, and at most one chunk more. */
export const emptyRing = <T>(capacity: number): Ring<T> => ({ capacity, added: 0, forgotten: 0, chunks: [] });

export const heldIn = (ring: Ring<unknown>): number => ring.added - ring.forgotten;

export const withItem = <T>(ring: Ring<T>, item: T): Ring<T> => {
  const last = ring.chunks.at(-1);
  const open = last !== undefined && last.length < CHUNK;
  const chunks = open ? [...ring.chunks.slice(0, -1), [...last, item]] : [...ring.chunks, [item]];
  const held = ring.added + 1 - ring.forgotten;
  if (held - chunks[0]!.length < ring.capacity) return { ...ring, added: ring.added + 1, chunks };
  return { ...ring, added: ring.added + 1, forgotten: ring.forgotten + chunks[0]!.length, chunks: chunks.slice(1) };
};

/** The newest `limit` items that pass, oldest of them first. */
export const newest = <T>(ring: Ring<T>, limit: number, passes: (item: T) => boolean): readonly T[] => {
  const found: T[] = [];
  for (let c = ring.chunks.length - 1; c >= 0 && found.length < limit; c--) {
    const chunk = ring.chunks[c]!;
    for (let i = chunk.length - 1; i >= 0 && found.length < limit; i--) if (passes(chunk[i]!)) found.push(chunk[i]!);
  }
  return found.reverse();
};
