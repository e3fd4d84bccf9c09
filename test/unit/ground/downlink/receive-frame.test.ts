// Reception of frames: packets across frames, gaps and repeats by virtual channel, idle frames, refusals by reason.
import { describe, expect, it } from 'vitest';
import { spacePacket } from '../../../../src/ccsds/space-packet/space-packet.ts';
import { TmFrameFiller } from '../../../../src/ccsds/tm-frame/tm-frame-filler.ts';
import {
  frameReceiver,
  MAX_REASONS,
  type Received,
  receptionReset,
  withRefusal,
} from '../../../../src/ground/downlink/receive-frame.ts';

const LENGTH = 128;
const receive = frameReceiver({ lengthOctets: LENGTH, fecf: true, spacecraftId: 42 });

const packet = (count: number, length: number): Uint8Array =>
  spacePacket.encode({
    telecommand: false,
    secondaryHeader: false,
    apid: 101,
    sequence: 'unsegmented',
    count,
    data: Uint8Array.from({ length }, (_, i) => (i + count) & 255),
  });

const filler = () =>
  new TmFrameFiller({
    spacecraftId: 42,
    lengthOctets: LENGTH,
    fecf: true,
    ocf: true,
    virtualChannels: [0, 1],
    idleVirtualChannel: 7,
    bounds: { packets: 64, octets: 10_000 },
  });

const taken = (frames: readonly Uint8Array[]): Received[] => {
  let state = receptionReset;
  return frames.map((frame) => {
    const received = receive(state, frame);
    state = received.state;
    return received;
  });
};

describe('reception of TM frames', () => {
  it('brings packets that span frames, and the control word of each frame', () => {
    const source = filler();
    const packets = [packet(0, 40), packet(1, 300), packet(2, 7)];
    for (const each of packets) source.offer(0, each);
    const frames: Uint8Array[] = [];
    while (source.pendingOctets(0) > 0) frames.push(source.nextFrame(0x0100_0005));
    const received = taken(frames);
    expect(received.flatMap(({ packets }) => packets)).toEqual(packets);
    expect(received.every(({ controlWord }) => controlWord === 0x0100_0005)).toBe(true);
    expect(received.at(-1)!.state.refused).toEqual({});
  });

  it('brings no control word that is older than the one before, and takes up a count that begins anew', () => {
    const source = filler();
    const frames = Array.from({ length: 300 }, (_, n) => source.idleFrame(0x0100_0000 + (n & 255)));
    const words = (...order: number[]) =>
      taken(order.map((n) => frames[n]!)).map(({ controlWord }) =>
        controlWord === undefined ? '-' : controlWord & 255,
      );
    expect(words(0, 1, 3, 2, 4, 5)).toEqual([0, 1, 3, '-', 4, 5]);
    expect(words(254, 256, 255, 257)).toEqual([254, 0, '-', 1]);
    expect(words(0, 100, 100, 228)).toEqual([0, 100, 100, 228]);
    expect(words(0, 3, 1, 2, 4)).toEqual([0, 3, '-', '-', 4]);
    expect(words(99, 0, 1, 2, 3, 4)).toEqual([99, '-', '-', '-', 3, 4]);
  });

  it('counts what is missing by virtual channel, and goes on with the next whole packet', () => {
    const source = filler();
    const frames: Uint8Array[] = [];
    for (let i = 0; i < 6; i++) {
      source.offer(0, packet(i, 20));
      frames.push(source.nextFrame(0));
      frames.push(source.idleFrame(0));
    }
    const received = taken(frames.filter((_, i) => i !== 4 && i !== 6));
    expect(received.map(({ missing }) => missing)).toEqual([0, 0, 0, 0, 0, 0, 2, 0, 0, 0]);
    const { channels } = received.at(-1)!.state;
    expect([channels[0]!.sequence.lost, channels[7]!.sequence.lost, channels[7]!.idleFrames]).toEqual([2, 0, 6]);
    expect(received.flatMap(({ packets }) => packets)).toHaveLength(4);
  });

  it('drops a frame that repeats the one before', () => {
    const source = filler();
    source.offer(0, packet(0, 20));
    const frame = source.nextFrame(0);
    const [, again] = taken([frame, frame]);
    expect(again!.packets).toEqual([]);
    expect(again!.reasons).toEqual(['duplicate frame']);
  });

  it('refuses by reason, and takes the next good frame', () => {
    const source = filler();
    const spoilt = source.idleFrame(0);
    spoilt[20]! ^= 1;
    const foreign = new TmFrameFiller({ ...source.parameters, spacecraftId: 43 }).idleFrame(0);
    const received = taken([spoilt, new Uint8Array(LENGTH - 1), new Uint8Array(0), foreign, source.idleFrame(0)]);
    expect(received.map(({ reasons }) => reasons)).toEqual([
      ['bad FECF'],
      ['length mismatch'],
      ['length mismatch'],
      ['wrong spacecraft id'],
      [],
    ]);
    expect(received.at(-1)!.state.refused).toEqual({ 'bad FECF': 1, 'length mismatch': 2, 'wrong spacecraft id': 1 });
  });

  it('bounds the reasons that it counts by', () => {
    let refused: Readonly<Record<string, number>> = {};
    for (let i = 0; i < 1000; i++) refused = withRefusal(refused, `reason ${i}`);
    expect(Object.keys(refused)).toHaveLength(MAX_REASONS + 1);
    expect(refused.other).toBe(1000 - MAX_REASONS);
  });
});
