// `tharsis inspect` as a process: output, exit codes, one clear line for every mistake.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram as runWords } from '../../apps/program.ts';
import { joined, tmFrames } from '../support/inspect-bench.ts';
import { runProgram } from '../support/program.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tharsis-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (...words: readonly string[]) => {
  const program = runProgram('inspect', ...words);
  const code = await program.ended;
  return { code, out: [...program.lines], errors: program.errors.filter((line) => !line.startsWith('npm ')) };
};

describe('tharsis inspect', () => {
  it('prints one JSON object on standard output and its guesses beside it', async () => {
    const { code, out, errors } = await run(fixture('telemetry/mars2020_safemode_frames.u8'), '--as', 'aos', '--json');
    expect(code).toBe(0);
    expect(out).toHaveLength(1);
    expect(JSON.parse(out[0]!)).toMatchObject({
      as: 'aos',
      octets: 892,
      frames: { total: 4, accepted: 3, rejected: { 'bad FECF': 1 } },
    });
    expect(errors).toContainEqual(
      expect.stringMatching(/^inspect: guessed frame error control 2 octets: CRC-16 agrees in 3 of 4/),
    );
  });

  it('lists every unit with its offset, and streams a file longer than its probe', async () => {
    const path = join(folder, 'long.bin');
    const frames = joined(tmFrames(200));
    const octets = new Uint8Array(130 * frames.length);
    for (let k = 0; k < 130; k++) octets.set(frames, k * frames.length);
    writeFileSync(path, octets);
    const { code, out } = await run(path, '--as', 'tm', '--list');
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^ +0 +200 {2}accepted +SCID 42 {2}VC 0 {2}count 0/);
    expect(out[25_999]).toMatch(/^ +5199800 +200 {2}accepted/);
    expect(out).toContainEqual(expect.stringContaining('26,000 units: 26,000 accepted'));
  });

  it.each([
    [['nowhere.bin', '--as', 'tm'], /nowhere\.bin: no such file or directory/],
    [[folder, '--as', 'tm'], /is a directory: expected a file/],
    [[fixture('README.md'), '--as', 'cadu'], /expected a file of CADUs/],
    [[fixture('README.md'), '--as', 'tc'], /expected one of tm, aos, uslp, cadu, cltu, packets, got 'tc'/],
    [[fixture('README.md')], /expected --as tm, aos, uslp, cadu, cltu or packets, got none/],
    [[fixture('README.md'), '--as', 'tm', '--length', '3'], /--length: expected at least 7 octets/],
    [[fixture('README.md'), '--as', 'cadu', '--rs', '3,9'], /Reed-Solomon: expected E,I/],
    [[fixture('README.md'), '--as', 'tm', '--bogus'], /unknown option '--bogus'; expected one of --as/],
  ] as const)('ends with code 2 and one line: %j', async (words, expected) => {
    const out: string[] = [];
    const errors: string[] = [];
    const terminal = { out: (text: string) => void out.push(text), err: (text: string) => void errors.push(text) };
    expect(await runWords(['inspect', ...words], terminal, '0')).toBe(2);
    expect(out).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^tharsis[^\n]*\n$/);
    expect(errors[0]).toMatch(expected);
  });

  it('ends with code 2 as a process too', async () => {
    const { code, out, errors } = await run('nowhere.bin', '--as', 'tm');
    expect({ code, out, errors }).toEqual({
      code: 2,
      out: [],
      errors: ['tharsis: nowhere.bin: no such file or directory'],
    });
  });
});
