// How wide a text is on a terminal, and how it is cut, filled and broken to a width. Escape sequences have no width.

const ESCAPE = '\u001b';
const SEQUENCE_FORM = `${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]`;
const SEQUENCE = new RegExp(SEQUENCE_FORM, 'g');
const SEQUENCE_KEPT = new RegExp(`(${SEQUENCE_FORM})`);
const MARK = /^[\p{M}\p{Cf}]$/u;
/** East Asian wide and full-width characters and most pictures take two columns. */
const WIDE = /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{1faff}]$/u;
const CONTROL = /\p{Cc}/gu;
const ASCII = /^[ -~]*$/;

export const withoutSequences = (text: string): string => text.replace(SEQUENCE, '');

/** What came from outside may hold control characters, which would move the cursor or change the terminal. */
export const harmless = (text: string): string => text.replace(CONTROL, '\u00b7');

export const characterWidth = (character: string): number => {
  if (MARK.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
};

export const textWidth = (text: string): number => {
  const bare = withoutSequences(text);
  if (ASCII.test(bare)) return bare.length;
  let width = 0;
  for (const character of bare) width += characterWidth(character);
  return width;
};

/** At most `width` columns; what is cut off shows as an ellipsis. Sequences are kept, also behind the cut. */
export const clip = (text: string, width: number): string => {
  if (textWidth(text) <= width) return text;
  let left = Math.max(0, width - 1);
  let clipped = '';
  let cut = false;
  for (const part of text.split(SEQUENCE_KEPT)) {
    if (part.startsWith(ESCAPE)) clipped += part;
    else
      for (const character of part) {
        if (cut) break;
        const columns = characterWidth(character);
        if (columns > left) {
          clipped += width > 0 ? '…' : '';
          cut = true;
        } else {
          clipped += character;
          left -= columns;
        }
      }
  }
  return clipped;
};

/** Exactly `width` columns: cut, or filled with spaces on the right. */
export const toWidth = (text: string, width: number): string => {
  const clipped = clip(text, width);
  return clipped + ' '.repeat(Math.max(0, width - textWidth(clipped)));
};

/** Lines of at most `width` columns, broken between words where there are any; later lines are moved in. */
export const wrap = (text: string, width: number, indent = 0): string[] => {
  const lines: string[] = [];
  let line = '';
  const room = (): number => Math.max(8, width - (lines.length === 0 ? 0 : indent));
  const flush = (): void => {
    lines.push((lines.length === 0 ? '' : ' '.repeat(indent)) + line.trimEnd());
    line = '';
  };
  for (const word of text.split(/(?<= )/)) {
    if (line !== '' && textWidth(line) + textWidth(word.trimEnd()) > room()) flush();
    let rest = word;
    while (textWidth(rest) > room()) {
      const head = clip(rest, room() + 1).replace(/…$/, '');
      if (head === rest || head === '') break;
      line = head;
      rest = rest.slice(head.length);
      flush();
    }
    line += rest;
  }
  if (line !== '' || lines.length === 0) flush();
  return lines;
};
