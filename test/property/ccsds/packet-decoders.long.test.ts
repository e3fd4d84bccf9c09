// A million random and mutated inputs into each decoder of the packet layer and of the dictionary: no throw, no packet
// taken whose check is wrong, no reason that a counter could not be keyed by.
import { describe, expect, it } from 'vitest';
import { encapsulationPacket } from '../../../src/ccsds/encapsulation/encapsulation-packet.ts';
import { pusATelecommandHeader, pusATelemetryHeader } from '../../../src/ccsds/pus/pus-a.ts';
import { requestIdOf } from '../../../src/ccsds/pus/request-id.ts';
import { verificationReport } from '../../../src/ccsds/pus/st01-verification.ts';
import {
  housekeepingReport,
  housekeepingStructure,
  housekeepingStructureReport,
  intervalSettings,
} from '../../../src/ccsds/pus/st03-housekeeping.ts';
import { eventReport } from '../../../src/ccsds/pus/st05-events.ts';
import { decodeSelfDescribedTimeReport } from '../../../src/ccsds/pus/st09-time.ts';
import { parameterSettings } from '../../../src/ccsds/pus/st20-parameters.ts';
import { everyAcknowledgement, pusTelecommand } from '../../../src/ccsds/pus/telecommand.ts';
import { pusTelemetry } from '../../../src/ccsds/pus/telemetry.ts';
import { PacketAssembler } from '../../../src/ccsds/space-packet/packet-assembler.ts';
import { lenientSpacePacket, spacePacket } from '../../../src/ccsds/space-packet/space-packet.ts';
import { cds, decodeCdsPField } from '../../../src/ccsds/time-code/cds.ts';
import { decodeSelfDescribedCuc } from '../../../src/ccsds/time-code/cuc.ts';
import { crc16 } from '../../../src/codec/crc16.ts';
import type { Result } from '../../../src/codec/result.ts';
import { decodeFields } from '../../../src/dictionary/decode.ts';
import { seeded } from '../../support/noise.ts';
import { smallDictionary } from '../../support/small-dictionary.ts';

const INPUTS = 1_000_000;
const SEED = 20_261_121;

const telecommand = pusTelecommand.encode({
  apid: 101,
  count: 9,
  acknowledge: everyAcknowledgement,
  service: 8,
  subtype: 1,
  sourceId: 0,
  data: Uint8Array.of(1, 2, 3, 4, 5),
});

const telemetry = pusTelemetry().encode({
  apid: 101,
  count: 9,
  timeStatus: 0,
  service: 3,
  subtype: 25,
  messageCount: 1,
  destinationId: 0,
  time: new Uint8Array(6),
  data: Uint8Array.of(1, 2, 3, 4, 5),
});

const seeds: readonly Uint8Array[] = [
  telecommand,
  telemetry,
  Uint8Array.of(0xf2, 0, 0, 9, 1, 2, 3, 4, 5),
  Uint8Array.of(0x1e, 0, 0, 0, 1, 0x80, 0),
  Uint8Array.of(2, 0, 1, 0, 2, 0, 3),
];

/** One input after the other in a buffer that is used again: random octets, or a good unit with octets changed. */
const inputs = function* (): Generator<Uint8Array> {
  const random = seeded(SEED);
  const buffer = new Uint8Array(64);
  for (let count = 0; count < INPUTS; count++) {
    const good = seeds[Math.floor(random() * seeds.length * 2)];
    const length = good ? good.length - (random() < 0.2 ? Math.floor(random() * 4) : 0) : Math.floor(random() * 48);
    const octets = buffer.subarray(0, length);
    if (good) octets.set(good.subarray(0, length));
    else for (let at = 0; at < length; at++) octets[at] = random() * 256;
    const changes = good ? Math.floor(random() * 3) : 0;
    for (let change = 0; change < changes && length > 0; change++)
      octets[Math.floor(random() * length)] = random() * 256;
    yield octets;
  }
};

type Decode = (octets: Uint8Array) => Result<unknown>;

const layouts = [...smallDictionary.commands.all, ...smallDictionary.events.all].map(({ fields }) => fields);
const telemetryHeader = pusATelemetryHeader({ subcounter: true, destinationId: true, timeOctets: 7 });
const days = cds({ epoch: 'tai1958', dayOctets: 2, fractionOctets: 2 });

const decoders: Readonly<Record<string, Decode>> = {
  'space packet': spacePacket.decode,
  'space packet of any version': lenientSpacePacket.decode,
  'encapsulation packet': encapsulationPacket.decode,
  'PUS-C telecommand': pusTelecommand.decode,
  'PUS-C telemetry': pusTelemetry().decode,
  'PUS-A telecommand header': pusATelecommandHeader({ sourceId: true }).decode,
  'PUS-A telemetry header': telemetryHeader.decode,
  'request id': requestIdOf,
  'ST[01]': (octets) => verificationReport((octets[0] ?? 0) % 12).decode(octets),
  'TC[3,1]': housekeepingStructure.decode,
  'TM[3,10]': housekeepingStructureReport.decode,
  'TM[3,25]': housekeepingReport.decode,
  'TC[3,31]': intervalSettings.decode,
  'TM[5,1]': eventReport.decode,
  'TM[9,2]': decodeSelfDescribedTimeReport,
  'TC[20,3]': parameterSettings((id) => (id % 7) - 1).decode,
  CUC: decodeSelfDescribedCuc,
  CDS: days.decode,
  'CDS P-field': decodeCdsPField,
  'dictionary fields': (octets) => decodeFields(layouts[(octets[0] ?? 0) % layouts.length]!, octets.subarray(1)),
};

describe('decoders of the packet layer', () => {
  for (const [name, decode] of Object.entries(decoders))
    it(`${name}: answers a million inputs`, () => {
      const reasons = new Set<string>();
      let taken = 0;
      const checked = name.startsWith('PUS-C');
      for (const octets of inputs()) {
        const read = decode(octets);
        if (!read.ok) reasons.add(read.reason);
        else {
          taken++;
          if (checked && crc16(octets) !== 0) throw new Error(`${name}: took a packet with a bad check`);
        }
      }
      expect(taken).toBeGreaterThan(0);
      expect(taken).toBeLessThan(INPUTS);
      expect(reasons.size).toBeGreaterThan(0);
      expect(reasons.size).toBeLessThan(30);
      for (const reason of reasons) expect(reason).toMatch(/^[A-Za-z][A-Za-z0-9 :_-]*$/);
    });

  it('packet assembler: takes a million fields with any pointers', () => {
    const random = seeded(SEED + 1);
    let packets = 0;
    let drops = 0;
    const assembler = new PacketAssembler({
      packet: () => packets++,
      dropped: () => drops++,
    });
    for (const octets of inputs()) {
      assembler.push(octets, random() < 0.1 ? 0x7ff : Math.floor(random() * (octets.length + 2)));
      if (random() < 0.01) assembler.gap();
    }
    expect(packets).toBeGreaterThan(1000);
    expect(drops).toBeGreaterThan(1000);
    expect(assembler.pendingOctets).toBeLessThanOrEqual(65542);
  });
});
