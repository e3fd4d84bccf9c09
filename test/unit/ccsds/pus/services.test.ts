import { describe, expect, it } from 'vitest';
import { packetErrorControlIsGood } from '../../../../src/ccsds/pus/packet-error-control.ts';
import { requestId } from '../../../../src/ccsds/pus/request-id.ts';
import {
  type VerificationReport,
  verificationReport,
  verificationSubtype,
} from '../../../../src/ccsds/pus/st01-verification.ts';
import {
  housekeepingReport,
  housekeepingStructure,
  housekeepingStructureReport,
  intervalSettings,
  structureIds,
} from '../../../../src/ccsds/pus/st03-housekeeping.ts';
import {
  eventIds,
  eventReport,
  eventSeverities,
  eventSubtype,
  severityOfSubtype,
} from '../../../../src/ccsds/pus/st05-events.ts';
import {
  checkedTimePacket,
  decodeSelfDescribedTimeReport,
  timePacket,
  timeReport,
} from '../../../../src/ccsds/pus/st09-time.ts';
import { connectionTest } from '../../../../src/ccsds/pus/st17-test.ts';
import { parameterIds, parameterSettings } from '../../../../src/ccsds/pus/st20-parameters.ts';
import type { Codec } from '../../../../src/codec/codec.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';
import { recordedPackets } from '../../../support/packet-fixtures.ts';

const same = <T>(codec: Codec<T>, value: T, hex: string): void => {
  expect(toHex(codec.encode(value))).toBe(hex);
  expect(codec.decode(hexOctets(hex))).toEqual({ ok: true, value });
};

const reasonOf = <T>(codec: Codec<T>, hex: string): string => {
  const read = codec.decode(hexOctets(hex));
  return read.ok ? 'taken' : read.reason;
};

const request = requestId(101, 77);
const failure = { code: 0x0201, data: hexOctets('aa') };

describe('ST[01] request verification', () => {
  const cases: readonly (readonly [number, VerificationReport, string])[] = [
    [1, { stage: 'acceptance', request }, '1865c04d'],
    [2, { stage: 'acceptance', request, failure }, '1865c04d0201aa'],
    [3, { stage: 'start', request }, '1865c04d'],
    [4, { stage: 'start', request, failure }, '1865c04d0201aa'],
    [5, { stage: 'progress', request, step: 3 }, '1865c04d03'],
    [6, { stage: 'progress', request, step: 3, failure }, '1865c04d030201aa'],
    [7, { stage: 'completion', request }, '1865c04d'],
    [8, { stage: 'completion', request, failure }, '1865c04d0201aa'],
    [10, { stage: 'routing', request, failure }, '1865c04d0201aa'],
  ];

  it('has a subtype and a layout for every stage, good and failed', () => {
    for (const [subtype, report, hex] of cases) {
      expect(verificationSubtype(report.stage, report.failure !== undefined)).toBe(subtype);
      same(verificationReport(subtype), report, hex);
    }
  });

  it('reads the reports that Hera sent', () => {
    const reports = recordedPackets.hera
      .filter(({ service }) => service === 1)
      .map(({ subtype, octets }) => {
        // Primary header 6, secondary header 7 and a time of 7 octets; the check at the end.
        const read = verificationReport(subtype!).decode(hexOctets(octets).subarray(20, -2));
        return read.ok ? [read.value.stage, read.value.request.apid, read.value.failure] : read.reason;
      });
    expect(reports).toEqual([
      ['acceptance', 257, undefined],
      ['completion', 257, undefined],
    ]);
  });

  it('refuses what is no report', () => {
    expect(reasonOf(verificationReport(9), '1865c04d')).toBe('unknown subtype');
    expect(reasonOf(verificationReport(0), '1865c04d')).toBe('unknown subtype');
    expect(reasonOf(verificationReport(1), '1865c0')).toBe('too short');
    expect(reasonOf(verificationReport(1), '1865c04d00')).toBe('too long');
    expect(reasonOf(verificationReport(2), '1865c04d00')).toBe('too short');
    expect(reasonOf(verificationReport(5), '1865c04d')).toBe('too short');
    expect(() => verificationSubtype('routing', false)).toThrow(RangeError);
  });
});

describe('ST[03] housekeeping', () => {
  it('has the layouts of structures, reports and intervals', () => {
    const structure = { sid: 5, intervalTenths: 10, parameters: [0x101, 0x202] };
    same(housekeepingStructure, structure, '0005000a0201010202');
    same(housekeepingStructureReport, { ...structure, enabled: true }, '000501000a0201010202');
    same(housekeepingReport, { sid: 5, values: hexOctets('010203') }, '0005010203');
    same(structureIds, [1, 65535], '020001ffff');
    same(intervalSettings, [{ sid: 5, intervalTenths: 600 }], '0100050258');
  });

  it('refuses counts that the octets do not hold', () => {
    expect(reasonOf(housekeepingStructure, '0005000a020101')).toBe('too short');
    expect(reasonOf(housekeepingStructure, '0005000a01010100')).toBe('too long');
    expect(reasonOf(housekeepingStructure, '0005')).toBe('too short');
    expect(reasonOf(housekeepingStructureReport, '000502000a00')).toBe('bad status');
    expect(reasonOf(housekeepingStructureReport, '0005')).toBe('too short');
    expect(reasonOf(housekeepingStructureReport, '000501000a01')).toBe('too short');
    expect(reasonOf(housekeepingReport, '00')).toBe('too short');
    expect(reasonOf(structureIds, '')).toBe('too short');
    expect(reasonOf(intervalSettings, 'ff0001')).toBe('too short');
    expect(reasonOf(intervalSettings, '0000')).toBe('too long');
    expect(() => structureIds.encode(new Array(256).fill(1))).toThrow('number of identifiers');
  });
});

describe('ST[05] events', () => {
  it('has a subtype for each of four severities', () => {
    expect(eventSeverities.map(eventSubtype)).toEqual([1, 2, 3, 4]);
    expect([0, 1, 2, 3, 4, 5].map(severityOfSubtype)).toEqual([undefined, 'info', 'low', 'medium', 'high', undefined]);
  });

  it('has the layouts of reports and lists', () => {
    same(eventReport, { id: 0x1ff, values: hexOctets('0a') }, '01ff0a');
    same(eventIds, [0x1ff], '0101ff');
    expect(reasonOf(eventReport, '01')).toBe('too short');
  });
});

describe('ST[09] time reports', () => {
  const mission = timeReport({ epoch: 'tai1958', basicOctets: 4, fractionOctets: 2 });

  it('has a rate and a time, in a packet of APID 0', () => {
    same(mission, { rateExponent: 2, ticks: 0x0102030405_06n }, '02010203040506');
    expect(toHex(timePacket(9, hexOctets('02010203040506')))).toBe('0000c009000602010203040506');
    const checked = checkedTimePacket(9, hexOctets('02010203040506'));
    expect(toHex(checked.subarray(0, -2))).toBe('0000c009000802010203040506');
    expect(packetErrorControlIsGood(checked)).toBe(true);
  });

  it('refuses other lengths and rates', () => {
    expect(reasonOf(mission, '0201020304')).toBe('length mismatch');
    expect(reasonOf(mission, '09010203040506')).toBe('bad rate');
    const reasons = ['', '09', '032f', '0340', '001e00000000000000'].map((hex) => {
      const read = decodeSelfDescribedTimeReport(hexOctets(hex));
      return read.ok ? 'taken' : read.reason;
    });
    expect(reasons).toEqual(['too short', 'bad rate', 'too short', 'not CUC', 'length mismatch']);
    expect(() => mission.encode({ rateExponent: 9, ticks: 0n })).toThrow('rate exponent');
  });
});

describe('ST[17] test', () => {
  it('names an application process', () => {
    same(connectionTest, 0x65, '0065');
    expect(['00', '006500', '0800'].map((hex) => reasonOf(connectionTest, hex))).toEqual([
      'too short',
      'too long',
      'bad APID',
    ]);
  });
});

describe('ST[20] parameters', () => {
  /** Parameter 1 has two octets, parameter 2 a text behind its count. */
  const settings = parameterSettings((id, octets, at) => (id === 1 ? 2 : id === 2 ? 1 + (octets[at] ?? 0) : -1));

  it('has lists of ids and of values whose width the caller knows', () => {
    same(parameterIds, [1, 2], '0200010002');
    same(
      settings,
      [
        { id: 2, value: hexOctets('026162') },
        { id: 1, value: hexOctets('0007') },
      ],
      '02000202616200010007',
    );
  });

  it('refuses unknown ids and octets that are missing or left over', () => {
    expect(['010003', '01000100', '0100', '', '000000', '010002ff'].map((hex) => reasonOf(settings, hex))).toEqual([
      'unknown parameter',
      'too short',
      'too short',
      'too short',
      'too long',
      'too short',
    ]);
  });
});
