// The rules of the house, held against every file; `rules.test.ts` shows that each of them can fail.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bannedCallViolations } from './banned-calls.ts';
import {
  type ComponentFolder,
  componentViolations,
  headerViolations,
  orphanViolations,
  testTitles,
  wordViolations,
} from './house.ts';
import { circleViolations } from './import-circles.ts';
import { importViolations, leafViolations } from './import-table.ts';
import { portabilityViolations, trackedTexts } from './portable.ts';
import { fileViolations, functionViolations, limits, lineViolations, medianLines } from './sizes.ts';
import { filesOf, root } from './source-file.ts';

const componentFolders = (): ComponentFolder[] => {
  const fsw = `${root}src/fsw`;
  if (!existsSync(fsw)) return [];
  return readdirSync(fsw, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const files = readdirSync(`${fsw}/${name}`);
      const page = files.includes('sdd.md') ? { page: readFileSync(`${fsw}/${name}/sdd.md`, 'utf8') } : {};
      return { path: `src/fsw/${name}`, files, ...page };
    });
};

describe('the house', () => {
  it('imports only what the table of rooms allows', () => {
    expect(importViolations(filesOf('src', 'apps'))).toEqual([]);
    expect(leafViolations(filesOf('src'))).toEqual([]);
  });

  it('has no files that import each other in a circle', () => {
    expect(circleViolations(filesOf('src', 'apps', 'test'))).toEqual([]);
  });

  it('calls nothing that breaks repeatability or style', () => {
    expect(bannedCallViolations(filesOf('src', 'apps', 'test'))).toEqual([]);
  });

  it('keeps files, functions and lines short', () => {
    expect(fileViolations(filesOf('src', 'apps'))).toEqual([]);
    expect(functionViolations(filesOf('src', 'apps'))).toEqual([]);
    expect(lineViolations(filesOf('src', 'apps', 'test'))).toEqual([]);
    expect(medianLines(filesOf('src'))).toBeLessThanOrEqual(limits.medianLines);
  });

  it('says at the top of each file what it is, and leaves nothing unfinished', () => {
    expect(headerViolations(filesOf('src', 'apps'))).toEqual([]);
    expect(wordViolations(filesOf('src', 'apps', 'test'))).toEqual([]);
  });

  it('has no file that nobody uses', () => {
    expect(orphanViolations(filesOf('src'), filesOf('src', 'apps', 'test'))).toEqual([]);
  });

  it('has a declaration, a behaviour, a design page and tested requirements for each flight component', () => {
    expect(componentViolations(componentFolders(), testTitles(filesOf('test')))).toEqual([]);
  });

  it('says nothing about the machine that it was written on', () => {
    const texts = trackedTexts(root);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.flatMap(({ path, text }) => portabilityViolations(path, text))).toEqual([]);
  });
});
