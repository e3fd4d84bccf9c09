// Every rule of the house can fail: each finds the violation planted for it, and lets the lawful neighbour pass.
import { describe, expect, it } from 'vitest';
import { bannedCallViolations } from './banned-calls.ts';
import { blankText } from './blank-text.ts';
import {
  componentViolations,
  headerViolations,
  orphanViolations,
  requirementIds,
  testTitles,
  wordViolations,
} from './house.ts';
import { circleViolations } from './import-circles.ts';
import { importViolations, leafViolations } from './import-table.ts';
import { portabilityViolations } from './portable.ts';
import { fileViolations, functionViolations, lineViolations, medianLines } from './sizes.ts';
import { sourceFile } from './source-file.ts';

const imports = (path: string, text: string) => importViolations([sourceFile(path, text)]);
const calls = (path: string, text: string) => bannedCallViolations([sourceFile(path, text)]);

describe('blankText', () => {
  it.each([
    ['a(); // Date.now()', 'a();              '],
    ["b('it', 's')", "b('  ', ' ')"],
    ['c(/[/"]x/.test(y) / 2)', 'c(/     /.test(y) / 2)'],
    [`d(\`t\${e({ f: 'g' })}u\`)`, "d(`  {e({ f: ' ' })} `)".replace('   e', '   e')],
    ['/* h\n */ i', '    \n    i'],
    ["j('\\'k') + l", "j('   ') + l"],
  ])('keeps only the code of %s', (text, code) => {
    expect(blankText(text)).toBe(code);
    expect(blankText(text)).toHaveLength(text.length);
  });
});

describe('the import table', () => {
  it.each([
    ['src/codec/a.ts', "import { map } from 'rxjs';"],
    ['src/ccsds/pus/a.ts', "import { x } from '../../kernel/time.ts';"],
    ['src/ccsds/pus/a.ts', "import type { x } from '../../kernel/time.ts';"],
    ['src/kernel/a.ts', "import { x } from '../codec/crc16.ts';"],
    ['src/fsw/a/b.ts', "import { x } from '../../ground/uplink.ts';"],
    ['src/fsw/a/b.ts', "import { readFile } from 'node:fs';"],
    ['src/fsw/a/b.ts', "export const x = await import('../../world/light-time.ts');"],
    ['src/fsw/a/b.ts', "type X = import('../../world/light-time.ts').X;"],
    ['src/devices/sim/a.ts', "import { x } from '../real/udp.ts';"],
    ['src/devices/sim/a.ts', "import 'node:dgram';"],
    ['src/orbiter/a.ts', "import {\n  x,\n} from '../codec/crc16.ts';"],
    ['src/codec/other.ts', "import { encode } from 'cbor-x';"],
    ['src/crypto/kdf.ts', "import { hmac } from '@noble/hashes/hmac.js';"],
    ['src/crypto/kdf.ts', "import { createHmac } from 'node:crypto';"],
    ['src/ccsds/sdls/a.ts', "import type { Aead } from '../../crypto/suite.ts';"],
    ['src/codec/a.ts', "import { x } from './crc';"],
    ['src/somewhere/a.ts', ''],
    ['src/a.ts', ''],
    ['apps/a.ts', "import left from 'left-pad';"],
    ['src/fsw/a/b.ts', "import { x } from '../../../apps/checkout.ts';"],
  ])('refuses in %s: %s', (path, text) => {
    expect(imports(path, text)).toHaveLength(1);
  });

  it.each([
    ['src/ccsds/cop1/a.ts', "import { machine } from '../../kernel/machine.ts';"],
    ['src/devices/real/a.ts', "import { createSocket } from 'node:dgram';"],
    ['src/ccsds/sdls/a.ts', "import { judgeCounter } from '../../crypto/replay-window.ts';"],
    ['src/crypto/portable-suite.ts', "import { hmac } from '@noble/hashes/hmac.js';"],
    ['src/fsw/a/b.ts', "import { map } from 'rxjs';\nimport { x } from '../../ccsds/pus/x.ts';"],
    ['src/codec/a.ts', "// import { map } from 'rxjs';\nconst text = \"import x from 'rxjs'\";"],
    ['apps/a.ts', "import { x } from '../src/kernel/kernel.ts';\nimport { Command } from 'commander';"],
  ])('allows in %s: %s', (path, text) => {
    expect(imports(path, text)).toEqual([]);
  });

  it('keeps leaves free of imports', () => {
    expect(leafViolations([sourceFile('src/kernel/machine.ts', "import { x } from './time.ts';")])).toHaveLength(1);
  });
});

describe('import circles', () => {
  const circles = (files: Readonly<Record<string, string>>) =>
    circleViolations(
      Object.entries(files).map(([name, from]) =>
        sourceFile(`src/codec/${name}.ts`, from.replace(/\w+/g, "import type { x } from './$&.ts';\n")),
      ),
    );

  it.each([
    ['a file that imports itself', { a: 'a' }, ['a -> a']],
    ['two files', { a: 'b', b: 'a' }, ['a -> b -> a']],
    ['three files, entered from outside', { a: 'b', b: 'c', c: 'd', d: 'b' }, ['b -> c -> d -> b']],
    ['a large circle around a small one', { a: 'b', b: 'a c', c: 'a' }, ['a -> b -> a', 'c -> a -> b -> c']],
    ['two circles', { a: 'b', b: 'a', c: 'd', d: 'c' }, ['a -> b -> a', 'c -> d -> c']],
  ])('are found: %s', (_, files, expected) => {
    const found = circles(files).map((line) =>
      /circle, ([^:]*):/.exec(line)![1]!.replace(/src\/codec\/(\w)\.ts/g, '$1'),
    );
    expect(found).toEqual(expected);
  });

  it('are not two ways to one file', () => {
    expect(circles({ a: 'b c', b: 'd', c: 'd', d: '' })).toEqual([]);
  });
});

describe('banned calls', () => {
  it.each([
    ['src/kernel/a.ts', 'const t = Date.now();'],
    ['src/kernel/a.ts', 'const t = new Date();'],
    ['src/kernel/a.ts', 'performance.now()'],
    ['src/world/a.ts', 'Math.random()'],
    ['src/world/a.ts', 'setTimeout(f, 1)'],
    ['src/world/a.ts', 'process.env'],
    ['src/world/a.ts', 'console.log(1)'],
    ['src/world/a.ts', 'Math.pow(x, 2)'],
    ['src/world/a.ts', 'x ** 0.5'],
    ['src/world/a.ts', 'x ** (1 / 3)'],
    ['src/world/a.ts', 'a.localeCompare(b)'],
    ['src/fsw/a/b.ts', 'i.frame.subscribe(f)'],
    ['src/fsw/a/b.ts', "import { map, scan } from 'rxjs';"],
    ['src/ground/a/b.ts', "import { share } from 'rxjs';\ncomponent(A, b);"],
    ['src/codec/a.ts', 'class A { constructor(private readonly b: number) {} }'],
    ['src/codec/index.ts', 'export const a = 1;'],
    ['src/codec/a.ts', "export { b } from './b.ts';"],
    ['apps/a.ts', "export * from './b.ts';"],
    ['apps/a.ts', 'export default a;'],
    ['test/unit/a.test.ts', "it.only('x', () => {});"],
  ])('refuses in %s: %s', (path, text) => {
    expect(calls(path, text)).toHaveLength(1);
  });

  it.each([
    ['src/devices/real/a.ts', 'setTimeout(f, Date.now())'],
    ['apps/a.ts', 'console.log(process.argv)'],
    ['src/kernel/a.ts', '// not Date.now()\nconst top = 2 ** bits - 1; const square = x ** 2;'],
    ['src/kernel/a.ts', 'source.subscribe(sink)'],
    ['src/kernel/a.ts', 'const subtypes = { setInterval: 31, top: 2 ** (bits - 1) };'],
    ['src/fsw/a/b.ts', "import { filter, type Observable } from 'rxjs';"],
    ['src/fsw/a/b.ts', "sinks({ evr: { x: farm.only('lockedOut') } })"],
    ['src/codec/a.ts', 'class A { #b: number; constructor(b: number) { this.#b = b; } }'],
  ])('allows in %s: %s', (path, text) => {
    expect(calls(path, text)).toEqual([]);
  });
});

describe('sizes', () => {
  const lines = (n: number) => Array.from({ length: n }, (_, i) => `  step(${i});`).join('\n');
  const functions = (text: string) => functionViolations([sourceFile('src/codec/a.ts', text)]);

  it('counts the lines of a file', () => {
    expect(fileViolations([sourceFile('src/codec/a.ts', `${lines(400)}\n`)])).toEqual([]);
    expect(fileViolations([sourceFile('src/codec/a.ts', `${lines(401)}\n`)])).toHaveLength(1);
    expect(medianLines([1, 200, 30].map((n) => sourceFile('src/codec/a.ts', lines(n))))).toBe(30);
  });

  it('counts the columns of a line', () => {
    expect(lineViolations([sourceFile('a.ts', 'x'.repeat(120))])).toEqual([]);
    expect(lineViolations([sourceFile('a.ts', `\n${'x'.repeat(121)}`)])).toEqual([
      'a.ts:2: 121 columns: expected at most 120',
    ]);
    const output = `expect('${'x'.repeat(121)}');`;
    expect(lineViolations([sourceFile('src/a.ts', output)])).toHaveLength(1);
    expect(lineViolations([sourceFile('test/a.ts', output)])).toEqual([]);
  });

  it.each([
    ['an arrow', (body: string) => `const f = (a: number) => {\n${body}\n};`],
    ['an arrow without braces', (body: string) => `const f = () => g(() => {\n${body}\n});`],
    ['a function', (body: string) => `export function f<T>(a: { b: T }): Result<T> {\n${body}\n}`],
    ['a function that returns an object type', (body: string) => `function f(): { a: number } {\n${body}\n}`],
    ['a method', (body: string) => `class A {\n  #f(a = (1)): void {\n${body}\n  }\n}`],
    ['an async method', (body: string) => `class A {\n  async f() {\n${body}\n  }\n}`],
  ])('measures %s', (_, wrap) => {
    expect(functions(wrap(lines(68)))).toEqual([]);
    expect(functions(wrap(lines(70))).length).toBeGreaterThan(0);
  });

  it('leaves data and loops alone', () => {
    expect(functions(`export const table = [\n${lines(90).replaceAll(';', ',')}\n];`)).toEqual([]);
    expect(functions(`class A {\n  f(): () => void {\n    return g;\n  }\n${'  h(): void {}\n'.repeat(80)}}`)).toEqual(
      [],
    );
    expect(functions(`if (a) {\n${lines(90)}\n}`)).toEqual([]);
  });
});

describe('files and components', () => {
  it('finds a file without a header', () => {
    expect(headerViolations([sourceFile('src/codec/a.ts', "import { x } from './b.ts';")])).toHaveLength(1);
    expect(headerViolations([sourceFile('src/codec/a.ts', '// What it is.\n')])).toEqual([]);
  });

  it('finds a file that nobody imports', () => {
    const a = sourceFile('src/codec/a.ts', '// a');
    const user = sourceFile('test/unit/a.test.ts', "import { a } from '../../src/codec/a.ts';");
    expect(orphanViolations([a], [a])).toHaveLength(1);
    expect(orphanViolations([a], [a, user])).toEqual([]);
  });

  it('finds a folder of one machine', () => {
    expect(portabilityViolations('a.md', `first\nsee /${'root'}/notes`)).toHaveLength(1);
    expect(portabilityViolations('a.md', 'see the root of the checkout, work/notes')).toEqual([]);
  });

  it('finds words that say that something is unfinished', () => {
    expect(wordViolations([sourceFile('src/codec/a.ts', `// ${'TO'}${'DO'}: later`)])).toHaveLength(1);
  });

  const page =
    '# X\n## Requirements\n| id | text |\n|---|---|\n| XYZ-01 | CRC-16 holds |\n- **XYZ-02** b\n## Ports\n| XYZ-99 | no |\n';

  it('reads requirement ids and test titles', () => {
    expect(requirementIds(page)).toEqual(['XYZ-01', 'XYZ-02']);
    const tests = "describe('XYZ-01: a', () => { it(`XYZ-02 b`, f); it.each([[1]])('%s c', f); });";
    expect(testTitles([sourceFile('test/a.test.ts', tests)])).toEqual(['XYZ-01: a', 'XYZ-02 b', '%s c']);
  });

  it('finds a component that is not whole', () => {
    const files = ['declaration.ts', 'behaviour.ts', 'sdd.md'];
    const folder = { path: 'src/fsw/x', files, page };
    expect(componentViolations([folder], ['XYZ-01 a', 'XYZ-02 b'])).toEqual([]);
    expect(componentViolations([folder], ['XYZ-01 a'])).toHaveLength(1);
    expect(componentViolations([{ ...folder, page: '# X\n' }], [])).toHaveLength(1);
    expect(componentViolations([{ ...folder, page: `${page}${'\n'.repeat(120)}x` }], ['XYZ-01 XYZ-02'])).toHaveLength(
      1,
    );
    expect(componentViolations([{ path: 'src/fsw/x', files: ['behaviour.ts'] }], [])).toHaveLength(2);
  });
});
