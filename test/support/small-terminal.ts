// A terminal of the size asked for that understands what the console writes: text, line ends, cursor up and right,
// erasing to the right and downwards, colours. What scrolls out at the top is kept, as a real terminal keeps it.
import { characterWidth } from '../../apps/console/text-width.ts';

const ESCAPE = '\u001b';
const SEQUENCE = new RegExp(`^${ESCAPE}\\[([0-9;?]*)([A-Za-z])`);

export class SmallTerminal {
  columns: number;
  rowCount: number;
  /** Everything that was ever a row, the visible ones last; `top` is where those begin. */
  readonly lines: string[][] = [[]];
  row = 0;
  column = 0;
  cursorShown = true;
  #pending = '';

  constructor(columns: number, rowCount: number) {
    this.columns = columns;
    this.rowCount = rowCount;
  }

  get top(): number {
    return Math.max(0, this.lines.length - this.rowCount);
  }

  /** Without what is blank at the end of a row. */
  get text(): string[] {
    return this.lines.map((cells) =>
      cells
        .map((cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
  }

  get screen(): string[] {
    return this.text.slice(this.top);
  }

  write(text: string): void {
    this.#pending += text;
    while (this.#pending !== '') {
      const [first] = this.#pending;
      if (first === ESCAPE) {
        const found = SEQUENCE.exec(this.#pending);
        if (found === null) return;
        this.#pending = this.#pending.slice(found[0].length);
        this.#obey(found[2]!, found[1]!);
      } else {
        this.#pending = this.#pending.slice(first!.length);
        this.#put(first!);
      }
    }
  }

  #obey(letter: string, parameters: string): void {
    const count = Math.max(1, Number(parameters) || 1);
    if (letter === 'A') this.row = Math.max(this.top, this.row - count);
    else if (letter === 'C') this.column = Math.min(this.columns - 1, this.column + count);
    else if (letter === 'J' && parameters === '2') this.lines.splice(this.top, Infinity, ...[[] as string[]]);
    else if (letter === 'K') this.#eraseRight();
    else if (letter === 'J') {
      this.#eraseRight();
      this.lines.length = this.row + 1;
    } else if (letter === 'H') {
      this.row = this.top;
      this.column = 0;
    } else if (letter === 'h' || letter === 'l') this.cursorShown = letter === 'h';
    else if (letter !== 'm') throw new Error(`the small terminal does not know ${parameters}${letter}`);
  }

  #eraseRight(): void {
    const cells = this.lines[this.row]!;
    cells.length = Math.min(cells.length, this.column);
  }

  #put(character: string): void {
    if (character === '\r') this.column = 0;
    else if (character === '\n') this.#down();
    else {
      const width = characterWidth(character);
      if (this.column + width > this.columns) this.#down();
      const cells = this.lines[this.row]!;
      while (cells.length < this.column) cells.push(' ');
      cells[this.column] = character;
      if (width === 2) cells[this.column + 1] = '';
      this.column += width;
    }
  }

  #down(): void {
    this.row += 1;
    this.column = 0;
    if (this.row === this.lines.length) this.lines.push([]);
  }
}
