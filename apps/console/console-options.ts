// What a console is given: the session that it shows, the streams that it uses, and how it ends.
import type { Session } from '../../src/ground/session.ts';
import type { Speed } from './desk.ts';
import type { HostPace } from './host-pace.ts';
import type { JobControl } from './job-control.ts';

/** The terminal, or what stands in its place: in the program the streams of the process. */
export interface ConsoleStreams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What Ctrl-Z does; left out: nothing. */
  readonly job?: JobControl | undefined;
}

export interface ConsoleOptions {
  readonly session: Session;
  readonly streams: ConsoleStreams;
  /** Lines that greet the user. */
  readonly greeting: readonly string[];
  /** Of the run, where this process drives it. */
  readonly pacing?: Speed;
  /** How well the host keeps up, where the run is paced. */
  readonly host?: HostPace;
  /** A script that runs at once; the console then ends with its verdict. */
  readonly script?: string;
  /** Of the script: what it prints as one JSON object a line, without what happens beside it. */
  readonly json?: boolean;
  /** Aborted when the program is asked to end. */
  readonly signal?: AbortSignal;
}
