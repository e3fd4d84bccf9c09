// The console of a session, on a terminal or without one. It ends when its user leaves, when its script has run, or
// when its signal is aborted, and leaves the terminal as it was.
import { stat } from 'node:fs/promises';
import { UsageError } from '../usage-error.ts';
import type { ConsoleOptions } from './console-options.ts';
import { runHeadless } from './headless.ts';
import { runInteractive } from './interactive.ts';

const checkScript = async (file: string): Promise<void> => {
  const readable = (await stat(file).catch(() => undefined))?.isFile() ?? false;
  if (!readable) throw new UsageError(`--script: expected a file that can be read, got '${file}'`);
};

/** The exit code: 0, or 1 for a script that has failed. Rejects with a UsageError for a script that cannot be read. */
export const runConsole = async (options: ConsoleOptions): Promise<number> => {
  const { input, output, environment } = options.streams;
  if (options.script !== undefined) await checkScript(options.script);
  const terminal = input.isTTY === true && output.isTTY === true && environment.TERM !== 'dumb';
  return terminal && options.script === undefined ? runInteractive(options) : runHeadless(options);
};
