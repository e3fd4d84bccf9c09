// Only cipher suites look inside a secret: everywhere else it is a handle, which no code can log or send by mistake.
import { describe, expect, it } from 'vitest';
import { at, filesOf, type SourceFile, sourceFile, type Violation } from './source-file.ts';

const suites = /^src\/(?:crypto\/|devices\/real\/native-(?:suite|kem)\.ts$)/;

const revealViolations = (files: readonly SourceFile[]): Violation[] =>
  files
    .filter((file) => !suites.test(file.path))
    .flatMap((file) =>
      [...file.code.matchAll(/\.\s*reveal\b/g)].map((found) =>
        at(file, found.index, 'only a cipher suite opens a secret'),
      ),
    );

describe('secrets', () => {
  it('are opened by cipher suites alone', () => {
    expect(revealViolations(filesOf('src', 'apps'))).toEqual([]);
  });

  it('are found where somebody else opens them', () => {
    const text = 'key.reveal((octets) => octets);';
    expect(revealViolations([sourceFile('src/fsw/a/b.ts', text)])).toHaveLength(1);
    expect(revealViolations([sourceFile('src/devices/real/native-suite.ts', text)])).toEqual([]);
  });
});
