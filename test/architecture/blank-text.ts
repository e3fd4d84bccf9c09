// Source text with everything that is not code blanked: comments and the inside of strings, templates and regular
// expressions become spaces of the same length, so that offsets and line numbers stay those of the file. Enough of a
// tokenizer for the rules of this folder; the compiler itself offers no interface that a test could use.

type Kind = 'code' | 'template';

interface Scan {
  readonly text: string;
  readonly out: string[];
  at: number;
}

const regexMayFollow = /(?:^|[=([{},;:!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|await))$/;

const blank = (scan: Scan, from: number, to: number): void => {
  for (let i = from; i < to; i++) scan.out[i] = scan.text[i] === '\n' ? '\n' : ' ';
};

const lineComment = (scan: Scan): void => {
  const end = scan.text.indexOf('\n', scan.at);
  const to = end < 0 ? scan.text.length : end;
  blank(scan, scan.at, to);
  scan.at = to;
};

const blockComment = (scan: Scan): void => {
  const end = scan.text.indexOf('*/', scan.at + 2);
  const to = end < 0 ? scan.text.length : end + 2;
  blank(scan, scan.at, to);
  scan.at = to;
};

/** Keeps the quotes, so that a rule still sees that a string stands there. */
const quoted = (scan: Scan, quote: string): void => {
  let i = scan.at + 1;
  while (i < scan.text.length && scan.text[i] !== quote && scan.text[i] !== '\n') i += scan.text[i] === '\\' ? 2 : 1;
  blank(scan, scan.at + 1, Math.min(i, scan.text.length));
  scan.at = i + 1;
};

const regex = (scan: Scan): void => {
  let i = scan.at + 1;
  for (let inClass = false; i < scan.text.length && scan.text[i] !== '\n'; i++) {
    const c = scan.text[i];
    if (c === '\\') i++;
    else if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    else if (c === '/' && !inClass) break;
  }
  blank(scan, scan.at + 1, Math.min(i, scan.text.length));
  scan.at = i + 1;
};

/** Template text up to the closing backtick or to the `${` of an expression, whose code is kept. */
const templateText = (scan: Scan, stack: Kind[]): void => {
  const from = scan.at;
  let i = from;
  while (i < scan.text.length) {
    if (scan.text[i] === '\\') i += 2;
    else if (scan.text[i] === '`') {
      stack.pop();
      break;
    } else if (scan.text[i] === '$' && scan.text[i + 1] === '{') {
      stack.push('code');
      break;
    } else i++;
  }
  const opens = scan.text[i] === '$';
  blank(scan, from, Math.min(opens ? i + 1 : i, scan.text.length));
  scan.at = opens ? i + 2 : i + 1;
};

const codeBefore = (scan: Scan): string =>
  scan.out
    .slice(Math.max(0, scan.at - 200), scan.at)
    .join('')
    .trimEnd();

/** One step in code; `depths` counts the open braces of each `${…}`. */
const codeStep = (scan: Scan, stack: Kind[], depths: number[]): void => {
  const c = scan.text[scan.at]!;
  const next = scan.text[scan.at + 1];
  if (c === '/' && next === '/') lineComment(scan);
  else if (c === '/' && next === '*') blockComment(scan);
  else if (c === "'" || c === '"') quoted(scan, c);
  else if (c === '`') {
    stack.push('template');
    scan.at++;
  } else if (c === '/' && regexMayFollow.test(codeBefore(scan))) regex(scan);
  else {
    if (c === '{') depths[stack.length] = (depths[stack.length] ?? 0) + 1;
    if (c === '}') {
      const depth = depths[stack.length] ?? 0;
      if (depth === 0 && stack.length > 0) stack.pop();
      else depths[stack.length] = depth - 1;
    }
    scan.at++;
  }
};

export const blankText = (text: string): string => {
  const scan: Scan = { text, out: [...text].length === text.length ? [...text] : text.split(''), at: 0 };
  const stack: Kind[] = [];
  const depths: number[] = [];
  while (scan.at < text.length) {
    if (stack.at(-1) === 'template') templateText(scan, stack);
    else codeStep(scan, stack, depths);
  }
  return scan.out.join('');
};
