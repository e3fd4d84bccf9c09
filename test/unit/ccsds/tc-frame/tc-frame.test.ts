import { describe, expect, it } from 'vitest';
import { controlCommand } from '../../../../src/ccsds/tc-frame/control-command.ts';
import { delimitTcFrames } from '../../../../src/ccsds/tc-frame/delimit.ts';
import { encodeTcFrame, type TcFrame, tcFrame, tcFrameLength } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { crc16, sealCrc16 } from '../../../../src/codec/crc16.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';

const frames = tcFrame({ spacecraftId: 42, virtualChannels: [0, 1] });
const frame = (changes: Partial<TcFrame> = {}): TcFrame => ({
  service: 'AD',
  spacecraftId: 42,
  virtualChannelId: 0,
  sequence: 5,
  data: hexOctets('1011121314151617'),
  ...changes,
});

/** A good frame with one field spoilt and its check made good again. */
const spoilt = (spoil: (octets: Uint8Array) => void): Uint8Array => {
  const octets = frames.encode(frame());
  spoil(octets);
  if (octets.length >= 2) sealCrc16(octets);
  return octets;
};

describe('TC frame', () => {
  it('has the header of the standard', () => {
    // Header as in the published SDLS vectors for this spacecraft: AD, VC 0, N(S) 5.
    expect(toHex(frames.encode(frame()))).toMatch(/^002a000e051011121314151617[0-9a-f]{4}$/);
    expect(toHex(frames.encode(frame({ service: 'BD', sequence: 0 }))).slice(0, 10)).toBe('202a000e00');
    expect(toHex(frames.encode(frame({ service: 'BC', sequence: 0 }))).slice(0, 10)).toBe('302a000e00');
    expect(toHex(frames.encode(frame({ virtualChannelId: 1, spacecraftId: 42 }))).slice(0, 10)).toBe('002a040e05');
    expect(crc16(frames.encode(frame()))).toBe(0);
  });

  it.each<[string, (octets: Uint8Array) => void]>([
    ['wrong frame version', (octets) => (octets[0] = octets[0]! | 0x40)],
    ['wrong spacecraft id', (octets) => (octets[1] = 0xab)],
    ['spare bits set', (octets) => (octets[0] = octets[0]! | 0x08)],
    ['length mismatch', (octets) => (octets[3] = octets[3]! - 1)],
    ['virtual channel not in use', (octets) => (octets[2] = 2 << 2)],
    ['illegal frame flags', (octets) => (octets[0] = octets[0]! | 0x10)],
  ])('refuses: %s', (reason, spoil) => {
    expect(frames.decode(spoilt(spoil))).toMatchObject({ ok: false, reason });
  });

  it('refuses a bad check, a header without data, and less than a header', () => {
    const octets = frames.encode(frame());
    octets[8] = octets[8]! ^ 1;
    expect(frames.decode(octets)).toEqual({ ok: false, reason: 'bad FECF', at: 13 });
    const empty = hexOctets('002a0006000000');
    sealCrc16(empty);
    expect(frames.decode(empty)).toMatchObject({ reason: 'no frame data' });
    expect(frames.decode(octets.subarray(0, 4))).toMatchObject({ reason: 'frame too short' });
    expect(frames.decode(new Uint8Array(0))).toMatchObject({ reason: 'frame too short' });
  });

  it('names the first field that is wrong', () => {
    const octets = frames.encode(frame());
    octets.fill(0xff);
    expect(frames.decode(octets)).toMatchObject({ reason: 'wrong frame version' });
  });

  it('holds 1024 octets, or less where the mission says so', () => {
    const largest = frame({ data: new Uint8Array(1017) });
    const octets = frames.encode(largest);
    expect(octets).toHaveLength(1024);
    expect(frames.decode(octets)).toMatchObject({ ok: true });
    expect(() => frames.encode(frame({ data: new Uint8Array(1018) }))).toThrow(RangeError);
    const small = tcFrame({ spacecraftId: 42, virtualChannels: [0], maximumOctets: 256 });
    expect(small.decode(octets)).toMatchObject({ reason: 'frame too long' });
    expect(() => small.encode(largest)).toThrow(RangeError);
    expect(tcFrameLength(octets)).toBe(1024);
    expect(tcFrameLength(octets, 1020)).toBeUndefined();
  });

  it('lives without a check where the mission has none', () => {
    const bare = tcFrame({ spacecraftId: 42, virtualChannels: [0], fecf: false });
    expect(bare.decode(bare.encode(frame()))).toEqual({ ok: true, value: frame() });
    expect(encodeTcFrame(frame({ data: Uint8Array.of(0) }), false)).toHaveLength(6);
  });

  it('throws for fields that do not fit', () => {
    for (const wrong of [
      { spacecraftId: 1024 },
      { virtualChannelId: 64 },
      { sequence: 256 },
      { data: new Uint8Array(0) },
    ])
      expect(() => frames.encode(frame(wrong))).toThrow(RangeError);
    expect(() => tcFrame({ spacecraftId: 42, virtualChannels: [64] })).toThrow(RangeError);
  });
});

describe('TC frame delimiting', () => {
  const one = frames.encode(frame());
  const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

  it.each([0, 1, 6])('drops %i octets of fill', (fill) => {
    expect(delimitTcFrames(join(one, new Uint8Array(fill).fill(0x55)))).toEqual([one]);
  });

  it('takes seven octets behind a frame for another one', () => {
    const seven = new Uint8Array(7);
    expect(delimitTcFrames(join(one, seven))).toEqual([one, seven.subarray(0, 1)]);
  });

  it('finds several frames', () => {
    const other = frames.encode(frame({ service: 'BC', sequence: 0, data: Uint8Array.of(0) }));
    expect(delimitTcFrames(join(one, other, one, Uint8Array.of(0x55)))).toEqual([one, other, one]);
  });

  it('gives back what is left of a frame that was cut', () => {
    expect(delimitTcFrames(one.subarray(0, 7))).toEqual([one.subarray(0, 7)]);
    expect(delimitTcFrames(one.subarray(0, 3))).toEqual([one.subarray(0, 3)]);
    expect(delimitTcFrames(new Uint8Array(0))).toEqual([new Uint8Array(0)]);
    expect(frames.decode(one.subarray(0, 7))).toMatchObject({ reason: 'length mismatch' });
  });
});

describe('TC control commands', () => {
  it('are Unlock and Set V(R), to the octet', () => {
    expect(toHex(controlCommand.encode({ name: 'unlock' }))).toBe('00');
    expect(toHex(controlCommand.encode({ name: 'setVr', vr: 0xa5 }))).toBe('8200a5');
    expect(controlCommand.decode(hexOctets('00'))).toEqual({ ok: true, value: { name: 'unlock' } });
    expect(controlCommand.decode(hexOctets('8200ff'))).toEqual({ ok: true, value: { name: 'setVr', vr: 255 } });
    expect(() => controlCommand.encode({ name: 'setVr', vr: 256 })).toThrow(RangeError);
  });

  it.each(['', '01', '0000', '82', '8200', '820105', '82000500', '000000'])('are not %s', (hex) => {
    expect(controlCommand.decode(hexOctets(hex))).toMatchObject({ ok: false, reason: 'illegal control command' });
  });
});
