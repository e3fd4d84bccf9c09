// Draws of a generator over the kernel's seeded chance: normal, log-normal, Poisson, whole numbers, choices.
import type { Random } from '../../kernel/random.ts';

/** Standard normal by the sum of twelve uniform draws: bounded at six, which no stream of commands notices. */
export const normal = (random: Random): number => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.uniform();
  return sum;
};

/** Log-normal: half of the draws lie below the median; `spread` is the deviation of the logarithm. */
export const logNormal = (random: Random, median: number, spread: number): number =>
  median * Math.exp(spread * normal(random));

/** A whole number from `least` to `most`, both of them possible. */
export const whole = (random: Random, least: number, most: number): number => least + random.below(most - least + 1);

export const choice = <T>(random: Random, from: readonly T[]): T => {
  if (from.length === 0) throw new RangeError('choice: expected at least one to choose from');
  return from[random.below(from.length)]!;
};

/** Poisson with a mean of at most some tens. */
export const poisson = (random: Random, mean: number): number => {
  const limit = Math.exp(-mean);
  let product = random.uniform();
  let count = 0;
  while (product > limit && count < 1000) {
    product *= random.uniform();
    count++;
  }
  return count;
};

export const clampWhole = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, Math.round(value)));
