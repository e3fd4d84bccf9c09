// A fixture is evidence only while its origin is known and its octets are those that were put in.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { Violation } from './source-file.ts';

const own = ['README.md', 'SHA256SUMS'];

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(`${folder}/${name}`).isFile() && !own.includes(name))
    .sort();

const readmeViolations = (folder: string, group: string): Violation[] => {
  if (!existsSync(`${folder}/README.md`)) return [`${group}: expected a README.md with origin and licence`];
  const text = readFileSync(`${folder}/README.md`, 'utf8');
  return [/origin/i, /licen[cs]e/i]
    .filter((word) => !word.test(text))
    .map((word) => `${group}/README.md: expected a line on ${word.source}`);
};

const digestViolations = (folder: string, group: string): Violation[] => {
  if (!existsSync(`${folder}/SHA256SUMS`)) return [`${group}: expected SHA256SUMS`];
  const lines = readFileSync(`${folder}/SHA256SUMS`, 'utf8').trim().split('\n');
  const listed = new Map(lines.map((line) => [posix.normalize(line.slice(66)), line.slice(0, 64)]));
  const present = filesBelow(folder);
  const missing = [...listed.keys()].filter((name) => !present.includes(name));
  return [
    ...missing.map((name) => `${group}/${name}: listed in SHA256SUMS, and not there`),
    ...present.flatMap((name) => {
      const digest = createHash('sha256')
        .update(readFileSync(`${folder}/${name}`))
        .digest('hex');
      if (!listed.has(name)) return [`${group}/${name}: not listed in SHA256SUMS`];
      return digest === listed.get(name) ? [] : [`${group}/${name}: has other octets than SHA256SUMS says`];
    }),
  ];
};

/** `folder` is one group; `group` is its name in messages. Golden groups carry no digests. */
export const fixtureViolations = (folder: string, group: string): Violation[] => [
  ...readmeViolations(folder, group),
  ...(group === 'golden' ? [] : digestViolations(folder, group)),
];
