// Compiles every AssemblyScript twin (*.as.ts under src) into one WebAssembly module. Node built-ins only, until there
// is something to compile; the compiler takes some seconds, so a module of the same sources is used again.
import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { dist, root } from './places.mjs';

const kernelsFile = join(dist, 'kernels.wasm');
const stampFile = join(dist, 'kernels.stamp');
const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert'];

const sources = (folder = join(root, 'src')) =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sources(path) : entry.name.endsWith('.as.ts') ? [path] : [];
    })
    .sort();

const fingerprint = (files) => {
  const hash = createHash('sha256').update(options.join(' '));
  hash.update(readFileSync(join(root, 'node_modules', 'assemblyscript', 'package.json')));
  for (const file of files) hash.update(`\n${relative(root, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
};

const compile = async (files, outFile) => {
  const { default: asc } = await import('assemblyscript/asc');
  const messages = [];
  const collect = { write: (text) => messages.push(text) };
  const { error } = await asc.main(
    [...files.map((file) => relative(root, file)), '--baseDir', root, '--outFile', relative(root, outFile), ...options],
    { stdout: collect, stderr: collect },
  );
  if (error) throw new Error(`the kernels do not compile:\n${messages.join('')}`, { cause: error });
};

/**
 * Returns the path of a `dist/kernels.wasm` that is as new as its sources. Several processes or threads may ask at
 * once: each makes its own file and renames it into place, the stamp last.
 */
export const ensureKernels = async () => {
  const files = sources();
  const stamp = fingerprint(files);
  if (existsSync(kernelsFile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return kernelsFile;
  mkdirSync(dist, { recursive: true });
  const own = join(dist, `kernels.${randomUUID()}.wasm`);
  try {
    await compile(files, own);
    renameSync(own, kernelsFile);
    writeFileSync(`${own}.stamp`, stamp);
    renameSync(`${own}.stamp`, stampFile);
  } finally {
    rmSync(own, { force: true });
    rmSync(`${own}.stamp`, { force: true });
  }
  return kernelsFile;
};

/** Puts `kernels.wasm` into `folder`, for the step that bundles the program there. */
export const buildKernels = async (folder) => {
  const file = await ensureKernels();
  mkdirSync(folder, { recursive: true });
  if (join(folder, 'kernels.wasm') !== file) copyFileSync(file, join(folder, 'kernels.wasm'));
};
