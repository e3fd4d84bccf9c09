// The newest telemetry values as a table that uses the width of the terminal: one column of entries, or several.
import { valueText } from '../../src/dictionary/format-event.ts';
import type { Style } from './style.ts';
import { clip, harmless, textWidth, toWidth } from './text-width.ts';
import { spanText } from './time-text.ts';

export interface ShownValue {
  readonly name: string;
  readonly value: unknown;
  readonly unit: string | undefined;
  readonly ageUs: number;
}

const GAP = 3;

const cellsOf = ({ name, value, unit, ageUs }: ShownValue): readonly [string, string, string] => [
  name,
  harmless(valueText(value)) + (unit === undefined ? '' : ` ${unit}`),
  spanText(ageUs),
];

const widest = (texts: readonly string[], most: number): number =>
  Math.min(most, Math.max(1, ...texts.map((text) => textWidth(text))));

/** Rows of at most `width` columns; read downwards where there are several columns of entries. */
export const valueTable = (values: readonly ShownValue[], width: number, style: Style): string[] => {
  if (values.length === 0) return [];
  const cells = values.map(cellsOf);
  const ages = widest(
    cells.map((each) => each[2]),
    14,
  );
  const names = widest(
    cells.map((each) => each[0]),
    Math.max(12, Math.floor(width / 2)),
  );
  const rest = Math.max(8, width - names - ages - 2 * 2 - 1);
  const texts = widest(
    cells.map((each) => each[1]),
    rest,
  );
  const entry = names + texts + ages + 2 * 2;
  const columns = Math.max(1, Math.floor((width + GAP - 1) / (entry + GAP)));
  const rows = Math.ceil(cells.length / columns);
  const drawn = cells.map(
    ([name, text, age]) => `${style.name(toWidth(name, names))}  ${toWidth(text, texts)}  ${age.padStart(ages)}`,
  );
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => drawn[column * rows + row])
      .filter((cell) => cell !== undefined)
      .join(' '.repeat(GAP)),
  );
};

/** Watched values as few rows as they toWidth in. */
export const watchRows = (values: readonly ShownValue[], width: number, style: Style): string[] => {
  const rows: string[] = [];
  let row = '';
  for (const value of values) {
    const [name, text] = cellsOf(value);
    const cell = ` ${style.name(name)} ${style.bold(clip(text, width - name.length - 3))}`;
    if (row !== '' && textWidth(row) + textWidth(cell) + 2 > width - 1) {
      rows.push(row);
      row = '';
    }
    row += (row === '' ? '' : '  ') + cell;
  }
  return row === '' ? rows : [...rows, row];
};
