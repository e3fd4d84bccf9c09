// The verb `console`: the ground station alone, on real sockets, for an orbiter in another process or of another maker.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import { groundOptions } from '../ground/options.ts';
import { factorOption, hostOption, lightTimeUsOption, portOption } from '../options.ts';
import type { ConsoleVerbOptions } from './options.ts';

export const registerConsole = (program: Command): void => {
  const command = program
    .command('console')
    .description('run the ground station alone, with its console: frames in, CLTUs out')
    .option('--bind <address>', 'where the station listens', hostOption, '127.0.0.1')
    .option('--tm-port <port>', 'where frames come in; with --tcp: where the orbiter gives them', portOption, 10_017)
    .option('--connect <address>', 'the host of the orbiter', hostOption, '127.0.0.1')
    .option('--tc-host <address>', 'where CLTUs go, if not to that host', hostOption)
    .option('--tc-port <port>', 'where CLTUs go', portOption, 10_018)
    .option('--tcp', 'TCP instead of UDP: connects to both ports of the orbiter')
    .option('--light-time <time>', 'one way, such as 4m or 250ms: what the ground reckons with', lightTimeUsOption, 0)
    .option('--speed <factor>', 'times real time, the same as the orbiter', factorOption, 1)
    .action(async (options: ConsoleVerbOptions) => {
      const { runConsoleVerb } = await import('./run.ts');
      process.exitCode = await runConsoleVerb(options);
    });
  examples(groundOptions(command), [
    ['console', 'for an orbiter of this host: npx tharsis orbiter'],
    ['console --bind 0.0.0.0 --connect 192.168.1.30', 'for an orbiter on another machine'],
    ['console --tcp', 'for npx tharsis orbiter --tcp'],
    ['console --script pass.txt', 'run a script; the exit code says whether it passed'],
  ]);
};
