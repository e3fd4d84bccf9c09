// The verb `start`: orbiter, ground station and console in one process, joined by real loopback sockets.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import { type GroundVerbOptions, groundOptions } from '../ground/options.ts';
import { factorOption, hostOption, lightTimeUsOption, portOption } from '../options.ts';

export const registerStart = (program: Command): void => {
  const command = program
    .command('start')
    .description('run orbiter, ground station and console in one process, on real loopback sockets')
    .option('--bind <address>', 'where orbiter and station listen', hostOption, '127.0.0.1')
    .option('--tc-port <port>', 'where the orbiter takes CLTUs', portOption, 10_018)
    .option('--tm-port <port>', 'where the station takes frames', portOption, 10_017)
    .option('--light-time <time>', 'one way, such as 4m or 250ms', lightTimeUsOption, 0)
    .option('--speed <factor>', 'times real time, such as 0.5 or 60', factorOption, 1)
    .action(async (options: GroundVerbOptions) => {
      const { runStart } = await import('./run.ts');
      process.exitCode = await runStart(options);
    });
  examples(groundOptions(command), [
    ['start', 'the orbiter and a console to it'],
    ['start --light-time 4m --speed 60', 'four minutes of light time, one of them each second'],
    ['start --headless --json', 'for a script: what happens, one JSON object a line'],
  ]);
};
