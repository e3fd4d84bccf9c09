// Runs test/bench/**/*.bench.ts: each file is bundled and measured in a process of its own, one after the other, so
// that the compiled code and the heap of one measurement never weigh on the next.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { basename, join } from 'node:path';
import { checkout } from '../checkout.ts';
import { UsageError } from '../usage-error.ts';
import type { Figure } from './figure.ts';
import { figureLine } from './figure-line.ts';

export interface BenchOptions {
  readonly json?: boolean;
  readonly goals: boolean;
  readonly list?: boolean;
}

const nameOf = (file: string): string => basename(file, '.bench.ts');

/** Every bench file below test/bench, in alphabetical order. */
const benchFiles = async (root: string): Promise<string[]> => {
  const folder = join(root, 'test', 'bench');
  const entries = await readdir(folder, { recursive: true });
  return entries
    .filter((entry) => entry.endsWith('.bench.ts'))
    .sort()
    .map((entry) => join(folder, entry));
};

/** The child prints this mark and then its figures as one JSON list: other output of a bench passes through. */
const mark = '\u0001figures:';

const bundleOf = async (file: string, folder: string): Promise<string> => {
  const { build } = await import('esbuild');
  const outfile = join(folder, `${nameOf(file)}.mjs`);
  await build({
    stdin: {
      contents: `import { bench } from ${JSON.stringify(file)};
        const figures = await bench();
        process.stdout.write(${JSON.stringify(mark)} + JSON.stringify(figures) + '\\n');`,
      resolveDir: folder,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    external: ['esbuild'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return outfile;
};

const measure = (script: string, name: string): Promise<Figure[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const at = text.indexOf(mark);
      if (code !== 0 || at < 0) reject(new Error(`bench ${name}: ended with code ${code} and without figures`));
      else resolve(JSON.parse(text.slice(at + mark.length)) as Figure[]);
    });
  });

const machineOf = (): { machine: { cores: number; cpu: string; node: string; platform: string } } => ({
  machine: {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  },
});

const printMachine = (json: boolean): void => {
  const { machine } = machineOf();
  const line = `machine: ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ${machine.platform}`;
  process.stdout.write(`${json ? JSON.stringify({ machine }) : line}\n`);
};

interface Chosen {
  readonly file: string;
  /** Undefined: every figure of the file. */
  readonly figures?: readonly string[];
}

/** A name picks whole files, or single figures of the files whose text holds it. Throws when it picks nothing. */
const choose = async (files: readonly string[], names: readonly string[]): Promise<Chosen[]> => {
  if (names.length === 0) return files.map((file) => ({ file }));
  const chosen: Chosen[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const figures = names.filter((name) => text.includes(name));
    if (names.some((name) => nameOf(file).includes(name))) chosen.push({ file });
    else if (figures.length > 0) chosen.push({ file, figures });
  }
  if (chosen.length > 0) return chosen;
  throw new UsageError(`bench: nothing is named like ${names.join(', ')}; expected ${files.map(nameOf).join(', ')}`);
};

/** Prints the machine and every figure; returns the exit code. */
export const runBenches = async (names: readonly string[], options: BenchOptions): Promise<number> => {
  const { root } = checkout();
  const chosen = await choose(await benchFiles(root), names);
  if (options.list) {
    for (const { file } of chosen) process.stdout.write(`${nameOf(file)}\n`);
    return 0;
  }
  printMachine(options.json === true);
  const folder = await mkdtemp(join(root, 'dist', '.bench-'));
  let failed = 0;
  let printed = 0;
  try {
    for (const { file, figures: wanted } of chosen) {
      for (const figure of await measure(await bundleOf(file, folder), nameOf(file))) {
        if (wanted !== undefined && !wanted.some((name) => figure.name.includes(name))) continue;
        printed++;
        if (!figure.holds) failed++;
        process.stdout.write(`${options.json ? JSON.stringify(figure) : figureLine(figure)}\n`);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (failed > 0 && options.goals) process.stderr.write(`bench: ${failed} of ${printed} goals do not hold\n`);
  return failed > 0 && options.goals ? 1 : 0;
};
