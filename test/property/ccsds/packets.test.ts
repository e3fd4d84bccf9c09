import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EncapsulationPacket,
  encapsulationPacket,
  encodeEncapsulationPacket,
} from '../../../src/ccsds/encapsulation/encapsulation-packet.ts';
import { idlePacket } from '../../../src/ccsds/space-packet/idle-packet.ts';
import {
  assemblePackets,
  assemblerReset,
  NO_PACKET_START,
  PacketAssembler,
} from '../../../src/ccsds/space-packet/packet-assembler.ts';
import {
  lenientSpacePacket,
  type SpacePacket,
  sequenceFlags,
  spacePacket,
} from '../../../src/ccsds/space-packet/space-packet.ts';
import { header } from '../../../src/codec/header.ts';
import { toHex } from '../../../src/codec/hex.ts';
import { expectAnswer, expectCodec, wildOctets } from '../../support/never-throws.ts';

const spacePackets: fc.Arbitrary<SpacePacket> = fc.record({
  telecommand: fc.boolean(),
  secondaryHeader: fc.boolean(),
  apid: fc.nat(2046),
  sequence: fc.constantFrom(...sequenceFlags),
  count: fc.nat(16383),
  data: fc.uint8Array({ minLength: 1, maxLength: 40 }),
});

const capsules: fc.Arbitrary<EncapsulationPacket> = fc
  .record({
    protocol: fc.constantFrom(0, 1, 2, 4, 6, 7),
    userDefined: fc.nat(15),
    protocolExtension: fc.nat(15),
    ccsdsDefined: fc.nat(65535),
    headerOctets: fc.constantFrom(1, 2, 4, 8),
    data: fc.uint8Array({ maxLength: 40 }),
  })
  .map((drawn) => {
    const headerOctets = drawn.headerOctets === 1 && drawn.protocol !== 0 ? 2 : drawn.headerOctets;
    return {
      protocol: drawn.protocol,
      headerOctets,
      userDefined: headerOctets >= 4 ? drawn.userDefined : 0,
      protocolExtension: headerOctets >= 4 && drawn.protocol === 6 ? drawn.protocolExtension : 0,
      ccsdsDefined: headerOctets === 8 ? drawn.ccsdsDefined : 0,
      data: headerOctets === 1 ? new Uint8Array(0) : drawn.data,
    };
  });

/** Any mix of packets as octets. */
const streams = fc.array(
  fc.oneof(
    spacePackets.map((packet) => spacePacket.encode(packet)),
    capsules.map(encodeEncapsulationPacket),
    fc.integer({ min: 7, max: 30 }).map((length) => idlePacket(length)),
  ),
  { minLength: 1, maxLength: 12 },
);

interface Field {
  readonly octets: Uint8Array;
  readonly pointer: number;
}

/** The stream cut into fields of one length, the last filled by an idle packet, as a frame sender does it. */
const fieldsOf = (packets: readonly Uint8Array[], length: number): readonly Field[] => {
  const whole = packets.reduce((sum, packet) => sum + packet.length, 0);
  const missing = length - (whole % length);
  const all = [...packets, idlePacket(missing < 7 ? missing + length * Math.ceil(7 / length) : missing)];
  const stream = Uint8Array.from(all.flatMap((packet) => [...packet]));
  const starts: number[] = [];
  all.reduce((at, packet) => {
    starts.push(at);
    return at + packet.length;
  }, 0);
  const fields: Field[] = [];
  for (let at = 0; at < stream.length; at += length) {
    const first = starts.find((start) => start >= at && start < at + length);
    fields.push({
      octets: stream.subarray(at, at + length),
      pointer: first === undefined ? NO_PACKET_START : first - at,
    });
  }
  return fields;
};

const collect = (fields: readonly Field[], isLost: (index: number) => boolean = () => false) => {
  const packets: string[] = [];
  const drops: string[] = [];
  const assembler = new PacketAssembler({
    packet: (octets) => packets.push(toHex(octets)),
    dropped: (reason) => drops.push(reason),
  });
  fields.forEach(({ octets, pointer }, index) => {
    if (isLost(index)) assembler.gap();
    else assembler.push(octets, pointer);
  });
  return { packets, drops };
};

describe('packets', () => {
  it('space packets read as they were written, and never throw', () => {
    expectCodec(spacePacket, spacePackets);
    fc.assert(
      fc.property(wildOctets(spacePackets.map(spacePacket.encode)), (octets) => {
        expectAnswer(lenientSpacePacket.decode(octets), octets.length);
      }),
    );
  });

  it('space packet headers are those of their declared layout', () => {
    const layout = header('primary header', [
      ['version', 3],
      ['type', 1],
      ['secondaryHeader', 1],
      ['apid', 11],
      ['flags', 2],
      ['count', 14],
      ['length', 16],
    ]);
    fc.assert(
      fc.property(spacePackets, (packet) => {
        expect(layout.decode(spacePacket.encode(packet))).toEqual({
          ok: true,
          value: {
            version: 0,
            type: packet.telecommand ? 1 : 0,
            secondaryHeader: packet.secondaryHeader ? 1 : 0,
            apid: packet.apid,
            flags: sequenceFlags.indexOf(packet.sequence),
            count: packet.count,
            length: packet.data.length - 1,
          },
        });
      }),
    );
  });

  it('encapsulation packets read as they were written, and never throw', () => {
    expectCodec(encapsulationPacket, capsules);
  });
});

describe('packet assembly', () => {
  it('gives back every packet in order, whatever the length of the fields', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 70 }), (packets, length) => {
        const made = collect(fieldsOf(packets, length));
        expect(made.packets.slice(0, -1)).toEqual(packets.map((packet) => toHex(packet)));
        expect(made.drops).toEqual([]);
      }),
    );
  });

  it('loses only packets that touch a lost field', () => {
    fc.assert(
      fc.property(
        streams,
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.nat(), { maxLength: 3 }),
        (packets, n, lost) => {
          const fields = fieldsOf(packets, n);
          const missing = new Set(lost.map((each) => each % fields.length));
          const made = collect(fields, (index) => missing.has(index));
          let at = 0;
          const expected = packets.filter((packet) => {
            const [from, to] = [at, at + packet.length - 1];
            at += packet.length;
            for (let index = Math.floor(from / n); index <= Math.floor(to / n); index++)
              if (missing.has(index)) return false;
            return true;
          });
          const whole = made.packets.filter((octets) => !octets.startsWith('07ff'));
          const wanted = expected.map((packet) => toHex(packet)).filter((octets) => !octets.startsWith('07ff'));
          expect(whole).toEqual(wanted);
        },
      ),
    );
  });

  it('is the same in one object and in steps on data', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 50 }), (packets, length) => {
        const fields = fieldsOf(packets, length);
        let state = assemblerReset;
        const stepped = fields.flatMap(({ octets, pointer }) => {
          const made = assemblePackets(state, octets, pointer);
          state = structuredClone(made.state);
          return made.packets.map((packet) => toHex(packet));
        });
        expect(stepped).toEqual(collect(fields).packets);
      }),
    );
  });

  it('never throws, never gives more than it got, on any fields and pointers', () => {
    const wild = fc.array(
      fc.record({ octets: fc.uint8Array({ maxLength: 60 }), pointer: fc.oneof(fc.nat(70), fc.nat(0x7ff)) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(wild, (fields) => {
        const given = fields.reduce((sum, { octets }) => sum + octets.length, 0);
        const { packets } = collect(fields);
        expect(packets.join('').length / 2).toBeLessThanOrEqual(given);
      }),
      { numRuns: 500 },
    );
  });
});
