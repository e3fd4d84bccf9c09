// Recordings made to order: every managed parameter given and probed, damage of every kind, and the good units after
// it.
import { describe, expect, it } from 'vitest';
import { type AosFrame, aosFrame } from '../../../../src/ccsds/aos-frame/aos-frame.ts';
import { mPdu } from '../../../../src/ccsds/aos-frame/m-pdu.ts';
import { encodeCltu } from '../../../../src/ccsds/cltu/cltu.ts';
import { encodeTcFrame } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { caduCoding } from '../../../../src/ccsds/tm-coding/cadu.ts';
import { type RandomizerSequence, randomize } from '../../../../src/ccsds/tm-coding/randomizer.ts';
import { type ReedSolomonParameters, reedSolomon } from '../../../../src/ccsds/tm-coding/reed-solomon.ts';
import { tmFrame } from '../../../../src/ccsds/tm-frame/tm-frame.ts';
import { uslpDataField } from '../../../../src/ccsds/uslp-frame/data-field.ts';
import { uslpFrame } from '../../../../src/ccsds/uslp-frame/uslp-frame.ts';
import { PacketZone } from '../../../../src/ccsds/virtual-channel/packet-zone.ts';
import { sealCrc16 } from '../../../../src/codec/crc16.ts';
import { toHex } from '../../../../src/codec/hex.ts';
import { apidRow, inspect, joined, pusPacket, report, tmFrames } from '../../../support/inspect-bench.ts';
import { randomOctets, seeded } from '../../../support/noise.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

describe('TM frames made to order', () => {
  const frames = tmFrames(40);

  it('are read the same in chunks of any size', () => {
    const whole = report('tm', joined(frames));
    expect(whole.frames).toEqual({ total: 40, accepted: 40, idle: 8, duplicates: 0, rejected: {} });
    expect(whole.packets.apids).toMatchObject([{ apid: 101, crcBad: 0, gaps: 0 }]);
    expect(apidRow(whole, 101)?.services).toEqual({ '3,25': whole.packets.total });
    for (const piece of [1, 7, 199, 200, 201, 3000]) expect(report('tm', joined(frames), {}, piece)).toEqual(whole);
  });

  it('lose one frame to damage, and the packet that spans it, and nothing else', () => {
    const damaged = frames.map((frame) => frame.slice());
    damaged[10]![50]! ^= 4;
    const good = report('tm', joined(frames));
    const bad = report('tm', joined(damaged));
    expect(bad.frames).toEqual({ total: 40, accepted: 39, idle: 8, duplicates: 0, rejected: { 'bad FECF': 1 } });
    expect(bad.channels[0]).toMatchObject({ vcid: 0, gaps: 1, lost: 1 });
    expect(good.packets.total - bad.packets.total).toBeLessThan(7);
    expect(apidRow(bad, 101)).toMatchObject({ gaps: 1, crcBad: 0 });
  });

  it('leave the octets of a frame that the end cuts', () => {
    expect(report('tm', joined(frames).subarray(0, 40 * 200 - 13))).toMatchObject({
      frames: { total: 39, accepted: 39 },
      leftoverOctets: 187,
    });
  });

  it('stand behind octets that the recorder added', () => {
    const random = seeded(3);
    const stamped = joined(frames.flatMap((frame) => [randomOctets(12, random), frame]));
    const expected = { ...report('tm', joined(frames)), octets: stamped.length };
    expect(report('tm', stamped, { skipOctets: 12 })).toEqual(expected);
    expect(report('tm', stamped, { skipOctets: 12, lengthOctets: 200 }, 11)).toEqual(expected);
  });

  it.each(['short', 'long'] as const)(
    'are found behind the %s randomiser, given or not',
    (sequence: RandomizerSequence) => {
      const randomized = frames.map((frame) => {
        const copy = frame.slice();
        randomize(sequence, copy);
        return copy;
      });
      const expected = report('tm', joined(frames));
      expect(report('tm', joined(randomized))).toEqual(expected);
      expect(report('tm', joined(randomized), { randomized: true, lengthOctets: 200 })).toEqual(expected);
    },
  );

  it('are corrected where codeblocks stand without a marker', () => {
    const long = tmFrames(30, { lengthOctets: 446 });
    const code: ReedSolomonParameters = { correctable: 16, interleaving: 2, basis: 'dual' };
    const coder = reedSolomon(code);
    const blocks = long.map((frame) => coder.encode(frame));
    for (const block of blocks) for (let k = 0; k < 12; k++) block[k * 30]! ^= 0x5a;
    const expected = report('tm', joined(long));
    const given = { reedSolomon: { correctable: 16, interleaving: 2 } } as const;
    expect(report('tm', joined(blocks), { ...given, lengthOctets: 446 })).toEqual({ ...expected, octets: 30 * 510 });
  });

  it('of several spacecraft in one file are told apart', () => {
    const other = tmFrames(40, { spacecraftId: 700, fecf: true });
    const mixed = frames.flatMap((frame, k) => [frame, other[k]!]);
    const r = report('tm', joined(mixed));
    expect(r.spacecraft).toEqual([42, 700]);
    expect(r.channels.every((channel) => channel.gaps === 0)).toBe(true);
    expect(apidRow(r, 101)?.gaps).toBe(0);
  });

  it('that come twice are dropped, or kept when asked', () => {
    const twice = joined(frames.flatMap((frame) => [frame, frame]));
    const once = report('tm', joined(frames));
    expect(report('tm', twice)).toMatchObject({
      frames: { total: 80, accepted: 40, duplicates: 40 },
      packets: once.packets,
    });
    expect(report('tm', twice, { keepDuplicates: true })).toMatchObject({
      frames: { total: 80, accepted: 80, idle: 16, duplicates: 40 },
    });
  });

  it('without error control, with a secondary header that tells its length', () => {
    const zone = new PacketZone({ packets: 1000, octets: 1 << 20 });
    const codec = tmFrame({ fecf: false, lengthOctets: 128 });
    const made = Array.from({ length: 30 }, (_, k) => {
      while (zone.pendingOctets < 128) zone.offer(pusPacket(200, k, 1, 7, k));
      const data = new Uint8Array(128 - 6 - 5);
      const start = zone.fill(data, 0, data.length);
      const header = {
        spacecraftId: 1023,
        virtualChannelId: 3,
        masterChannelCount: (k + 230) & 0xff,
        virtualChannelCount: k,
      };
      const status = {
        synchronized: false,
        packetOrder: false,
        segmentLengthId: 3,
        firstHeaderPointer: start < 0 ? 0x7ff : start,
      };
      return codec.encode({ ...header, ...status, data, secondaryHeader: Uint8Array.of(4, 1, 2, 3, k) });
    });
    const { report: r, findings } = inspect('tm', joined(made));
    expect(r).toMatchObject({ frames: { accepted: 30 }, channels: [{ scid: 1023, vcid: 3, gaps: 0 }], ocf: [] });
    expect(findings.find((finding) => finding.parameter === 'secondary header')?.value).toBe(
      'as long as its first octet says',
    );
    expect(report('tm', joined(made), { secondaryHeaderOctets: 5, fecf: false })).toEqual(r);
  });
});

describe('AOS frames made to order', () => {
  const zoneOctets = 160;
  const made = (insertZoneOctets: number, fhec: boolean): Uint8Array[] => {
    const zone = new PacketZone({ packets: 10_000, octets: 1 << 24 });
    const codec = aosFrame({ fhec, insertZoneOctets, ocf: true, fecf: false });
    return Array.from({ length: 50 }, (_, k) => {
      while (zone.pendingOctets < zoneOctets) zone.offer(pusPacket(77, k, 5, 1, 10 + (k % 9)));
      const field = new Uint8Array(zoneOctets);
      const start = zone.fill(field, 0, zoneOctets);
      const idle = k % 7 === 6;
      const bits = k % 7 === 5;
      const data = mPdu.encode({ firstHeaderPointer: start < 0 ? 0x7ff : start, zone: field });
      const other = bits
        ? Uint8Array.from(data, (_, n) => (n === 0 ? 0x3f : n * 17))
        : new Uint8Array(data.length).fill(0xaa);
      const frame: AosFrame = {
        ...{
          spacecraftId: 201,
          virtualChannelId: idle ? 63 : bits ? 9 : 4,
          virtualChannelCount: idle || bits ? Math.floor(k / 7) : k,
        },
        ...{
          replay: false,
          cycleInUse: false,
          cycle: 0,
          spare: 0,
          insertZone: new Uint8Array(insertZoneOctets).fill(k),
        },
        ...{ data: idle || bits ? other : data, ocf: 0x01040000 + k },
      };
      return codec.encode(frame);
    });
  };

  it('show their header error control and control field by themselves', () => {
    const { report: r, findings, contents } = inspect('aos', joined(made(0, true)));
    const values = Object.fromEntries(findings.map(({ parameter, value }) => [parameter, value]));
    expect(values).toMatchObject({
      'frame header error control': 'present',
      'operational control field': 'present',
      'frame error control': 'absent',
    });
    expect(r.ocf).toHaveLength(50);
    expect(r.frames).toMatchObject({ total: 50, accepted: 50, idle: 7 });
    expect(contents.map(({ vcid, content }) => [vcid, content])).toEqual([
      [4, 'packets'],
      [9, 'not packets'],
      [63, 'idle'],
    ]);
    expect(apidRow(r, 77)).toMatchObject({ crcBad: 0, services: { '5,1': r.packets.total } });
  });

  it('take an insert zone from an option, and only hint at it without', () => {
    const octets = joined(made(6, false));
    const given = report('aos', octets, { insertZoneOctets: 6 });
    expect(given.packets.total).toBeGreaterThan(30);
    const { report: blind, findings } = inspect('aos', octets);
    expect(blind.packets.total).toBe(0);
    expect(findings.find((finding) => finding.parameter === 'insert zone')?.evidence).toContain('--insert-zone 6');
  });
});

describe('USLP frames made to order', () => {
  const made = (fecfOctets: 0 | 2 | 4): Uint8Array[] => {
    const codec = uslpFrame({ fecfOctets, insertZoneOctets: 0 });
    return Array.from({ length: 40 }, (_, k) => {
      const idle = k % 10 === 9;
      const data = idle
        ? uslpDataField.encode({ rule: 'no segmentation', protocol: 31, zone: new Uint8Array(30) })
        : uslpDataField.encode({ rule: 'no segmentation', protocol: 0, zone: pusPacket(300, k, 17, 2, k) });
      const header = {
        truncated: false as const,
        spacecraftId: 4242,
        destination: false,
        mapId: 1,
        lengthOctets: 1,
        ocf: false,
      };
      const counted = {
        bypass: false,
        protocolControl: false,
        countOctets: 3,
        virtualChannelCount: idle ? 0 : k - Math.floor(k / 10),
      };
      return codec.encode({
        header: { ...header, ...counted, virtualChannelId: idle ? 63 : 2 },
        insertZone: new Uint8Array(0),
        data,
        ocf: k,
      });
    });
  };

  it.each([0, 2, 4] as const)('of lengths of their own, with error control of %i octets', (fecfOctets) => {
    const { report: r, findings } = inspect('uslp', joined(made(fecfOctets)), {}, 100);
    expect(findings[1]?.value).toBe(fecfOctets === 0 ? 'absent' : `${fecfOctets} octets`);
    expect(r.frames).toMatchObject({ total: 40, accepted: 40, rejected: {} });
    expect(r.channels[0]).toMatchObject({ scid: 4242, vcid: 2, frames: 36, gaps: 0, first: 0, last: 35 });
    expect(apidRow(r, 300)).toMatchObject({ count: 36, crcGood: 36, services: { '17,2': 36 } });
  });

  it('are found again behind octets that are none, and behind a wrong length', () => {
    const units = made(2);
    units[5]![4]! ^= 0x7f;
    const r = report('uslp', joined([...units.slice(0, 20), text('noise'), ...units.slice(20)]));
    expect(r.frames.accepted).toBe(39);
    expect(r.frames.rejected).toEqual({ 'no frame header': 2 });
    expect(r.channels[0]).toMatchObject({ frames: 35, gaps: 1, lost: 1 });
  });
});

describe('CADUs made to order', () => {
  const shifted = (octets: Uint8Array, bits: number, inverted: boolean): Uint8Array =>
    Uint8Array.from({ length: octets.length + 1 }, (_, k) => {
      const pair = ((octets[k - 1] ?? 0x2d) << 8) | (octets[k] ?? 0x96);
      return ((pair >> bits) & 0xff) ^ (inverted ? 0xff : 0);
    });

  const codes: readonly (ReedSolomonParameters | undefined)[] = [
    { correctable: 16, interleaving: 5, basis: 'dual' },
    { correctable: 8, interleaving: 1, basis: 'dual' },
    { correctable: 16, interleaving: 3, basis: 'conventional', virtualFill: 20 },
    { correctable: 8, interleaving: 8, basis: 'dual', virtualFill: 100 },
    undefined,
  ];

  it.each(codes.flatMap((code) => (['none', 'short', 'long'] as const).map((randomizer) => ({ code, randomizer }))))(
    'show code and randomiser by themselves, also shifted and inverted: %j',
    ({ code, randomizer }) => {
      const lengthOctets = code === undefined ? 300 : reedSolomon(code).informationLength;
      const frames = tmFrames(24, { lengthOctets });
      const coding = caduCoding({ frameLength: lengthOctets, randomizer, ...(code ? { reedSolomon: code } : {}) });
      const cadus = frames.map((frame) => coding.encode(frame));
      const expected = report('tm', joined(frames));
      const { report: r, findings } = inspect('cadu', shifted(joined(cadus), 3, true), {}, 1000);
      expect({ ...r, as: 'tm', octets: expected.octets, leftoverOctets: 0 }).toEqual(expected);
      expect(findings.find((finding) => finding.parameter === 'randomiser')?.value).toBe(randomizer);
      if (code) for (const cadu of cadus) for (let k = 0; k < 8; k++) cadu[40 + k]! ^= 0xff;
      const mended = report('cadu', joined([text('before'), ...cadus]), {}, 777);
      expect(mended).toMatchObject({ frames: expected.frames, channels: expected.channels, leftoverOctets: 0 });
    },
  );

  it('count a codeblock beyond correction, and go on', () => {
    const code = { correctable: 8, interleaving: 1, basis: 'dual' } as const;
    const coding = caduCoding({ frameLength: 239, randomizer: 'short', reedSolomon: code });
    const cadus = tmFrames(20, { lengthOctets: 239 }).map((frame) => coding.encode(frame));
    for (let k = 0; k < 60; k++) cadus[7]![20 + 2 * k]! ^= 1 + k;
    expect(report('cadu', joined(cadus)).frames).toMatchObject({
      total: 20,
      accepted: 19,
      rejected: { 'uncorrectable codeword': 1 },
    });
  });

  it('leave the octets of a unit that the end cuts', () => {
    const coding = caduCoding({ frameLength: 200, randomizer: 'none' });
    const octets = joined(tmFrames(10).map((frame) => coding.encode(frame)));
    expect(report('cadu', octets.subarray(0, octets.length - 50))).toMatchObject({
      frames: { total: 9 },
      leftoverOctets: 154,
    });
  });
});

describe('CLTUs made to order', () => {
  const tc = (service: 'AD' | 'BD', sequence: number, data: Uint8Array, virtualChannelId: number): Uint8Array =>
    encodeTcFrame({ service, spacecraftId: 42, virtualChannelId, sequence, data });

  it.each([false, true])('with packets plain and in segments, randomised: %s', (randomized) => {
    const packets = Array.from({ length: 12 }, (_, k) => pusPacket(101, k, 17, 1, 30));
    const parts = packets
      .slice(8)
      .flatMap((packet) => [
        Uint8Array.of(0x45, ...packet.subarray(0, 20)),
        Uint8Array.of(0x85, ...packet.subarray(20)),
      ]);
    const frames = [
      ...packets.slice(0, 4).map((packet, k) => tc('AD', k, packet, 0)),
      ...packets.slice(4, 8).map((packet, k) => tc('AD', k, Uint8Array.of(0xc1, ...packet), 1)),
      ...parts.map((part, k) => tc('AD', 4 + k, part, 1)),
    ];
    const units = frames.flatMap((frame) => [encodeCltu(frame, randomized), text('U'.repeat(9))]);
    const r = report('cltu', joined(units), {}, 50);
    expect(r.frames).toMatchObject({ total: frames.length, accepted: frames.length });
    expect(r.channels).toMatchObject([
      { vcid: 0, frames: 4, gaps: 0 },
      { vcid: 1, frames: 12, first: 0, last: 11, gaps: 0 },
    ]);
    expect(apidRow(r, 101)).toMatchObject({ count: 12, crcGood: 12 });
    expect(r.leftoverOctets).toBe(9);
  });
});

describe('packet files made to order', () => {
  /** A report of the older standard: 10, service, subtype, then six octets of time. */
  const pusA = (count: number, subtype: number): Uint8Array => {
    const octets = pusPacket(44, count, 3, subtype);
    octets[6] = 0x10;
    sealCrc16(octets);
    return octets;
  };

  it('speak PUS-A as well as PUS-C', () => {
    const { report: r, notes } = inspect(
      'packets',
      joined(Array.from({ length: 20 }, (_, k) => pusA(k, 25 + (k % 2)))),
    );
    expect(apidRow(r, 44)).toMatchObject({ crcGood: 20, services: { '3,25': 10, '3,26': 10 } });
    expect(notes[0]?.standard).toBe('PUS-A');
  });

  it('speak PUS without packet checks, when message counters prove it', () => {
    const bare = Array.from({ length: 30 }, (_, k) => {
      const octets = pusPacket(9, k, 3, 25);
      octets[octets.length - 1]! ^= 1;
      return octets;
    });
    expect(apidRow(report('packets', joined(bare)), 9)).toMatchObject({
      crcGood: 0,
      crcBad: 0,
      services: { '3,25': 30 },
    });
  });

  it('are not PUS because seconds begin with the digit of its version, even with good checks', () => {
    const random = seeded(8);
    const timed = Array.from({ length: 60 }, (_, k) => {
      const octets = pusPacket(5, k, 0, 0);
      const seconds = 0x29015100 + 3 * k;
      octets.set(
        [seconds >>> 24, (seconds >> 16) & 0xff, (seconds >> 8) & 0xff, seconds & 0xff, random() * 256, random() * 256],
        6,
      );
      sealCrc16(octets);
      return octets;
    });
    expect(apidRow(report('packets', joined(timed)), 5)).toMatchObject({ crcGood: 60, services: {} });
  });

  it('count a bad check where the others are good', () => {
    const some = Array.from({ length: 20 }, (_, k) => pusPacket(5, k, 3, 25));
    some[4]![15]! ^= 1;
    expect(apidRow(report('packets', joined(some)), 5)).toMatchObject({ crcGood: 19, crcBad: 1 });
  });

  it('are found again behind octets that are none', () => {
    const some = Array.from({ length: 20 }, (_, k) => pusPacket(5, k, 3, 25));
    for (const piece of [1, 64, 10_000]) {
      const r = report('packets', joined([...some.slice(0, 8), text('not a packet'), ...some.slice(8)]), {}, piece);
      expect(r.packets).toMatchObject({ total: 20, apids: [{ apid: 5, count: 20, gaps: 0, crcBad: 0 }] });
      expect(r.frames.rejected).toEqual({ 'no packet header': 1 });
    }
  });

  it('stand behind octets that the recorder added, with encapsulation packets between', () => {
    const some = Array.from({ length: 20 }, (_, k) =>
      k % 5 === 4 ? Uint8Array.of(0xf1, 4, 1, 2) : pusPacket(5, k, 3, 25),
    );
    const r = report('packets', joined(some.flatMap((one) => [text('stamp'), one])), { skipOctets: 5 }, 33);
    expect(r.packets).toMatchObject({ total: 20, apids: [{ apid: 5, count: 16 }] });
  });

  it('leave the octets of a packet that the end cuts', () => {
    const octets = joined(Array.from({ length: 4 }, (_, k) => pusPacket(5, k, 3, 25)));
    expect(report('packets', octets.subarray(0, octets.length - 5))).toMatchObject({
      packets: { total: 3 },
      leftoverOctets: 36,
    });
  });
});

describe('files that are not what they are said to be', () => {
  it('may be empty', () => {
    const { report: r, remarks } = inspect('aos', new Uint8Array(0));
    expect(r).toMatchObject({
      octets: 0,
      frames: { total: 0 },
      channels: [],
      packets: { total: 0 },
      leftoverOctets: 0,
    });
    expect(remarks).toEqual(['the file is empty']);
  });

  it('are refused in one line that says what was expected', () => {
    const noise = randomOctets(5000, seeded(1));
    expect(() => inspect('tm', noise)).toThrow(/^expected a file of TM frames: [^\n]*--length N[^\n]*$/);
    expect(() => inspect('cadu', noise)).toThrow(/^expected a file of CADUs: [^\n]*$/);
    expect(() =>
      inspect('tm', noise, { lengthOctets: 100, reedSolomon: { correctable: 16, interleaving: 5 } }),
    ).not.toThrow();
    expect(() =>
      inspect('tm', noise, { lengthOctets: 101, reedSolomon: { correctable: 16, interleaving: 5 } }),
    ).toThrow(/Reed-Solomon/);
  });

  it('refuse single lines of a dump and go on', () => {
    const lines = tmFrames(12).map((frame) => toHex(frame));
    lines[3] = lines[3]!.slice(0, -1);
    lines[6] = lines[6]!.slice(0, 100);
    lines.splice(9, 0, '');
    const r = report('tm', text(`${lines.join('\r\n')}\r\n`), {}, 17);
    expect(r.frames).toMatchObject({
      total: 12,
      accepted: 10,
      rejected: { 'odd number of digits': 1, 'length mismatch': 1 },
    });
  });
});

describe('the list of units', () => {
  it('has every unit with its place and verdict', () => {
    const frames = tmFrames(3);
    frames[1]![20]! ^= 1;
    const lines: string[] = [];
    inspect(
      'tm',
      joined(frames),
      { lengthOctets: 200, fecf: true, skipOctets: 0 },
      64,
      ({ offset, octets, verdict, text: what }) => lines.push(`${offset} ${octets} ${verdict} ${what}`),
    );
    expect(lines).toEqual([
      '0 200 accepted SCID 42  VC 0  count 0  MC 0  first packet at 0  OCF 01000000',
      '200 200 bad FECF ',
      expect.stringContaining('400 200 accepted SCID 42  VC 0  count 2  MC 2  first packet at'),
    ]);
  });
});
