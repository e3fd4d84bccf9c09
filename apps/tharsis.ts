// The program's entry: joins the command line to this process. `apps/launcher/tharsis.mjs` bundles and starts it.

import { checkout } from './checkout.ts';
import { runProgram } from './program.ts';

// A reader that leaves early (`tharsis … | head`) is no error of ours: there is nobody left to write to.
// A full disk under it is for the user to mend.
for (const [name, stream] of [
  ['standard output', process.stdout],
  ['standard error', process.stderr],
] as const)
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    if (error.code !== 'ENOSPC') throw error;
    process.stderr.write(`tharsis: ${name}: no space left\n`);
    process.exit(1);
  });

// An error outside every verb, in a callback of a socket or timer: one line, and the stack for those who ask for it.
const unexpected = (error: unknown): void => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const words = process.argv.includes('--debug') ? stack : `${stack.split('\n')[0]} (run it again with --debug)`;
  process.stderr.write(`tharsis: unexpected: ${words}\n`);
  process.exit(1);
};
process.on('uncaughtException', unexpected);
process.on('unhandledRejection', unexpected);

const terminal = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};

process.exitCode = await runProgram(process.argv.slice(2), terminal, checkout().version);
