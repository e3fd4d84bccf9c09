import { describe, expect, it } from 'vitest';
import { packetErrorControlIsGood } from '../../../../src/ccsds/pus/packet-error-control.ts';
import { pusATelecommandHeader, pusATelemetryHeader } from '../../../../src/ccsds/pus/pus-a.ts';
import { recognisePus } from '../../../../src/ccsds/pus/recognise.ts';
import { requestId, requestIdOf } from '../../../../src/ccsds/pus/request-id.ts';
import { decodeSelfDescribedTimeReport } from '../../../../src/ccsds/pus/st09-time.ts';
import { everyAcknowledgement, type PusTelecommand, pusTelecommand } from '../../../../src/ccsds/pus/telecommand.ts';
import { type PusTelemetry, pusTelemetry } from '../../../../src/ccsds/pus/telemetry.ts';
import { spacePacket } from '../../../../src/ccsds/space-packet/space-packet.ts';
import { sealCrc16 } from '../../../../src/codec/crc16.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';
import { recordedPackets, spacepacketsVectors } from '../../../support/packet-fixtures.ts';

const request: PusTelecommand = {
  apid: 101,
  count: 5,
  acknowledge: everyAcknowledgement,
  service: 17,
  subtype: 1,
  sourceId: 0,
  data: new Uint8Array(0),
};

const report: PusTelemetry = {
  apid: 101,
  count: 6,
  timeStatus: 0,
  service: 17,
  subtype: 2,
  messageCount: 1,
  destinationId: 0,
  time: new Uint8Array(6),
  data: new Uint8Array(0),
};

/** A copy with one octet changed and the check made good again. */
const altered = (octets: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = octets.slice();
  copy[at] = value;
  sealCrc16(copy);
  return copy;
};

describe('PUS telecommand', () => {
  it('is written and read as by spacepackets', () => {
    for (const { octets, acknowledge, data, ...rest } of spacepacketsVectors.telecommands) {
      // The library, like ECSS-E-ST-70-41C, has acceptance as the lowest of the four flags.
      const [acceptance, start, progress, completion] = [1, 2, 4, 8].map((bit) => (acknowledge & bit) !== 0);
      const flags = { acceptance, start, progress, completion } as PusTelecommand['acknowledge'];
      const value = { ...rest, acknowledge: flags, data: hexOctets(data) };
      expect(toHex(pusTelecommand.encode(value))).toBe(octets);
      expect(pusTelecommand.decode(hexOctets(octets))).toEqual({ ok: true, value });
    }
  });

  it('is refused with the first reason that holds', () => {
    const good = pusTelecommand.encode(request);
    const reason = (octets: Uint8Array) => {
      const read = pusTelecommand.decode(octets);
      return read.ok ? 'taken' : read.reason;
    };
    expect(reason(good)).toBe('taken');
    expect(reason(good.subarray(0, 5))).toBe('too short');
    expect(reason(good.subarray(0, 12))).toBe('length mismatch');
    expect(reason(altered(good, 0, 0x38))).toBe('bad packet version');
    expect(reason(altered(good, 0, 0x08))).toBe('not a telecommand');
    expect(reason(altered(good, 0, 0x10))).toBe('no secondary header');
    expect(reason(altered(good, 2, 0x40))).toBe('bad sequence flags');
    expect(reason(altered(good, 6, 0x1f))).toBe('bad PUS version');
    expect(
      reason(
        spacePacket.encode({
          ...request,
          telecommand: true,
          secondaryHeader: true,
          sequence: 'unsegmented',
          data: new Uint8Array(6),
        }),
      ),
    ).toBe('too short');
    const bad = good.slice();
    bad[12] = bad[12]! ^ 1;
    expect(reason(bad)).toBe('bad packet CRC');
  });

  it('has its request id in its first four octets', () => {
    const octets = pusTelecommand.encode(request);
    expect(requestIdOf(octets)).toEqual({ ok: true, value: requestId(101, 5) });
    expect(requestId(101, 5)).toEqual({ apid: 101, count: 5, value: 0x1865c005 });
    expect(requestId(2047, 16383)).toEqual({ apid: 2047, count: 16383, value: 0x1fffffff });
    expect(requestIdOf(octets.subarray(0, 3))).toMatchObject({ ok: false, reason: 'too short' });
  });
});

describe('PUS telemetry', () => {
  it('is written and read as by spacepackets', () => {
    for (const { octets, time, data, ...rest } of spacepacketsVectors.telemetry) {
      const value = { ...rest, time: hexOctets(time), data: hexOctets(data) };
      const codec = pusTelemetry(value.time.length);
      expect(toHex(codec.encode(value))).toBe(octets);
      expect(codec.decode(hexOctets(octets))).toEqual({ ok: true, value });
    }
  });

  it('is read from Hera, with a time of CUC 4+3', () => {
    const services = recordedPackets.hera
      .filter(({ service }) => service !== undefined)
      .map(({ octets, apid, service, subtype }) => {
        const read = pusTelemetry(7).decode(hexOctets(octets));
        expect(read).toMatchObject({ ok: true, value: { apid, service, subtype } });
        expect(packetErrorControlIsGood(hexOctets(octets))).toBe(true);
        expect(read.ok && toHex(read.value.time).slice(0, 6)).toBe('000082');
        return `${service},${subtype}`;
      });
    expect(services.sort()).toEqual(['1,1', '1,7', '3,25', '5,1', '5,3']);
  });

  it('is refused with the first reason that holds', () => {
    const good = pusTelemetry().encode(report);
    const reason = (octets: Uint8Array) => {
      const read = pusTelemetry().decode(octets);
      return read.ok ? 'taken' : read.reason;
    };
    expect(reason(good)).toBe('taken');
    expect(reason(good.subarray(0, 3))).toBe('too short');
    expect(reason(altered(good, 0, 0x28))).toBe('bad packet version');
    expect(reason(good.subarray(1))).not.toBe('taken');
    expect(reason(altered(good, 5, 3))).toBe('length mismatch');
    expect(reason(altered(good, 0, 0x18))).toBe('not telemetry');
    expect(reason(altered(good, 0, 0x00))).toBe('no secondary header');
    expect(reason(altered(good, 6, 0x10))).toBe('bad PUS version');
    expect(reason(pusTelemetry(2).encode({ ...report, time: new Uint8Array(2) }))).toBe('too short');
    const bad = good.slice();
    bad[20] = bad[20]! ^ 0x80;
    expect(reason(bad)).toBe('bad packet CRC');
  });
});

describe('recorded time packets', () => {
  it('of Hera are CUC 4+3 behind their P-field', () => {
    const octets = hexOctets(recordedPackets.hera.find(({ apid }) => apid === 0)!.octets);
    const read = decodeSelfDescribedTimeReport(octets.subarray(6));
    expect(read).toMatchObject({
      ok: true,
      value: { rateExponent: 3, time: { format: { epoch: 'agency', basicOctets: 4, fractionOctets: 3 }, octets: 8 } },
    });
    expect(read.ok && read.value.time.ticks >> 24n).toBe(0x82efn);
  });
});

describe('recognition of the standard', () => {
  it('finds PUS-C in what we and Hera send, and nothing where there is no secondary header', () => {
    expect(recognisePus(pusTelecommand.encode(request))).toEqual({ standard: 'PUS-C', service: 17, subtype: 1 });
    expect(recordedPackets.hera.map(({ octets }) => recognisePus(hexOctets(octets))?.standard)).toEqual(
      recordedPackets.hera.map(({ service }) => (service === undefined ? undefined : 'PUS-C')),
    );
    expect(recognisePus(hexOctets('0865c000000210'))).toBeUndefined();
  });

  it('finds PUS-A by version 1', () => {
    expect(recognisePus(hexOctets('0865c000000310030100'))).toEqual({ standard: 'PUS-A', service: 3, subtype: 1 });
    expect(recognisePus(hexOctets('1865c00000031f110100'))).toEqual({ standard: 'PUS-A', service: 17, subtype: 1 });
    expect(recognisePus(hexOctets('0865c00000031f110100'))).toBeUndefined();
    expect(recognisePus(hexOctets('0865c000000300030100'))).toBeUndefined();
  });
});

describe('PUS-A headers', () => {
  it('have the optional fields that a mission chooses', () => {
    const telemetry = pusATelemetryHeader({ subcounter: true, destinationId: true, timeOctets: 4 });
    const value = { service: 3, subtype: 25, subcounter: 9, destinationId: 2, time: hexOctets('01020304') };
    expect(toHex(telemetry.encode(value))).toBe('100319090201020304');
    expect(telemetry.decode(telemetry.encode(value))).toEqual({ ok: true, value });
    const bare = pusATelemetryHeader({ subcounter: false, destinationId: false, timeOctets: 0 });
    expect(bare.decode(hexOctets('100319'))).toMatchObject({ ok: true, value: { service: 3, subtype: 25 } });
    expect(telemetry.decode(hexOctets('2003190902010203'))).toMatchObject({ ok: false, reason: 'too short' });
    expect(bare.decode(hexOctets('200319'))).toMatchObject({ ok: false, reason: 'bad PUS version' });
  });

  it('of telecommands carry the acknowledgements', () => {
    const value = { acknowledge: 9, service: 17, subtype: 1, sourceId: 4 };
    const codec = pusATelecommandHeader({ sourceId: true });
    expect(toHex(codec.encode(value))).toBe('19110104');
    expect(codec.decode(codec.encode(value))).toEqual({ ok: true, value });
    expect(pusATelecommandHeader({ sourceId: false }).decode(hexOctets('191101'))).toEqual({
      ok: true,
      value: { acknowledge: 9, service: 17, subtype: 1 },
    });
    expect(codec.decode(hexOctets('29110104'))).toMatchObject({ ok: false, reason: 'bad PUS version' });
    expect(codec.decode(hexOctets('1911'))).toMatchObject({ ok: false, reason: 'too short' });
  });
});
