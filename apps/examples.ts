// Examples at the end of a verb's help: the quickest way to learn a command is to see it used.
import type { Command } from 'commander';

/** Each example is the words behind `npx tharsis` and what they do. Returns the command, for chaining. */
export const examples = (command: Command, lines: readonly (readonly [words: string, does: string])[]): Command =>
  command.addHelpText(
    'after',
    ['', 'Examples:', ...lines.flatMap(([words, does]) => [`  npx tharsis ${words}`, `      ${does}`])].join('\n'),
  );
