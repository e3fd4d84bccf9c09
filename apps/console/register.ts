// The verb `console`: the ground station alone, on real sockets, for an orbiter in another process or of another maker.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import { durationUsOption, factorOption, hostOption, integerOption, portOption } from '../options.ts';

export interface ConsoleVerbOptions {
  readonly bind: string;
  readonly tmPort: number;
  /** The host of the orbiter. */
  readonly connect: string;
  /** Where CLTUs go, if not to that host. */
  readonly tcHost?: string;
  readonly tcPort: number;
  readonly tcp?: boolean;
  readonly lightTime: number;
  readonly speed: number;
  readonly seed: string;
  readonly bitRate: number;
  readonly script?: string;
  readonly headless?: boolean;
  readonly json?: boolean;
}

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
    .option('--light-time <time>', 'one way, such as 4m or 250ms: what the ground reckons with', durationUsOption, 0)
    .option('--speed <factor>', 'times real time, the same as the orbiter', factorOption, 1)
    .option('--seed <text>', 'one seed is one run', 'tharsis')
    .option('--bit-rate <bps>', 'of the uplink; 0 is no limit', integerOption(0, 1_000_000_000), 0)
    .option('--script <file>', 'a console script to run; exit code 1 when it fails')
    .option('--headless', 'no console, even on a terminal: events and commands as lines')
    .option('--json', 'without a console: one JSON object a line')
    .action(async (options: ConsoleVerbOptions) => {
      const { runConsoleVerb } = await import('./run.ts');
      process.exitCode = await runConsoleVerb(options);
    });
  examples(command, [
    ['console', 'for an orbiter of this host: npx tharsis orbiter'],
    ['console --bind 0.0.0.0 --connect 192.168.1.30', 'for an orbiter on another machine'],
    ['console --tcp', 'for npx tharsis orbiter --tcp'],
    ['console --script pass.txt', 'run a script; the exit code says whether it passed'],
  ]);
};
