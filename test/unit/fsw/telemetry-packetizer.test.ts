import { describe, expect, it } from 'vitest';
import { pusTelemetry } from '../../../src/ccsds/pus/telemetry.ts';
import { readCuc42 } from '../../../src/ccsds/time-code/cuc-4-2.ts';
import { crc16 } from '../../../src/codec/crc16.ts';
import { telemetryPacketizer } from '../../../src/fsw/telemetry-packetizer/behaviour.ts';
import { firstPacketizing, packetize } from '../../../src/fsw/telemetry-packetizer/packetizing.ts';
import { componentBench } from '../../support/component-bench.ts';

const EPOCH_US = 2_000_000_000_000_000;
const options = { apid: 101, maximumDataOctets: 10, epochUs: EPOCH_US };
const message = (service: number, subtype: number, ...data: number[]) => ({
  service,
  subtype,
  data: Uint8Array.from(data),
});

const bench = () => {
  const made = componentBench(telemetryPacketizer(options));
  const packets = () =>
    made.out<Uint8Array>('packet').map((octets) => {
      const packet = pusTelemetry(6).decode(octets);
      if (!packet.ok) throw new Error(packet.reason);
      return packet.value;
    });
  return { ...made, packets };
};

describe('telemetry-packetizer', () => {
  it('TLM-01 puts headers before the data and a good CRC behind', () => {
    const b = bench();
    b.send('message', message(17, 2, 1, 2, 3));
    const [octets] = b.out<Uint8Array>('packet');
    expect([...octets!.slice(0, 13)]).toEqual([0x08, 101, 0xc0, 0, 0, 17, 0x20, 17, 2, 0, 0, 0, 0]);
    expect([[...octets!.slice(19, 22)], octets!.length, crc16(octets!)]).toEqual([[1, 2, 3], 24, 0]);
  });

  it('TLM-02 counts packets, and the messages of each type for themselves', () => {
    const b = bench();
    for (const [service, subtype] of [
      [1, 1],
      [1, 7],
      [1, 1],
      [3, 25],
      [1, 1],
    ] as const)
      b.send('message', message(service, subtype));
    expect(b.packets().map(({ count, messageCount }) => [count, messageCount])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 2],
    ]);
    expect([b.value('messageTypes'), b.value('packets')]).toEqual([3, 5]);
  });

  it('TLM-02 counts modulo 16384 and 65536', () => {
    const state = { ...firstPacketizing(EPOCH_US), packets: 16_384, types: [0x0101], counts: [65_535] };
    const [next, action] = packetize(state, options, message(1, 1), 0);
    const packet = pusTelemetry(6).decode((action as { octets: Uint8Array }).octets);
    expect(packet.ok && [packet.value.count, packet.value.messageCount]).toEqual([0, 65_535]);
    expect(next.counts).toEqual([0]);
  });

  it('TLM-03 TLM-05 stamps the time of the epoch, and the time of the clock once it has spoken', () => {
    const b = bench();
    b.run(1_000_000);
    b.send('message', message(1, 1));
    b.send('clock', { readAtUs: 500_000, onBoardUs: EPOCH_US + 9_000_000 });
    b.send('message', message(1, 1));
    const times = b.packets().map(({ time }) => readCuc42(time) - EPOCH_US);
    expect(times[0]).toBeGreaterThanOrEqual(1_000_001 - 16);
    expect(times[0]).toBeLessThanOrEqual(1_000_001);
    expect(times[1]).toBeGreaterThanOrEqual(9_500_003 - 16);
    expect(times[1]).toBeLessThanOrEqual(9_500_003);
  });

  it('TLM-04 drops and counts a message that is too long', () => {
    const b = bench();
    b.send('message', { service: 1, subtype: 1, data: new Uint8Array(11) });
    b.send('message', { service: 1, subtype: 1, data: new Uint8Array(10) });
    expect([b.packets().length, b.value('tooLong')]).toEqual([1, 1]);
  });
});
