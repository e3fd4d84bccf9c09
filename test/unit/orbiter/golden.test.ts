// What is derived from the declarations, held against the golden files, so that every change of an interface shows in a
// diff. UPDATE_GOLDEN=1 writes them anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exported } from '../../../apps/export/exported.ts';
import type { ExportKind } from '../../../apps/export/kinds.ts';

const files: readonly (readonly [ExportKind, string])[] = [
  ['dictionary', 'dictionary.json'],
  ['diagram', 'orbiter.mmd'],
  ['reference', 'reference.md'],
  ['xtce', 'orbiter.xml'],
];

describe('derived artefacts', () => {
  it.each(files)('%s is as it was', (kind, file) => {
    const path = fileURLToPath(new URL(`../../../fixtures/golden/${file}`, import.meta.url));
    const text = exported(kind);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8') === text, `${file} differs: see it with UPDATE_GOLDEN=1 and git diff`).toBe(true);
  });
});
