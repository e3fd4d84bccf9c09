// One figure of speed: measured against something of the same run, so that a slow machine does not change the verdict
// of a ratio. Each `test/bench/**/*.bench.ts` exports `bench`; the runner (`tharsis bench`) prints a line per figure.
import type { Figure } from '../../apps/bench/figure.ts';

/** What every bench file exports under the name `bench`. */
export type Bench = () => Promise<readonly Figure[]> | readonly Figure[];

export const figure = (measured: Omit<Figure, 'ratio' | 'holds'>): Figure => ({
  ...measured,
  ratio: measured.ours / measured.reference,
  holds: measured.ours >= measured.goal,
});

/** How many a second: the best of several rounds after one to warm up, because other work only ever slows one down. */
export const perSecond = (work: () => number, rounds = 5): number => {
  work();
  let best = 0;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const count = work();
    best = Math.max(best, (count / (performance.now() - started)) * 1000);
  }
  return best;
};
