// The date at the start of a live run, so that on-board time agrees with the clock on the wall.
import { taiOfPosix } from '../../src/ccsds/time-code/leap-seconds.ts';

/** Microseconds TAI since 1958, now. */
export const missionNowUs = (): number => taiOfPosix(Date.now() * 1000);
