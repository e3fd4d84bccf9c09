// The WebAssembly kernels that the build puts beside the bundle. Without them the plain references do the same work.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kernels, loadKernels, plainKernels } from '../../src/ccsds/tm-coding/kernels.ts';
import { checkout } from '../checkout.ts';

export const kernelsOf = (path = join(checkout().root, 'dist', 'kernels.wasm')): Kernels => {
  try {
    return loadKernels(readFileSync(path));
  } catch {
    return plainKernels;
  }
};
