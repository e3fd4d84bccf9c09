// What packets tell of themselves where only many of them together can: standards, private services, absent checks, and
// counts that stand still or step back.
import { describe, expect, it } from 'vitest';
import { encodeCltu } from '../../../../src/ccsds/cltu/cltu.ts';
import { encodeTcFrame } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { sealCrc16 } from '../../../../src/codec/crc16.ts';
import { apidRow, inspect, joined, pusPacket, report, tmFrames } from '../../../support/inspect-bench.ts';

/** PUS-A: version 1, service, subtype, then seconds that stand still in their upper octets. */
const pusA = (apid: number, count: number, service: number, subtype: number): Uint8Array => {
  const octets = pusPacket(apid, count, service, subtype);
  octets.set([0x10, service, subtype, 0x1b, 0x2c, count >> 2, count & 0xff], 6);
  sealCrc16(octets);
  return octets;
};

const many = <T>(count: number, make: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => make(k));

describe('PUS is believed', () => {
  it('of private services alone beside an APID of standard ones', () => {
    const packets = many(40, (k) => (k % 2 ? pusA(300, k >> 1, 3, 25) : pusA(301, k >> 1, 194, 7)));
    const r = report('packets', joined(packets));
    expect(apidRow(r, 301)).toMatchObject({ services: { '194,7': 20 }, crcGood: 20 });
  });

  it('of private services that come and go, with good checks and nothing else', () => {
    const packets = many(40, (k) => pusA(301, k, 190 + (k % 3), 7));
    expect(apidRow(report('packets', joined(packets)), 301)?.services).toEqual({
      '190,7': 14,
      '191,7': 13,
      '192,7': 13,
    });
  });

  it('not of seconds, whose octets only grow', () => {
    const packets = many(400, (k) => {
      const octets = pusPacket(9, k, 1, 1);
      const seconds = 0x10c20000 + 5 * k;
      octets.set([seconds >>> 24, (seconds >> 16) & 0xff, (seconds >> 8) & 0xff, seconds & 0xff, (k * 97) & 0xff], 6);
      sealCrc16(octets);
      return octets;
    });
    expect(apidRow(report('packets', joined(packets)), 9)).toMatchObject({ services: {}, crcGood: 400 });
  });
});

describe('packet checks are judged', () => {
  it('not of an APID that has none, though others of its standard have', () => {
    const packets = many(40, (k) => {
      const octets = pusPacket(k % 2 ? 300 : 301, k >> 1, 3, 25);
      if (k % 2 === 0) octets[octets.length - 1]! ^= 0x55;
      return octets;
    });
    const r = report('packets', joined(packets));
    expect(apidRow(r, 300)).toMatchObject({ crcGood: 20, crcBad: 0 });
    expect(apidRow(r, 301)).toMatchObject({ crcGood: 0, crcBad: 0, services: { '3,25': 20 } });
  });
});

describe('encapsulation packets', () => {
  it('of fill are no packets, in a file of packets as in frames', () => {
    const parts = [
      pusPacket(5, 0, 3, 25),
      Uint8Array.of(0xe0),
      Uint8Array.of(0xe1, 4, 0, 0),
      Uint8Array.of(0xe5, 3, 9),
    ];
    expect(report('packets', joined(parts))).toMatchObject({
      packets: { total: 2, octets: 41 + 3, apids: [{ apid: 5, count: 1 }] },
      frames: { rejected: {} },
      leftoverOctets: 0,
    });
  });
});

describe('CLTUs', () => {
  it('are told from what lies between them, their tails being part of them', () => {
    const frame = encodeTcFrame({
      ...{ service: 'BD', spacecraftId: 42, virtualChannelId: 0, sequence: 0, data: pusPacket(5, 0, 17, 1) },
    });
    const unit = encodeCltu(frame);
    const { report: r, layers } = inspect('cltu', joined([unit, new Uint8Array(5).fill(0x55), unit]));
    expect(layers[0]?.counts).toMatchObject({ CLTUs: 2, 'octets between units': 5 });
    expect(r).toMatchObject({ frames: { accepted: 2 }, leftoverOctets: 0 });
  });
});

describe('frame counts', () => {
  it('that never move are none, and packets span such frames', () => {
    const frames = tmFrames(40, { fecf: false }).map((frame) => {
      const copy = frame.slice();
      copy[3] = 0;
      return copy;
    });
    const moving = report('tm', joined(tmFrames(40, { fecf: false })), { lengthOctets: 200, fecf: false });
    const standing = report('tm', joined(frames), { lengthOctets: 200, fecf: false });
    expect(standing.packets).toEqual(moving.packets);
    expect(standing.channels[0]).toMatchObject({ gaps: 0, lost: 0, first: 0, last: 0 });
  });
});
