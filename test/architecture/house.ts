// What every file and every flight component must bring along: a header, somebody who uses it, a design page.
import { importsOf } from './imports.ts';
import { at, type SourceFile, type Violation } from './source-file.ts';

export const headerViolations = (files: readonly SourceFile[]): Violation[] =>
  files
    .filter((file) => !/^(?:\/\/ |\/\*\*? )\S/.test(file.text))
    .map((file) => `${file.path}:1: expected a header comment: what it is, which standard, what is left out`);

/** Files of src that nobody imports. A file that is read by its name (a kernel for WebAssembly) is no orphan either. */
export const orphanViolations = (src: readonly SourceFile[], all: readonly SourceFile[]): Violation[] => {
  const used = new Set(all.flatMap((file) => importsOf(file).map((found) => found.target)));
  return src.filter((file) => !used.has(file.path)).map((file) => `${file.path}:1: nobody imports it, not even a test`);
};

/** Words that say that something is not done; split here so that this page does not find itself. */
const unfinished = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK', 'place' + 'holder', 'not imple' + 'mented'];

export const wordViolations = (files: readonly SourceFile[]): Violation[] =>
  files.flatMap((file) =>
    [...file.text.matchAll(new RegExp(`\\b(?:${unfinished.join('|')})\\b`, 'g'))].map((found) =>
      at(file, found.index, `'${found[0]}': finish it or leave it out`),
    ),
  );

const pageLines = 120;

/** The ids in the section Requirements of a design page, such as TCR-01. */
export const requirementIds = (page: string): string[] => {
  const section = /^## Requirements\b[^\n]*\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(page)?.[1] ?? '';
  return [
    ...new Set([...section.matchAll(/^(?:\||[-*]|\d+\.)\s*\W*([A-Z][A-Z0-9]*-\d+)\b/gm)].map((found) => found[1]!)),
  ];
};

const title = /\b(?:it|test|describe)(?:\.\w+)*(?:\([^()]*\))?\s*\(\s*(['"`])/g;

/** The first string of every it(…), test(…) and describe(…). */
export const testTitles = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) =>
    [...file.code.matchAll(title)].map((found) => {
      const start = found.index + found[0].length;
      return file.text.slice(start, file.code.indexOf(found[1]!, start));
    }),
  );

export interface ComponentFolder {
  readonly path: string;
  readonly files: readonly string[];
  /** The text of sdd.md, when there is one. */
  readonly page?: string;
}

/** A component has its three files, a page of at most 120 lines, and a test for each of its requirements. */
export const componentViolations = (folders: readonly ComponentFolder[], titles: readonly string[]): Violation[] =>
  folders.flatMap(({ path, files, page }) => {
    const missing = ['declaration.ts', 'behaviour.ts', 'sdd.md'].filter((name) => !files.includes(name));
    const wrong = missing.map((name) => `${path}: expected ${name}`);
    if (page === undefined) return wrong;
    const lines = page.trimEnd().split('\n').length;
    if (lines > pageLines) wrong.push(`${path}/sdd.md: ${lines} lines: expected at most ${pageLines}`);
    const ids = requirementIds(page);
    if (ids.length === 0) wrong.push(`${path}/sdd.md: expected a section "## Requirements" with ids such as TCR-01`);
    const untested = ids.filter((id) => !titles.some((text) => new RegExp(`\\b${id}\\b`).test(text)));
    return [...wrong, ...untested.map((id) => `${path}/sdd.md: ${id} is in no test title`)];
  });
