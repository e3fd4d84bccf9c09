// Holds every group of fixtures to its page and its digests, and shows that a planted fault is found.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixtureViolations } from './fixtures.ts';
import { root } from './source-file.ts';

describe('fixtures', () => {
  const groups = readdirSync(`${root}fixtures`, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it.each(groups.map((entry) => entry.name))('%s has an origin, a licence and its octets', (group) => {
    expect(fixtureViolations(`${root}fixtures/${group}`, group)).toEqual([]);
  });

  describe('a planted group', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tharsis-fixtures-'));
    const digest = createHash('sha256').update('octets').digest('hex');
    const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    afterAll(() => rmSync(folder, { recursive: true }));

    it('is refused without page and digests', () => {
      expect(fixtureViolations(folder, 'planted')).toHaveLength(2);
    });

    it('is accepted when whole', () => {
      put('README.md', 'Origin: here. Licence: ours.');
      put('a.bin', 'octets');
      put('SHA256SUMS', `${digest}  ./a.bin\n`);
      expect(fixtureViolations(folder, 'planted')).toEqual([]);
    });

    it('is refused with a file too many, changed or gone', () => {
      put('b.bin', 'more');
      expect(fixtureViolations(folder, 'planted')).toEqual(['planted/b.bin: not listed in SHA256SUMS']);
      rmSync(join(folder, 'b.bin'));
      put('a.bin', 'octetz');
      expect(fixtureViolations(folder, 'planted')).toEqual(['planted/a.bin: has other octets than SHA256SUMS says']);
      rmSync(join(folder, 'a.bin'));
      expect(fixtureViolations(folder, 'planted')).toEqual(['planted/a.bin: listed in SHA256SUMS, and not there']);
    });
  });
});
