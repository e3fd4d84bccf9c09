// Installs what package-lock.json names when node_modules is absent, half made or of another lock. Silent when all is
// well. Node built-ins only: it runs before anything is installed. Run as a program it only ensures; the launcher
// imports it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { env, execPath, exit, kill, pid, stderr, versions } from 'node:process';
import { isStarted, root } from './places.mjs';

const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
/** npm writes this copy of the lock as its last act: without it an installation is half made. */
const stampFile = join(modules, '.package-lock.json');
const guard = join(root, '.installing');
const ownerFile = join(guard, 'owner');
const staleMs = 900_000;

const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** One clear line and exit code 1 when this Node is too old for the language and libraries used here. */
export const checkNode = (version = versions.node) => {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stderr.write(`tharsis: expected Node 20.19 or later, got ${version} (${execPath})\n`);
  exit(1);
};

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** True when every package of the lock is installed in the locked version; platform packages may be absent. */
export const isInstalled = () => {
  if (!existsSync(stampFile)) return false;
  const wanted = packagesOf(lockFile);
  const present = packagesOf(stampFile);
  for (const path in present) {
    if (wanted[path]?.version !== present[path].version) return false;
    if (!existsSync(join(root, path, 'package.json'))) return false;
  }
  for (const path in wanted) if (path !== '' && !present[path] && !wanted[path].optional) return false;
  return true;
};

/** npm as it runs us, or the one on the path; yarn and pnpm set the same variable but know no package-lock.json. */
const npmCommand = () => {
  const running = env.npm_execpath;
  if (running !== undefined && basename(running).startsWith('npm-cli')) return [execPath, [running]];
  const beside = join(dirname(execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(beside)) return [execPath, [beside]];
  return ['npm', []];
};

/** The variables that the outer npm sets for its own command would steer the inner one. */
const cleanEnvironment = () => {
  const steering =
    /^npm_(lifecycle|package|command|config_(local_prefix|prefix|global|call|package|workspace|dry_run|omit|production))/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !steering.test(name)));
};

const install = () => {
  stderr.write('tharsis: installing dependencies (first run, or the lock has changed) ...\n');
  const [command, first] = npmCommand();
  // Both kinds are named because NODE_ENV=production and an `omit` of the user's npmrc would leave them out.
  const words = [...first, 'ci', '--no-audit', '--no-fund', '--prefer-offline', '--include=dev', '--include=optional'];
  const run = spawnSync(command, words, {
    cwd: root,
    // npm's own words go to standard error: standard output belongs to the verb, which a script may read.
    stdio: ['ignore', 2, 2],
    env: cleanEnvironment(),
    shell: command === 'npm' && env.OS === 'Windows_NT',
  });
  if (run.error) stderr.write(`tharsis: expected npm on the path, got: ${run.error.message}\n`);
  if (run.status === 0 && isInstalled()) return true;
  stderr.write('tharsis: the installation failed: see the lines above, then run the command again\n');
  return false;
};

const isAlive = (owner) => {
  try {
    kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Whoever held the lock has gone without removing it: killed, or the machine went down. */
const isStale = () => {
  try {
    const ageMs = Date.now() - statSync(guard).mtimeMs;
    if (!existsSync(ownerFile)) return ageMs > 5_000;
    return ageMs > staleMs || !isAlive(Number(readFileSync(ownerFile, 'utf8')));
  } catch {
    return false;
  }
};

const takeGuard = () => {
  try {
    mkdirSync(guard);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    stderr.write(`tharsis: expected to write in ${root}, got: ${error.message}\n`);
    exit(1);
  }
  writeFileSync(ownerFile, String(pid));
  return true;
};

/** A stale lock is moved aside before it is removed, so that of two who see it only one can take it away. */
const breakGuard = () => {
  const aside = `${guard}-${pid}`;
  try {
    renameSync(guard, aside);
    rmSync(aside, { recursive: true, force: true });
  } catch {
    // Another process was quicker: the next round looks again.
  }
};

/** Returns when the dependencies are there. Several processes may call it at once: one installs, the others wait. */
export const ensureDependencies = () => {
  checkNode();
  if (isInstalled()) return;
  for (let round = 0; !takeGuard(); round++) {
    if (round === 4) stderr.write('tharsis: waiting for another process that installs the dependencies ...\n');
    if (isStale()) breakGuard();
    else pause(250);
  }
  const installed = isInstalled() || install();
  rmSync(guard, { recursive: true, force: true });
  if (!installed) exit(1);
};

if (isStarted(import.meta.url)) ensureDependencies();
