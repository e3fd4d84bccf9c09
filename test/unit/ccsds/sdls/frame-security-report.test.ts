import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alarmReset,
  frameSecurityReport,
  noSecurityReport,
  reportAfter,
} from '../../../../src/ccsds/sdls/frame-security-report.ts';
import type { Verified } from '../../../../src/ccsds/sdls/verify-frame.ts';
import { toHex } from '../../../../src/codec/hex.ts';
import { expectCodec } from '../../../support/never-throws.ts';

describe('the frame security report', () => {
  it('is 1, 100, four flags, SPI, and the low octet of the counter', () => {
    const all = { alarm: true, badSequence: true, badMac: true, badAssociation: true, spi: 0x1234, sequence: 0xab };
    expect(toHex(frameSecurityReport.encode(all))).toBe('cf1234ab');
    expect(toHex(frameSecurityReport.encode(noSecurityReport))).toBe('c0000000');
    expect(toHex(frameSecurityReport.encode({ ...noSecurityReport, badMac: true }))).toBe('c2000000');
  });

  it('is told from a CLCW by its first bit', () => {
    expect(frameSecurityReport.decode(Uint8Array.of(1, 0, 0, 0))).toMatchObject({ reason: 'bad control word type' });
    expect(frameSecurityReport.decode(Uint8Array.of(0xd0, 0, 0, 0))).toMatchObject({ reason: 'bad version' });
    expect(frameSecurityReport.decode(Uint8Array.of(0xc0, 0, 0))).toMatchObject({ reason: 'length mismatch' });
  });

  it('decodes what it encodes', () => {
    const flag = fc.boolean();
    const report = fc.record({
      alarm: flag,
      badSequence: flag,
      badMac: flag,
      badAssociation: flag,
      spi: fc.nat(0xffff),
      sequence: fc.nat(255),
    });
    expectCodec(frameSecurityReport, report);
  });

  it('follows the frames: flags of the last one, an alarm that stays until it is reset', () => {
    const accepted = { ok: true, frame: {}, spi: 7, counter: 0x101 } as Verified<object>;
    const refused = (reason: string, spi?: number, counter?: number) =>
      reportAfter(noSecurityReport, {
        ok: false,
        reason,
        at: 0,
        ...(spi === undefined ? {} : { spi }),
        ...(counter === undefined ? {} : { counter }),
      });
    expect(reportAfter(noSecurityReport, accepted)).toEqual({ ...noSecurityReport, spi: 7, sequence: 1 });
    const alarmed = { ...noSecurityReport, alarm: true, spi: 7 };
    expect(refused('bad MAC', 7, 0)).toEqual({ ...alarmed, badMac: true });
    expect(refused('replay ahead', 7, 0x1ff)).toEqual({ ...alarmed, badSequence: true });
    expect(refused('counter exhausted', 7, 2 ** 60)).toEqual({ ...alarmed, badSequence: true });
    expect(refused('SPI unknown', 7)).toEqual({ ...alarmed, badAssociation: true });
    expect(refused('no security header')).toEqual({ ...alarmed, badAssociation: true, spi: 0 });
    expect(refused('bad FECF')).toEqual(noSecurityReport);
    expect(refused('control frame')).toEqual(noSecurityReport);
    const after = reportAfter(refused('bad MAC', 7, 0), accepted);
    expect(after).toEqual({ ...alarmed, sequence: 1 });
    expect(reportAfter(after, { ok: false, reason: 'bad MAC', at: 0, spi: 9, counter: 77 })).toMatchObject({
      spi: 9,
      sequence: 1,
    });
    expect(alarmReset({ ...after, badMac: true })).toEqual({ ...noSecurityReport, spi: 7, sequence: 1 });
  });
});
