// The promise of the first minute: a copy of the repository with nothing installed runs by one command, whoever starts
// it, from wherever, twice at once, and again after an installation that was cut off.
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../architecture/source-file.ts';

const run = promisify(execFile);
const clone = mkdtempSync(join(tmpdir(), 'tharsis-clone-'));
const launcher = join(clone, 'apps', 'launcher', 'tharsis.mjs');
const bundle = join(clone, 'dist', 'tharsis.mjs');
const version = `tharsis ${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}`;

const words = async (program: string, args: readonly string[], options: object = {}): Promise<string> =>
  (await run(program, [...args], { cwd: clone, maxBuffer: 1 << 24, ...options })).stdout.trim();

beforeAll(async () => {
  const tracked = await run('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, maxBuffer: 1 << 24 });
  for (const path of tracked.stdout.trim().split('\n'))
    if (existsSync(join(root, path))) cpSync(join(root, path), join(clone, path));
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe('the launcher in a fresh clone', () => {
  it('installs once for two that start at the same time, also where development parts are left out', async () => {
    const env = { ...process.env, NODE_ENV: 'production' };
    const starts = [launcher, launcher].map((script) => words(process.execPath, [script, '--version'], { env }));
    expect(await Promise.all(starts)).toEqual([version, version]);
    expect(readdirSync(clone).filter((name) => name.startsWith('.installing'))).toEqual([]);
    expect(readdirSync(join(clone, 'dist')).filter((name) => name.startsWith('.make'))).toEqual([]);
  });

  it('runs as npx, as npm script and as a file, from any folder', async () => {
    const below = { cwd: join(clone, 'src', 'codec') };
    expect(await words('npx', ['tharsis', '--version'], below)).toBe(version);
    expect(await words('npm', ['run', '-s', 'tharsis', '--', '--version'], below)).toBe(version);
    expect(await words(process.execPath, [launcher, '--version'], { cwd: tmpdir() })).toBe(version);
  });

  it('keeps the bundle while no source changes, and makes it again when one does', async () => {
    const made = statSync(bundle).mtimeMs;
    await words(process.execPath, [launcher, '--version']);
    expect(statSync(bundle).mtimeMs).toBe(made);
    const source = join(clone, 'apps', 'tharsis.ts');
    utimesSync(source, new Date(), new Date());
    await words(process.execPath, [launcher, '--version']);
    expect(statSync(bundle).mtimeMs).toBeGreaterThan(made);
  });

  it('installs again when an installation was cut off and its lock was left behind', async () => {
    rmSync(join(clone, 'node_modules', '.package-lock.json'));
    mkdirSync(join(clone, '.installing'));
    const gone = await words(process.execPath, ['-p', 'process.pid']);
    writeFileSync(join(clone, '.installing', 'owner'), gone);
    expect(await words(process.execPath, [launcher, '--version'])).toBe(version);
    expect(existsSync(join(clone, '.installing'))).toBe(false);
  });

  it('ends with code 2 and one line when the words are wrong', async () => {
    const failure = await run(process.execPath, [launcher, 'strat']).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 2, stdout: '' });
    expect(
      String((failure as { stderr: string }).stderr)
        .trimEnd()
        .split('\n'),
    ).toHaveLength(1);
  });

  it('says in one line that a Node is too old, before anything else', async () => {
    const module = JSON.stringify(join(clone, 'apps', 'launcher', 'ensure-dependencies.mjs'));
    const script = `import(${module}).then(({ checkNode }) => checkNode('18.20.1'))`;
    const failure = await run(process.execPath, ['-e', script]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1, stdout: '' });
    expect((failure as { stderr: string }).stderr).toMatch(/^tharsis: expected Node 20\.19 or later, got 18\.20\.1/);
  });

  it('tells what a source that cannot be bundled has wrong, and leaves the old bundle', async () => {
    const source = join(clone, 'apps', 'tharsis.ts');
    const text = readFileSync(source, 'utf8');
    writeFileSync(source, `${text}\nimport './absent.ts';\n`);
    const made = statSync(bundle).mtimeMs;
    const failure = await run(process.execPath, [launcher, '--version']).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1, stdout: '' });
    expect((failure as { stderr: string }).stderr).toContain('absent.ts');
    expect(statSync(bundle).mtimeMs).toBe(made);
    writeFileSync(source, text);
    expect(await words(process.execPath, [launcher, '--version'])).toBe(version);
  });
});
