// A bounded list that forgets its oldest items, as plain data: chunks that are full are shared between versions, so
// that adding copies at most one chunk and the list of chunks, however large the archive is.

export interface Ring<T> {
  readonly capacity: number;
  /** Items ever added; the newest has the serial `added - 1`. */
  readonly added: number;
  readonly forgotten: number;
  /** Oldest first. */
  readonly chunks: readonly (readonly T[])[];
}

const CHUNK = 64;

/** A ring that keeps at least the newest `capacity` items, and at most one chunk more. */
export const emptyRing = <T>(capacity: number): Ring<T> => ({ capacity, added: 0, forgotten: 0, chunks: [] });

export const heldIn = (ring: Ring<unknown>): number => ring.added - ring.forgotten;

/** Several at once cost little more than one. */
export const withItems = <T>(ring: Ring<T>, items: readonly T[]): Ring<T> => {
  if (items.length === 0) return ring;
  const chunks = ring.chunks.slice();
  const last = chunks.at(-1);
  let open: T[] = [];
  if (last !== undefined && last.length < CHUNK) {
    open = last.slice();
    chunks.pop();
  }
  for (const item of items) {
    open.push(item);
    if (open.length < CHUNK) continue;
    chunks.push(open);
    open = [];
  }
  if (open.length > 0) chunks.push(open);
  const added = ring.added + items.length;
  let { forgotten } = ring;
  let oldest = 0;
  while (added - forgotten - chunks[oldest]!.length >= ring.capacity) forgotten += chunks[oldest++]!.length;
  return { ...ring, added, forgotten, chunks: oldest > 0 ? chunks.slice(oldest) : chunks };
};

export const withItem = <T>(ring: Ring<T>, item: T): Ring<T> => withItems(ring, [item]);

/** The newest `limit` items that pass, oldest of them first. */
export const newest = <T>(ring: Ring<T>, limit: number, passes: (item: T) => boolean): readonly T[] => {
  const found: T[] = [];
  for (let c = ring.chunks.length - 1; c >= 0 && found.length < limit; c--) {
    const chunk = ring.chunks[c]!;
    for (let i = chunk.length - 1; i >= 0 && found.length < limit; i--) if (passes(chunk[i]!)) found.push(chunk[i]!);
  }
  return found.reverse();
};
