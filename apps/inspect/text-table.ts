// Plain tables and wrapped lines for terminals of any width.

export type Side = 'left' | 'right';

/** Breaks one line at blanks so that it fits; lines after the first are indented by `indent`. */
export const wrap = (line: string, width: number, indent: number): string[] => {
  const margin = ' '.repeat(/^ */.exec(line)![0].length);
  const lines: string[] = [];
  let current = margin;
  let empty = true;
  for (const word of line.trim().split(' ')) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current);
      current = ' '.repeat(indent);
      empty = true;
    }
    current += `${empty ? '' : ' '}${word}`;
    empty = false;
  }
  return [...lines, current];
};

/** Rows of equal columns, two blanks apart and indented by two; the last column is wrapped within itself. */
export const table = (rows: readonly (readonly string[])[], sides: readonly Side[], width: number): string[] => {
  const columns = sides.length;
  const widths = sides.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lead = 2 + widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0);
  const room = Math.max(20, width - lead);
  return rows.flatMap((row) => {
    const cells = row
      .slice(0, columns - 1)
      .map((cell, column) =>
        sides[column] === 'right' ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      );
    const [first = '', ...more] = wrap(row[columns - 1]!, room, 0);
    return [`  ${cells.join('  ')}  ${first}`.trimEnd(), ...more.map((part) => `${' '.repeat(lead)}${part}`)];
  });
};
