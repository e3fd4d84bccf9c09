// The verb `orbiter`: the spacecraft alone, on real sockets, without a console.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import {
  choiceOption,
  factorOrMaxOption,
  hostOption,
  integerOption,
  lightTimeUsOption,
  portOption,
} from '../options.ts';
import { bchModes, type OrbiterVerbOptions } from './options.ts';

const MOST_SECONDS = 0xffff_ffff;

export const registerOrbiter = (program: Command): void => {
  const command = program
    .command('orbiter')
    .description('run the orbiter alone: CLTUs in, TM frames out, until Ctrl-C')
    .option('--bind <address>', 'where it listens', hostOption, '127.0.0.1')
    .option('--tc-port <port>', 'where CLTUs come in', portOption, 10_018)
    .option('--tm-host <address>', 'where frames go', hostOption, '127.0.0.1')
    .option('--tm-port <port>', 'where frames go; with --tcp: where it listens for who wants them', portOption, 10_017)
    .option('--tcp', 'TCP instead of UDP: a server for CLTUs and a server for frames')
    .option('--bch <mode>', 'SEC mends one bit of a code block, TED refuses the block', choiceOption(bchModes), 'SEC')
    .option('--tc-randomized', 'CLTUs carry randomised frames')
    .option('--light-time <time>', 'one way, such as 4m or 250ms', lightTimeUsOption, 0)
    .option('--speed <factor>', "times real time, such as 60, or 'max'", factorOrMaxOption, 1)
    .option('--seed <text>', 'one seed is one run', 'tharsis')
    .option('--epoch <seconds>', 'TAI seconds since 1958 at the start; left out: now', integerOption(0, MOST_SECONDS))
    .option('--keys <file>', 'protects the link with the keys and associations of a file; left out: clear mode')
    .option('--json', 'status as one JSON object a line')
    .action(async (options: OrbiterVerbOptions) => {
      const { runOrbiter } = await import('./run.ts');
      process.exitCode = await runOrbiter(options);
    });
  examples(command, [
    ['orbiter', 'CLTUs in on UDP 10018, frames out to UDP 10017'],
    ['orbiter --light-time 4m --speed 60', 'four minutes of light time, one of them each second'],
    ['orbiter --keys keys.json', 'only frames under these keys are taken'],
    ['orbiter --bind 0.0.0.0 --tm-host 192.168.1.20', 'for a control system on another machine'],
  ]);
};
