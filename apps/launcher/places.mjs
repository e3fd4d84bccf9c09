// Where the launcher's files are, and whether one of them was started by itself. Node built-ins only: it is read before
// anything is installed.
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** What is built; under no version control. */
export const dist = join(root, 'dist');

/** True in the file that node was given, false where it is imported. */
export const isStarted = (moduleUrl) => argv[1] !== undefined && fileURLToPath(moduleUrl) === realpathSync(argv[1]);
