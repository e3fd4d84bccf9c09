// The verb `inspect`: a recorded file taken apart, layer by layer.
import type { Command } from 'commander';
import { inspectKinds } from '../../src/ground/inspect/parameters.ts';
import { examples } from '../examples.ts';
import { choiceOption, integerOption } from '../options.ts';
import { bounds, type InspectOptions, reedSolomonOption } from './options.ts';

const between = ([minimum, maximum]: readonly [number, number]) => integerOption(minimum, maximum);

export const registerInspect = (program: Command): void => {
  const command = program
    .command('inspect')
    .argument('<file>', 'recording: binary, or hexadecimal text with one unit a line; - is standard input')
    .description('take a recorded file apart: frames, channels, packets, and what is missing or refused')
    .option('--as <kind>', `what the units are: ${inspectKinds.join(', ')}`, choiceOption(inspectKinds))
    .option('--length <octets>', 'octets of a transfer frame', between(bounds.length))
    .option('--fecf', 'frames have an error control field')
    .option('--no-fecf', 'frames have none')
    .option('--ocf', 'frames have an operational control field')
    .option('--no-ocf', 'frames have none')
    .option('--fhec', 'AOS headers have an error control field')
    .option('--no-fhec', 'AOS headers have none')
    .option('--secondary-header <octets>', 'octets of the TM secondary header', between(bounds.secondaryHeader))
    .option('--insert-zone <octets>', 'octets of the insert zone', between(bounds.insertZone))
    .option('--randomized', 'frames or codeblocks are randomised')
    .option('--no-randomized', 'they are not')
    .option('--rs <E,I[,basis]>', 'Reed-Solomon, such as 16,5 or 16,5,conventional', reedSolomonOption)
    .option('--no-rs', 'there is no Reed-Solomon')
    .option(
      '--skip <octets>',
      'octets before each unit that are none of it, such as a time stamp',
      between(bounds.skip),
    )
    .option('--keep-duplicates', 'take a repeated frame as a frame')
    .option('--strict', 'refuse packets of a version that is not the standard one')
    .option('--config <file>', 'JSON object of these options, such as {"insert-zone": 8}')
    .option('--list', 'a line for every unit, with its octet offset')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: InspectOptions) => {
      const { runInspect } = await import('./run.ts');
      await runInspect(file, options);
    });
  examples(command, [
    ['inspect frames.bin --as tm', 'length and fields are probed, and the guesses are told'],
    ['inspect pass.cadu --as cadu --rs 16,5 --randomized --json', 'one JSON object for scripts'],
    ['inspect frames.bin --as aos --length 1115 --fecf --no-ocf --list', 'every frame with its offset'],
  ]);
};
