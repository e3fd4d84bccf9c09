// Whoever sits at the ground: a console where there is a terminal, lines of text or JSON where there is none.
import type { LiveGround } from './live-ground.ts';
import { untilEnded } from './until-ended.ts';
import { seenJson, seenText, watch } from './watch.ts';

export interface AttendOptions {
  readonly ground: LiveGround;
  /** Where the ground listens and sends, for the first line. */
  readonly words: string;
  /** Runs beside the ground whose end, or fault, is the end of all. */
  readonly runs: readonly Promise<unknown>[];
  readonly lightTimeUs: number;
  readonly speed: number;
  readonly seed: string;
  readonly headless?: boolean;
  readonly json?: boolean;
}

const announce = ({ words, lightTimeUs, speed, seed, json, headless }: AttendOptions): void => {
  if (json) {
    process.stdout.write(`${JSON.stringify({ kind: 'start', words, seed, speed, lightTimeUs })}\n`);
    return;
  }
  const how = `seed ${seed}, speed ${speed}, light time ${lightTimeUs / 1e6} s`;
  process.stdout.write(`tharsis: ${words}; ${how}\n`);
  const why = headless ? '' : 'standard input is no terminal: ';
  process.stdout.write(`tharsis: ${why}running headless, Ctrl-C ends it\n`);
};

/** Returns the exit code, when the run has ended. */
export const attend = async (options: AttendOptions): Promise<number> => {
  const { ground, runs, json } = options;
  announce(options);
  watch(ground.session, (seen) => process.stdout.write(`${json ? seenJson(seen) : seenText(seen)}\n`));
  await untilEnded([ground.pacing.done, ...runs]);
  return 0;
};
