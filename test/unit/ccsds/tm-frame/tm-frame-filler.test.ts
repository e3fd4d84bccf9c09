// The sending end of a TM channel: what goes in as packets comes out of an assembler at the other end, whole and in
// order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketAssembler } from '../../../../src/ccsds/space-packet/packet-assembler.ts';
import { isIdlePacketAt } from '../../../../src/ccsds/space-packet/space-packet.ts';
import { isIdleTmFrame, type TmFrame, tmFrame } from '../../../../src/ccsds/tm-frame/tm-frame.ts';
import { TmFrameFiller, type TmFrameFillerParameters } from '../../../../src/ccsds/tm-frame/tm-frame-filler.ts';
import { toHex } from '../../../../src/codec/hex.ts';

const parameters: TmFrameFillerParameters = {
  spacecraftId: 42,
  lengthOctets: 64,
  fecf: true,
  ocf: true,
  virtualChannels: [0, 1],
  idleVirtualChannel: 7,
  bounds: { packets: 100, octets: 10_000 },
};

const codec = tmFrame({ fecf: true, lengthOctets: 64 });

const read = (octets: Uint8Array): TmFrame => {
  const frame = codec.decode(octets);
  if (!frame.ok) throw new Error(frame.reason);
  return frame.value;
};

/** A packet of so many octets, whose data tell it from others. */
const packet = (lengthOctets: number, mark: number): Uint8Array => {
  const octets = new Uint8Array(lengthOctets).fill(mark, 6);
  octets.set([0x00, 0x65, 0xc0, mark, (lengthOctets - 7) >> 8, (lengthOctets - 7) & 0xff]);
  return octets;
};

const extract = (frames: readonly TmFrame[]): { packets: string[]; dropped: string[] } => {
  const packets: string[] = [];
  const dropped: string[] = [];
  const assembler = new PacketAssembler({
    packet: (octets) => {
      if (!isIdlePacketAt(octets)) packets.push(toHex(octets));
    },
    dropped: (reason) => dropped.push(reason),
  });
  for (const frame of frames) assembler.push(frame.data, frame.firstHeaderPointer);
  return { packets, dropped };
};

describe('TM frame filler', () => {
  it('gives back every packet of any sizes, in order, and nothing else', () => {
    const sizes = fc.array(fc.integer({ min: 7, max: 300 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const filler = new TmFrameFiller({ ...parameters, bounds: { packets: 100, octets: 100_000 } });
        const packets = lengths.map((length, k) => packet(length, k));
        for (const one of packets) expect(filler.offer(0, one)).toBe(true);
        const frames: TmFrame[] = [];
        while (filler.pendingOctets() > 0) frames.push(read(filler.nextFrame(0)));
        expect(extract(frames)).toEqual({ packets: packets.map((one) => toHex(one)), dropped: [] });
        expect(frames.map((frame) => frame.virtualChannelCount)).toEqual(frames.map((_, k) => k & 0xff));
      }),
      { numRuns: 100 },
    );
  });

  it('points at the first packet that starts, or says that none does', () => {
    const filler = new TmFrameFiller(parameters);
    filler.offer(0, packet(120, 1));
    filler.offer(0, packet(7, 2));
    const frames = [read(filler.nextFrame(0)), read(filler.nextFrame(0)), read(filler.nextFrame(0))];
    expect(frames.map((frame) => frame.firstHeaderPointer)).toEqual([0, 0x7ff, 120 - 2 * 52]);
  });

  it('lets an idle packet too long for its hole run on into the next frame', () => {
    const filler = new TmFrameFiller(parameters);
    filler.offer(0, packet(50, 1));
    const first = read(filler.nextFrame(1));
    filler.offer(0, packet(20, 2));
    const second = read(filler.nextFrame(1));
    expect(second.firstHeaderPointer).toBe(5);
    expect(extract([first, second]).packets).toHaveLength(2);
    expect(extract([first, second]).dropped).toEqual([]);
  });

  it('serves the first channel that has packets, and idle frames when none has', () => {
    const filler = new TmFrameFiller(parameters);
    filler.offer(1, packet(20, 1));
    filler.offer(0, packet(60, 2));
    const channels = Array.from({ length: 5 }, () => read(filler.nextFrame(9)));
    expect(channels.map((frame) => frame.virtualChannelId)).toEqual([0, 0, 1, 7, 7]);
    expect(channels.map(isIdleTmFrame)).toEqual([false, false, false, true, true]);
    expect(channels.map((frame) => frame.masterChannelCount)).toEqual([0, 1, 2, 3, 4]);
    expect(channels.every((frame) => frame.ocf === 9)).toBe(true);
  });

  it('refuses an offer beyond its bounds, whole', () => {
    const filler = new TmFrameFiller({ ...parameters, bounds: { packets: 2, octets: 100 } });
    expect(filler.offer(0, packet(60, 1))).toBe(true);
    expect(filler.offer(0, packet(60, 2))).toBe(false);
    expect(filler.offer(0, packet(30, 3))).toBe(true);
    expect(filler.offer(0, packet(7, 4))).toBe(false);
    expect(filler.pendingOctets(0)).toBe(90);
  });

  it('goes on from its saved state as if nothing had happened', () => {
    const filler = new TmFrameFiller(parameters);
    for (let k = 0; k < 20; k++) filler.offer(k % 2, packet(30 + 3 * k, k));
    for (let k = 0; k < 7; k++) filler.nextFrame(k);
    const other = new TmFrameFiller(parameters);
    other.load(structuredClone(filler.save()));
    for (let k = 0; k < 20; k++) expect(toHex(other.nextFrame(k))).toBe(toHex(filler.nextFrame(k)));
  });

  it('throws for mistakes of its owner', () => {
    expect(() => new TmFrameFiller({ ...parameters, virtualChannels: [0, 7] })).toThrow(/each channel once/);
    expect(() => new TmFrameFiller({ ...parameters, lengthOctets: 12 })).toThrow(/data octets/);
    const filler = new TmFrameFiller(parameters);
    expect(() => filler.offer(5, packet(10, 1))).toThrow(/expected one of 0, 1, got 5/);
    expect(() => filler.nextFrame()).toThrow(/expected an OCF/);
  });
});
