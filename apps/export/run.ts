// Writes one derived artefact to standard output or to a file.
import { writeFile } from 'node:fs/promises';
import { exported } from './exported.ts';
import type { ExportKind } from './kinds.ts';

export const runExport = async (kind: ExportKind, output?: string): Promise<void> => {
  const text = exported(kind);
  if (output === undefined) process.stdout.write(text);
  else await writeFile(output, text);
};
