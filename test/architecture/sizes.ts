// How long files, functions and lines may be.
import { at, lineOf, type SourceFile, type Violation } from './source-file.ts';

export const limits = { fileLines: 400, medianLines: 130, functionLines: 70, lineColumns: 120 } as const;

export const lineCount = (file: SourceFile): number => file.text.replace(/\n$/, '').split('\n').length;

export const fileViolations = (files: readonly SourceFile[]): Violation[] =>
  files
    .filter((file) => lineCount(file) > limits.fileLines)
    .map((file) => `${file.path}:1: ${lineCount(file)} lines: expected at most ${limits.fileLines}, split it by idea`);

export const medianLines = (files: readonly SourceFile[]): number => {
  const counts = files.map(lineCount).sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
};

const codeLines = new WeakMap<SourceFile, readonly string[]>();

const codeLine = (file: SourceFile, line: number): string => {
  if (!codeLines.has(file)) codeLines.set(file, file.code.split('\n'));
  return codeLines.get(file)![line - 1]!;
};

/** A test may expect one long line of output: what stands between quotes cannot be broken. */
const longString = /(['"`]) {60,}\1/;

export const lineViolations = (files: readonly SourceFile[]): Violation[] =>
  files.flatMap((file) =>
    file.text
      .split('\n')
      .map((line, i) => ({ columns: [...line].length, line: i + 1 }))
      .filter(({ line }) => !file.path.startsWith('test/') || !longString.test(codeLine(file, line)))
      .filter(({ columns }) => columns > limits.lineColumns)
      .map(({ columns, line }) => `${file.path}:${line}: ${columns} columns: expected at most ${limits.lineColumns}`),
  );

const opening = '([{';
const closing = ')]}';

/** The offset behind the bracket that closes the one at `from`, or the end of the text. */
const closeOf = (code: string, from: number): number => {
  let depth = 0;
  for (let i = from; i < code.length; i++) {
    if (opening.includes(code[i]!)) depth++;
    else if (closing.includes(code[i]!) && --depth === 0) return i + 1;
  }
  return code.length;
};

/**
 * The end of an arrow's body that is an expression: the first comma, semicolon or bracket that is not its own. A brace
 * right behind a word ends it too: then the arrow was part of a return type, and the brace opens another body.
 */
const expressionEnd = (code: string, from: number): number => {
  for (let i = from; i < code.length; i++) {
    const c = code[i]!;
    if (c === '{' && /[\w>\]]\s*$/.test(code.slice(Math.max(0, i - 20), i))) return i;
    if (opening.includes(c)) i = closeOf(code, i) - 1;
    else if (closing.includes(c) || c === ',' || c === ';') return i;
  }
  return code.length;
};

const functionHead = /\bfunction\b\s*\*?\s*\w*\s*(?:<[^(]*>)?\s*\(/g;
const methodHead = /(?<=^|\n)[ \t]*(?:(?:static|async|override|get|set)\s+)*#?\w+\s*(?:<[^(\n]*>)?\(/g;
const notMethods = /\b(?:if|for|while|switch|catch|return|await|new|super|typeof|throw)\s*\($/;

interface Span {
  readonly from: number;
  readonly to: number;
}

const arrows = (code: string): Span[] =>
  [...code.matchAll(/=>\s*/g)].map((found) => {
    const body = found.index + found[0].length;
    return { from: found.index, to: code[body] === '{' ? closeOf(code, body) : expressionEnd(code, body) };
  });

/** Functions and methods: parameters, perhaps a return type, then a body in braces. A call has no body and is none. */
const declared = (code: string): Span[] =>
  [...code.matchAll(functionHead), ...code.matchAll(methodHead)].flatMap((found) => {
    if (notMethods.test(found[0])) return [];
    const behind = closeOf(code, found.index + found[0].length - 1);
    const type = /^\s*(?::\s*[^={};]*(?:\{[^{}]*\})?[^={};]*)?\{/.exec(code.slice(behind, behind + 400));
    if (type === null) return [];
    return [{ from: found.index, to: closeOf(code, behind + type[0].length - 1) }];
  });

export const functionViolations = (files: readonly SourceFile[]): Violation[] =>
  files.flatMap((file) =>
    [...arrows(file.code), ...declared(file.code)].flatMap(({ from, to }) => {
      const lines = lineOf(file, to) - lineOf(file, from) + 1;
      if (lines <= limits.functionLines) return [];
      return [at(file, from, `a function of ${lines} lines: expected at most ${limits.functionLines}`)];
    }),
  );
