// The packet layer that `inspect` and the downlink stand on: check sequence, assembly of packets out of frame data
// fields with the check of each packet, and PUS packets. The reference is a copy of the same octets, or their check.
import { packetErrorControlIsGood } from '../../../src/ccsds/pus/packet-error-control.ts';
import { pusTelemetry } from '../../../src/ccsds/pus/telemetry.ts';
import { PacketAssembler } from '../../../src/ccsds/space-packet/packet-assembler.ts';
import { crc16 } from '../../../src/codec/crc16.ts';
import { crc32 } from '../../../src/codec/crc32.ts';
import { type Bench, figure, perSecond } from '../figure.ts';

const FIELD_OCTETS = 1105;
const FIELDS = 2_000;
const GIGA = 1e9;

/** Gbit/s of work over fields of one frame each. */
const gigabits = (work: () => number): number => (perSecond(work) * FIELD_OCTETS * 8) / GIGA;

const telemetry = pusTelemetry();

const reports = (dataOctets: number): { fields: Uint8Array[]; pointers: number[] } => {
  const report = telemetry.encode({
    apid: 101,
    count: 0,
    timeStatus: 0,
    service: 3,
    subtype: 25,
    messageCount: 0,
    destinationId: 0,
    time: new Uint8Array(6),
    data: new Uint8Array(dataOctets).fill(0x5a),
  });
  const stream = new Uint8Array(FIELD_OCTETS * FIELDS);
  for (let at = 0; at < stream.length; at += report.length) stream.set(report.subarray(0, stream.length - at), at);
  const fields = Array.from({ length: FIELDS }, (_, i) => stream.subarray(i * FIELD_OCTETS, (i + 1) * FIELD_OCTETS));
  const pointers = fields.map((_, i) => (report.length - ((i * FIELD_OCTETS) % report.length)) % report.length);
  return { fields, pointers };
};

const assembly = (dataOctets: number): (() => number) => {
  const { fields, pointers } = reports(dataOctets);
  return () => {
    let good = 0;
    const assembler = new PacketAssembler({
      packet: (octets) => {
        if (packetErrorControlIsGood(octets)) good++;
      },
      dropped: (reason) => {
        throw new Error(`bench: ${reason}`);
      },
    });
    for (let i = 0; i < FIELDS; i++) assembler.push(fields[i]!, pointers[i]!);
    if (good < FIELDS) throw new Error(`bench: ${good} good packets`);
    return FIELDS;
  };
};

const over = (check: (octets: Uint8Array) => number): (() => number) => {
  const octets = new Uint8Array(FIELD_OCTETS).map((_, i) => i * 7);
  return () => {
    let sum = 0;
    for (let i = 0; i < FIELDS; i++) sum ^= check(octets);
    return sum === 1 ? 0 : FIELDS;
  };
};

const copies = (): number => {
  const from = new Uint8Array(FIELD_OCTETS);
  const to = new Uint8Array(FIELD_OCTETS);
  for (let i = 0; i < FIELDS; i++) to.set(from);
  return FIELDS;
};

export const bench: Bench = () => {
  const check = gigabits(over((octets) => crc16(octets)));
  const copy = gigabits(copies);
  const gbit = { unit: 'Gbit/s' };
  const againstCheck = { against: 'the check alone, of the same octets', reference: check, ...gbit };
  return [
    figure({ name: 'codec/crc16', ours: check, against: 'a copy', reference: copy, goal: 4, ...gbit }),
    figure({
      name: 'codec/crc32',
      ours: gigabits(over((octets) => crc32(octets))),
      against: 'a copy',
      reference: copy,
      goal: 3,
      ...gbit,
    }),
    figure({ name: 'packets/assembly/800 octets', ours: gigabits(assembly(779)), goal: 2, ...againstCheck }),
    figure({ name: 'packets/assembly/100 octets', ours: gigabits(assembly(79)), goal: 1, ...againstCheck }),
  ];
};
