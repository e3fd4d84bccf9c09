import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCltu } from '../../../src/ccsds/cltu/cltu.ts';
import { type Clcw, unpackClcw } from '../../../src/ccsds/cop1/clcw.ts';
import { pusTelecommand } from '../../../src/ccsds/pus/telecommand.ts';
import { segment, splitIntoSegments } from '../../../src/ccsds/tc-frame/segment.ts';
import { encodeTcFrame, type TcService } from '../../../src/ccsds/tc-frame/tc-frame.ts';
import type { ClcwReport } from '../../../src/fsw/clcw-report.ts';
import type { ReceivedPacket } from '../../../src/fsw/received-packet.ts';
import { tcReceiver } from '../../../src/fsw/tc-receiver/behaviour.ts';
import { packetsIn } from '../../../src/fsw/tc-receiver/packets-in.ts';
import type { ReceptionOptions } from '../../../src/fsw/tc-receiver/reception.ts';
import { refusalNames, type refusals } from '../../../src/fsw/tc-receiver/refusals.ts';
import { uplink } from '../../../src/orbiter/tables.ts';
import { componentBench } from '../../support/component-bench.ts';
import { telecommandOf } from '../../support/orbiter-bench.ts';

const bench = (options: Partial<ReceptionOptions> = {}) => {
  const made = componentBench(tcReceiver({ ...uplink, buffers: 2, ...options }));
  const send = (octets: Uint8Array): void => made.send('octets', octets);
  const clcw = (virtualChannelId = 0): Clcw => {
    const report = made.out<ClcwReport>('clcw').findLast((each) => each.virtualChannelId === virtualChannelId);
    const word = unpackClcw(report!.word);
    if (!word.ok) throw new Error(word.reason);
    return word.value;
  };
  const counts = (name: keyof typeof refusals) => made.value(name);
  return { ...made, send: made.send, octets: send, clcw, counts, packets: () => made.out<ReceivedPacket>('packet') };
};

const noop = (count: number): Uint8Array => pusTelecommand.encode(telecommandOf('dispatcher.Noop', {}, count));
const frameOf = (data: Uint8Array, service: TcService, sequence = 0, virtualChannelId = 0): Uint8Array =>
  encodeTcFrame({ service, spacecraftId: 42, virtualChannelId, sequence, data });
const cltu = (...parts: Parameters<typeof frameOf>): Uint8Array => encodeCltu(frameOf(...parts));
const joined = (...all: Uint8Array[]): Uint8Array => Uint8Array.from(all.flatMap((each) => [...each]));

const refused = ({ counts }: ReturnType<typeof bench>): number =>
  refusalNames.reduce((sum, name) => sum + (counts(name) as number), 0);

describe('tc-receiver', () => {
  it('TCR-01 delivers the packets of AD and BD frames in order', () => {
    const b = bench({ buffers: 8 });
    b.octets(cltu(noop(0), 'AD', 0));
    b.octets(cltu(joined(noop(1), noop(2)), 'BD'));
    b.octets(cltu(noop(3), 'AD', 1));
    expect(b.packets().map(({ octets, pool }) => [octets[3], pool])).toEqual([
      [0, 'sequenced'],
      [1, 'express'],
      [2, 'express'],
      [3, 'sequenced'],
    ]);
    expect([b.value('framesAccepted'), b.value('packets'), b.value('vc0Accepted')]).toEqual([3, 4, 3]);
  });

  it('TCR-02 reports the CLCW of each channel at power-on, on each change and on each tick', () => {
    const b = bench();
    expect(b.out<ClcwReport>('clcw').map((each) => each.virtualChannelId)).toEqual([0, 1]);
    b.octets(cltu(noop(0), 'AD', 0));
    expect([b.clcw(0).reportValue, b.clcw(1).reportValue]).toEqual([1, 0]);
    b.octets(cltu(segment.encode({ flag: 'unsegmented', mapId: 0, data: noop(1) }), 'BD', 0, 1));
    expect([b.clcw(0).farmB, b.clcw(1).farmB]).toEqual([0, 1]);
    const before = b.out('clcw').length;
    b.send('tick', 1);
    expect(b.out('clcw').length).toBe(before + 2);
    b.octets(cltu(noop(5), 'AD', 4));
    expect([b.clcw(0).retransmit, b.value('vc0Retransmit'), b.value('vc0Vr')]).toEqual([true, true, 1]);
  });

  describe('TCR-03', () => {
    it.each<[string, keyof typeof refusals, (frame: Uint8Array) => Uint8Array]>([
      ['a bad FECF', 'badFecf', (f) => f.with(f.length - 1, f[f.length - 1]! ^ 1)],
      ['another spacecraft', 'spacecraftId', (f) => f.with(1, 43)],
      ['another version', 'frameVersion', (f) => f.with(0, 0xc0)],
      ['the illegal flags', 'frameFlags', (f) => f.with(0, 0x10)],
      ['a channel not in use', 'virtualChannel', (f) => f.with(2, (5 << 2) | (f[2]! & 3))],
    ])('refuses a frame with %s without a step of FARM-1', (_, reason, spoil) => {
      const b = bench();
      b.octets(encodeCltu(spoil(frameOf(noop(0), 'AD', 0))));
      expect([b.counts(reason), b.value('framesRejected'), b.value('vc0Vr')]).toEqual([1, 1, 0]);
      expect(b.packets()).toEqual([]);
    });
  });

  it('TCR-04 obeys Unlock and Set V(R), and purges what it had put together', () => {
    const b = bench();
    const segments = splitIntoSegments(noop(0), 1, 8).map((each) => cltu(segment.encode(each), 'BD', 0, 1));
    b.octets(segments[0]!);
    b.octets(cltu(Uint8Array.of(0x82, 0, 77), 'BC', 0, 1));
    expect(b.clcw(1).reportValue).toBe(77);
    b.octets(segments[1]!);
    expect([b.counts('segmentWithoutStart'), b.packets().length]).toEqual([1, 0]);
    b.octets(cltu(noop(0), 'AD', 100));
    expect([b.clcw(0).lockout, b.value('vc0Mode')]).toEqual([true, 'lockout']);
    b.octets(cltu(Uint8Array.of(0), 'BC'));
    expect([b.clcw(0).lockout, b.clcw(0).reportValue]).toEqual([false, 0]);
    expect(b.told).toEqual(['ClearLink', 'SequenceSet', 'Refused', 'Refused', 'LockedOut', 'Unlocked']);
  });

  it('TCR-05 asks to wait without a buffer, and ends the wait when one is given back', () => {
    const b = bench();
    for (const n of [0, 1, 2]) b.octets(cltu(noop(n), 'AD', n));
    expect([b.packets().length, b.clcw().wait, b.clcw().retransmit, b.value('vc0Mode')]).toEqual([
      2,
      true,
      true,
      'wait',
    ]);
    expect(b.told).toEqual(['ClearLink', 'Refused', 'Waiting']);
    b.send('released', { virtualChannelId: 0, pool: 'sequenced' });
    expect([b.clcw().wait, b.clcw().retransmit, b.value('vc0Mode')]).toEqual([false, true, 'open']);
    b.octets(cltu(noop(2), 'AD', 2));
    expect([b.packets().length, b.clcw().retransmit, b.clcw().reportValue]).toEqual([3, false, 3]);
  });

  it('TCR-06 gives BD frames buffers of their own and drops them when these are taken', () => {
    const b = bench();
    for (const n of [0, 1, 2]) b.octets(cltu(noop(n), 'BD'));
    expect([b.packets().length, b.counts('expressFull'), b.clcw().farmB]).toEqual([2, 1, 3]);
    b.octets(cltu(noop(3), 'AD', 0));
    expect([b.packets().length, b.clcw().wait]).toEqual([3, false]);
    b.send('released', { virtualChannelId: 0, pool: 'express' });
    b.octets(cltu(noop(4), 'BD'));
    expect(b.packets().length).toBe(4);
  });

  it('TCR-07 puts the segments of each MAP together, and discards what does not follow', () => {
    const b = bench({ buffers: 8 });
    const of = (mapId: number, count: number) =>
      splitIntoSegments(noop(count), mapId, 8).map((each) => cltu(segment.encode(each), 'BD', 0, 1));
    const [a, z] = [of(1, 10), of(2, 20)];
    for (const octets of [a[0]!, z[0]!, a[1]!, z[1]!]) b.octets(octets);
    expect(b.packets().map(({ octets }) => octets[3])).toEqual([10, 20]);
    b.octets(a[0]!);
    b.octets(a[0]!);
    expect(b.counts('unfinishedUnit')).toBe(1);
  });

  it('TCR-08 counts by reason and tells the reason in an event', () => {
    const b = bench();
    b.octets(Uint8Array.of(1, 2, 3));
    b.octets(cltu(noop(0).subarray(0, 9), 'BD'));
    expect(b.eventArgs).toEqual([{}, { reason: 'no start sequence' }, { reason: 'packet cut' }]);
    expect([b.counts('noStartSequence'), b.counts('packetCut')]).toEqual([1, 1]);
  });

  it('TCR-09 throws on no octets, counts each datagram of garbage, and takes the next good unit', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 }), fc.boolean(), (garbage, stream) => {
        const b = bench({ units: stream ? 'stream' : 'datagram' });
        for (const octets of garbage) b.octets(octets);
        if (!stream) expect(refused(b)).toBeGreaterThanOrEqual(garbage.length);
        b.octets(joined(new Uint8Array(16), cltu(noop(0), 'BD')));
        b.octets(new Uint8Array(16));
        expect(b.packets().length).toBe(1);
      }),
      // Chance can make garbage that begins a unit: one seed, so that a failure is a change of ours.
      { numRuns: 40, seed: 9 },
    );
  });

  it('TCR-10 finds CLTUs in a stream cut anywhere', () => {
    const octets = joined(...[0, 1, 2].map((n) => cltu(noop(n), 'AD', n)), new Uint8Array(8));
    fc.assert(
      fc.property(fc.array(fc.nat(octets.length), { maxLength: 8 }), (cuts) => {
        const b = bench({ units: 'stream', buffers: 8 });
        const places = [0, ...cuts.sort((a, z) => a - z), octets.length];
        for (let n = 1; n < places.length; n++) b.octets(octets.slice(places[n - 1], places[n]));
        expect(b.packets().map((each) => each.octets[3])).toEqual([0, 1, 2]);
      }),
      { numRuns: 60 },
    );
  });

  it('TCR-11 mends one bit of a code block in SEC mode, refuses it in TED mode, and takes randomised frames', () => {
    const spoilt = cltu(noop(0), 'AD', 0);
    spoilt[5]! ^= 4;
    const sec = bench();
    sec.octets(spoilt);
    expect([sec.packets().length, sec.value('correctedBits')]).toEqual([1, 1]);
    const ted = bench({ bch: 'TED' });
    ted.octets(spoilt);
    expect([ted.packets().length, ted.value('framesAccepted')]).toEqual([0, 0]);
    const randomized = bench({ randomized: true });
    randomized.octets(encodeCltu(frameOf(noop(0), 'AD', 0), true));
    expect(randomized.packets().length).toBe(1);
  });

  it('TCR-12 reports NoRF and NoBitLock while its link is down', () => {
    const b = bench();
    const status = { reason: 'test', transmitDropped: 0, receiveDropped: 0 };
    b.send('link', { ...status, state: 'down' });
    expect([b.clcw().noRfAvailable, b.clcw(1).noBitLock, b.value('linkUp')]).toEqual([true, true, false]);
    b.send('link', { ...status, state: 'up' });
    expect([b.clcw().noRfAvailable, b.clcw(1).noBitLock, b.value('linkUp')]).toEqual([false, false, true]);
  });

  it('TCR-14 counts what its link has lost, and tells of each rise once', () => {
    const b = bench();
    const status = { state: 'up', reason: 'test', transmitDropped: 3 };
    for (const receiveDropped of [0, 2, 2, 0, 1, 5]) b.send('link', { ...status, receiveDropped });
    expect([b.value('linkDropped'), b.told, b.eventArgs]).toEqual([
      5,
      ['ClearLink', 'LinkLoss', 'LinkLoss'],
      [{}, { dropped: 2 }, { dropped: 5 }],
    ]);
    expect(b.value('linkUp')).toBe(true);
    b.send('link', { ...status, state: 'down', receiveDropped: 6 });
    expect([b.value('linkDropped'), b.value('linkUp'), b.clcw().noRfAvailable]).toEqual([6, false, true]);
  });

  it('TCR-13 frees all buffers when its user has lost its mail', () => {
    const b = bench();
    for (const n of [0, 1, 2]) b.octets(cltu(noop(n), 'AD', n));
    expect([b.value('vc0Buffers'), b.clcw().wait]).toEqual([2, true]);
    b.send('released', 'all');
    expect([b.value('vc0Buffers'), b.clcw().wait]).toEqual([0, false]);
  });

  it('TCR-01 cuts a data field into whole packets and says when octets are left', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 10 }), fc.nat(5), (counts, extra) => {
        const all = counts.map((count) => noop(count));
        const found = packetsIn(joined(...all, new Uint8Array(extra)));
        expect(found.packets.map((each) => each[3])).toEqual(counts);
        expect(found.cut).toBe(extra > 0);
      }),
    );
  });
});
