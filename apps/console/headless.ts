// The console without a terminal: events, alerts and every stage of every command as lines, and a script if there is
// one. Nothing is read from standard input, which may be a file, a pipe or nothing at all.
import type { ConsoleOptions } from './console-options.ts';
import { followSession } from './follow-session.ts';
import { makeDesk } from './make-desk.ts';
import { styleFor } from './style.ts';

/** A log has no width of its own; lines are broken where a reader expects it. */
const LOG_WIDTH = 160;

const whyHeadless = ({ input, output, environment }: ConsoleOptions['streams']): string => {
  if (input.isTTY !== true) return 'no terminal on standard input: ';
  if (output.isTTY !== true) return 'no terminal on standard output: ';
  return environment.TERM === 'dumb' ? 'TERM is dumb: ' : '';
};

/** A line of a script's own; its last carries the verdict. */
const scriptJson = (atUs: number, text: string, passed?: boolean): string =>
  JSON.stringify({ kind: 'script', atUs, text, passed });

export const runHeadless = (options: ConsoleOptions): Promise<number> =>
  new Promise((resolve) => {
    const { session, streams, greeting, pacing, host, script, signal } = options;
    const { output, environment } = streams;
    let ended = false;
    const json = options.json === true;
    const print = (lines: readonly string[]): void => {
      const shown = json ? lines.map((text) => scriptJson(session.nowUs(), text)) : lines;
      if (shown.length > 0) output.write(`${shown.join('\n')}\n`);
    };
    const end = (code: number): void => {
      if (ended) return;
      ended = true;
      follower.stop();
      resolve(code);
    };
    const desk = makeDesk({
      session,
      style: styleFor(output.isTTY === true && !json, environment),
      pacing,
      host,
      width: () => (output.isTTY === true ? output.columns : LOG_WIDTH),
      print,
      sight: () => follower.sight,
      quit: end,
      clear: () => {},
      ending: () => ended,
    });
    const follower = followSession(desk, { stages: true, silent: json });
    print(greeting);
    if (script === undefined)
      print([`${whyHeadless(streams)}running headless, until Ctrl-C or a signal ends the program`]);
    // A script that was interrupted has not passed.
    const interrupted = script === undefined ? 0 : 1;
    signal?.addEventListener('abort', () => end(interrupted), { once: true });
    if (signal?.aborted === true) end(interrupted);
    else if (script !== undefined)
      desk.runScript(script).then((answer) => {
        if (ended) return;
        const verdict = answer.ok ? answer.lines : [desk.style.bad(`failed: ${answer.reason}`)];
        if (json) output.write(`${scriptJson(session.nowUs(), verdict.join(' '), answer.ok)}\n`);
        else print(verdict);
        end(answer.ok ? 0 : 1);
      });
  });
