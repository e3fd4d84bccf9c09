// The verb `start`: orbiter, ground station and console in one process, joined by real loopback sockets.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import { durationUsOption, factorOption, hostOption, integerOption, portOption } from '../options.ts';

export interface StartOptions {
  readonly bind: string;
  readonly tcPort: number;
  readonly tmPort: number;
  readonly lightTime: number;
  readonly speed: number;
  readonly seed: string;
  readonly bitRate: number;
  readonly script?: string;
  readonly headless?: boolean;
  readonly json?: boolean;
}

export const registerStart = (program: Command): void => {
  const command = program
    .command('start')
    .description('run orbiter, ground station and console in one process, on real loopback sockets')
    .option('--bind <address>', 'where orbiter and station listen', hostOption, '127.0.0.1')
    .option('--tc-port <port>', 'where the orbiter takes CLTUs', portOption, 10_018)
    .option('--tm-port <port>', 'where the station takes frames', portOption, 10_017)
    .option('--light-time <time>', 'one way, such as 4m or 250ms', durationUsOption, 0)
    .option('--speed <factor>', 'times real time', factorOption, 1)
    .option('--seed <text>', 'one seed is one run', 'tharsis')
    .option('--bit-rate <bps>', 'of the uplink; 0 is no limit', integerOption(0, 1_000_000_000), 0)
    .option('--script <file>', 'commands to run, one a line, before the prompt')
    .option('--headless', 'no console, even on a terminal: events and commands as lines')
    .option('--json', 'without a console: one JSON object a line')
    .action(async (options: StartOptions) => {
      const { runStart } = await import('./run.ts');
      process.exitCode = await runStart(options);
    });
  examples(command, [
    ['start', 'the orbiter and a console to it'],
    ['start --light-time 4m --speed 60', 'four minutes of light time, one of them each second'],
    ['start --headless --json', 'for a script: what happens, one JSON object a line'],
  ]);
};
