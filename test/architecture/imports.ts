// Which file imports what: read from the text, for static, dynamic and re-exporting imports and `import('…')` types.
import { posix } from 'node:path';
import type { SourceFile } from './source-file.ts';

export interface Import {
  readonly file: SourceFile;
  readonly offset: number;
  /** As written: `./crc16.ts`, `rxjs`, `node:fs`. */
  readonly specifier: string;
  /** The path from the root for a relative import. */
  readonly target?: string;
  /** The names between the braces, as they are called where they come from. */
  readonly names: readonly string[];
  readonly reexport: boolean;
}

const statement = /\b(import|export)\b([^;'"`]*?)\bfrom\s*(['"])|\bimport\s*(\(?)\s*(['"])/g;

const namesIn = (clause: string): string[] => {
  const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
  const names = braces.split(',').map(
    (name) =>
      name
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+/)[0]!,
  );
  return [...names.filter((name) => name !== ''), ...(/\*/.test(clause) ? ['*'] : [])];
};

export const importsOf = (file: SourceFile): Import[] =>
  [...file.code.matchAll(statement)].map((found) => {
    const start = found.index + found[0].length;
    const specifier = file.text.slice(start, file.code.indexOf(found[3] ?? found[5]!, start));
    const relative = specifier.startsWith('.');
    return {
      file,
      offset: found.index,
      specifier,
      ...(relative ? { target: posix.normalize(posix.join(posix.dirname(file.path), specifier)) } : {}),
      names: namesIn(found[2] ?? ''),
      reexport: found[1] === 'export',
    };
  });
