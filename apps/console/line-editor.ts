// The line being typed, as data: a text, a cursor and a place in the history. Each key makes a new one, so that the
// editor can be tested without a terminal. Keys are those of readline and emacs, named as node:readline names them.

export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  /** What the terminal sent. */
  readonly sequence?: string | undefined;
}

export interface LineEditor {
  readonly text: string;
  /** Place in the text, in UTF-16 units, never inside a character. */
  readonly cursor: number;
  /** Oldest first. */
  readonly history: readonly string[];
  /** Which line of the history is shown; its length for the line being typed. */
  readonly place: number;
  /** The line being typed while a line of the history is shown. */
  readonly kept: string;
  /** What was cut last. */
  readonly cut: string;
  /** The words of a search backwards through the history, while one is on. */
  readonly search: string | undefined;
}

export const MAX_HISTORY_LINES = 1000;
export const MAX_LINE_CHARACTERS = 4096;

export const newLine = (history: readonly string[] = [], cut = ''): LineEditor => ({
  text: '',
  cursor: 0,
  history,
  place: history.length,
  kept: '',
  cut,
  search: undefined,
});

/** The editor after a line was taken: empty, with the line in its history unless it repeats the last. */
export const taken = (editor: LineEditor, line: string): LineEditor => {
  const { history } = editor;
  const remembered = line.trim() === '' || history.at(-1) === line ? history : [...history, line];
  return newLine(remembered.slice(-MAX_HISTORY_LINES), editor.cut);
};

const before = (text: string, cursor: number): number => {
  const characters = [...text.slice(0, cursor)];
  return cursor - (characters.at(-1)?.length ?? 0);
};
const behind = (text: string, cursor: number): number => {
  const [character] = text.slice(cursor);
  return cursor + (character?.length ?? 0);
};
const wordStart = (text: string, cursor: number): number => text.slice(0, cursor).search(/\S+\s*$/u);
const wordEnd = (text: string, cursor: number): number => {
  const rest = /^\s*\S+/u.exec(text.slice(cursor));
  return cursor + (rest?.[0].length ?? 0);
};

export const withText = (editor: LineEditor, text: string, cursor = text.length): LineEditor => ({
  ...editor,
  text,
  cursor,
});

/** Puts text at the cursor. Control characters are dropped, and what would make the line too long. */
export const insert = (editor: LineEditor, typed: string): LineEditor => {
  const printable = typed.replace(/\p{Cc}/gu, '');
  const { text, cursor } = editor;
  if (printable === '' || text.length + printable.length > MAX_LINE_CHARACTERS) return editor;
  return withText(editor, text.slice(0, cursor) + printable + text.slice(cursor), cursor + printable.length);
};

const erase = (editor: LineEditor, from: number, to: number, keeps = false): LineEditor => {
  const { text } = editor;
  const erased = withText(editor, text.slice(0, from) + text.slice(to), from);
  return keeps && to > from ? { ...erased, cut: text.slice(from, to) } : erased;
};

const show = (editor: LineEditor, place: number): LineEditor => {
  const { history, text, kept } = editor;
  if (place < 0 || place > history.length || place === editor.place) return editor;
  const typing = editor.place === history.length ? text : kept;
  const shown = place === history.length ? typing : history[place]!;
  return { ...withText(editor, shown), place, kept: typing };
};

/** Shows the newest line at or before `from` that contains the words. */
const found = (editor: LineEditor, search: string, from: number): LineEditor => {
  const at = editor.history.findLastIndex((line, index) => index <= from && line.includes(search));
  const shown = at < 0 || search === '' ? editor : show(editor, at);
  return { ...shown, search };
};

const searching = (editor: LineEditor, search: string, key: Key): LineEditor | undefined => {
  if (key.ctrl && key.name === 'r') return found(editor, search, editor.place - 1);
  if (key.ctrl && key.name === 'g')
    return { ...withText(editor, editor.kept), place: editor.history.length, search: undefined };
  if (key.name === 'backspace') return found(editor, search.slice(0, -1), editor.history.length - 1);
  if (isTyped(key)) return found(editor, search + key.sequence, editor.history.length - 1);
  return undefined;
};

const isTyped = ({ ctrl, meta, sequence, name }: Key): boolean =>
  !ctrl && !meta && sequence !== undefined && sequence >= ' ' && name !== 'backspace' && name !== 'delete';

type Edit = (editor: LineEditor) => LineEditor;

const toStart: Edit = (editor) => ({ ...editor, cursor: 0 });
const toEnd: Edit = (editor) => ({ ...editor, cursor: editor.text.length });
const left: Edit = (editor) => ({ ...editor, cursor: before(editor.text, editor.cursor) });
const right: Edit = (editor) => ({ ...editor, cursor: behind(editor.text, editor.cursor) });
const wordLeft: Edit = (editor) => ({ ...editor, cursor: Math.max(0, wordStart(editor.text, editor.cursor)) });
const wordRight: Edit = (editor) => ({ ...editor, cursor: wordEnd(editor.text, editor.cursor) });
const older: Edit = (editor) => show(editor, editor.place - 1);
const newer: Edit = (editor) => show(editor, editor.place + 1);
const eraseLeft: Edit = (editor) => erase(editor, before(editor.text, editor.cursor), editor.cursor);
const eraseRight: Edit = (editor) => erase(editor, editor.cursor, behind(editor.text, editor.cursor));
const cutWordLeft: Edit = (editor) => erase(editor, wordLeft(editor).cursor, editor.cursor, true);
const cutWordRight: Edit = (editor) => erase(editor, editor.cursor, wordEnd(editor.text, editor.cursor), true);
const cutToStart: Edit = (editor) => erase(editor, 0, editor.cursor, true);
const cutToEnd: Edit = (editor) => erase(editor, editor.cursor, editor.text.length, true);
const putBack: Edit = (editor) => insert(editor, editor.cut);
const swap: Edit = (editor) => {
  const at = editor.cursor === editor.text.length ? before(editor.text, editor.cursor) : editor.cursor;
  const start = before(editor.text, at);
  const end = behind(editor.text, at);
  const swapped = editor.text.slice(at, end) + editor.text.slice(start, at);
  return start === at ? editor : withText(editor, editor.text.slice(0, start) + swapped + editor.text.slice(end), end);
};
const search: Edit = (editor) => ({
  ...editor,
  kept: editor.place === editor.history.length ? editor.text : editor.kept,
  search: '',
});

const plainKeys: Readonly<Record<string, Edit>> = {
  left,
  right,
  up: older,
  down: newer,
  home: toStart,
  end: toEnd,
  backspace: eraseLeft,
  delete: eraseRight,
};
const controlKeys: Readonly<Record<string, Edit>> = {
  a: toStart,
  e: toEnd,
  b: left,
  f: right,
  p: older,
  n: newer,
  h: eraseLeft,
  d: eraseRight,
  w: cutWordLeft,
  u: cutToStart,
  k: cutToEnd,
  y: putBack,
  t: swap,
  r: search,
  left: wordLeft,
  right: wordRight,
};
const metaKeys: Readonly<Record<string, Edit>> = {
  b: wordLeft,
  f: wordRight,
  d: cutWordRight,
  backspace: cutWordLeft,
};

/** The editor after one key. Keys that end a line or leave the console are not its own: it does not change. */
export const pressed = (editor: LineEditor, key: Key): LineEditor => {
  if (editor.search !== undefined) {
    const next = searching(editor, editor.search, key);
    if (next !== undefined) return next;
    return pressed({ ...editor, search: undefined }, key);
  }
  const keys = key.ctrl ? controlKeys : key.meta ? metaKeys : plainKeys;
  const edit = key.name !== undefined && Object.hasOwn(keys, key.name) ? keys[key.name] : undefined;
  if (edit !== undefined) return edit(editor);
  return isTyped(key) ? insert(editor, key.sequence ?? '') : editor;
};
