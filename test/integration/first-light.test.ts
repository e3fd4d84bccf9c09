// The orbiter alone, from CLTU to telemetry frame: what is asked of a command, and what bad input must not do.
import { describe, expect, it } from 'vitest';
import { unpackClcw } from '../../src/ccsds/cop1/clcw.ts';
import { verificationReport } from '../../src/ccsds/pus/st01-verification.ts';
import { type PusTelecommand, pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import type { PusTelemetry } from '../../src/ccsds/pus/telemetry.ts';
import { segment, splitIntoSegments } from '../../src/ccsds/tc-frame/segment.ts';
import { failureText } from '../../src/dictionary/failure-codes.ts';
import { Random } from '../../src/kernel/random.ts';
import { cltuOf, orbiterBench, telecommandOf } from '../support/orbiter-bench.ts';

type Bench = ReturnType<typeof orbiterBench>;

const failures = (packets: readonly PusTelemetry[]): string[] =>
  packets
    .filter(({ service, subtype }) => service === 1 && (subtype % 2 === 0 || subtype === 10))
    .map(({ subtype, data }) => {
      const report = verificationReport(subtype).decode(data);
      if (!report.ok || !report.value.failure) throw new Error('expected a failure report');
      return `1,${subtype} ${failureText(report.value.failure.code, report.value.failure.data)}`;
    });

const send = (bench: Bench, telecommand: PusTelecommand, spoil?: (packet: Uint8Array) => void): void => {
  const packet = pusTelecommand.encode(telecommand);
  spoil?.(packet);
  bench.uplink(cltuOf(packet));
  bench.run(300_000);
};

const started = (): Bench => {
  const bench = orbiterBench();
  bench.run(50_000);
  return bench;
};

describe('first light', () => {
  it('answers a ping with its stages and TM(17,2)', () => {
    const bench = started();
    bench.command('connectionTest.AreYouAlive');
    bench.run(300_000);
    expect(bench.kinds([1, 17])).toEqual(['1,1', '1,3', '17,2', '1,7']);
    const ids = bench.packets.filter(({ service }) => service === 1).map(({ data }) => [...data]);
    expect(new Set(ids.map(String))).toEqual(new Set(['24,101,192,0']));
  });

  it('tells successes only where they are asked for', () => {
    const bench = started();
    const acknowledge = { acceptance: false, start: false, progress: false, completion: true };
    send(bench, { ...telecommandOf('dispatcher.Noop'), acknowledge });
    expect(bench.kinds([1])).toEqual(['1,7']);
  });

  it.each<[string, PusTelecommand, string]>([
    [
      'an argument out of its range',
      { ...telecommandOf('timekeeper.AdjustRate', { rate: 0 }), data: Uint8Array.of(6, 1, 0x7f, 0, 0, 0) },
      '1,2 argument out of range: rate',
    ],
    [
      'arguments that are too short',
      { ...telecommandOf('timekeeper.AdjustRate', { rate: 0 }), data: Uint8Array.of(6, 1, 0) },
      '1,2 arguments too short',
    ],
    [
      'arguments that are too long',
      { ...telecommandOf('dispatcher.Noop'), data: Uint8Array.of(8, 0, 1) },
      '1,2 arguments too long',
    ],
    ['an unknown service', { ...telecommandOf('dispatcher.Noop'), service: 99 }, '1,2 unknown service'],
    ['an unknown subtype', { ...telecommandOf('connectionTest.AreYouAlive'), subtype: 9 }, '1,2 unknown subtype'],
    [
      'an unknown function',
      { ...telecommandOf('dispatcher.Noop'), data: Uint8Array.of(0xee, 0xee) },
      '1,2 unknown function',
    ],
    [
      'another application process',
      { ...telecommandOf('dispatcher.Noop'), apid: 77 },
      '1,10 unknown application process',
    ],
    [
      'a process that is not aboard',
      telecommandOf('connectionTest.TestConnection', { apid: 5 }),
      '1,8 unknown process',
    ],
  ])('refuses %s with its reason', (_, telecommand, reason) => {
    const bench = started();
    send(bench, telecommand);
    expect(failures(bench.packets)).toEqual([reason]);
    bench.command('connectionTest.AreYouAlive');
    bench.run(300_000);
    expect(bench.kinds([17])).toEqual(['17,2']);
  });

  it('refuses a packet whose CRC is bad, and executes nothing of it', () => {
    const bench = started();
    send(bench, telecommandOf('dispatcher.Noop'), (packet) => {
      packet[packet.length - 1]! ^= 1;
    });
    expect(failures(bench.packets)).toEqual(['1,2 bad packet CRC']);
    expect(bench.value('dispatcher.noops')).toBe(0);
  });

  it('takes several packets of one frame, and one packet of several segments on virtual channel 1', () => {
    const bench = started();
    const packets = [0, 1, 2].map((count) => pusTelecommand.encode(telecommandOf('dispatcher.Noop', {}, count)));
    bench.uplink(cltuOf(Uint8Array.of(...packets.flatMap((octets) => [...octets]))));
    const long = pusTelecommand.encode(
      telecommandOf('housekeeping.Create', {
        sid: 900,
        interval: 10,
        channels: Array.from({ length: 40 }, () => ({ channel: 0x0800 })),
      }),
    );
    for (const each of splitIntoSegments(long, 3, 20)) bench.uplink(cltuOf(segment.encode(each), 'BD', 0, 1));
    bench.run(500_000);
    expect(bench.value('dispatcher.noops')).toBe(3);
    expect(bench.value('housekeeping.structures')).toBe(5);
    expect(failures(bench.packets)).toEqual([]);
  });

  it('counts AD frames in its CLCW, locks out, and is unlocked', () => {
    const bench = started();
    const noop = pusTelecommand.encode(telecommandOf('dispatcher.Noop'));
    const word = () => {
      const clcw = unpackClcw(bench.clcws.get(0)!);
      if (!clcw.ok) throw new Error(clcw.reason);
      return { vr: clcw.value.reportValue, lockout: clcw.value.lockout, retransmit: clcw.value.retransmit };
    };
    for (const sequence of [0, 1]) bench.uplink(cltuOf(noop, 'AD', sequence));
    bench.run(300_000);
    expect(word()).toEqual({ vr: 2, lockout: false, retransmit: false });
    bench.uplink(cltuOf(noop, 'AD', 100));
    bench.run(300_000);
    expect(word()).toEqual({ vr: 2, lockout: true, retransmit: false });
    bench.uplink(cltuOf(Uint8Array.of(0), 'BC'));
    bench.uplink(cltuOf(noop, 'AD', 2));
    bench.run(300_000);
    expect(word()).toEqual({ vr: 3, lockout: false, retransmit: false });
    expect(bench.value('dispatcher.noops')).toBe(3);
  });

  it('asks to wait when a burst fills its buffers, and takes the rest when they are sent again', () => {
    const bench = started();
    const frames = Array.from({ length: 50 }, (_, n) =>
      cltuOf(pusTelecommand.encode(telecommandOf('dispatcher.Noop', {}, n)), 'AD', n),
    );
    const time = bench.graph.kernel.now + 1;
    const burst = (from: number): void => {
      for (const payload of frames.slice(from))
        bench.graph.kernel.input({ time: time + from, instance: 'radio', port: 'in.fromSpace', payload });
    };
    burst(0);
    bench.run(1_000);
    const taken = bench.value('tcReceiver.vc0Vr') as number;
    expect([taken >= 32 && taken < 50, bench.value('tcReceiver.vc0Retransmit')]).toEqual([true, true]);
    expect(bench.value('tcReceiver.vc0Wait')).toBe(false);
    for (const payload of frames.slice(taken)) bench.uplink(payload);
    bench.run(1_000_000);
    expect([bench.value('dispatcher.noops'), bench.value('tcReceiver.vc0Retransmit')]).toEqual([50, false]);
    expect(bench.kinds([5]).length).toBeGreaterThan(0);
  });

  it('survives 10 000 datagrams of garbage, and executes the next good command', () => {
    const bench = started();
    const chance = new Random('garbage');
    const good = cltuOf(pusTelecommand.encode(telecommandOf('dispatcher.Noop')));
    for (let n = 0; n < 10_000; n++) {
      const octets = n % 2 === 0 ? new Uint8Array(chance.below(200)) : good.slice();
      const spoilt = n % 2 === 0 ? octets.length : 4;
      for (let at = 0; at < spoilt; at++) octets[chance.below(octets.length)] = chance.below(256);
      bench.uplink(octets);
      if (n % 50 === 0) bench.run(10_000);
    }
    bench.run(1_000_000);
    expect(bench.graph.all.filter(({ resets }) => resets > 0)).toEqual([]);
    const done = bench.value('dispatcher.noops') as number;
    bench.command('connectionTest.AreYouAlive');
    bench.run(20_000_000);
    expect(bench.kinds([17])).toEqual(['17,2']);
    expect(bench.value('dispatcher.noops')).toBe(done);
    expect(bench.value('eventLog.suppressed')).toBeGreaterThan(1000);
  });

  it('closes every command of a flood exactly once', () => {
    const bench = started();
    const sent = 2000;
    for (let n = 0; n < sent; n++) {
      bench.command('dispatcher.Noop');
      if (n % 20 === 19) bench.run(50_000);
    }
    bench.run(60_000_000);
    const closed = new Map<string, number>();
    for (const { service, subtype, data } of bench.packets)
      if (service === 1 && [2, 4, 7, 8, 10].includes(subtype)) {
        const id = String(data.slice(0, 4));
        closed.set(id, (closed.get(id) ?? 0) + 1);
      }
    const received = bench.value('dispatcher.received') as number;
    expect(received).toBe(sent);
    expect([...closed.values()].every((times) => times === 1)).toBe(true);
    expect(closed.size).toBe(received);
    expect(bench.value('dispatcher.open')).toBe(0);
  });
});
