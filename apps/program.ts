// The command line as a whole: one verb per folder of apps, and what all verbs share: help, one clear line for every
// mistake of the user (exit code 2), and the stack of an unexpected error only when --debug asks for it (exit code 1).
import { Command, CommanderError } from 'commander';
import { hostReason, UsageError } from './usage-error.ts';
import { type Register, verbs } from './verbs.ts';

/** Where words go: the process in the program, lists of lines in tests. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

/** All verbs on one command, which throws a CommanderError instead of ending the process. */
export const program = (terminal: Terminal, version: string, registers: readonly Register[] = verbs): Command => {
  const command = new Command('tharsis')
    .description('A Mars relay orbiter that a bench can plug into.')
    .version(`tharsis ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help for the program or for a verb')
    .helpCommand('help [verb]', 'print help for a verb')
    .option('--debug', 'print the stack of an unexpected error')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .exitOverride();
  command.addHelpText('after', '\nHelp for one verb, with examples: npx tharsis VERB --help');
  for (const register of registers) register(command);
  return command;
};

const flagsOf = (command: Command): string =>
  command.options
    .filter((option) => !option.hidden)
    .map((option) => option.long ?? option.short)
    .join(', ');

/** What would have been right, for the mistakes whose message does not say it yet. */
const expectation = (error: CommanderError, command: Command, root: Command): string => {
  const verbNames = root.commands.map((verb) => verb.name()).join(', ');
  if (error.code === 'commander.unknownCommand') return `; expected one of ${verbNames}`;
  if (error.code === 'commander.unknownOption') return `; expected one of ${flagsOf(command) || flagsOf(root)}`;
  if (error.code === 'commander.excessArguments' || error.code === 'commander.missingArgument')
    return `; expected: ${command === root ? '' : 'tharsis '}${command.name()} ${command.usage()}`;
  return '';
};

/** commander tells a mistake in up to two lines, with a prefix of its own: here it becomes one. */
const usageLine = (error: CommanderError, argv: readonly string[], root: Command): string => {
  const verb = root.commands.find((candidate) => argv.includes(candidate.name()));
  const command = verb ?? root;
  const words = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace('(Did you mean', '(did you mean');
  const name = command === root ? 'tharsis' : `tharsis ${command.name()}`;
  return `${name}: ${words}${expectation(error, command, root)} (help: ${name} --help)\n`;
};

/** Runs one command line (without node and script) and returns the exit code. Never throws. */
export const runProgram = async (
  argv: readonly string[],
  terminal: Terminal,
  version: string,
  registers: readonly Register[] = verbs,
): Promise<number> => {
  const root = program(terminal, version, registers);
  try {
    // commander would print its whole help for a verb that it does not know.
    const [word, verb] = argv;
    if (word === 'help' && verb !== undefined && !root.commands.some((each) => each.name() === verb))
      throw new CommanderError(2, 'commander.unknownCommand', `error: unknown command '${verb}'`);
    await root.parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      if (error.code !== 'commander.help') terminal.err(usageLine(error, argv, root));
      return 2;
    }
    const reason = error instanceof UsageError ? error.message : hostReason(error);
    const debug = root.opts().debug === true;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (reason !== undefined) terminal.err(debug ? `${stack}\n` : `tharsis: ${reason}\n`);
    else if (debug) terminal.err(`tharsis: unexpected: ${stack}\n`);
    else terminal.err(`tharsis: unexpected: ${stack.split('\n')[0]} (run it again with --debug for the stack)\n`);
    return reason === undefined ? 1 : 2;
  }
};
