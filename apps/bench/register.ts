// The verb `bench`: speed figures as ratios within one run, with the goals that the project holds itself to.
import type { Command } from 'commander';
import { examples } from '../examples.ts';

export const registerBench = (program: Command): void => {
  const command = program
    .command('bench')
    .argument('[names...]', 'bench files or figures to run: every name that contains one of these words')
    .description('measure speed: one line per figure; exit code 1 when a goal does not hold')
    .option('--json', 'print one JSON object per line: the machine first, then the figures')
    .option('--no-goals', 'report only: exit code 0 also when a goal does not hold')
    .option('--list', 'print the names of the bench files and measure nothing')
    .action(async (names: string[], options: { json?: boolean; goals: boolean; list?: boolean }) => {
      const { runBenches } = await import('./run.ts');
      process.exitCode = await runBenches(names, options);
    });
  examples(command, [
    ['bench', 'measure everything'],
    ['bench kernel --json', 'the kernel figures only, as JSON lines'],
  ]);
};
