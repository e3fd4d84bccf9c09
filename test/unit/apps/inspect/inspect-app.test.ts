// What surrounds an inspection: options and configuration files, tables, the report for people.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonReport } from '../../../../apps/inspect/json-report.ts';
import { givenParameters, reedSolomonOption, withConfig } from '../../../../apps/inspect/options.ts';
import { textReport } from '../../../../apps/inspect/text-report.ts';
import { table, wrap } from '../../../../apps/inspect/text-table.ts';
import { fixtureOctets } from '../../../support/frame-fixtures.ts';
import { inspect } from '../../../support/inspect-bench.ts';
import { randomOctets, seeded } from '../../../support/noise.ts';

const folder = mkdtempSync(join(tmpdir(), 'tharsis-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

const config = (content: string): string => {
  const path = join(folder, 'config.json');
  writeFileSync(path, content);
  return path;
};

describe('options of inspect', () => {
  it('read Reed-Solomon as E, I and basis', () => {
    expect(reedSolomonOption('16,5')).toEqual({ correctable: 16, interleaving: 5 });
    expect(reedSolomonOption('8, 1, conventional')).toEqual({ correctable: 8, interleaving: 1, basis: 'conventional' });
    for (const wrong of ['', '16', '16,6', '12,5', '16,5,other', '16,5,dual,1', 'a,b'])
      expect(() => reedSolomonOption(wrong)).toThrow(/expected E,I\[,dual\|conventional\]/);
  });

  it('come from a configuration file too, and the command line wins', async () => {
    const path = config(
      '{"as": "aos", "length": 1115, "fecf": false, "rs": "16,5,dual", "skip": 8, "keepDuplicates": true}',
    );
    const options = await withConfig({ config: path, length: 223 });
    expect(options).toMatchObject({ as: 'aos', length: 223, fecf: false, skip: 8, keepDuplicates: true });
    expect(givenParameters('aos', options)).toEqual({
      lengthOctets: 223,
      fecf: false,
      reedSolomon: { correctable: 16, interleaving: 5, basis: 'dual' },
      skipOctets: 8,
      keepDuplicates: true,
    });
  });

  it('are named in a configuration file as on the command line too', async () => {
    const path = config('{"insert-zone": 8, "secondary-header": 4, "keep-duplicates": true}');
    expect(await withConfig({ config: path })).toMatchObject({
      ...{ insertZone: 8, secondaryHeader: 4, keepDuplicates: true },
    });
  });

  it('say in one line what a configuration file should have said', async () => {
    const refused = async (content: string): Promise<string> =>
      withConfig({ config: config(content) }).then(
        () => 'accepted',
        (error: Error) => error.message,
      );
    expect(await refused('{"length": "long"}')).toMatch(/length: expected an integer from 1 to 65536, got "long"$/);
    expect(await refused('{"fecf": 1}')).toMatch(/fecf: expected true or false, got 1$/);
    expect(await refused('{"as": "tc"}')).toMatch(/as: expected one of tm, aos, uslp, cadu, cltu, packets, got "tc"$/);
    expect(await refused('{"constructor": 1}')).toMatch(/expected the keys as, length, .*, got 'constructor'$/);
    expect(await refused('[]')).toMatch(/expected a JSON object, got \[\]$/);
    expect(await refused('{')).toMatch(/expected a JSON object, got /);
  });

  it('refuse a length that leaves no room', () => {
    expect(() => givenParameters('aos', { length: 20, insertZone: 10, fecf: true, ocf: true, fhec: true })).toThrow(
      /--length: expected at least 25 octets for aos with these fields, got 20/,
    );
  });
});

describe('tables', () => {
  it('wrap at blanks within the width', () => {
    expect(wrap('  one two three', 9, 4)).toEqual(['  one two', '    three']);
    expect(wrap('unbreakable', 4, 2)).toEqual(['unbreakable']);
  });

  it('align columns and wrap the last one within itself', () => {
    expect(
      table(
        [
          ['a', '1', 'some words here'],
          ['bcd', '22', 'x'],
        ],
        ['left', 'right', 'left'],
        21,
      ),
    ).toEqual(['  a     1  some words here', '  bcd  22  x']);
  });
});

describe('the report for people', () => {
  const hera = inspect('tm', fixtureOctets('telemetry/hera_low_rate_frames_2024_10_07_16_24_20.u8'));

  it.each([80, 160])('fits a terminal of %i columns and says what there is and why', (width) => {
    const text = textReport('hera.u8', hera, width);
    expect(text.split('\n').every((line) => line.length <= width)).toBe(true);
    for (const words of [
      'hera.u8: 62,328 octets as tm',
      'unit length                1113 octets  guessed',
      '56 units: 56 accepted, 10 of them idle, 0 duplicates',
      '01042200 ×56',
      '(3,25)×229',
      'Left over at the end: 0 octets',
    ])
      expect(text).toContain(words);
  });

  it('names what was refused and dropped', () => {
    const octets = fixtureOctets('telemetry/mars2020_safemode_frames.u8');
    const text = textReport('m.u8', inspect('aos', octets), 100);
    expect(text).toContain('refused: bad FECF 1');
    expect(text).toContain('no packet start 135');
  });

  it('stays short where noise makes channels and APIDs by the hundred', () => {
    const noise = randomOctets(223 * 3000, seeded(4)).map((octet, at) => (at % 223 === 0 ? octet & 0x3f : octet));
    const read = inspect('tm', noise, { lengthOctets: 223, fecf: false, ocf: false });
    const text = textReport('noise', read, 100);
    expect(read.report.channels.length).toBeGreaterThan(500);
    expect(text.split('\n').length).toBeLessThan(150);
    expect(text).toMatch(/and [\d,]+ channels more with [\d,]+ frames; --json lists them all/);
  });

  it('has its twin for scripts with exactly the keys that they rely on', () => {
    const json = jsonReport('hera.u8', hera.report);
    expect(Object.keys(json)).toEqual([
      'file',
      'as',
      'octets',
      'frames',
      'spacecraft',
      'ocf',
      'channels',
      'packets',
      'leftoverOctets',
    ]);
    expect(Object.keys(json.frames)).toEqual(['total', 'accepted', 'idle', 'duplicates', 'rejected']);
    expect(Object.keys(json.channels[0]!)).toEqual([
      'scid',
      'vcid',
      'frames',
      'idle',
      'first',
      'last',
      'gaps',
      'lost',
      'duplicates',
    ]);
    expect(Object.keys(json.packets.apids[0]!)).toEqual([
      'apid',
      'count',
      'octets',
      'gaps',
      'crcGood',
      'crcBad',
      'services',
      'first',
      'last',
    ]);
  });
});
