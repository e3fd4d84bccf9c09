import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifierList } from '../../../src/ccsds/pus/identifier-list.ts';
import { pusATelecommandHeader, pusATelemetryHeader } from '../../../src/ccsds/pus/pus-a.ts';
import { recognisePus } from '../../../src/ccsds/pus/recognise.ts';
import { requestId } from '../../../src/ccsds/pus/request-id.ts';
import { type VerificationReport, verificationReport } from '../../../src/ccsds/pus/st01-verification.ts';
import {
  housekeepingReport,
  housekeepingStructure,
  housekeepingStructureReport,
  intervalSettings,
} from '../../../src/ccsds/pus/st03-housekeeping.ts';
import { eventReport } from '../../../src/ccsds/pus/st05-events.ts';
import { decodeSelfDescribedTimeReport, timeReport } from '../../../src/ccsds/pus/st09-time.ts';
import { connectionTest } from '../../../src/ccsds/pus/st17-test.ts';
import { parameterSettings } from '../../../src/ccsds/pus/st20-parameters.ts';
import { type PusTelecommand, pusTelecommand } from '../../../src/ccsds/pus/telecommand.ts';
import { type PusTelemetry, pusTelemetry } from '../../../src/ccsds/pus/telemetry.ts';
import { type CdsFormat, cds, decodeCdsPField } from '../../../src/ccsds/time-code/cds.ts';
import {
  cuc,
  cucFromMicros,
  decodeCucPField,
  decodeSelfDescribedCuc,
  microsFromCuc,
} from '../../../src/ccsds/time-code/cuc.ts';
import { cuc42, readCuc42 } from '../../../src/ccsds/time-code/cuc-4-2.ts';
import { taiOfUtc, utcOfTai } from '../../../src/ccsds/time-code/leap-seconds.ts';
import { taiOfUtcText, utcTextOfTai } from '../../../src/ccsds/time-code/utc-text.ts';
import { expectAnswer, expectCodec, wildOctets } from '../../support/never-throws.ts';

const u8 = fc.nat(255);
const u16 = fc.nat(65535);
const octets = fc.uint8Array({ maxLength: 30 });

const telecommands: fc.Arbitrary<PusTelecommand> = fc.record({
  apid: fc.nat(2046),
  count: fc.nat(16383),
  acknowledge: fc.record({
    acceptance: fc.boolean(),
    start: fc.boolean(),
    progress: fc.boolean(),
    completion: fc.boolean(),
  }),
  service: u8,
  subtype: u8,
  sourceId: u16,
  data: octets,
});

const reports: fc.Arbitrary<PusTelemetry> = fc.record({
  apid: fc.nat(2046),
  count: fc.nat(16383),
  timeStatus: fc.nat(15),
  service: u8,
  subtype: u8,
  messageCount: u16,
  destinationId: u16,
  time: fc.uint8Array({ minLength: 6, maxLength: 6 }),
  data: octets,
});

describe('PUS packets', () => {
  it('read as they were written, and never throw', () => {
    expectCodec(pusTelecommand, telecommands);
    expectCodec(pusTelemetry(6), reports);
  });

  it('with a wrong bit are never taken', () => {
    const packets = fc.oneof(telecommands.map(pusTelecommand.encode), reports.map(pusTelemetry(6).encode));
    fc.assert(
      fc.property(packets, fc.nat(), (packet, drawn) => {
        const bit = drawn % (packet.length * 8);
        packet[bit >> 3]! ^= 0x80 >> (bit & 7);
        expect(pusTelecommand.decode(packet).ok || pusTelemetry(6).decode(packet).ok).toBe(false);
      }),
    );
  });

  it('are recognised without a throw, whatever they are', () => {
    fc.assert(
      fc.property(wildOctets(telecommands.map(pusTelecommand.encode)), (packet) => {
        const guess = recognisePus(packet);
        if (guess) expect(['PUS-A', 'PUS-C']).toContain(guess.standard);
      }),
    );
  });

  it('have headers of the older standard', () => {
    const header = pusATelecommandHeader({ sourceId: true });
    const values = fc.record({ acknowledge: fc.nat(15), service: u8, subtype: u8, sourceId: u8 });
    fc.assert(
      fc.property(values, octets, (value, behind) => {
        expect(header.decode(Uint8Array.of(...header.encode(value), ...behind))).toEqual({ ok: true, value });
        expectAnswer(header.decode(behind), behind.length);
      }),
    );
    const layout = pusATelemetryHeader({ subcounter: true, destinationId: false, timeOctets: 6 });
    fc.assert(fc.property(octets, (given) => expectAnswer(layout.decode(given), given.length)));
  });
});

describe('PUS services', () => {
  it('read as they were written, and never throw', () => {
    const id = fc.record({ apid: fc.nat(2047), count: fc.nat(16383) }).map((each) => requestId(each.apid, each.count));
    const failure = fc.record({ code: u16, data: octets });
    const list = fc.array(u16, { maxLength: 20 });
    const structure = { sid: u16, intervalTenths: u16, parameters: list };
    const only = <T extends VerificationReport>(made: fc.Arbitrary<T>) => made as fc.Arbitrary<VerificationReport>;
    expectCodec(verificationReport(1), only(fc.record({ stage: fc.constant('acceptance' as const), request: id })));
    expectCodec(
      verificationReport(6),
      only(fc.record({ stage: fc.constant('progress' as const), request: id, step: u8, failure })),
    );
    expectCodec(
      verificationReport(10),
      only(fc.record({ stage: fc.constant('routing' as const), request: id, failure })),
    );
    expectCodec(identifierList, list);
    expectCodec(housekeepingStructure, fc.record(structure));
    expectCodec(housekeepingStructureReport, fc.record({ ...structure, enabled: fc.boolean() }));
    expectCodec(housekeepingReport, fc.record({ sid: u16, values: octets }));
    expectCodec(intervalSettings, fc.array(fc.record({ sid: u16, intervalTenths: u16 }), { maxLength: 10 }));
    expectCodec(eventReport, fc.record({ id: u16, values: octets }));
    expectCodec(connectionTest, fc.nat(2047));
    const settings = parameterSettings((parameter) => parameter % 5);
    const setting = u16.chain((parameter) =>
      fc.record({
        id: fc.constant(parameter),
        value: fc.uint8Array({ minLength: parameter % 5, maxLength: parameter % 5 }),
      }),
    );
    expectCodec(settings, fc.array(setting, { maxLength: 10 }));
    const format = { epoch: 'tai1958', basicOctets: 4, fractionOctets: 2 } as const;
    expectCodec(
      timeReport(format),
      fc.record({ rateExponent: fc.nat(8), ticks: fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }) }),
    );
    fc.assert(fc.property(octets, (given) => expectAnswer(decodeSelfDescribedTimeReport(given), given.length)));
  });
});

const MICROS = fc.integer({ min: 0, max: 4_000_000_000_000_000 });

describe('time codes', () => {
  it('read as they were written in every format, and never throw', () => {
    for (const [basicOctets, fractionOctets] of [
      [1, 0],
      [4, 3],
      [7, 10],
    ] as const) {
      const max = (1n << BigInt(8 * (basicOctets + fractionOctets))) - 1n;
      expectCodec(cuc({ epoch: 'agency', basicOctets, fractionOctets }), fc.bigInt({ min: 0n, max }), 100);
    }
    for (const fractionOctets of [0, 2, 4] as const) {
      const format: CdsFormat = { epoch: 'tai1958', dayOctets: 3, fractionOctets };
      const maxFraction = [0, 0, 999, 0, 999_999_999][fractionOctets]!;
      const times = fc.record({
        day: fc.nat(2 ** 24 - 1),
        millisecond: fc.nat(86_400_999),
        fraction: fc.nat(maxFraction),
      });
      expectCodec(cds(format), times, 100);
    }
    fc.assert(
      fc.property(octets, (given) => {
        expectAnswer(decodeCucPField(given), given.length);
        expectAnswer(decodeSelfDescribedCuc(given), given.length);
        expectAnswer(decodeCdsPField(given), given.length);
      }),
    );
  });

  it('hold plain numbers and bigints equal in CUC 4+2', () => {
    const general = cuc({ epoch: 'tai1958', basicOctets: 4, fractionOctets: 2 });
    fc.assert(
      fc.property(MICROS, (micros) => {
        const ticks = cucFromMicros(micros, 2);
        expect([...cuc42(micros)]).toEqual([...general.encode(ticks)]);
        expect(readCuc42(cuc42(micros))).toBe(microsFromCuc(ticks, 2));
        expect([...cuc42(readCuc42(cuc42(micros)))]).toEqual([...cuc42(micros)]);
      }),
    );
  });

  it('go to UTC and back, in numbers and in text', () => {
    fc.assert(
      fc.property(MICROS, (tai) => {
        expect(taiOfUtc(utcOfTai(tai))).toBe(tai);
        expect(taiOfUtcText(utcTextOfTai(tai))).toEqual({ ok: true, value: tai });
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expectAnswer(taiOfUtcText(text), Math.max(text.length, 11));
      }),
    );
  });
});
