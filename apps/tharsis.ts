// The program's entry: joins the command line to this process. `apps/launcher/tharsis.mjs` bundles and starts it.
import { runProgram } from './program.ts';
import { checkout } from './root.ts';

// A reader that leaves early (`tharsis … | head`) is no error of ours: there is nobody left to write to.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

const terminal = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};

process.exitCode = await runProgram(process.argv.slice(2), terminal, checkout().version);
