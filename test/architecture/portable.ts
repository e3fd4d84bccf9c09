// The repository says nothing about the machine it was written on: no folders of a home, no addresses of a registry.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import type { Violation } from './source-file.ts';

/** Built from parts so that this file does not find itself. */
const machineWords = [
  `/${'root'}/`,
  `/${'work'}/`,
  `/${'workspace'}/`,
  `/${'Users'}/`,
  `registry.${'npmjs'}`,
  `repo1.${'maven'}`,
  `files.${'pythonhosted'}`,
  `"${'resolved'}":`,
];

export const portabilityViolations = (path: string, text: string): Violation[] =>
  text
    .split('\n')
    .flatMap((line, i) =>
      machineWords
        .filter((word) => line.includes(word))
        .map((word) => `${path}:${i + 1}: '${word}' belongs to one machine`),
    );

/** Every file under version control that is text and not somebody else's data. */
export const trackedTexts = (root: string): readonly { readonly path: string; readonly text: string }[] =>
  execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((path) => !path.startsWith('fixtures/'))
    .filter((path) => statSync(`${root}${path}`, { throwIfNoEntry: false })?.isFile() === true)
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));
