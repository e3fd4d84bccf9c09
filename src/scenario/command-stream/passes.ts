// The passes of a week: three stations rise one after the other, four minutes earlier each day, and the spacecraft has
// two or three of the day's views. Left out: the geometry itself.
import type { Random } from '../../kernel/random.ts';
import { normal } from './draw.ts';
import { DAY_US, HOUR_US, MINUTE_US, type Pass } from './stream.ts';

const earlierADayUs = 4 * MINUTE_US;
const riseHours = [0.5, 8.5, 16.5];
const missed = 0.12;

const passOf = (random: Random, day: number, station: number): Pass => {
  const riseUs = riseHours[station]! * HOUR_US - ((day * earlierADayUs) % DAY_US);
  const wrappedUs = ((riseUs % DAY_US) + DAY_US) % DAY_US;
  const fromUs = Math.round(day * DAY_US + wrappedUs + normal(random) * 10 * MINUTE_US + 20 * MINUTE_US);
  const lengthUs = Math.round((4.5 + normal(random) * 0.7) * HOUR_US);
  return { station, fromUs, toUs: fromUs + Math.max(2 * HOUR_US, lengthUs) };
};

/** In the order of time; `day` counts from the start of the mission. */
export const passesOf = (random: Random, day: number, days: number): Pass[] => {
  const passes: Pass[] = [];
  for (let each = day; each < day + days; each++)
    for (let station = 0; station < riseHours.length; station++) {
      const pass = passOf(random, each, station);
      if (!random.chance(missed)) passes.push(pass);
    }
  return passes.sort((a, b) => a.fromUs - b.fromUs);
};
