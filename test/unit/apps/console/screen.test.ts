import { describe, expect, it } from 'vitest';
import { Screen, slide } from '../../../../apps/console/screen.ts';
import { SmallTerminal } from '../../../support/small-terminal.ts';

const onTerminal = (columns: number, rows: number) => {
  const terminal = new SmallTerminal(columns, rows);
  const writes: string[] = [];
  const screen = new Screen({
    write: (text) => {
      writes.push(text);
      terminal.write(text);
    },
    columns: () => terminal.columns,
    rows: () => terminal.rowCount,
  });
  const draw = (text: string, rows: readonly string[] = ['== status =='], cursor = text.length): void => {
    screen.stay({ rows, prompt: '> ', text, cursor });
    screen.draw();
  };
  return { terminal, screen, draw, writes };
};

describe('screen', () => {
  it('prints above what stays, and keeps the line being typed', () => {
    const { terminal, screen, draw } = onTerminal(40, 10);
    draw('half a li');
    screen.print(['an event', 'another']);
    draw('half a line');
    expect(terminal.screen).toEqual(['an event', 'another', '== status ==', '> half a line']);
    expect([terminal.row, terminal.column]).toEqual([3, 13]);
    expect(terminal.cursorShown).toBe(true);
  });

  it('erases nothing that was printed when only the prompt stays', () => {
    const { terminal, screen, draw } = onTerminal(40, 10);
    screen.print(['an event']);
    draw('typing', []);
    screen.print(['another']);
    draw('typing', []);
    expect(terminal.screen).toEqual(['an event', 'another', '> typing']);
  });

  it('never erases all rows from the first corner, which some terminals take for an order to keep them', () => {
    const { terminal, screen, draw } = onTerminal(40, 10);
    let cornerErased = 0;
    const write = terminal.write.bind(terminal);
    terminal.write = (text) => {
      for (const part of text.split('\u001b').map((rest, index) => (index === 0 ? rest : `\u001b${rest}`))) {
        if (part.startsWith('\u001b[J') && terminal.row === terminal.top && terminal.column === 0) cornerErased += 1;
        write(part);
      }
    };
    draw('a');
    screen.clear();
    draw('ab');
    draw('abc');
    expect(cornerErased).toBe(0);
    expect(terminal.screen).toEqual(['== status ==', '> abc']);
  });

  it('empties the terminal of lines that were waiting, too', () => {
    const { terminal, screen, draw } = onTerminal(40, 10);
    draw('');
    screen.print(['> clear']);
    screen.clear();
    draw('');
    expect(terminal.screen).toEqual(['== status ==', '>']);
  });

  it('writes each drawing in one piece', () => {
    const { screen, draw, writes } = onTerminal(40, 10);
    draw('a');
    screen.print(Array.from({ length: 50 }, (_, index) => `line ${index}`));
    draw('b');
    expect(writes).toHaveLength(2);
  });

  it('gives every printed line to the memory of the terminal, in order and once', () => {
    const { terminal, screen, draw } = onTerminal(30, 8);
    for (let index = 0; index < 40; index++) {
      screen.print([`line ${index}`]);
      draw('typing', [`== ${index} ==`, ...(index % 3 === 0 ? ['open command'] : [])]);
    }
    const printed = terminal.text.filter((line) => line.startsWith('line'));
    expect(printed).toEqual(Array.from({ length: 40 }, (_, index) => `line ${index}`));
    expect(terminal.text.filter((line) => line.startsWith('==') || line.startsWith('>'))).toEqual([
      '== 39 ==',
      '> typing',
    ]);
  });

  it('cleans up behind itself when the terminal has become narrower', () => {
    const { terminal, screen, draw } = onTerminal(40, 10);
    draw('x'.repeat(30), ['s'.repeat(39)]);
    // The terminal breaks its rows anew, and leaves the cursor on the last.
    terminal.columns = 20;
    terminal.lines.splice(
      0,
      2,
      [...'s'.repeat(20)],
      [...'s'.repeat(19)],
      [...`> ${'x'.repeat(18)}`],
      [...'x'.repeat(12)],
    );
    terminal.row = 3;
    screen.print(['an event']);
    draw('x'.repeat(30), ['status']);
    expect(terminal.screen.slice(0, 2)).toEqual(['an event', 'status']);
    expect(terminal.screen).toHaveLength(3);
  });

  it('leaves room for what is printed on a small terminal', () => {
    const { terminal, screen, draw } = onTerminal(40, 8);
    screen.print(['an event']);
    draw(
      '',
      Array.from({ length: 20 }, (_, index) => `row ${index}`),
    );
    expect(terminal.screen).toEqual(['an event', 'row 17', 'row 18', 'row 19', '>']);
  });

  it('tells of lines that were too many at once', () => {
    const { terminal, screen, draw } = onTerminal(40, 10);
    screen.print(Array.from({ length: 2500 }, (_, index) => `line ${index}`));
    draw('');
    expect(terminal.text[0]).toBe('(500 lines are not shown)');
    expect(terminal.text[1]).toBe('line 500');
  });

  it('goes without a trace', () => {
    const { terminal, screen, draw } = onTerminal(40, 10);
    draw('typed');
    screen.print(['the last words']);
    screen.close();
    expect(terminal.screen).toEqual(['the last words', '']);
    expect(terminal.column).toBe(0);
  });
});

describe('a line that is longer than its row', () => {
  it('slides under the prompt so that the cursor stays in sight', () => {
    const text = Array.from({ length: 10 }, (_, index) => String(index).repeat(10)).join('');
    for (let cursor = 0; cursor <= text.length; cursor++) {
      const { shown, column } = slide(text, cursor, 30);
      expect(shown.length).toBeLessThan(30);
      expect(column).toBeGreaterThanOrEqual(0);
      expect(column).toBeLessThan(30);
      if (cursor < text.length && column > 0 && column < shown.length - 1) expect(shown[column]).toBe(text[cursor]);
    }
    expect(slide('short', 2, 30)).toEqual({ shown: 'short', column: 2 });
  });
});
