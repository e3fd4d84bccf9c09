import { describe, expect, it } from 'vitest';
import { idlePacket } from '../../../../src/ccsds/space-packet/idle-packet.ts';
import {
  isIdlePacketAt,
  lenientSpacePacket,
  packetLengthAt,
  type SpacePacket,
  sequenceCountAt,
  spacePacket,
  writePrimaryHeader,
} from '../../../../src/ccsds/space-packet/space-packet.ts';
import { crc16 } from '../../../../src/codec/crc16.ts';
import { header } from '../../../../src/codec/header.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';
import { recordedPackets, spacepacketsVectors } from '../../../support/packet-fixtures.ts';

const example: SpacePacket = {
  telecommand: false,
  secondaryHeader: true,
  apid: 101,
  sequence: 'unsegmented',
  count: 5,
  data: Uint8Array.of(1, 2, 3),
};

describe('space packet', () => {
  it('writes the headers that spacepackets writes', () => {
    for (const { octets, dataOctets, ...packet } of spacepacketsVectors.headers) {
      const mine = new Uint8Array(6);
      writePrimaryHeader(mine, 0, packet, dataOctets);
      expect(toHex(mine)).toBe(octets);
      const whole = new Uint8Array(6 + dataOctets);
      whole.set(mine);
      const read = spacePacket.decode(whole);
      expect(read).toMatchObject({ ok: true, value: packet });
    }
  });

  it('has the header of its declared layout', () => {
    const layout = header('primary header', [
      ['version', 3, 0],
      ['type', 1],
      ['secondaryHeader', 1],
      ['apid', 11],
      ['flags', 2],
      ['count', 14],
      ['length', 16],
    ]);
    const declared = layout.encode({ type: 0, secondaryHeader: 1, apid: 101, flags: 3, count: 5, length: 2 });
    expect(toHex(spacePacket.encode(example).subarray(0, 6))).toBe(toHex(declared));
  });

  it('reads recorded packets of JPSS-1 and Europa Clipper', () => {
    const jpss = recordedPackets.jpss1.map(hexOctets);
    expect(jpss.map((packet) => packetLengthAt(packet))).toEqual([71, 71, 71]);
    expect(jpss.map((packet) => sequenceCountAt(packet) - sequenceCountAt(jpss[0]!))).toEqual([0, 1, 2]);
    for (const octets of recordedPackets.europaClipper.map(hexOctets)) {
      expect(spacePacket.decode(octets).ok).toBe(true);
      expect(crc16(octets)).toBe(0);
    }
  });

  it('refuses another version unless it is asked to be lenient', () => {
    const words = recordedPackets.variableLength.map(hexOctets);
    expect(words.map((octets) => spacePacket.decode(octets))).toEqual(
      words.map(() => ({ ok: false, reason: 'bad packet version', at: 0 })),
    );
    const lengths = words.map((octets) => {
      const read = lenientSpacePacket.decode(octets);
      return read.ok && read.value.apid === 226 ? read.value.data.length / 2 : 0;
    });
    expect(lengths).toEqual([2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
  });

  it('takes 7 to 65542 octets and no other', () => {
    for (const dataOctets of [1, 65536]) {
      const octets = spacePacket.encode({ ...example, data: new Uint8Array(dataOctets) });
      expect(octets.length).toBe(6 + dataOctets);
      expect(spacePacket.decode(octets).ok).toBe(true);
    }
    expect(() => spacePacket.encode({ ...example, data: new Uint8Array(0) })).toThrow('packet data octets');
    expect(() => spacePacket.encode({ ...example, data: new Uint8Array(65537) })).toThrow('packet data octets');
  });

  it('refuses a length that is not that of the octets', () => {
    const octets = spacePacket.encode(example);
    expect(spacePacket.decode(octets.subarray(0, 8))).toEqual({ ok: false, reason: 'length mismatch', at: 4 });
    expect(spacePacket.decode(octets.subarray(0, 6))).toEqual({ ok: false, reason: 'too short', at: 6 });
    expect(spacePacket.decode(Uint8Array.of(...octets, 0))).toEqual({ ok: false, reason: 'length mismatch', at: 4 });
  });

  it('throws for numbers that the header cannot hold', () => {
    expect(() => spacePacket.encode({ ...example, apid: 2048 })).toThrow('APID');
    expect(() => spacePacket.encode({ ...example, count: 16384 })).toThrow('sequence count');
    expect(() => spacePacket.encode({ ...example, apid: 2047 })).toThrow('idle packet');
  });
});

describe('idle packet', () => {
  it('fills exactly the octets asked for', () => {
    expect(toHex(idlePacket(9))).toBe('07ffc0000002555555');
    for (const length of [7, 8, 1113, 65542]) {
      const octets = idlePacket(length, 3);
      expect(octets.length).toBe(length);
      expect(isIdlePacketAt(octets)).toBe(true);
      expect(spacePacket.decode(octets)).toMatchObject({ ok: true, value: { count: 3 } });
    }
  });

  it('cannot be shorter than a packet', () => {
    expect(() => idlePacket(6)).toThrow('idle packet octets: expected an integer from 7 to 65542, got 6');
  });

  it('is refused with a secondary header', () => {
    const octets = idlePacket(12);
    octets[0] = octets[0]! | 0x08;
    expect(spacePacket.decode(octets)).toEqual({ ok: false, reason: 'idle with secondary header', at: 0 });
  });
});
