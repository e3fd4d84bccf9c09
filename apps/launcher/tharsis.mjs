#!/usr/bin/env node
// What `npx tharsis`, `npm start` and `node apps/launcher/tharsis.mjs` run, from any folder and in a fresh clone:
// installs what is missing, rebuilds the bundle when sources have changed, then runs it in this very process.
import { argv, env, exit, setSourceMapsEnabled, stderr } from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureBundle } from './build.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';

ensureDependencies();
const bundle = await ensureBundle().catch((error) => {
  stderr.write(`tharsis: the bundle could not be made: ${error.message}\n`);
  exit(1);
});
// Mapping stacks back to the sources costs time at every error: only for those who read them.
if (argv.includes('--debug') || env.THARSIS_DEBUG) setSourceMapsEnabled(true);
await import(pathToFileURL(bundle).href);
