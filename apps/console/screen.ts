// The lower end of a terminal: rows that stay (watched values, open commands, the status bar, the prompt) with
// everything else printed above them. What changes is written in one piece, so that the line being typed is never torn,
// and lines that have gone up belong to the terminal's own memory. One row of prompt: a longer line slides under it.
// Bound: lines that wait to be drawn; beyond it the oldest give way, and their number is told.
import { characterWidth, clip, textWidth } from './text-width.ts';

export interface Surface {
  write(text: string): void;
  columns(): number;
  rows(): number;
}

export interface Below {
  /** Rows over the prompt, top down; the last is kept when there is no room for all. */
  readonly rows: readonly string[];
  readonly prompt: string;
  readonly text: string;
  readonly cursor: number;
}

const ESCAPE = '\u001b[';
const HIDE = `${ESCAPE}?25l`;
const SHOW = `${ESCAPE}?25h`;
/** From the second column on: some terminals keep the rows when all of them are erased from the first corner. */
const ERASE_BELOW = `${ESCAPE}K${ESCAPE}C${ESCAPE}J\r`;
const MAX_WAITING_LINES = 2000;
/** Rows that are always left to what was printed. */
const ROWS_ABOVE = 4;

/** The part of a line that fits into `width` columns with the cursor in it, and the column of the cursor. */
export const slide = (
  text: string,
  cursor: number,
  width: number,
): { readonly shown: string; readonly column: number } => {
  const columnAt = textWidth(text.slice(0, cursor));
  if (textWidth(text) < width) return { shown: text, column: columnAt };
  const skip = Math.max(0, columnAt - Math.floor(width * 0.75));
  let skipped = 0;
  let at = 0;
  for (const character of text) {
    if (skipped >= skip) break;
    skipped += characterWidth(character);
    at += character.length;
  }
  const shown = clip(text.slice(at), width - 1);
  return { shown: at === 0 ? shown : `…${shown.slice(1)}`, column: columnAt - skipped };
};

export class Screen {
  readonly #surface: Surface;
  #waiting: string[] = [];
  #dropped = 0;
  #below: Below = { rows: [], prompt: '', text: '', cursor: 0 };
  /** Widths of the rows on the terminal, the prompt last: a narrower terminal breaks them into more. */
  #drawn: number[] = [];

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  get columns(): number {
    return Math.max(20, this.#surface.columns());
  }

  /** Lines that go above what stays, with the next `draw`. */
  print(lines: readonly string[]): void {
    this.#waiting.push(...lines);
    const over = this.#waiting.length - MAX_WAITING_LINES;
    if (over <= 0) return;
    this.#waiting.splice(0, over);
    this.#dropped += over;
  }

  stay(below: Below): void {
    this.#below = below;
  }

  draw(): void {
    const { columns } = this;
    const { prompt, text, cursor, rows } = this.#below;
    const room = Math.max(1, Math.min(this.#surface.rows() - 1 - ROWS_ABOVE, rows.length));
    const kept = rows.slice(-room).map((row) => clip(row, columns - 1));
    const { shown, column } = slide(text, cursor, columns - 1 - textWidth(prompt));
    const typed = prompt + shown;
    const above = this.#takeWaiting();
    const back = `\r${textWidth(prompt) + column > 0 ? `${ESCAPE}${textWidth(prompt) + column}C` : ''}`;
    this.#surface.write(HIDE + this.#erasing() + above + [...kept, typed].join('\n') + back + SHOW);
    this.#drawn = [...kept, typed].map((row) => textWidth(row));
  }

  /** Takes away what stays, writes what waits, and leaves the cursor at the start of a row. */
  close(): void {
    this.#surface.write(this.#erasing() + this.#takeWaiting() + SHOW);
    this.#drawn = [];
  }

  /** Empties the terminal; lines that waited go to its memory. */
  clear(): void {
    this.#surface.write(`${this.#erasing()}${this.#takeWaiting()}${ESCAPE}2J${ESCAPE}H`);
    this.#drawn = [];
  }

  #takeWaiting(): string {
    const lines = this.#dropped > 0 ? [`(${this.#dropped} lines are not shown)`, ...this.#waiting] : this.#waiting;
    this.#waiting = [];
    this.#dropped = 0;
    return lines.map((line) => `${line}\n`).join('');
  }

  #erasing(): string {
    const { columns } = this;
    const broken = this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return `\r${broken > 1 ? `${ESCAPE}${broken - 1}A` : ''}${ERASE_BELOW}`;
  }
}
