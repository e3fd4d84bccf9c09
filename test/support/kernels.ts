// The WebAssembly kernels for tests and figures: compiled when missing or older than their sources.
import { readFileSync } from 'node:fs';
import { type Kernels, loadKernels } from '../../src/ccsds/tm-coding/kernels.ts';

interface KernelBuild {
  ensureKernels(): Promise<string>;
}

let loading: Promise<Kernels> | undefined;

const load = async (): Promise<Kernels> => {
  const script = new URL('../../apps/launcher/build-kernels.mjs', import.meta.url).href;
  const { ensureKernels } = (await import(script)) as KernelBuild;
  return loadKernels(readFileSync(await ensureKernels()));
};

/** One instance a process. */
export const wasmKernels = (): Promise<Kernels> => {
  loading ??= load();
  return loading;
};
