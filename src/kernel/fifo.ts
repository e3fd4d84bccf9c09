// A queue as immutable plain data, for state cells: adding and taking cost O(1) amortised, and an older version of it
// stays valid. Items stand in chunks, so that adding copies a chunk and not the queue.

const CHUNK = 32;

export interface Fifo<T> {
  readonly count: number;
  /** Full chunks, oldest first. */
  readonly chunks: readonly (readonly T[])[];
  /** Items of the first chunk (or of `open`, when there is no full one) that have left already. */
  readonly taken: number;
  /** The chunk that is being filled. */
  readonly open: readonly T[];
}

const empty: Fifo<never> = { count: 0, chunks: [], taken: 0, open: [] };

export const emptyFifo = <T>(): Fifo<T> => empty;

/** The caller keeps the bound: it looks at `count` first. */
export const enqueue = <T>(fifo: Fifo<T>, item: T): Fifo<T> => {
  const open = [...fifo.open, item];
  const count = fifo.count + 1;
  if (open.length < CHUNK) return { ...fifo, count, open };
  return { ...fifo, count, chunks: [...fifo.chunks, open], open: [] };
};

export const peek = <T>(fifo: Fifo<T>): T | undefined => (fifo.chunks[0] ?? fifo.open)[fifo.taken];

/** Up to `most` items, oldest first, and what is left. */
export const dequeue = <T>(fifo: Fifo<T>, most: number): readonly [items: readonly T[], left: Fifo<T>] => {
  const wanted = Math.min(most, fifo.count);
  const items: T[] = [];
  let whole = 0;
  let taken = fifo.taken;
  while (items.length < wanted) {
    const chunk = fifo.chunks[whole] ?? fifo.open;
    while (taken < chunk.length && items.length < wanted) items.push(chunk[taken++]!);
    if (whole === fifo.chunks.length) break;
    if (taken === chunk.length) {
      whole++;
      taken = 0;
    }
  }
  if (items.length === fifo.count) return [items, empty];
  const chunks = whole === 0 ? fifo.chunks : fifo.chunks.slice(whole);
  return [items, { count: fifo.count - items.length, chunks, taken, open: fifo.open }];
};
