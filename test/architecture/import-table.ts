// Who may enter whom: the table of the house as data, and the check that reads every import against it.
import { importsOf } from './imports.ts';
import { at, type SourceFile, type Violation } from './source-file.ts';

interface Room {
  /** Rooms it may import besides itself. */
  readonly rooms: readonly string[];
  /** Packages it may import; a trailing `*` stands for any ending. */
  readonly packages: readonly string[];
}

export const rooms: Readonly<Record<string, Room>> = {
  codec: { rooms: [], packages: [] },
  kernel: { rooms: [], packages: ['rxjs'] },
  ccsds: { rooms: ['codec'], packages: [] },
  crypto: { rooms: ['codec'], packages: ['@noble/*'] },
  dtn: { rooms: ['codec', 'ccsds', 'crypto'], packages: [] },
  dictionary: { rooms: ['kernel', 'codec'], packages: [] },
  hal: { rooms: ['kernel'], packages: [] },
  'devices/sim': { rooms: ['hal', 'kernel', 'codec'], packages: ['rxjs'] },
  'devices/real': { rooms: ['hal', 'kernel', 'codec', 'crypto'], packages: ['node:*', 'rxjs'] },
  fsw: { rooms: ['kernel', 'codec', 'ccsds', 'dtn', 'crypto', 'dictionary', 'hal'], packages: ['rxjs'] },
  orbiter: { rooms: ['fsw', 'dictionary', 'hal', 'kernel'], packages: [] },
  world: { rooms: ['kernel', 'hal', 'codec'], packages: ['rxjs'] },
  ground: { rooms: ['kernel', 'codec', 'ccsds', 'dtn', 'crypto', 'dictionary', 'hal'], packages: ['rxjs'] },
  recording: { rooms: ['kernel', 'codec', 'dictionary'], packages: ['rxjs'] },
  scenario: { rooms: ['orbiter', 'ground', 'world', 'devices/sim', 'recording', 'kernel'], packages: ['rxjs'] },
};

/** Single files that may be entered from rooms that the table keeps out: leaves that import nothing themselves. */
export const leaves: Readonly<Record<string, readonly string[]>> = {
  'src/kernel/machine.ts': ['ccsds', 'dtn'],
  'src/crypto/replay-window.ts': ['ccsds'],
};

/** Packages that live in one file alone. */
export const singleHomes: Readonly<Record<string, string>> = {
  'cbor-x': 'src/codec/cbor.ts',
  '@noble/*': 'src/crypto/portable-suite.ts',
};

/** Anything that apps import from a package is named here, so that a new dependency is a decision. */
const appPackages = ['node:*', 'rxjs', 'commander', 'esbuild'];

const fits = (pattern: string, specifier: string): boolean =>
  pattern.endsWith('*') ? specifier.startsWith(pattern.slice(0, -1)) : specifier.split('/')[0] === pattern;

const roomOf = (path: string): string | undefined => {
  const parts = path.split('/');
  const name = parts[1] === 'devices' ? `devices/${parts[2]}` : parts[1];
  return parts[0] === 'src' && parts.length > 2 && name !== undefined && name in rooms ? name : undefined;
};

const checkPackage = (specifier: string, file: SourceFile): string | undefined => {
  const room = roomOf(file.path);
  const home = Object.entries(singleHomes).find(([pattern]) => fits(pattern, specifier))?.[1];
  if (home !== undefined) return home === file.path ? undefined : `${specifier} may be imported by ${home} alone`;
  const allowed = room === undefined ? appPackages : rooms[room]!.packages;
  if (allowed.some((pattern) => fits(pattern, specifier))) return undefined;
  return `${room ?? 'apps'} may not import ${specifier}: expected one of [${allowed.join(', ')}]`;
};

const checkTarget = (target: string, file: SourceFile): string | undefined => {
  const from = roomOf(file.path);
  if (from === undefined) return undefined;
  const to = roomOf(target);
  if (to === undefined) return `${from} may not import ${target}, which is in no room of src`;
  if (to === from || rooms[from]!.rooms.includes(to) || leaves[target]?.includes(from)) return undefined;
  return `${from} may not enter ${to}: expected one of [${rooms[from]!.rooms.join(', ')}]`;
};

/** Every import of the files that the table forbids. */
export const importViolations = (files: readonly SourceFile[]): Violation[] =>
  files.flatMap((file) => {
    if (file.path.startsWith('src/') && roomOf(file.path) === undefined)
      return [`${file.path}:1: lies in no room: expected src/{${Object.keys(rooms).join(',')}}/`];
    return importsOf(file).flatMap((found) => {
      if (found.target !== undefined && !/\.(ts|mjs)$/.test(found.target))
        return [at(file, found.offset, `'${found.specifier}': expected the file with its ending, .ts`)];
      const wrong = found.target === undefined ? checkPackage(found.specifier, file) : checkTarget(found.target, file);
      return wrong === undefined ? [] : [at(file, found.offset, wrong)];
    });
  });

/** A leaf that imports something is no leaf. */
export const leafViolations = (files: readonly SourceFile[]): Violation[] =>
  files
    .filter((file) => file.path in leaves)
    .flatMap((file) => importsOf(file).map((found) => at(file, found.offset, 'a leaf imports nothing')));
