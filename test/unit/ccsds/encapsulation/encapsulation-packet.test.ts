import { describe, expect, it } from 'vitest';
import {
  encapsulationPacket,
  encodeEncapsulationPacket,
} from '../../../../src/ccsds/encapsulation/encapsulation-packet.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';

describe('encapsulation packet', () => {
  it('takes the smallest header that holds the data', () => {
    const sizes = [0, 253, 254, 65531, 65532].map((dataOctets) => {
      const octets = encodeEncapsulationPacket({ protocol: 4, data: new Uint8Array(dataOctets) });
      return [toHex(octets.subarray(0, 8)), octets.length - dataOctets];
    });
    expect(sizes).toEqual([
      ['f102', 2],
      [`f1ff${'00'.repeat(6)}`, 2],
      [`f2000102${'00'.repeat(4)}`, 4],
      [`f200ffff${'00'.repeat(4)}`, 4],
      ['f300000000010004', 8],
    ]);
  });

  it('is one octet when it is fill', () => {
    expect(toHex(encodeEncapsulationPacket({ protocol: 0, data: new Uint8Array(0) }))).toBe('e0');
    expect(encapsulationPacket.decode(Uint8Array.of(0xe0))).toMatchObject({ ok: true, value: { protocol: 0 } });
  });

  it('carries LTP segments as other implementations do', () => {
    const segment = hexOctets('0102030405');
    expect(toHex(encodeEncapsulationPacket({ protocol: 1, data: segment }))).toBe('e5070102030405');
    expect(toHex(encodeEncapsulationPacket({ protocol: 1, headerOctets: 4, data: segment }))).toBe(
      'e60000090102030405',
    );
    expect(toHex(encodeEncapsulationPacket({ protocol: 1, headerOctets: 8, data: segment }))).toBe(
      'e70000000000000d0102030405',
    );
  });

  it('keeps the fields of the longer headers', () => {
    const value = {
      protocol: 6,
      userDefined: 9,
      protocolExtension: 5,
      ccsdsDefined: 0xabcd,
      headerOctets: 8,
      data: hexOctets('77'),
    };
    expect(toHex(encapsulationPacket.encode(value))).toBe('fb95abcd0000000977');
    expect(encapsulationPacket.decode(encapsulationPacket.encode(value))).toEqual({ ok: true, value });
  });

  it('refuses what the book forbids', () => {
    const reason = (hex: string) => {
      const read = encapsulationPacket.decode(hexOctets(hex));
      return read.ok ? 'taken' : read.reason;
    };
    expect(reason('')).toBe('too short');
    expect(reason('00')).toBe('bad packet version');
    expect(reason('e4')).toBe('no length field');
    expect(reason('f2')).toBe('too short');
    expect(reason('f10300ff')).toBe('length mismatch');
    expect(reason('f203000500')).toBe('bad protocol extension');
    expect(() => encodeEncapsulationPacket({ protocol: 4, headerOctets: 1, data: new Uint8Array(0) })).toThrow();
    expect(() => encodeEncapsulationPacket({ protocol: 4, protocolExtension: 1, data: new Uint8Array(0) })).toThrow();
    expect(() => encodeEncapsulationPacket({ protocol: 8, data: new Uint8Array(0) })).toThrow('protocol');
    expect(() => encodeEncapsulationPacket({ protocol: 4, headerOctets: 2, data: new Uint8Array(254) })).toThrow();
  });
});
