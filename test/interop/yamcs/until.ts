// Waits for what another program shows.
import { setTimeout as pause } from 'node:timers/promises';

/** Asks until it holds; what it last saw is in the error when it does not within the time. */
export const until = async <T>(what: string, look: () => Promise<T> | T, holds: (seen: T) => boolean): Promise<T> => {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline)
      throw new Error(`${what}: expected within 20 s, last saw ${JSON.stringify(seen)}`);
    await pause(50);
  }
};
