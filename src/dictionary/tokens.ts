// A line of a person cut into words. Quotes and brackets hold together what they enclose: name=[{a=1}, {a=2}] is one
// word. Nothing is lost: each word knows where it stands in the line, for completion and for pointing at mistakes.

export interface Token {
  readonly text: string;
  readonly start: number;
  /** The place after the last character. */
  readonly end: number;
}

const OPENING = '[{';
const CLOSING = ']}';

/** Where the quoted text that starts at `at` ends; the end of the line when it is not closed. */
const quotedEnd = (line: string, at: number): number => {
  const quote = line[at]!;
  let end = at + 1;
  while (end < line.length && line[end] !== quote) end += line[end] === '\\' ? 2 : 1;
  return Math.min(end + 1, line.length);
};

/** Words between separators that stand outside quotes and brackets. An unclosed quote or bracket takes the rest. */
export const splitTokens = (line: string, isSeparator: (character: string) => boolean): readonly Token[] => {
  const tokens: Token[] = [];
  let start = -1;
  let depth = 0;
  let at = 0;
  while (at < line.length) {
    const character = line[at]!;
    if (depth === 0 && isSeparator(character)) {
      if (start >= 0) tokens.push({ text: line.slice(start, at), start, end: at });
      start = -1;
      at++;
      continue;
    }
    if (start < 0) start = at;
    if (character === '"' || character === "'") at = quotedEnd(line, at);
    else {
      if (OPENING.includes(character)) depth++;
      else if (CLOSING.includes(character) && depth > 0) depth--;
      at++;
    }
  }
  if (start >= 0) tokens.push({ text: line.slice(start), start, end: line.length });
  return tokens;
};

export const isSpace = (character: string): boolean => character === ' ' || character === '\t';

export const isSpaceOrComma = (character: string): boolean => isSpace(character) || character === ',';

/** Without its quotes, and with \" and \\ resolved; a bare word stays as it is. */
export const unquote = (text: string): string => {
  const quote = text[0];
  if ((quote !== '"' && quote !== "'") || text.length < 2 || text.at(-1) !== quote) return text;
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
};

/** `key=value` where the key is a name; the value may be empty. */
export const keyAndValue = (text: string): readonly [key: string, value: string] | undefined => {
  const found = /^([A-Za-z_]\w*)=/.exec(text);
  return found ? [found[1]!, text.slice(found[0].length)] : undefined;
};
