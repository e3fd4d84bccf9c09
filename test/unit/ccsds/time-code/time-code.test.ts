import { describe, expect, it } from 'vitest';
import { type CdsFormat, cds, decodeCdsPField, encodeCdsPField } from '../../../../src/ccsds/time-code/cds.ts';
import {
  cuc,
  cucFromMicros,
  decodeCucPField,
  decodeSelfDescribedCuc,
  encodeCucPField,
  microsFromCuc,
} from '../../../../src/ccsds/time-code/cuc.ts';
import { CUC_4_2_P_FIELD, cuc42, readCuc42, writeCuc42 } from '../../../../src/ccsds/time-code/cuc-4-2.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';
import { spacepacketsVectors } from '../../../support/packet-fixtures.ts';

describe('CUC', () => {
  it('has the P-field of every format, one octet up to 4 + 3 and two beyond', () => {
    for (const epoch of ['tai1958', 'agency'] as const)
      for (let basicOctets = 1; basicOctets <= 7; basicOctets++)
        for (let fractionOctets = 0; fractionOctets <= 10; fractionOctets++) {
          const field = encodeCucPField({ epoch, basicOctets, fractionOctets });
          const octets = basicOctets > 4 || fractionOctets > 3 ? 2 : 1;
          expect(field.length).toBe(octets);
          expect(decodeCucPField(field)).toEqual({ ok: true, value: { epoch, basicOctets, fractionOctets, octets } });
        }
  });

  it('knows the P-fields of this mission and of Hera', () => {
    const mission = { epoch: 'tai1958', basicOctets: 4, fractionOctets: 2 } as const;
    expect([...encodeCucPField(mission)]).toEqual([CUC_4_2_P_FIELD]);
    expect(decodeCucPField(Uint8Array.of(0x2f))).toMatchObject({
      ok: true,
      value: { epoch: 'agency', basicOctets: 4, fractionOctets: 3 },
    });
  });

  it('refuses other P-fields', () => {
    const reasons = ['', '4e', '9e', '9e80', '0e'].map((hex) => {
      const read = decodeCucPField(hexOctets(hex));
      return read.ok ? 'taken' : read.reason;
    });
    expect(reasons).toEqual(['too short', 'not CUC', 'too short', 'third P-field octet', 'not CUC']);
    expect(() => encodeCucPField({ epoch: 'agency', basicOctets: 8, fractionOctets: 0 })).toThrow('basic time');
    expect(() => encodeCucPField({ epoch: 'agency', basicOctets: 1, fractionOctets: 11 })).toThrow('fractional time');
  });

  it('keeps every bit of its longest form', () => {
    const longest = cuc({ epoch: 'agency', basicOctets: 7, fractionOctets: 10 });
    const octets = hexOctets('0123456789abcdef00112233445566778f');
    const read = longest.decode(octets);
    expect(read.ok && toHex(longest.encode(read.value))).toBe(toHex(octets));
    expect(longest.decode(octets.subarray(1))).toEqual({ ok: false, reason: 'length mismatch', at: 16 });
    expect(() => longest.encode(1n << 136n)).toThrow('2^136');
    expect(() => longest.encode(-1n)).toThrow(RangeError);
  });

  it('reads a time behind its own P-field and says how long it was', () => {
    const read = decodeSelfDescribedCuc(hexOctets('1e 00000001 8000 ff'));
    expect(read).toMatchObject({ ok: true, value: { ticks: 0x18000n, octets: 7 } });
    expect(decodeSelfDescribedCuc(hexOctets('1e 00000001 80'))).toEqual({ ok: false, reason: 'too short', at: 6 });
  });

  it('turns microseconds into ticks not later, and back to the same microseconds where a tick is longer', () => {
    for (const micros of [0, 1, 15, 16, 999_999, 1_000_000, 2_173_932_037_123_456]) {
      const ticks = cucFromMicros(micros, 2);
      expect(microsFromCuc(ticks, 2)).toBeLessThanOrEqual(micros);
      expect(microsFromCuc(ticks, 2)).toBeGreaterThan(micros - 16);
      expect(cucFromMicros(microsFromCuc(ticks, 2), 2)).toBe(ticks);
    }
    expect(microsFromCuc(cucFromMicros(2_173_932_037_123_456, 4), 4)).toBe(2_173_932_037_123_456);
  });
});

describe('CUC 4+2 in plain numbers', () => {
  const general = cuc({ epoch: 'tai1958', basicOctets: 4, fractionOctets: 2 });

  it('is the general code', () => {
    for (const micros of [0, 15, 16, 500_000, 999_999, 2_173_932_037_123_456, 4_294_967_295_999_999]) {
      const octets = cuc42(micros);
      const ticks = cucFromMicros(micros, 2);
      expect(toHex(octets)).toBe(toHex(general.encode(ticks)));
      expect(readCuc42(octets)).toBe(microsFromCuc(ticks, 2));
    }
  });

  it('throws where four octets of seconds end', () => {
    expect(() => writeCuc42(new Uint8Array(6), 0, 2 ** 32 * 1_000_000)).toThrow('CUC 4+2');
    expect(() => cuc42(-1)).toThrow(RangeError);
  });
});

describe('CDS', () => {
  it('reads and writes as spacepackets does', () => {
    const format = { epoch: 'tai1958', dayOctets: 2, fractionOctets: 0 } as const;
    for (const { octets, day, millisecond } of spacepacketsVectors.cds) {
      expect(encodeCdsPField(format)).toBe(Number.parseInt(octets.slice(0, 2), 16));
      expect(toHex(cds(format).encode({ day, millisecond, fraction: 0 }))).toBe(octets.slice(2));
      expect(cds(format).decode(hexOctets(octets.slice(2)))).toEqual({
        ok: true,
        value: { day, millisecond, fraction: 0 },
      });
    }
  });

  it('has a P-field of each format', () => {
    for (const epoch of ['tai1958', 'agency'] as const)
      for (const dayOctets of [2, 3] as const)
        for (const fractionOctets of [0, 2, 4] as const) {
          const format: CdsFormat = { epoch, dayOctets, fractionOctets };
          expect(decodeCdsPField(Uint8Array.of(encodeCdsPField(format)))).toEqual({ ok: true, value: format });
          expect(cds(format).size).toBe(dayOctets + 4 + fractionOctets);
        }
  });

  it('refuses other P-fields', () => {
    const reasons = ['', '1e', 'c0', '43'].map((hex) => {
      const read = decodeCdsPField(hexOctets(hex));
      return read.ok ? 'taken' : read.reason;
    });
    expect(reasons).toEqual(['too short', 'not CDS', 'second P-field octet', 'bad CDS resolution']);
  });

  it('takes the last millisecond of a day with a leap second and no later', () => {
    const code = cds({ epoch: 'tai1958', dayOctets: 3, fractionOctets: 4 });
    const last = { day: 2 ** 24 - 1, millisecond: 86_400_999, fraction: 999_999_999 };
    expect(code.decode(code.encode(last))).toEqual({ ok: true, value: last });
    expect(() => code.encode({ ...last, millisecond: 86_401_000 })).toThrow('CDS millisecond');
    expect(code.decode(hexOctets('000000 05265fe8 00000000'))).toEqual({
      ok: false,
      reason: 'millisecond out of range',
      at: 3,
    });
    expect(code.decode(hexOctets('000000 00000000 3b9aca00'))).toEqual({
      ok: false,
      reason: 'fraction out of range',
      at: 7,
    });
    expect(code.decode(new Uint8Array(10))).toEqual({ ok: false, reason: 'length mismatch', at: 10 });
  });
});
