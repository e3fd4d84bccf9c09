// One seed is one run: the same digest in fresh processes, on the oldest Node that is supported and on a later one.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithPeer, peers } from '../peers/peer.ts';

const run = promisify(execFile);
const seeds = ['1', '2', '42', 'mars', 'tharsis'];

describeWithPeer('node24', 'a run of one seed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tharsis-repeat-'));
  const script = join(folder, 'runs.mjs');
  let reference = '';

  const runOn = async (node: string): Promise<string> => (await run(node, [script, ...seeds])).stdout;

  beforeAll(async () => {
    await build({
      entryPoints: [fileURLToPath(new URL('runs.ts', import.meta.url))],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'warning',
    });
    reference = await runOn(process.execPath);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('differs from the run of another seed', () => {
    const lines = reference.trim().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(2 * seeds.length);
    const digests = lines.map((line) => line.split(' ').slice(2).join(' '));
    expect(new Set(digests).size).toBe(lines.length);
  });

  it('gives the same digests in another process', async () => {
    expect(await runOn(process.execPath)).toBe(reference);
  });

  it(`gives the same digests on a later Node than ${process.versions.node}`, async () => {
    const { stdout: later } = await run(peers.node24, ['-p', 'process.versions.node']);
    expect(Number(later.split('.')[0])).toBeGreaterThan(Number(process.versions.node.split('.')[0]));
    expect(await runOn(peers.node24)).toBe(reference);
  });
});
