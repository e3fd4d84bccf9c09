// Joins a session, the words and whoever prints into one desk.
import { readFile, stat } from 'node:fs/promises';
import type { Session } from '../../src/ground/session.ts';
import { type Answer, type Desk, refused, type Speed } from './desk.ts';
import type { ClockSight } from './gather-status.ts';
import type { HostPace } from './host-pace.ts';
import { runScript } from './script.ts';
import type { Style } from './style.ts';

export interface DeskOptions {
  readonly session: Session;
  readonly style: Style;
  readonly pacing: Speed | undefined;
  readonly host?: HostPace | undefined;
  readonly width: () => number;
  readonly print: (lines: readonly string[]) => void;
  readonly sight: () => ClockSight | undefined;
  readonly quit: (code: number) => void;
  readonly clear: () => void;
  /** Whether the console is about to end: a script then goes no further. */
  readonly ending: () => boolean;
}

/** Far more than the lines of a script take; a device or a pipe might never end. */
const MAX_SCRIPT_OCTETS = 16 * 2 ** 20;

const readScript = async (file: string): Promise<string | undefined> => {
  try {
    const found = await stat(file);
    return found.isFile() && found.size <= MAX_SCRIPT_OCTETS ? await readFile(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
};

/** Scripts may run scripts, to this depth. */
const MAX_SCRIPT_DEPTH = 8;

export const makeDesk = (options: DeskOptions): Desk => {
  let depth = 0;
  const script = async (file: string): Promise<Answer> => {
    if (depth >= MAX_SCRIPT_DEPTH) return refused(`run: expected at most ${MAX_SCRIPT_DEPTH} scripts in one another`);
    const text = await readScript(file);
    if (text === undefined) return refused(`run: expected a file that can be read, of at most 16 MiB, got '${file}'`);
    depth += 1;
    try {
      return await runScript(desk, file, text, (line) => options.print([`> ${line}`]), options.ending);
    } finally {
      depth -= 1;
    }
  };
  const desk: Desk = {
    session: options.session,
    dictionary: options.session.dictionary,
    style: options.style,
    pacing: options.pacing,
    host: options.host,
    width: options.width,
    print: options.print,
    runScript: script,
    quit: options.quit,
    clear: options.clear,
    watched: [],
    lastToken: undefined,
    past: [],
    seen: { events: [], directives: [] },
    get sight() {
      return options.sight();
    },
  };
  return desk;
};
