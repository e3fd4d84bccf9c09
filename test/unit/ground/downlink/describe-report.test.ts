// Octets of reports as ECSS-E-ST-70-41C lays them out, written by hand, and the words for them.
import { describe, expect, it } from 'vitest';
import { hexOctets } from '../../../../src/codec/hex.ts';
import { describeReport } from '../../../../src/ground/downlink/describe-report.ts';
import { smallDictionary } from '../../../support/small-dictionary.ts';

const words = (service: number, subtype: number, hex: string) =>
  describeReport(service, subtype, hexOctets(hex), smallDictionary);

describe('a report in words', () => {
  it('names the channels of a structure', () => {
    expect(words(3, 10, '00010100640201000999')).toBe(
      'structure 1 (thermal), enabled, every 10 s: heater.celsius 2457',
    );
    expect(words(3, 10, '0009000005010105')).toBe('structure 9, disabled, every 0.5 s: heater.hot');
  });

  it('names the events that are disabled', () => {
    expect(words(5, 8, '0201000101')).toBe('disabled events: heater.tooHot heater.named');
    expect(words(5, 8, '00')).toBe('disabled events: none');
  });

  it('says what a test has found', () => {
    expect(words(17, 2, '')).toBe('are-you-alive: yes');
    expect(words(17, 4, '0065')).toBe('connection test: APID 101 answers');
  });

  it('says nothing of what it does not know, or of octets that are not as they should be', () => {
    expect(words(200, 1, '00')).toBeUndefined();
    for (const [service, subtype, hex] of [
      [3, 10, '0001'],
      [5, 8, '02ff'],
      [17, 2, '00'],
      [17, 4, '00'],
    ] as const)
      expect(words(service, subtype, hex)).toBeUndefined();
  });
});
