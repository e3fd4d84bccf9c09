// The console of a session, on a terminal or without one. It ends when its user leaves, when its script has run, or
// when its signal is aborted, and leaves the terminal as it was.
import { stat } from 'node:fs/promises';
import type { Session } from '../../src/ground/session.ts';
import { UsageError } from '../usage-error.ts';
import type { Speed } from './desk.ts';
import { runHeadless } from './headless.ts';
import { runInteractive } from './interactive.ts';

const checkScript = async (file: string): Promise<void> => {
  const readable = (await stat(file).catch(() => undefined))?.isFile() ?? false;
  if (!readable) throw new UsageError(`--script: expected a file that can be read, got '${file}'`);
};

/** The terminal, or what stands in its place: in the program the streams of the process. */
export interface ConsoleStreams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ConsoleOptions {
  readonly session: Session;
  readonly streams: ConsoleStreams;
  /** Lines that greet the user. */
  readonly greeting: readonly string[];
  /** Of the run, where this process drives it. */
  readonly pacing?: Speed;
  /** A script that runs at once; the console then ends with its verdict. */
  readonly script?: string;
  /** Aborted when the program is asked to end. */
  readonly signal?: AbortSignal;
}

/** The exit code: 0, or 1 for a script that has failed. Rejects with a UsageError for a script that cannot be read. */
export const runConsole = async (options: ConsoleOptions): Promise<number> => {
  const { input, output } = options.streams;
  if (options.script !== undefined) await checkScript(options.script);
  const interactive = input.isTTY === true && output.isTTY === true && options.script === undefined;
  return interactive ? runInteractive(options) : runHeadless(options);
};
