// The verb `export`: what is derived from the declarations, for people and for other programs.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import { choiceOption } from '../options.ts';
import { type ExportKind, exportKinds } from './kinds.ts';

export const registerExport = (program: Command): void => {
  const command = program
    .command('export')
    .description('print what is derived from the declarations of the orbiter')
    .argument(
      '<what>',
      'dictionary (JSON), xtce (for mission control), diagram (Mermaid) or reference (Markdown)',
      choiceOption(exportKinds),
    )
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .action(async (kind: ExportKind, { output }: { output?: string }) => {
      const { runExport } = await import('./run.ts');
      await runExport(kind, output);
    });
  examples(command, [
    ['export dictionary', 'to standard output'],
    ['export xtce --output orbiter.xml', 'to a file'],
  ]);
};
