// The console on a terminal: keys go to the line editor, lines to the words, and what happens goes above the prompt.
import { emitKeypressEvents } from 'node:readline';
import { settingAt } from '../../src/dictionary/complete.ts';
import { findCommand } from '../../src/dictionary/parse-arguments.ts';
import { openCommandRow } from './command-lines.ts';
import type { ConsoleOptions } from './console-options.ts';
import { type Answer, type Desk, done, refused } from './desk.ts';
import { type Follower, followSession } from './follow-session.ts';
import { gatherStatus } from './gather-status.ts';
import { historyPath, readHistory, writeHistory } from './history-file.ts';
import { completeLine, interpret } from './interpret.ts';
import { insert, type Key, type LineEditor, newLine, pressed, taken, withText } from './line-editor.ts';
import { makeDesk } from './make-desk.ts';
import { Screen } from './screen.ts';
import { statusLine } from './status-line.ts';
import { styleFor } from './style.ts';
import { clip, toWidth, wrap } from './text-width.ts';
import { watchRows } from './value-table.ts';
import { argumentHelp, parameterHelp } from './words/help.ts';
import { shownValue } from './words/telemetry.ts';

const PROMPT = '> ';
/** How often what stays is drawn anew. */
const REFRESH_MS = 200;
/** How long printed lines wait for others, so that a burst is one drawing. */
const GATHER_MS = 25;
/** A job that no shell waits for does not stop: nobody could wake it. The console then goes on after this time. */
const NOT_STOPPED_MS = 100;
const MAX_OPEN_ROWS = 5;
const MAX_CANDIDATE_ROWS = 24;

/** Several candidates as rows: with their help when they are few, else in columns. */
export const candidateRows = (
  candidates: readonly { readonly text: string; readonly help: string }[],
  width: number,
): string[] => {
  const widest = Math.max(...candidates.map(({ text }) => text.length));
  // A signature repeats the name that stands before it.
  const rest = (text: string, help: string): string => (help.startsWith(text) ? help.slice(text.length) : `  ${help}`);
  if (candidates.length <= MAX_CANDIDATE_ROWS / 2)
    return candidates.map(({ text, help }) =>
      clip(`  ${text}${' '.repeat(widest - text.length)}${rest(text, help)}`.trimEnd(), width),
    );
  const columns = Math.max(1, Math.floor(width / (widest + 2)));
  const shown = candidates.slice(0, columns * MAX_CANDIDATE_ROWS);
  const rows = Array.from({ length: Math.ceil(shown.length / columns) }, (_, row) =>
    shown
      .slice(row * columns, (row + 1) * columns)
      .map(({ text }) => toWidth(text, widest + 2))
      .join('')
      .trimEnd(),
  );
  return shown.length < candidates.length ? [...rows, `(${candidates.length - shown.length} more)`] : rows;
};

const commonStart = (texts: readonly string[]): string => {
  let start = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(start)) start = start.slice(0, -1);
  return start;
};

/** What a chosen parameter may be, or a command's arguments, where nothing is left to complete. */
const hint = (desk: Desk, head: string): readonly string[] => {
  const [name = ''] = head
    .replace(/^\s*(bypass|check)\s+/, '')
    .trim()
    .split(/\s+/);
  const entry = findCommand(desk.dictionary, name);
  if (entry === undefined) return [];
  const takesSettings = Object.values(entry.fields).some(
    (field) => field.kind === 'rest' && field.holds === 'settings',
  );
  const chosen = takesSettings ? settingAt(desk.dictionary, head) : undefined;
  return chosen === undefined ? argumentHelp(desk, entry) : parameterHelp(desk, chosen);
};

/** The editor after Tab, and the rows that help to choose. */
export const completed = (
  desk: Desk,
  editor: LineEditor,
  width: number,
): { readonly editor: LineEditor; readonly rows: readonly string[] } => {
  const head = editor.text.slice(0, editor.cursor);
  const { from, candidates } = completeLine(desk, head);
  if (candidates.length === 0) return { editor, rows: hint(desk, head) };
  const put = (text: string): LineEditor => {
    const tail = editor.text.slice(editor.cursor);
    return withText(editor, head.slice(0, from) + text + tail, from + text.length);
  };
  const [only] = candidates;
  if (candidates.length === 1)
    return { editor: put(only!.text.endsWith('=') ? only!.text : `${only!.text} `), rows: [] };
  const typed = head.slice(from);
  const start = commonStart(candidates.map(({ text }) => text));
  if (start.length > typed.length) return { editor: put(start), rows: [] };
  // In a list only the name that is being typed differs.
  const kept = /^.*[\s,[{=]/.exec(start)?.[0].length ?? 0;
  const shown = candidates.map(({ text, help }) => ({ text: text.slice(kept), help }));
  return { editor, rows: candidateRows(shown, width) };
};

class Interactive {
  readonly #options: ConsoleOptions;
  readonly #screen: Screen;
  readonly #desk: Desk;
  readonly #follower: Follower;
  readonly #historyPath: string;
  #editor: LineEditor;
  #refresh: NodeJS.Timeout | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #ended = false;
  /** From Ctrl-Z until the job goes on: the terminal is the shell's. */
  #suspended: NodeJS.Timeout | undefined;
  #endContinue: (() => void) | undefined;
  /** The answers to the lines so far. */
  #turn: Promise<void> = Promise.resolve();
  /** Whether keys have come that are not drawn yet. */
  #typing = false;
  #resolve: (code: number) => void = () => {};
  readonly #onKey = (_: string | undefined, key: Key): void => this.#key(key);
  readonly #onResize = (): void => this.#draw();

  constructor(options: ConsoleOptions) {
    this.#options = options;
    const { output, environment } = options.streams;
    this.#screen = new Screen({
      write: (text) => void output.write(text),
      columns: () => output.columns ?? 80,
      rows: () => output.rows ?? 24,
    });
    this.#historyPath = historyPath(environment);
    this.#editor = newLine(readHistory(this.#historyPath));
    this.#desk = makeDesk({
      session: options.session,
      style: styleFor(true, environment),
      pacing: options.pacing,
      host: options.host,
      width: () => this.#screen.columns - 1,
      print: (lines) => this.#print(lines),
      sight: () => this.#follower.sight,
      quit: (code) => this.#end(code),
      clear: () => this.#screen.clear(),
      ending: () => this.#ended,
    });
    this.#follower = followSession(this.#desk, { stages: false });
  }

  run(): Promise<number> {
    const { streams, greeting, signal } = this.#options;
    const { input, output } = streams;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      emitKeypressEvents(input);
      input.setRawMode(true);
      input.on('keypress', this.#onKey);
      input.resume();
      output.on('resize', this.#onResize);
      this.#endContinue = streams.job?.onContinue(() => this.#takeBack());
      signal?.addEventListener('abort', () => this.#end(0), { once: true });
      if (signal?.aborted === true) return this.#end(0);
      this.#refresh = setInterval(() => this.#draw(), REFRESH_MS);
      this.#print(greeting.flatMap((line) => wrap(line, this.#desk.width())));
      this.#draw();
    });
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    const { input, output } = this.#options.streams;
    clearInterval(this.#refresh);
    clearTimeout(this.#gathering);
    clearTimeout(this.#suspended);
    this.#endContinue?.();
    this.#follower.stop();
    input.off('keypress', this.#onKey);
    output.off('resize', this.#onResize);
    this.#screen.close();
    input.setRawMode(false);
    input.pause();
    writeHistory(this.#historyPath, this.#editor.history);
    this.#resolve(code);
  }

  #print(lines: readonly string[]): void {
    if (lines.length === 0 || this.#ended) return;
    this.#screen.print(lines);
    this.#gathering ??= setTimeout(() => this.#draw(), GATHER_MS);
  }

  /** Keys of one reading, such as a pasted text, are one drawing. */
  #drawSoon(): void {
    if (this.#typing) return;
    this.#typing = true;
    queueMicrotask(() => {
      this.#typing = false;
      this.#draw();
    });
  }

  /** Nothing is drawn while the terminal does not take what it was given: lines wait, and are bounded. */
  #draw(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#ended || this.#suspended !== undefined || this.#options.streams.output.writableNeedDrain) return;
    const { session, style } = this.#desk;
    const width = this.#screen.columns;
    const open = this.#follower.open;
    const nowUs = session.nowUs();
    const more =
      open.length > MAX_OPEN_ROWS ? [` ... and ${open.length - MAX_OPEN_ROWS} more commands on their way`] : [];
    const watched = this.#desk.watched.map((name) => {
      const latest = session.latest(name);
      return latest === undefined ? { name, value: '?', unit: undefined, ageUs: 0 } : shownValue(this.#desk, latest);
    });
    const { text, cursor, search } = this.#editor;
    this.#screen.stay({
      rows: [
        ...more,
        ...open.slice(-MAX_OPEN_ROWS).map((record) => openCommandRow(record, nowUs, width, session.dictionary)),
        ...watchRows(watched, width, style),
        statusLine(gatherStatus(session, this.#follower.sight, this.#desk.host), width - 1, style),
      ],
      prompt: search === undefined ? style.bold(PROMPT) : `search '${search}': `,
      text,
      cursor,
    });
    this.#screen.draw();
  }

  #key(key: Key): void {
    if (this.#ended) return;
    if (key.name === 'return' || key.name === 'enter') this.#submit();
    else if (key.ctrl === true && key.name === 'c') this.#interrupt();
    else if (key.ctrl === true && key.name === 'd' && this.#editor.text === '') this.#end(0);
    else if (key.ctrl === true && key.name === 'z') this.#suspend();
    else if (key.ctrl === true && key.name === 'l') this.#screen.clear();
    else if (key.name === 'tab') this.#complete();
    else this.#editor = pressed(this.#editor, key);
    this.#drawSoon();
  }

  /** Leaves the terminal as it was found, and stops. */
  #suspend(): void {
    const { input, job } = this.#options.streams;
    if (job === undefined || this.#suspended !== undefined) return;
    this.#screen.close();
    input.setRawMode(false);
    this.#suspended = setTimeout(() => this.#takeBack(), NOT_STOPPED_MS);
    job.suspend();
  }

  /** Whoever had the terminal meanwhile has set it as they like. */
  #takeBack(): void {
    if (this.#ended) return;
    clearTimeout(this.#suspended);
    this.#suspended = undefined;
    const { input } = this.#options.streams;
    input.setRawMode(false);
    input.setRawMode(true);
    this.#draw();
  }

  #interrupt(): void {
    if (this.#editor.text === '' && this.#editor.search === undefined) this.#end(0);
    else this.#editor = newLine(this.#editor.history, this.#editor.cut);
  }

  #complete(): void {
    const { editor, rows } = completed(this.#desk, this.#editor, this.#desk.width());
    this.#editor = editor.search === undefined ? editor : insert(editor, '');
    this.#print(rows);
  }

  #submit(): void {
    const line = this.#editor.text;
    this.#editor = taken({ ...this.#editor, search: undefined }, line);
    this.#turn = this.#turn.then(() => this.#run(line));
  }

  /** Of lines that come at once, as from a paste, each is answered before the next; one that waits holds up none. */
  async #run(line: string): Promise<void> {
    if (this.#ended) return;
    this.#print(wrap(PROMPT + line, this.#desk.width(), PROMPT.length));
    const answered = interpret(this.#desk, line)
      .catch((error: unknown): Answer => refused(error instanceof Error ? error.message : String(error)))
      .then((answer) => this.#answer(answer ?? done()));
    await Promise.race([answered, new Promise((resolve) => setImmediate(resolve))]);
  }

  #answer(answer: Answer): void {
    const { style } = this.#desk;
    if (answer.ok) this.#print(answer.lines);
    else this.#print(wrap(style.bad(answer.reason), this.#desk.width(), 2));
  }
}

export const runInteractive = (options: ConsoleOptions): Promise<number> => new Interactive(options).run();
