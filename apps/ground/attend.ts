// Whoever sits at the ground: a console, with a terminal or without one, or lines of JSON for a script.

import type { Pacing } from '../../src/kernel/pace.ts';
import type { ConsoleOptions } from '../console/console-options.ts';
import type { Speed } from '../console/desk.ts';
import { runHeadless } from '../console/headless.ts';
import { type HostPace, latestOf, slipEvent, watchSlips } from '../console/host-pace.ts';
import { hostJobControl } from '../console/job-control.ts';
import { runConsole } from '../console/run-console.ts';
import { lightTimeText } from '../console/time-text.ts';
import { endingSignals } from '../ending-signals.ts';
import type { LiveGround } from './live-ground.ts';
import { seenJson, watch } from './watch.ts';

export interface AttendOptions {
  readonly ground: LiveGround;
  /** Where the ground listens and sends, for the greeting. */
  readonly words: string;
  /** Runs beside the ground whose fault is the end of all. */
  readonly runs: readonly Pacing[];
  /** Of the whole run, where this process drives it. */
  readonly pacing?: Speed;
  /** What the greeting says of link security. */
  readonly security: string;
  readonly lightTimeUs: number;
  readonly speed: number;
  readonly seed: string;
  readonly script?: string;
  readonly headless?: boolean;
  readonly json?: boolean;
}

const greeting = ({ words, security, lightTimeUs, speed, seed }: AttendOptions): string[] => {
  const lightTime = lightTimeText(lightTimeUs);
  return [
    `tharsis: ${words}`,
    security,
    `seed ${seed}, speed ${speed}, ${lightTime}; help lists the words, Ctrl-C leaves`,
  ];
};

const hostOf = ({ ground, runs }: AttendOptions): HostPace => latestOf([ground.pacing, ...runs]);

const consoleOf = (options: AttendOptions, signal: AbortSignal): ConsoleOptions => {
  const { ground, pacing, script } = options;
  return {
    session: ground.session,
    streams: { input: process.stdin, output: process.stdout, environment: process.env, job: hostJobControl },
    greeting: greeting(options),
    signal,
    host: hostOf(options),
    ...(pacing === undefined ? {} : { pacing }),
    ...(script === undefined ? {} : { script }),
  };
};

const attendJson = (options: AttendOptions, signal: AbortSignal): Promise<number> => {
  const { ground, words, security, seed, speed, lightTimeUs, script } = options;
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(JSON.stringify({ kind: 'start', words, security, seed, speed, lightTimeUs }));
  watch(ground.session, (seen) => print(seenJson(seen)));
  const host = hostOf(options);
  const slips = watchSlips(host, (givenUpUs) => {
    const { where, ...alert } = slipEvent(host, givenUpUs, ground.session.nowUs());
    const { atUs, severity, name, text } = alert;
    print(seenJson({ kind: 'alert', atUs, text: `${where} ${severity} ${name}: ${text}`, data: alert }));
  });
  signal.addEventListener('abort', () => slips.stop(), { once: true });
  if (script !== undefined) return runConsole({ ...consoleOf(options, signal), greeting: [], json: true });
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(0), { once: true }));
};

const attendConsole = (options: AttendOptions, signal: AbortSignal): Promise<number> => {
  const asked = consoleOf(options, signal);
  return options.headless && options.script === undefined ? runHeadless(asked) : runConsole(asked);
};

/** Returns the exit code when its user leaves, a signal comes or the script has run; rejects when a run has failed. */
export const attend = async (options: AttendOptions): Promise<number> => {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const name of endingSignals) process.on(name, end);
  const attended = options.json ? attendJson(options, ending.signal) : attendConsole(options, ending.signal);
  const failed = Promise.all([options.ground.pacing.done, ...options.runs.map(({ done }) => done)]).then(
    () => attended,
  );
  try {
    return await Promise.race([attended, failed]);
  } finally {
    ending.abort();
    for (const name of endingSignals) process.off(name, end);
    await attended.catch(() => undefined);
  }
};
