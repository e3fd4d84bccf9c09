// Scripts: lines as they are typed at the prompt, one after the other. A line that is refused, and an expectation that
// does not come true, end the script as failed; `expect refused` behind a line turns its refusal into what was wanted.
import { type Answer, type Desk, done, refused } from './desk.ts';
import { interpret } from './interpret.ts';

export const MAX_SCRIPT_LINES = 10_000;

const EXPECT_REFUSED = /^\s*expect\s+refused\s*$/;

/** Runs a script's text. The reason of a failure names the line; `echo` sees each line before it runs. */
export const runScript = async (
  desk: Desk,
  name: string,
  text: string,
  echo: (line: string) => void,
  stopped: () => boolean = () => false,
): Promise<Answer> => {
  const lines = text.split(/\r?\n/);
  if (lines.length > MAX_SCRIPT_LINES)
    return refused(`${name}: expected at most ${MAX_SCRIPT_LINES} lines, got ${lines.length}`);
  for (const [index, line] of lines.entries()) {
    if (stopped()) return refused(`${name}: stopped before line ${index + 1}`);
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    echo(line);
    if (EXPECT_REFUSED.test(line)) {
      const before = lines.slice(0, index).findLast((each) => each.trim() !== '' && !each.trim().startsWith('#'));
      return refused(`${name}:${index + 1}: expected the line before to be refused, got '${before ?? ''}' taken`);
    }
    const answer = await interpret(desk, line).catch((error: unknown) =>
      refused(error instanceof Error ? error.message : String(error)),
    );
    // The run goes on between two lines, so that a long script does not come upon it all at once.
    await new Promise((resolve) => setImmediate(resolve));
    const next = lines.findIndex((each, at) => at > index && each.trim() !== '' && !each.trim().startsWith('#'));
    if (answer.ok) desk.print(answer.lines);
    else if (next >= 0 && EXPECT_REFUSED.test(lines[next]!)) {
      desk.print([`${desk.style.good('ok')}: refused: ${answer.reason}`]);
      lines[next] = '';
    } else return refused(`${name}:${index + 1}: ${answer.reason}`);
  }
  return done(`${name}: passed`);
};
