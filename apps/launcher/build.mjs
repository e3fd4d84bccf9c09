// Bundles apps/tharsis.ts to dist/tharsis.mjs when the sources are not those of the last bundle. Node built-ins only,
// until there is something to bundle: a start with a fresh bundle costs a few milliseconds here.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exit, pid, stderr } from 'node:process';
import { dist, isStarted, root } from './places.mjs';

const bundleFile = join(dist, 'tharsis.mjs');
const stampFile = join(dist, 'sources.stamp');
const watched = ['src', 'apps', 'package-lock.json'];

/** Path, size and time of change of every source: a renamed, removed or restored file shows as well as a newer one. */
const fingerprint = () => {
  const lines = [];
  const visit = (path) => {
    const stat = statSync(join(root, path));
    if (stat.isFile()) lines.push(`${path} ${stat.size} ${stat.mtimeMs}`);
    else if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
  };
  for (const path of watched) visit(path);
  return lines.join('\n');
};

/** commander and other CommonJS parts need a `require`, which a module has none of. */
const requireOfBundle =
  "import { createRequire as requireOfBundle } from 'node:module'; const require = requireOfBundle(import.meta.url);";

/** What a killed process left half made; anything younger may still be somebody's work. */
const abandonedMs = 3_600_000;

const removeAbandoned = () => {
  for (const name of readdirSync(dist))
    if (/^\.(make|bench)-/.test(name) && Date.now() - statSync(join(dist, name)).mtimeMs > abandonedMs)
      rmSync(join(dist, name), { recursive: true, force: true });
};

const buildKernels = async (folder) => {
  const kernels = await import('./build-kernels.mjs');
  await kernels.buildKernels(folder);
};

/**
 * Everything is made in a folder of its own and renamed into place, the stamp last: programs that start at the same
 * time each bring a whole bundle, and one that is killed leaves the old bundle as it was.
 */
const make = async (stamp) => {
  const { build } = await import('esbuild');
  const folder = join(dist, `.make-${pid}`);
  mkdirSync(folder, { recursive: true });
  removeAbandoned();
  try {
    await buildKernels(folder);
    const { outputFiles } = await build({
      entryPoints: [join(root, 'apps', 'tharsis.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      // The program bundles bench files by it.
      external: ['esbuild'],
      banner: { js: requireOfBundle },
      // Named where they will stand, so that the source map points from there; written where they are made.
      outfile: bundleFile,
      write: false,
      // The error that is thrown holds the words, and whoever catches it prints them.
      logLevel: 'silent',
    });
    for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents);
    writeFileSync(join(folder, 'sources.stamp'), stamp);
    const made = readdirSync(folder).sort((a, b) => Number(a === 'sources.stamp') - Number(b === 'sources.stamp'));
    for (const name of made) renameSync(join(folder, name), join(dist, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Returns the path of a bundle that is as new as the sources. */
export const ensureBundle = async () => {
  const stamp = fingerprint();
  const made = ['tharsis.mjs', 'kernels.wasm', 'sources.stamp'].every((name) => existsSync(join(dist, name)));
  const fresh = made && readFileSync(stampFile, 'utf8') === stamp;
  if (!fresh) await make(stamp);
  return bundleFile;
};

if (isStarted(import.meta.url))
  await ensureBundle().catch((error) => {
    stderr.write(`tharsis: the bundle could not be made: ${error.message}\n`);
    exit(1);
  });
