// The WebAssembly kernels for tests and figures: compiled when missing or older than their sources.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Kernels, loadKernels } from '../../src/ccsds/tm-coding/kernels.ts';

interface KernelBuild {
  ensureKernels(): Promise<string>;
}

const script = join('apps', 'launcher', 'build-kernels.mjs');

/** Tests stand in the checkout; figures run from a bundle elsewhere, started inside of the checkout. */
const checkout = (): string => {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()])
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder))
      if (existsSync(join(folder, script))) return folder;
  throw new Error(`kernels: expected to run below a folder with ${script}`);
};

let loading: Promise<Kernels> | undefined;

const load = async (): Promise<Kernels> => {
  const { ensureKernels } = (await import(pathToFileURL(join(checkout(), script)).href)) as KernelBuild;
  return loadKernels(readFileSync(await ensureKernels()));
};

/** One instance a process. */
export const wasmKernels = (): Promise<Kernels> => {
  loading ??= load();
  return loading;
};
