// Calls that would break repeatability or the style of the house, each with what to write instead.
import { importsOf } from './imports.ts';
import { at, type SourceFile, type Violation } from './source-file.ts';

interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
}

const hostTime = 'read time with now() and set it with a declared timer()';
const hostChance = "draw from the component's `random`, or from hal/entropy";

/** Under src, outside devices/real: the kernel is the only clock and the only source of chance. */
const repeatability: readonly Ban[] = [
  { pattern: /\bDate\s*\.\s*now\b|\bnew\s+Date\b|\bperformance\s*\./g, instead: hostTime },
  { pattern: /(?<![.\w])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b(?!\s*:)/g, instead: hostTime },
  { pattern: /\bMath\s*\.\s*random\b|\bgetRandomValues\b|\brandomBytes\b|\brandomUUID\b/g, instead: hostChance },
  { pattern: /\bprocess\s*\./g, instead: 'hand the value in from apps' },
  { pattern: /\bconsole\s*\./g, instead: 'tell it by an event, or return it' },
  { pattern: /\bMath\s*\.\s*pow\b/g, instead: 'multiply, or write an integer power with **' },
  {
    pattern: /\*\*=?\s*(?:\d*\.\d+|\([^()]*\/)/g,
    instead: 'fractional powers differ between Node versions: multiply, or use Math.exp and Math.log',
  },
  { pattern: /\blocaleCompare\b|\bIntl\s*\.|\btoLocale\w*\b/g, instead: 'compare code units: hosts differ in locale' },
];

/** Everywhere. */
const style: readonly Ban[] = [
  { pattern: /\bexport\s+default\b/g, instead: 'export it by its name' },
  {
    pattern: /\bconstructor\s*\([^)]*\b(?:public|private|protected|readonly)\s+\w/g,
    instead: 'assign a #private field',
  },
  { pattern: /\b(?:it|test|describe)\s*\.\s*(?:skip|only|todo)\b/g, instead: 'run it or remove it' },
];

/** RxJS without memory: everything else keeps state where no snapshot sees it. */
const forgetful = ['map', 'filter', 'merge', 'mergeMap', 'concat', 'of', 'from', 'EMPTY', 'NEVER', 'Observable'];

const bans = (file: SourceFile, list: readonly Ban[]): Violation[] =>
  list.flatMap(({ pattern, instead }) =>
    [...file.code.matchAll(pattern)].map((found) =>
      at(file, found.index, `'${found[0].trim()}' is banned here: ${instead}`),
    ),
  );

const isFlight = (file: SourceFile): boolean =>
  file.path.startsWith('src/fsw/') || (file.path.startsWith('src/ground/') && /\bcomponent\s*\(/.test(file.code));

const memoryViolations = (file: SourceFile): Violation[] => [
  ...bans(file, [{ pattern: /\.\s*subscribe\s*\(/g, instead: 'return the stream to a sink: the kernel subscribes' }]),
  ...importsOf(file)
    .filter((found) => found.specifier.startsWith('rxjs'))
    .flatMap((found) =>
      found.names
        .filter((name) => !forgetful.includes(name))
        .map((name) => at(file, found.offset, `rxjs '${name}' keeps state: move it into a run cell or a timer`)),
    ),
];

const barrelViolations = (file: SourceFile): Violation[] => [
  ...(file.path.endsWith('/index.ts') ? [`${file.path}:1: a barrel: name the file after what it defines`] : []),
  ...importsOf(file)
    .filter((found) => found.reexport)
    .map((found) => at(file, found.offset, `re-exports ${found.specifier}: import the file that defines the thing`)),
];

export const bannedCallViolations = (files: readonly SourceFile[]): Violation[] =>
  files.flatMap((file) => [
    ...bans(file, style),
    ...(file.path.startsWith('test/') ? [] : barrelViolations(file)),
    ...(file.path.startsWith('src/') && !file.path.startsWith('src/devices/real/') ? bans(file, repeatability) : []),
    ...(isFlight(file) ? memoryViolations(file) : []),
  ]);
