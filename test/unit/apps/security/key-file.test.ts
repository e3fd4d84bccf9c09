import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../../apps/program.ts';
import { parseKeyFile } from '../../../../apps/security/key-file.ts';
import { missionChannels, readKeys, securityWords } from '../../../../apps/security/read-keys.ts';
import { firstSecurity, openFrame } from '../../../../src/ccsds/sdls/link-security.ts';
import { keyFileText, keyTraces, securedEnd, testKey } from '../../../support/secured-ends.ts';
import { securedSender, uplinkKind } from '../../../support/secured-sender.ts';

interface Described {
  keys: Record<string, unknown>[];
  associations: Record<string, unknown>[];
}

const changed = (change: (described: Described) => void): string => {
  const described = JSON.parse(keyFileText()) as Described;
  change(described);
  return JSON.stringify(described);
};

const mistakes: readonly (readonly [string, string])[] = [
  ['expected one JSON object', '{"keys": [{"id": 1, "hex": "0011'],
  ['key file: expected an object, got a list', '[]'],
  ['keys: expected a list of 1 to 64, got nothing', '{"associations": []}'],
  ['keys[0].id: expected an integer from 0 to 65535, got 65536', changed(({ keys }) => (keys[0]!.id = 65_536))],
  ['keys[0].hex: expected 64 hexadecimal digits, got 63', changed(({ keys }) => (keys[0]!.hex = 'a'.repeat(63)))],
  ['keys[0].hex: expected 64 hexadecimal digits, got 64', changed(({ keys }) => (keys[0]!.hex = 'g'.repeat(64)))],
  ['keys[0]: expected either hex or file, got none', changed(({ keys }) => delete keys[0]!.hex)],
  ['keys[0]: expected either hex or file, got both', changed(({ keys }) => (keys[0]!.file = 'a'))],
  ['keys: expected one key 2, got two', changed(({ keys }) => (keys[0]!.id = 2))],
  ['associations[0].key: expected the id of a key', changed(({ associations }) => (associations[0]!.key = 9))],
  ['associations[0].spi: expected an integer from 1', changed(({ associations }) => (associations[0]!.spi = 0))],
  ['associations[0].mask: expected one of', changed(({ associations }) => (associations[0]!.mask = 'none'))],
  ['associations[0].service: expected one of', changed(({ associations }) => (associations[0]!.service = 'clear'))],
  ['associations[0].window: expected an integer', changed(({ associations }) => (associations[0]!.window = 0))],
  ['associations[0].counter: expected an integer', changed(({ associations }) => (associations[0]!.counter = 2 ** 48))],
  ['associations[0].virtualChannel: expected one of 0, 1', changed((d) => (d.associations[0]!.virtualChannel = 5))],
  ['associations[0].map: expected none', changed(({ associations }) => (associations[0]!.map = 1))],
  ['associations[0]: expected members spi', changed(({ associations }) => (associations[0]!.windw = 5))],
  [
    'associations: expected one for downlink virtual channel 7',
    changed(({ associations }) => associations.splice(2, 1)),
  ],
  ['associations: expected one for uplink virtual channel 0', changed(({ associations }) => associations.splice(0, 1))],
  [
    'associations: expected one for uplink virtual channel 0, got two',
    changed((d) => (d.associations[3]!.virtualChannel = 0)),
  ],
  ['expected once, got twice', changed(({ associations }) => (associations[1]!.spi = 1))],
  ['expected a key for each direction', changed(({ associations }) => (associations[1]!.key = 1))],
  ['expected a key or a fixed IV field for each', changed(({ associations }) => (associations[3]!.key = 1))],
  ['expected octets of its own', changed(({ keys }) => (keys[3]!.hex = keys[0]!.hex))],
  ['expected one overhead', changed(({ associations }) => (associations[1]!.service = 'authentication'))],
];

const folder = mkdtempSync(join(tmpdir(), 'tharsis-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (text: string | Uint8Array, name = 'keys.json'): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const told = async (...argv: string[]): Promise<{ code: number; err: string }> => {
  let err = '';
  const terminal = {
    out: () => {},
    err: (text: string): void => {
      err += text;
    },
  };
  return { code: await runProgram(argv, terminal, '0'), err };
};

describe('a key file', () => {
  it.each(mistakes)('is refused in one line, exit code 2 and without a key: %s', async (words, text) => {
    const { code, err } = await told('orbiter', '--tc-port', '0', '--keys', fileOf(text));
    expect([code, err.split('\n').length, err.startsWith('tharsis: orbiter: --keys: ')]).toEqual([2, 2, true]);
    expect(err).toContain(words);
    for (const trace of [...keyTraces, 'a'.repeat(16)]) expect(err).not.toContain(trace);
  });

  it.each(['orbiter', 'console', 'start'])('that is not there stops %s before it opens a port', async (verb) => {
    const { code, err } = await told(verb, '--tc-port', '10018', '--tm-port', '0', '--keys', join(folder, 'nowhere'));
    expect([code, err]).toEqual([
      2,
      `tharsis: ${verb}: --keys: ${join(folder, 'nowhere')}: no such file or directory\n`,
    ]);
  });

  it('names files of 32 raw octets beside it, and refuses others by their length', async () => {
    const path = fileOf(
      changed(({ keys }) => {
        delete keys[0]!.hex;
        keys[0]!.file = 'one.key';
      }),
    );
    fileOf(testKey(1), 'one.key');
    const { ground } = await readKeys('start', path, ['ground']);
    expect(ground.associations).toHaveLength(4);
    fileOf(Uint8Array.of(...testKey(1), 10), 'one.key');
    await expect(readKeys('start', path, ['ground'])).rejects.toThrow('key 1: expected a file of 32 octets, got 33');
  });

  it('gives both ends of one program the same keys out of files, and wipes neither for the other', async () => {
    const path = fileOf(
      changed(({ keys }) => {
        for (const key of keys) {
          fileOf(testKey(Number(key.id)), `${key.id}.key`);
          delete key.hex;
          key.file = `${key.id}.key`;
        }
      }),
    );
    const { orbiter, ground } = await readKeys('start', path, ['orbiter', 'ground']);
    const octets = securedSender(ground)(Uint8Array.of(1, 2, 3));
    const { outcome } = openFrame(uplinkKind, octets, firstSecurity(orbiter, 'TC'), orbiter, 0);
    expect(outcome.ok && outcome.frame.data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('has defaults for all but channels and keys', () => {
    const [uplink, downlink] = parseKeyFile(keyFileText(), missionChannels).associations;
    expect(uplink).toMatchObject({ service: 'authenticated encryption', mask: 'all-ones', window: 1024, counter: 0 });
    expect(downlink).toMatchObject({ mask: 'all-ones', window: 2 ** 40 });
  });

  it('gives each end its directions, and keys only for these', () => {
    const directions = (end: 'orbiter' | 'ground') =>
      securedEnd(end).associations.map(({ association }) => association.direction);
    expect(directions('orbiter')).toEqual(['receive', 'transmit', 'transmit', 'receive']);
    expect(directions('ground')).toEqual(['transmit', 'receive', 'receive', 'transmit']);
    const { algorithmOf, associations } = securedEnd('orbiter');
    const { association, key } = associations[0]!;
    expect(algorithmOf({ ...association, direction: 'transmit' }, key)).toMatchObject({ reason: 'wrong key purpose' });
  });

  it('shows associations in the greeting, and clear mode by name', () => {
    expect(securityWords(securedEnd('ground'))).toContain('secured, uplink associations 1 (virtual channel 0)');
    expect(securityWords(undefined)).toContain('clear mode where anyone may command');
    const shown = JSON.stringify(securedEnd('ground'));
    for (const trace of keyTraces) expect(shown).not.toContain(trace);
  });
});
