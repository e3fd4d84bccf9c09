import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packetLengthAt, spacePacket } from '../../../src/ccsds/space-packet/space-packet.ts';
import { tmFrame } from '../../../src/ccsds/tm-frame/tm-frame.ts';
import { frameMultiplexer } from '../../../src/fsw/frame-multiplexer/behaviour.ts';
import type { MultiplexerOptions } from '../../../src/fsw/frame-multiplexer/multiplexing.ts';
import type { TimeMark } from '../../../src/fsw/time-mark.ts';
import { downlink } from '../../../src/orbiter/tables.ts';
import { componentBench } from '../../support/component-bench.ts';

const codec = tmFrame({ lengthOctets: 100, fecf: true, ocf: true, spacecraftId: 42 });

const bench = (options: Partial<MultiplexerOptions> = {}) => {
  const made = componentBench(frameMultiplexer({ ...downlink, frameOctets: 100, longestTimeGapUs: 1e9, ...options }));
  const frames = () =>
    made.out<Uint8Array>('frame').map((octets) => {
      const frame = codec.decode(octets);
      if (!frame.ok) throw new Error(frame.reason);
      return frame.value;
    });
  /** The first tick after power-on marks a frame, because no time report has gone yet. */
  made.send('tick', 0);
  const tick = (): void => made.send('tick', 1);
  return { ...made, frames, tick };
};

const packet = (count: number, octets = 20): Uint8Array =>
  spacePacket.encode({
    telecommand: false,
    secondaryHeader: false,
    apid: 101,
    sequence: 'unsegmented',
    count,
    data: new Uint8Array(octets - 6),
  });

/** What the data fields of virtual channel 0 carry, without fill. */
const packetsOf = (frames: readonly { virtualChannelId: number; data: Uint8Array }[]): Uint8Array[] => {
  const zone = Uint8Array.from(
    frames.filter(({ virtualChannelId }) => virtualChannelId === 0).flatMap(({ data }) => [...data]),
  );
  const packets: Uint8Array[] = [];
  for (let at = 0, length = 0; at < zone.length; at += length) {
    length = packetLengthAt(zone, at);
    if (length === 0 || at + length > zone.length) break;
    packets.push(zone.slice(at, at + length));
  }
  return packets.filter((octets) => (octets[1]! | ((octets[0]! & 7) << 8)) !== 2047);
};

describe('frame-multiplexer', () => {
  it('FRM-01 sends at least one frame a tick and at most eight', () => {
    const b = bench();
    b.tick();
    expect(b.frames().length).toBe(2);
    for (let n = 0; n < 60; n++) b.send('packet', packet(n));
    b.tick();
    expect(b.frames().length).toBe(10);
    b.tick();
    expect([b.frames().length, b.value('waitingPackets')]).toEqual([16, 0]);
  });

  it('FRM-02 sends all packets in order, over borders, for any lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 7, max: 400 }), { maxLength: 30 }), (lengths) => {
        const b = bench({ framesPerTick: 200 });
        lengths.forEach((length, n) => {
          b.send('packet', packet(n, length));
          if (n % 5 === 4) b.tick();
        });
        b.tick();
        expect(packetsOf(b.frames()).map((octets) => octets.length)).toEqual(lengths);
        expect(b.value('waitingOctets')).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('FRM-03 sends idle frames on virtual channel 7 when nothing waits', () => {
    const b = bench();
    b.tick();
    const last = b.frames().at(-1)!;
    expect([last.virtualChannelId, last.firstHeaderPointer]).toEqual([7, 0x7fe]);
    expect(b.value('idleFrames')).toBe(1);
  });

  it('FRM-04 counts channels without a gap', () => {
    const b = bench();
    for (let n = 0; n < 300; n++) {
      if (n % 3 === 0) b.send('packet', packet(n));
      b.tick();
    }
    const frames = b.frames();
    expect(frames.map(({ masterChannelCount }) => masterChannelCount)).toEqual(frames.map((_, n) => n & 255));
    for (const id of [0, 7]) {
      const counts = frames.filter((f) => f.virtualChannelId === id).map((f) => f.virtualChannelCount);
      expect(counts).toEqual(counts.map((_, n) => n & 255));
    }
  });

  it('FRM-05 carries the newest CLCWs by turns', () => {
    const b = bench();
    b.send('clcw', { virtualChannelId: 0, word: 0x01000007 });
    b.send('clcw', { virtualChannelId: 1, word: 0x01040008 });
    for (let n = 0; n < 4; n++) b.tick();
    b.send('clcw', { virtualChannelId: 0, word: 0x01000009 });
    for (let n = 0; n < 3; n++) b.tick();
    const words = b.frames().map(({ ocf }) => ocf);
    const [zero, one, newer] = [0x01000007, 0x01040008, 0x01000009];
    expect(words).toEqual([0x01000000, zero, zero, one, zero, newer, newer, one]);
  });

  it('FRM-06 drops the newest beyond its bounds and counts them', () => {
    const b = bench({ queuePackets: 3 });
    for (let n = 0; n < 5; n++) b.send('packet', packet(n));
    expect([b.value('dropped'), b.value('packets')]).toEqual([2, 3]);
    b.tick();
    expect(packetsOf(b.frames()).map((octets) => octets[3])).toEqual([0, 1, 2]);
    const narrow = bench({ queueOctets: 50 });
    for (let n = 0; n < 3; n++) narrow.send('packet', packet(n));
    expect([narrow.value('dropped'), narrow.value('waitingOctets')]).toEqual([1, 40]);
  });

  it('FRM-07 marks every 2^n-th frame of packets, with its count and time', () => {
    const b = bench({ rateExponent: 2 });
    for (let n = 0; n < 9; n++) {
      b.send('packet', packet(n));
      b.tick();
    }
    expect(b.out<TimeMark>('mark').map(({ frameCount }) => frameCount)).toEqual([0, 4, 8]);
  });

  it('FRM-07 marks a frame in a quiet time', () => {
    const b = bench({ longestTimeGapUs: 1000 });
    b.tick();
    b.run(2000);
    b.tick();
    b.tick();
    expect(b.out<TimeMark>('mark').map(({ frameCount }) => frameCount)).toEqual([0, 1]);
    expect(b.frames().map(({ virtualChannelId }) => virtualChannelId)).toEqual([0, 7, 0, 7]);
  });

  it('FRM-08 changes the rate of marks on request', () => {
    const b = bench({ rateExponent: 8 });
    b.call('SetTimeReportRate', { exponent: 1 });
    for (let n = 0; n < 4; n++) {
      b.send('packet', packet(n));
      b.tick();
    }
    expect(b.out<TimeMark>('mark').map(({ rateExponent }) => rateExponent)).toEqual([8, 1, 1]);
    expect([b.outcomes, b.value('timeRate')]).toEqual([['done'], 1]);
  });
});
