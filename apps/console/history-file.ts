// The lines of earlier sessions, in the user's own place for such things. A history that cannot be read or written is
// no reason to stop: the console goes on without.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { MAX_HISTORY_LINES } from './line-editor.ts';

/** `$XDG_STATE_HOME/tharsis/history`, or `~/.local/state/tharsis/history`. */
export const historyPath = (environment: Readonly<Record<string, string | undefined>>, home = homedir()): string => {
  const state = environment.XDG_STATE_HOME;
  return join(state === undefined || state === '' ? join(home, '.local', 'state') : state, 'tharsis', 'history');
};

export const readHistory = (path: string): string[] => {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => line !== '').slice(-MAX_HISTORY_LINES);
  } catch {
    return [];
  }
};

/** Folder by folder: some hosts make `recursive` try for ever where nothing can be made. */
const makeFolders = (path: string): void => {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolders(above);
  mkdirSync(path, { mode: 0o700 });
};

/** Returns whether it could be kept. Written beside and renamed, so that two consoles do not mix their lines. */
export const writeHistory = (path: string, lines: readonly string[], mark = process.pid): boolean => {
  try {
    makeFolders(dirname(path));
    const fresh = `${path}.${mark}`;
    writeFileSync(
      fresh,
      lines
        .slice(-MAX_HISTORY_LINES)
        .map((line) => `${line}\n`)
        .join(''),
      { mode: 0o600 },
    );
    renameSync(fresh, path);
    return true;
  } catch {
    return false;
  }
};
