import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../../src/ccsds/tm-coding/kernels.ts';

interface KernelBuild {
  ensureKernels(): Promise<string>;
  buildKernels(folder: string): Promise<void>;
}
const script = new URL('../../../../apps/launcher/build-kernels.mjs', import.meta.url).href;

describe('the build of the kernels', () => {
  it('makes a module that loads, and puts it where the program is bundled', async () => {
    const { buildKernels, ensureKernels } = (await import(script)) as KernelBuild;
    const file = await ensureKernels();
    expect(loadKernels(readFileSync(file)).name).toBe('wasm');
    expect(await ensureKernels()).toBe(file);
    const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
    try {
      await buildKernels(folder);
      expect(readFileSync(join(folder, 'kernels.wasm'))).toEqual(readFileSync(file));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
