// The files of the house as the rules see them: path from the root, text, and the same text with only code left.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { blankText } from './blank-text.ts';

export interface SourceFile {
  /** From the root, with forward slashes: `src/codec/crc16.ts`. */
  readonly path: string;
  readonly text: string;
  /** As long as `text`: comments and the inside of strings are spaces. */
  readonly code: string;
}

/** What a rule returns: `path:line: what is wrong and what is right`. An empty list holds the rule. */
export type Violation = string;

export const root = fileURLToPath(new URL('../../', import.meta.url));

export const sourceFile = (path: string, text: string): SourceFile => ({ path, text, code: blankText(text) });

export const lineOf = (file: SourceFile, offset: number): number => file.text.slice(0, offset).split('\n').length;

export const at = (file: SourceFile, offset: number, what: string): Violation =>
  `${file.path}:${lineOf(file, offset)}: ${what}`;

const read = (folder: string): SourceFile[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.as.ts'))
    .sort()
    .map((path) => sourceFile(path, readFileSync(`${root}${path}`, 'utf8')));

const cache = new Map<string, readonly SourceFile[]>();

/** Every TypeScript file below one of the folders, read once. */
export const filesOf = (...folders: ('src' | 'apps' | 'test')[]): readonly SourceFile[] =>
  folders.flatMap((folder) => {
    if (!cache.has(folder)) cache.set(folder, read(folder));
    return cache.get(folder)!;
  });
