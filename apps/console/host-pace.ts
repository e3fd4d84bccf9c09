// How well the host keeps the speed of a run: what it has given up is lost to the run, so whoever watches is told.
// No part of the run itself, which knows nothing of the host: it is looked at from here, and no script expects it.
import type { Pacing } from '../../src/kernel/pace.ts';
import type { ShownEvent } from './event-lines.ts';
import { spanText } from './time-text.ts';

export type HostPace = Pick<Pacing, 'speed' | 'slippedUs'>;

/** Several runs of one process are as late as the latest of them. */
export const latestOf = (paces: readonly [HostPace, ...HostPace[]]): HostPace => ({
  get speed() {
    return paces[0].speed;
  },
  get slippedUs() {
    return Math.max(...paces.map(({ slippedUs }) => slippedUs));
  },
});

const LOOK_EVERY_MS = 500;
/** A host that is too slow slips all the time: one alert tells of all that was given up since the last. */
const TELL_EVERY_LOOKS = 20;

/** `tell` hears at once of the first slip, then at most once in 10 s of the host, of what has come since. */
export const watchSlips = (pace: HostPace, tell: (givenUpUs: number) => void): { stop(): void } => {
  let toldUs = pace.slippedUs;
  let quietLooks = 0;
  const timer = setInterval(() => {
    quietLooks = Math.max(0, quietLooks - 1);
    const givenUpUs = pace.slippedUs - toldUs;
    if (quietLooks > 0 || givenUpUs <= 0) return;
    toldUs += givenUpUs;
    quietLooks = TELL_EVERY_LOOKS;
    tell(givenUpUs);
  }, LOOK_EVERY_MS);
  return { stop: () => clearInterval(timer) };
};

export const slipEvent = ({ speed }: HostPace, givenUpUs: number, atUs: number): ShownEvent => ({
  atUs,
  severity: 'medium',
  where: 'ground',
  name: 'host.Slipped',
  text: `the host cannot keep speed ${speed}: ${spanText(givenUpUs)} given up`,
});
