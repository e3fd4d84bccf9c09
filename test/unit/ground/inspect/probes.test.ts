// What a probe finds where only a part of the parameters is given, or none.
import { describe, expect, it } from 'vitest';
import { aosFrame } from '../../../../src/ccsds/aos-frame/aos-frame.ts';
import { mPdu } from '../../../../src/ccsds/aos-frame/m-pdu.ts';
import { caduCoding } from '../../../../src/ccsds/tm-coding/cadu.ts';
import { randomize } from '../../../../src/ccsds/tm-coding/randomizer.ts';
import { type ReedSolomonParameters, reedSolomon } from '../../../../src/ccsds/tm-coding/reed-solomon.ts';
import { uslpDataField } from '../../../../src/ccsds/uslp-frame/data-field.ts';
import { uslpFrame } from '../../../../src/ccsds/uslp-frame/uslp-frame.ts';
import { toHex } from '../../../../src/codec/hex.ts';
import { inspect, joined, pusPacket, report, tmFrames } from '../../../support/inspect-bench.ts';

const randomized = (units: readonly Uint8Array[], sequence: 'short' | 'long' = 'short'): Uint8Array[] =>
  units.map((unit) => {
    const copy = unit.slice();
    randomize(sequence, copy);
    return copy;
  });

const lines = (units: readonly Uint8Array[]): Uint8Array =>
  new TextEncoder().encode(units.map((unit) => `${toHex(unit)}\n`).join(''));

/** All but the size of the file. */
const told = ({ octets, ...rest }: ReturnType<typeof report>) => rest;

const uslpFrames = (count: number, dataOctets: number): Uint8Array[] => {
  const codec = uslpFrame({ fecfOctets: 2, insertZoneOctets: 0 });
  return Array.from({ length: count }, (_, k) =>
    codec.encode({
      header: {
        ...{ truncated: false, spacecraftId: 4242, destination: false, virtualChannelId: 2, mapId: 0 },
        ...{ lengthOctets: 1, bypass: false, protocolControl: false, ocf: false, countOctets: 2 },
        virtualChannelCount: k,
      },
      insertZone: new Uint8Array(0),
      data: uslpDataField.encode({
        ...{ rule: 'no segmentation', protocol: 0 },
        zone: pusPacket(300, k, 17, 2, dataOctets - 21),
      }),
    }),
  );
};

const code: ReedSolomonParameters = { correctable: 16, interleaving: 2, basis: 'dual' };

describe('Reed-Solomon without sync markers', () => {
  const frames = tmFrames(40, { lengthOctets: 446 });
  const coder = reedSolomon(code);
  const blocks = frames.map((frame) => coder.encode(frame));
  const expected = told(report('tm', joined(frames)));

  it('is found by itself, damaged symbols and all', () => {
    const damaged = blocks.map((block, k) => block.map((octet, at) => (k % 3 === 0 && at % 40 === 7 ? ~octet : octet)));
    const { report: r, findings } = inspect('tm', joined(damaged));
    expect(told(r)).toEqual(expected);
    expect(findings.find(({ parameter }) => parameter === 'Reed-Solomon')?.value).toBe(
      '(255,223), interleaving 2, dual basis',
    );
  });

  it.each([
    ['the length of the frame', { lengthOctets: 446 }],
    ['the length of the codeblock', { lengthOctets: 510 }],
    ['the code', { reedSolomon: { correctable: 16, interleaving: 2 } }],
    ['the code and the length of the codeblock', { lengthOctets: 510, reedSolomon: code }],
  ] as const)('is read when %s is given', (_, given) => {
    expect(told(report('tm', joined(blocks), given))).toEqual(expected);
  });

  it('and under a randomiser, in lines of hexadecimal digits', () => {
    expect(told(report('tm', lines(randomized(blocks))))).toEqual(expected);
    expect(told(report('tm', lines(randomized(blocks)), { lengthOctets: 446, reedSolomon: code }))).toEqual(expected);
  });
});

describe('a randomiser', () => {
  const frames = tmFrames(40);

  it.each(['short', 'long'] as const)('%s is found where the length is given', (sequence) => {
    const expected = told(report('tm', joined(frames)));
    expect(told(report('tm', joined(randomized(frames, sequence)), { lengthOctets: 200 }))).toEqual(expected);
  });

  it('is found on USLP frames, whose lengths it hides', () => {
    const made = uslpFrames(40, 180);
    const expected = told(report('uslp', joined(made)));
    expect(expected.frames.accepted).toBe(40);
    expect(told(report('uslp', joined(randomized(made))))).toEqual(expected);
    expect(told(report('uslp', joined(randomized(made)), { randomized: true }))).toEqual(expected);
  });

  it('is found in CADUs of idle frames, which no code is to correct to fill', () => {
    const made = tmFrames(40, { lengthOctets: 1020 });
    const idle = made.map((frame, k) => (k % 3 ? frame : frame.fill(0x55, 6, frame.length - 6)));
    const plain = report('tm', joined(idle), { lengthOctets: 1020, fecf: false });
    const coding = caduCoding({ frameLength: 1020, randomizer: 'short' });
    const r = report('cadu', joined(idle.map((frame) => coding.encode(frame))), { fecf: false });
    expect(r).toMatchObject({ frames: plain.frames, channels: plain.channels });
  });
});

describe('the control field of AOS frames', () => {
  it('is told by its form where no packet ends among the frames', () => {
    const codec = aosFrame({ fhec: false, insertZoneOctets: 0, ocf: true, fecf: true });
    const packet = pusPacket(5, 0, 3, 25, 20_000);
    const frames = Array.from({ length: 40 }, (_, k) => {
      const zone = packet.slice(300 * k, 300 * k + 300);
      const data = mPdu.encode({ firstHeaderPointer: k === 0 ? 0 : 0x7ff, zone });
      return codec.encode({
        ...{ spacecraftId: 7, virtualChannelId: 3, virtualChannelCount: k, replay: false, cycleInUse: false, cycle: 0 },
        ...{ spare: 0, insertZone: new Uint8Array(0), data, ocf: 0x01000400 },
      });
    });
    expect(report('aos', joined(frames)).ocf).toEqual([{ value: '01000400', count: 40 }]);
  });
});

describe('the length', () => {
  it('is found though the header of the first frame is damaged', () => {
    const frames = tmFrames(30);
    frames[0]!.fill(0x9d, 0, 8);
    expect(report('tm', joined(frames)).frames).toMatchObject({ total: 30, accepted: 29, rejected: { 'bad FECF': 1 } });
  });

  it('is not doubled by frames out of order', () => {
    const frames = tmFrames(30);
    for (const at of [3, 11, 20]) [frames[at], frames[at + 1]] = [frames[at + 1]!, frames[at]!];
    expect(report('tm', joined(frames)).frames).toMatchObject({ total: 30, accepted: 30 });
  });
});
