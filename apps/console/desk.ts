// What a console remembers beside the session, and what its words may do. The words know nothing of terminals: they
// answer with lines, and whoever runs them shows these.
import type { Candidate } from '../../src/dictionary/complete.ts';
import type { Dictionary } from '../../src/dictionary/dictionary.ts';
import type { Session } from '../../src/ground/session.ts';
import type { DirectiveAnswer } from '../../src/ground/uplink/request.ts';
import type { CommandRecord } from '../../src/ground/verification/command-record.ts';
import type { ShownEvent } from './event-lines.ts';
import type { ClockSight } from './gather-status.ts';
import type { HostPace } from './host-pace.ts';
import type { Style } from './style.ts';

/** The speed of the run, where the console drives it. */
export interface Speed {
  readonly speed: number;
  setSpeed(factor: number): void;
}

export interface Desk {
  readonly session: Session;
  readonly dictionary: Dictionary;
  readonly style: Style;
  readonly pacing: Speed | undefined;
  /** How well the host keeps up with the run; undefined in a run that is not paced. */
  readonly host: HostPace | undefined;
  /** Columns that a line may take. */
  width(): number;
  /** Lines of a word that is still at work. */
  print(lines: readonly string[]): void;
  /** Runs a script and tells whether it passed. */
  runScript(file: string): Promise<Answer>;
  /** Asks the console to end, with an exit code. */
  quit(code: number): void;
  clear(): void;

  /** Names of watched channels. */
  watched: readonly string[];
  /** Of the command that was sent last. */
  lastToken: number | undefined;
  /** Events of the spacecraft and of the ground, oldest first. */
  past: readonly ShownEvent[];
  /** What was seen since the last line that sent something: what a script may expect. */
  readonly seen: Seen;
  readonly sight: ClockSight | undefined;
}

/** Bounded: the oldest give way. */
export interface Seen {
  events: readonly ShownEvent[];
  directives: readonly DirectiveAnswer[];
}

export const MAX_SEEN = 1000;

export const remembered = <T>(list: readonly T[], item: T): readonly T[] => [...list, item].slice(-MAX_SEEN);

/** What became of a line. A refusal says what was expected and what was got. */
export type Answer =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly reason: string };

export const done = (...lines: readonly string[]): Answer => ({ ok: true, lines });
export const refused = (reason: string): Answer => ({ ok: false, reason });

/** One word of the console. */
export interface Word {
  readonly name: string;
  /** What stands behind the name. */
  readonly usage: string;
  /** One line. */
  readonly help: string;
  readonly more?: readonly string[];
  /** Named in the help of another word, not in the list. */
  readonly minor?: true;
  /** Whether it sends something: what a script expects is counted from here. */
  readonly sends?: boolean;
  run(desk: Desk, rest: string): Answer | Promise<Answer>;
  /** What may stand where the last of `words` is being typed. */
  complete?(desk: Desk, words: readonly string[], rest: string): readonly Candidate[];
}

/** Whether a command is still on its way. */
export const isOpen = (record: CommandRecord): boolean => record.status === 'open';
