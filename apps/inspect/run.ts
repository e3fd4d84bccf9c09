// Runs `inspect`: opens the file, looks at its start, streams all of it, prints the report.
import { type FileHandle, open } from 'node:fs/promises';
import { HEAD_OCTETS, type InspectionRun, inspection } from '../../src/ground/inspect/inspection.ts';
import type { Finding } from '../../src/ground/inspect/parameters.ts';
import type { UnitLine } from '../../src/ground/inspect/report.ts';
import { UsageError } from '../usage-error.ts';
import { jsonReport } from './json-report.ts';
import { kernelsOf } from './kernels.ts';
import { ListWriter } from './list-writer.ts';
import { givenParameters, type InspectOptions, withConfig } from './options.ts';
import { Progress } from './progress.ts';
import { findingLine, textReport } from './text-report.ts';

const CHUNK_OCTETS = 1 << 20;

/** Reads up to `length` octets from where the file stands; fewer only at its end. */
const readFully = async (file: FileHandle, buffer: Uint8Array, length: number): Promise<number> => {
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
};

const stream = async (
  file: FileHandle,
  head: Uint8Array,
  run: InspectionRun,
  progress: Progress,
  list?: ListWriter,
) => {
  for (let at = 0; at < head.length; at += CHUNK_OCTETS) {
    run.push(head.subarray(at, at + CHUNK_OCTETS));
    await list?.flush();
  }
  progress.advance(head.length);
  if (head.length < HEAD_OCTETS) return;
  const chunk = new Uint8Array(CHUNK_OCTETS);
  for (
    let got = await readFully(file, chunk, CHUNK_OCTETS);
    got > 0;
    got = await readFully(file, chunk, CHUNK_OCTETS)
  ) {
    run.push(chunk.subarray(0, got));
    progress.advance(got);
    await list?.flush();
  }
};

const openFile = async (path: string): Promise<{ readonly file: FileHandle; readonly octets: number }> => {
  const file = await open(path === '-' ? '/dev/stdin' : path, 'r');
  const status = await file.stat();
  if (status.isDirectory()) {
    await file.close();
    throw new UsageError(`${path}: is a directory: expected a file`);
  }
  return { file, octets: status.isFile() ? status.size : 0 };
};

const tellFindings = (findings: readonly Finding[]): void => {
  for (const finding of findings)
    if (finding.guessed) process.stderr.write(`inspect: guessed ${findingLine(finding)}\n`);
};

/** Throws a UsageError for whatever the user can mend. */
export const runInspect = async (path: string, asked: InspectOptions): Promise<void> => {
  const options = await withConfig(asked);
  const { as } = options;
  if (as === undefined) throw new UsageError('inspect: expected --as tm, aos, uslp, cadu, cltu or packets, got none');
  const given = givenParameters(as, options);
  const { file, octets } = await openFile(path);
  try {
    const buffer = new Uint8Array(HEAD_OCTETS);
    const head = buffer.subarray(0, await readFully(file, buffer, HEAD_OCTETS));
    const list = options.list ? new ListWriter(options.json ? process.stderr : process.stdout) : undefined;
    const onUnit = list && ((line: UnitLine) => list.unit(line));
    const begun = inspection(as, head, head.length < HEAD_OCTETS, given, onUnit, kernelsOf().parityDifference);
    if (!begun.ok) throw new UsageError(`${path}: ${begun.reason}`);
    const progress = new Progress(path, octets, list !== undefined);
    await stream(file, head, begun.value, progress, list);
    const result = begun.value.end();
    await list?.flush();
    progress.end();
    if (options.json) {
      tellFindings(result.findings);
      process.stdout.write(`${JSON.stringify(jsonReport(path, result.report))}\n`);
    } else process.stdout.write(textReport(path, result, process.stdout.isTTY ? (process.stdout.columns ?? 100) : 100));
  } finally {
    await file.close();
  }
};
