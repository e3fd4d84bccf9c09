// The folder of the checkout: it is found from the running file upwards, because the bundle and the sources lie at
// different depths below it.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Checkout {
  readonly root: string;
  readonly version: string;
}

/** Throws when no package named tharsis lies above the running file: then the installation is broken. */
export const checkout = (): Checkout => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (manifest.name === 'tharsis') return { root: folder, version: String(manifest.version) };
    } catch {
      // No readable package.json here: the search goes on one folder up.
    }
    if (folder === dirname(folder)) throw new Error('expected a package.json of tharsis above the program, found none');
  }
};
