import { beforeEach, describe, expect, it } from 'vitest';
import { encodeEncapsulationPacket } from '../../../../src/ccsds/encapsulation/encapsulation-packet.ts';
import { idlePacket } from '../../../../src/ccsds/space-packet/idle-packet.ts';
import {
  assemblePackets,
  assemblerReset,
  NO_PACKET_START,
  ONLY_IDLE_DATA,
  PacketAssembler,
} from '../../../../src/ccsds/space-packet/packet-assembler.ts';
import { spacePacket } from '../../../../src/ccsds/space-packet/space-packet.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';

const packet = (count: number, dataOctets: number): Uint8Array =>
  spacePacket.encode({
    telecommand: false,
    secondaryHeader: false,
    apid: 9,
    sequence: 'unsegmented',
    count,
    data: new Uint8Array(dataOctets).fill(count),
  });

const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('packet assembler', () => {
  let packets: string[];
  let drops: [string, number][];
  let assembler: PacketAssembler;
  const sink = {
    packet: (octets: Uint8Array) => packets.push(toHex(octets)),
    dropped: (reason: string, octets: number) => drops.push([reason, octets]),
  };

  beforeEach(() => {
    packets = [];
    drops = [];
    assembler = new PacketAssembler(sink);
  });

  it('gives packets within one field as views of it', () => {
    const seen: Uint8Array[] = [];
    const field = join(packet(1, 4), packet(2, 1));
    new PacketAssembler({ ...sink, packet: (octets) => seen.push(octets) }).push(field, 0);
    expect(seen.map((octets) => [octets.buffer === field.buffer, octets.byteOffset, octets.length])).toEqual([
      [true, 0, 10],
      [true, 10, 7],
    ]);
  });

  it('joins a packet cut at any octet, also inside its header', () => {
    const [one, two] = [packet(1, 9), packet(2, 5)];
    for (let cut = 1; cut < one.length; cut++) {
      packets = [];
      assembler = new PacketAssembler(sink);
      assembler.push(one.subarray(0, cut), 0);
      assembler.push(join(one.subarray(cut), two), one.length - cut);
      expect(packets).toEqual([toHex(one), toHex(two)]);
    }
    expect(drops).toEqual([]);
  });

  it('joins a packet over many fields in which none starts', () => {
    const long = packet(1, 40);
    assembler.push(long.subarray(0, 3), 0);
    for (let at = 3; at < long.length; at += 5) assembler.push(long.subarray(at, at + 5), NO_PACKET_START);
    expect(packets).toEqual([toHex(long)]);
    expect(assembler.pendingOctets).toBe(0);
  });

  it('waits for the first packet start', () => {
    assembler.push(new Uint8Array(8), NO_PACKET_START);
    assembler.push(join(new Uint8Array(3), packet(1, 2)), 3);
    expect(packets).toEqual([toHex(packet(1, 2))]);
    expect(drops).toEqual([
      ['no packet start', 8],
      ['no packet start', 3],
    ]);
  });

  it('drops the packet that a gap cuts, and no other', () => {
    const [one, two, three] = [packet(1, 20), packet(2, 20), packet(3, 2)];
    assembler.push(join(one, two.subarray(0, 10)), 0);
    assembler.gap();
    assembler.push(join(two.subarray(18), three), 8);
    expect(packets).toEqual([toHex(one), toHex(three)]);
    expect(drops).toEqual([
      ['gap', 10],
      ['no packet start', 8],
    ]);
  });

  it('ignores fields of idle data between the parts of a packet', () => {
    const one = packet(1, 20);
    assembler.push(one.subarray(0, 10), 0);
    assembler.push(new Uint8Array(30), ONLY_IDLE_DATA);
    assembler.push(one.subarray(10), NO_PACKET_START);
    expect(packets).toEqual([toHex(one)]);
  });

  it('drops a packet that does not end where the pointer says, and goes on at the pointer', () => {
    const one = packet(1, 20);
    for (const wrong of [one.length - 10 - 1, one.length - 10 + 1]) {
      packets = [];
      drops = [];
      assembler = new PacketAssembler(sink);
      assembler.push(one.subarray(0, 10), 0);
      assembler.push(join(new Uint8Array(wrong), packet(2, 3)), wrong);
      expect(packets).toEqual([toHex(packet(2, 3))]);
      expect(drops).toEqual([['pointer mismatch', 10 + wrong]]);
    }
  });

  it('drops a packet that would end inside a field in which no packet starts', () => {
    assembler.push(packet(1, 20).subarray(0, 10), 0);
    assembler.push(new Uint8Array(30), NO_PACKET_START);
    expect(packets).toEqual([]);
    expect(drops).toEqual([['pointer mismatch', 40]]);
  });

  it('leaves the rest of a field behind a bad version, and reads the next field', () => {
    assembler.push(join(packet(1, 1), hexOctets('4000000000000000')), 0);
    assembler.push(packet(2, 1), 0);
    expect(packets).toEqual([toHex(packet(1, 1)), toHex(packet(2, 1))]);
    expect(drops).toEqual([['bad packet version', 8]]);
  });

  it('refuses a pointer outside the field', () => {
    assembler.push(packet(1, 1), 7);
    expect(drops).toEqual([['bad first header pointer', 7]]);
  });

  it('mixes encapsulation packets, one-octet fill among them', () => {
    const capsule = encodeEncapsulationPacket({ protocol: 4, data: new Uint8Array(12).fill(7) });
    const idle = Uint8Array.of(0xe0);
    const field = join(packet(1, 1), idle, capsule, idle, idle, packet(2, 2));
    for (let cut = 1; cut < field.length; cut++) {
      packets = [];
      const made = assemblePackets(assemblerReset, field.subarray(0, cut), 0);
      const starts = [0, 7, 8, 22, 23, 24].find((at) => at >= cut);
      const pointer = starts === undefined ? NO_PACKET_START : starts - cut;
      const next = assemblePackets(made.state, field.subarray(cut), pointer);
      expect([...made.packets, ...next.packets].map((each) => toHex(each))).toEqual(
        [packet(1, 1), idle, capsule, idle, idle, packet(2, 2)].map((each) => toHex(each)),
      );
      expect([...made.drops, ...next.drops]).toEqual([]);
    }
  });

  it('refuses an encapsulation packet shorter than its header, and packets longer than its bound', () => {
    assembler.push(hexOctets('fe000003ffff'), 0);
    new PacketAssembler(sink, { maxPacketOctets: 20 }).push(packet(1, 30), 0);
    expect(drops).toEqual([
      ['bad packet length', 6],
      ['packet too long', 36],
    ]);
    expect(packets).toEqual([]);
  });

  it('goes on from saved state as if it had not been stopped', () => {
    const long = packet(1, 40);
    for (let cut = 1; cut < long.length; cut++) {
      packets = [];
      assembler = new PacketAssembler(sink);
      assembler.push(long.subarray(0, cut), 0);
      const other = new PacketAssembler(sink);
      other.load(structuredClone(assembler.save()));
      other.push(join(long.subarray(cut), idlePacket(7)), long.length - cut);
      expect(packets).toEqual([toHex(long), toHex(idlePacket(7))]);
    }
  });

  it('takes the pointers of USLP', () => {
    const uslp = new PacketAssembler(sink, { noPacketStart: 0xffff, onlyIdleData: -1 });
    const long = packet(1, 4000);
    uslp.push(join(new Uint8Array(0x7ff), long.subarray(0, 100)), 0x7ff);
    uslp.push(long.subarray(100), 0xffff);
    expect(packets).toEqual([toHex(long)]);
  });
});
