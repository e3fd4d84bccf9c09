import { describe, expect, it } from 'vitest';
import { cipherFields } from '../../../../../src/ccsds/sdls/extended-procedures/association-layout.ts';
import { procedurePdu } from '../../../../../src/ccsds/sdls/extended-procedures/procedure-pdu.ts';
import {
  answers,
  procedureNames,
  procedureOfTag,
  tagOf,
} from '../../../../../src/ccsds/sdls/extended-procedures/procedure-table.ts';
import { readPlainKeys, writePlainKeys } from '../../../../../src/ccsds/sdls/extended-procedures/upload-keys.ts';
import { hexOctets, toHex } from '../../../../../src/codec/hex.ts';
import { creation } from '../../../../support/procedures-bench.ts';

const decode = (hex: string) => procedurePdu.decode(hexOctets(hex));

describe('PDUs of extended procedures', () => {
  // Tag and body as an independent implementation lays them out, with the length in bits.
  it.each([
    ['02 0020 008d 008e', { type: 'request', procedure: 'activateKeys', body: { keyIds: [141, 142] } }],
    ['03 0010 008e', { type: 'request', procedure: 'deactivateKeys', body: { keyIds: [142] } }],
    ['07 0020 0084 0086', { type: 'request', procedure: 'keyInventory', body: { first: 132, last: 134 } }],
    [
      '87 0058 0003 0084 00 0085 01 0086 04',
      {
        type: 'reply',
        procedure: 'keyInventory',
        body: {
          keys: [
            { keyId: 132, state: 'preActive' },
            { keyId: 133, state: 'active' },
            { keyId: 134, state: 'corrupted' },
          ],
        },
      },
    ],
    [
      '1b 0030 0006 00003040',
      {
        type: 'request',
        procedure: 'startAssociation',
        body: { spi: 6, channels: [{ version: 0, spacecraftId: 3, virtualChannelId: 1, mapId: 0 }] },
      },
    ],
    ['1e 0010 0006', { type: 'request', procedure: 'stopAssociation', body: { spi: 6 } }],
    ['15 0020 0006 0009', { type: 'request', procedure: 'setWindow', body: { spi: 6, window: Uint8Array.of(0, 9) } }],
    [
      '1a 0070 0006 000000000000000000000064',
      { type: 'request', procedure: 'setCounter', body: { spi: 6, counter: new Uint8Array(12).with(11, 100) } },
    ],
    [
      '16 0080 0006 0084 000000000000000000000001',
      {
        type: 'request',
        procedure: 'rekeyAssociation',
        body: { spi: 6, keyId: 132, counter: new Uint8Array(12).with(11, 1) },
      },
    ],
    ['10 0010 0004', { type: 'request', procedure: 'readCounter', body: { spi: 4 } }],
    ['9f 0018 0006 1b', { type: 'reply', procedure: 'associationStatus', body: { spi: 6, lastTag: 0x1b } }],
    ['31 0000', { type: 'request', procedure: 'ping', body: {} }],
    ['b1 0000', { type: 'reply', procedure: 'ping', body: {} }],
    ['b2 0020 0003 002f', { type: 'reply', procedure: 'logStatus', body: { events: 3, spaceLeft: 47 } }],
    [
      'b3 0040 01 0002 aabb 02 0000',
      {
        type: 'reply',
        procedure: 'dumpLog',
        body: {
          records: [
            { tag: 1, value: Uint8Array.of(0xaa, 0xbb) },
            { tag: 2, value: new Uint8Array(0) },
          ],
        },
      },
    ],
    ['b5 0008 ff', { type: 'reply', procedure: 'selfTest', body: { good: false } }],
    ['37 0000', { type: 'request', procedure: 'resetAlarm', body: {} }],
  ])('%s', (hex, value) => {
    const octets = hexOctets(hex);
    expect(procedurePdu.decode(octets)).toEqual({ ok: true, value });
    const read = procedurePdu.decode(octets);
    expect(read.ok && toHex(procedurePdu.encode(read.value))).toBe(toHex(octets));
  });

  it('lays an upload out as master key, IV, three keys and MAC', () => {
    const read = decode(
      `01 0420 0001 344892bbc54f5395297d4c37 ${'172f'}${'2a'.repeat(32)}${'21cf'}${'26'.repeat(32)}` +
        `${'ba41'}${'48'.repeat(32)} 10a47209c923b641d19a39001f9e9861`,
    );
    expect(read).toMatchObject({ ok: true, value: { procedure: 'otar', body: { masterKeyId: 1 } } });
    expect(readPlainKeys(hexOctets(`0080${'11'.repeat(32)}0081${'22'.repeat(32)}`))).toMatchObject({
      value: [{ keyId: 128 }, { keyId: 129, octets: new Uint8Array(32).fill(0x22) }],
    });
    expect(() => writePlainKeys([{ keyId: 1, octets: new Uint8Array(16) }])).toThrow(RangeError);
  });

  it('lays a creation out field by field', () => {
    const request = { type: 'request', procedure: 'createAssociation', body: { ...creation, mask: hexOctets('ff01') } };
    const octets = hexOctets(`11 00e8 000a cc 00 10 01 01 0c ${'00'.repeat(12)} 00 0002 ff01 00 02 0040`);
    expect(procedurePdu.decode(octets)).toEqual({ ok: true, value: request });
    expect(toHex(procedurePdu.encode(request as Parameters<typeof procedurePdu.encode>[0]))).toBe(toHex(octets));
    expect(cipherFields('HMAC-SHA-512')).toMatchObject({ encryption: false, authenticationCipher: Uint8Array.of(3) });
  });

  it('A40 knows 22 requests and 9 replies, and not one tag more', () => {
    const known = Array.from({ length: 256 }, (_, tag) => procedureOfTag(tag)).filter((named) => named !== undefined);
    expect(known.filter(({ type }) => type === 'request')).toHaveLength(22);
    expect(known.filter(({ type }) => type === 'reply')).toHaveLength(9);
    for (const name of procedureNames) {
      expect(procedureOfTag(tagOf('request', name))).toEqual({ type: 'request', procedure: name });
      const reply = procedureOfTag(tagOf('reply', name));
      expect(reply).toEqual(answers(name) ? { type: 'reply', procedure: name } : undefined);
    }
  });

  it.each([
    ['', 'too short', 0],
    ['31', 'too short', 1],
    ['31 00', 'too short', 1],
    ['71 0000', 'unknown operation', 0],
    ['21 0000', 'unknown operation', 0],
    ['05 0000', 'unknown operation', 0],
    ['81 0000', 'unknown operation', 0],
    ['31 0001', 'length mismatch', 1],
    ['31 0000 00', 'length mismatch', 1],
    ['31 0008 00', 'length mismatch', 3],
    ['02 0000', 'length mismatch', 3],
    ['02 0008 00', 'length mismatch', 4],
    ['02 0002 008d', 'length mismatch', 1],
    ['02 0018 00 8d 00', 'length mismatch', 6],
    ['1b 0010 0006', 'length mismatch', 5],
    ['1a 0010 0006', 'length mismatch', 5],
    ['1a 0078 0006 00000000000000000000000000', 'length mismatch', 18],
    ['11 0010 000a', 'too short', 5],
    ['11 0030 000a cc 00 10 01', 'too short', 9],
    [`11 00d8 000a cc 00 10 01 01 0c ${'00'.repeat(12)} 00 0000 00 01 40 ff`, 'length mismatch', 29],
    ['87 0028 0002 0084 00', 'bad count', 3],
    ['87 0028 0001 0084 05', 'bad key state', 7],
    ['b3 0018 01 0001', 'too short', 6],
    ['b5 0008 01', 'bad self-test result', 3],
    [`01 0170 0001 ${'00'.repeat(44)}`, 'length mismatch', 49],
  ])('B10 B11 refuses %s: %s', (hex, reason, at) => {
    expect(decode(hex)).toEqual({ ok: false, reason, at });
  });

  it('does not encode what no PDU can hold', () => {
    const many = { type: 'request', procedure: 'destroyKeys' } as const;
    expect(() => procedurePdu.encode({ ...many, body: { keyIds: new Array(4096).fill(1) } })).toThrow(/^destroyKeys/);
    expect(() => procedurePdu.encode({ ...many, body: { keyIds: [] } })).toThrow(RangeError);
    expect(() => procedurePdu.encode({ ...many, body: { keyIds: [65536] } })).toThrow(/^key id/);
    const otar = { type: 'request', procedure: 'otar' } as const;
    const body = { masterKeyId: 1, iv: new Uint8Array(11), sealed: new Uint8Array(50) };
    expect(() => procedurePdu.encode({ ...otar, body })).toThrow(/^IV/);
    expect(() => procedurePdu.encode({ ...otar, body: { ...body, sealed: new Uint8Array(49) } })).toThrow(/^sealed/);
    const counter = {
      type: 'request',
      procedure: 'setCounter',
      body: { spi: 1, counter: new Uint8Array(13) },
    } as const;
    expect(() => procedurePdu.encode(counter)).toThrow(/^counter/);
  });
});
