import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bchCorrect, bchParity } from '../../../../src/ccsds/cltu/bch.ts';
import { cltuLength, decodeCltu, encodeCltu } from '../../../../src/ccsds/cltu/cltu.ts';
import { randomizeTc } from '../../../../src/ccsds/cltu/tc-randomizer.ts';
import { controlCommand } from '../../../../src/ccsds/tc-frame/control-command.ts';
import { delimitTcFrames } from '../../../../src/ccsds/tc-frame/delimit.ts';
import { tcFrame } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { crc16 } from '../../../../src/codec/crc16.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';

const recorded = readFileSync(new URL('../../../../fixtures/cadu-and-cltu/dumpFile_tc_2.hex', import.meta.url), 'utf8')
  .split(/\s+/)
  .filter((text) => text !== '')
  .map(hexOctets);

const decoded = (octets: Uint8Array, parameters = {}) => {
  const unit = decodeCltu(octets, parameters);
  if (!unit.ok) throw new Error(unit.reason);
  return unit.value;
};

describe('CLTUs of another maker', () => {
  const frames = tcFrame({ spacecraftId: 123, virtualChannels: [0] });

  it('decode to their frames, in both modes', () => {
    for (const mode of ['TED', 'SEC'] as const) {
      const units = recorded.map((octets) => decoded(octets, { mode, randomized: true }));
      expect(units.map((unit) => [unit.blocks, unit.correctedBits, unit.end])).toEqual([
        [2, 0, 'tail'],
        [7, 0, 'tail'],
        [7, 0, 'tail'],
      ]);
      const delimited = units.flatMap((unit) => delimitTcFrames(unit.data));
      expect(delimited.map((octets) => toHex(octets).slice(0, 12))).toEqual([
        '307b00070000',
        '007b002d00c0',
        '207b002d00c0',
      ]);
      expect(delimited.map((octets) => [octets.length, crc16(octets)])).toEqual([
        [8, 0],
        [46, 0],
        [46, 0],
      ]);
      const services = delimited.map((octets) => {
        const frame = frames.decode(octets);
        return frame.ok ? frame.value.service : frame.reason;
      });
      expect(services).toEqual(['BC', 'AD', 'BD']);
    }
  });

  it('hold an Unlock', () => {
    const frame = frames.decode(delimitTcFrames(decoded(recorded[0]!, { randomized: true }).data)[0]!);
    expect(frame.ok && controlCommand.decode(frame.value.data)).toEqual({ ok: true, value: { name: 'unlock' } });
  });

  it('are made again to the octet', () => {
    for (const octets of recorded) {
      const [frame] = delimitTcFrames(decoded(octets, { randomized: true }).data);
      expect(toHex(encodeCltu(frame!, true))).toBe(toHex(octets));
    }
  });
});

describe('TC randomiser', () => {
  it('begins as the standard prints it and repeats after 255 octets', () => {
    const octets = new Uint8Array(600);
    randomizeTc(octets);
    expect(toHex(octets.subarray(0, 12))).toBe('ff399e5a68e906f56c892fa1');
    expect(octets.subarray(255, 510)).toEqual(octets.subarray(0, 255));
    randomizeTc(octets);
    expect(octets).toEqual(new Uint8Array(600));
  });
});

describe('BCH (63,56)', () => {
  const block = hexOctets('cf429e5d68e953a8');

  it('mends every single wrong bit in SEC mode and refuses it in TED mode', () => {
    for (let bit = 0; bit < 63; bit++) {
      const wrong = block.slice();
      wrong[bit >> 3] = wrong[bit >> 3]! ^ (0x80 >> (bit & 7));
      expect(bchCorrect(wrong.slice(), 0, 'TED')).toBe(-1);
      expect(bchCorrect(wrong, 0, 'SEC')).toBe(1);
      expect(wrong).toEqual(block);
    }
  });

  it('refuses every pair of wrong bits in both modes and every three in TED mode', () => {
    const flip = (octets: Uint8Array, bit: number): void => {
      octets[bit >> 3] = octets[bit >> 3]! ^ (0x80 >> (bit & 7));
    };
    let passed = 0;
    for (let first = 0; first < 63; first++)
      for (let second = 0; second < first; second++) {
        const wrong = block.slice();
        flip(wrong, first);
        flip(wrong, second);
        if (bchCorrect(wrong.slice(), 0, 'SEC') !== -1 || bchCorrect(wrong.slice(), 0, 'TED') !== -1) passed += 1;
        for (let third = 0; third < second; third++) {
          flip(wrong, third);
          if (bchCorrect(wrong, 0, 'TED') !== -1) passed += 1;
          flip(wrong, third);
        }
      }
    expect(passed).toBe(0);
  });

  it('does not look at the filler bit', () => {
    const filled = block.slice();
    filled[7] = filled[7]! | 1;
    expect(bchCorrect(filled, 0, 'TED')).toBe(0);
    expect(bchParity(block)).toBe(0xa8);
  });
});

describe('CLTU', () => {
  const data = hexOctets('00112233445566778899aabbccddeeff');
  const cltu = encodeCltu(data);

  it('is start, code blocks with fill 55, tail', () => {
    expect(cltu).toHaveLength(cltuLength(16));
    expect(toHex(cltu)).toMatch(/^eb90(.{14}..){2}eeff5555555555..c5c5c5c5c5c5c579$/);
    expect(toHex(decoded(cltu).data)).toBe(`${toHex(data)}5555555555`);
    expect(cltuLength(1024)).toBe(9488 / 8);
    expect(() => encodeCltu(new Uint8Array(0))).toThrow(RangeError);
  });

  it('mends one bit a block in SEC mode, and one in the start sequence', () => {
    const wrong = cltu.slice();
    for (const at of [0, 4, 12, 20]) wrong[at] = wrong[at]! ^ 0x10;
    expect(decoded(wrong)).toMatchObject({ data: decoded(cltu).data, correctedBits: 3, end: 'tail' });
    expect(decodeCltu(wrong, { mode: 'TED' })).toMatchObject({ ok: false, reason: 'no start sequence' });
  });

  it('ends at a block that cannot be mended', () => {
    const wrong = cltu.slice();
    wrong[12] = wrong[12]! ^ 0x11;
    expect(decoded(wrong)).toMatchObject({ blocks: 1, end: 'bad code block', endAt: 10 });
    expect(toHex(decoded(wrong).data)).toBe('00112233445566');
  });

  it('gives what there is of a unit without its tail', () => {
    expect(decoded(cltu.subarray(0, 20))).toMatchObject({ blocks: 2, end: 'unfinished', endAt: 18 });
  });

  it('passes over what stands before the start', () => {
    expect(decoded(Uint8Array.of(0x55, 0x55, 0x55, ...cltu))).toMatchObject({ blocks: 3, end: 'tail' });
  });

  it('says why there is nothing', () => {
    expect(decodeCltu(new Uint8Array(0))).toMatchObject({ reason: 'no start sequence' });
    expect(decodeCltu(new Uint8Array(100).fill(0x55))).toMatchObject({ reason: 'no start sequence' });
    expect(decodeCltu(cltu.subarray(0, 9))).toMatchObject({ reason: 'no whole code block', at: 2 });
    expect(decodeCltu(hexOctets('eb90c5c5c5c5c5c5c579'))).toMatchObject({ reason: 'no whole code block' });
    expect(decodeCltu(cltu, { maximumOctets: 14 })).toMatchObject({ reason: 'CLTU too long', at: 18 });
    expect(decodeCltu(cltu, { maximumOctets: 21 })).toMatchObject({ ok: true });
  });

  it('leaves its input alone', () => {
    const frames = data.slice();
    const octets = encodeCltu(frames, true);
    expect(frames).toEqual(data);
    const copy = octets.slice();
    expect(decoded(octets, { randomized: true }).data.subarray(0, 16)).toEqual(data);
    expect(octets).toEqual(copy);
  });
});
