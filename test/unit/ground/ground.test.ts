// The ground against a model spacecraft in virtual time: the whole chain of a command, and what can go wrong on the
// way.
import { describe, expect, it } from 'vitest';
import { everyAcknowledgement, pusTelecommand } from '../../../src/ccsds/pus/telecommand.ts';
import { encodeTcFrame } from '../../../src/ccsds/tc-frame/tc-frame.ts';
import type { CommandRecord } from '../../../src/ground/verification/command-record.ts';
import { groundBench } from '../../support/ground-bench.ts';
import { tokenOf } from '../../support/token-of.ts';

const stages = (record: CommandRecord | undefined): string[] => record?.stages.map(({ stage }) => stage) ?? [];

const wholeChain = ['queued', 'sent', 'radiated', 'arrived', 'acknowledged', 'accepted', 'started', 'completed'];

const rawSetRate = (rate: number, count = 900): Uint8Array =>
  pusTelecommand.encode({
    apid: 101,
    count,
    acknowledge: everyAcknowledgement,
    service: 8,
    subtype: 1,
    sourceId: 0,
    data: Uint8Array.of(0x01, 0x01, rate),
  });

/** Sends and runs until the chain is settled. */
const settled = (bench: ReturnType<typeof groundBench>, token: number): CommandRecord => {
  bench.until(() => (bench.session.record(token)?.status ?? 'open') !== 'open');
  return bench.session.record(token)!;
};

describe('the ground', () => {
  it('starts FOP-1 by itself and takes a command through every stage', () => {
    const bench = groundBench();
    const sent = bench.session.send('beacon.SetRate', { rate: 5 });
    if (!sent.ok) throw new Error(sent.reason);
    const record = settled(bench, sent.token);
    expect(record.status).toBe('completed');
    expect(stages(record)).toEqual(wholeChain);
    bench.until(() => bench.session.latest('beacon.rate')?.value === 5);
    expect(bench.session.statistics()).toMatchObject({ 'uplink.mode': 'active', 'uplink.nextSequence': 1 });
  });

  it('refuses a wrong argument before it is sent', () => {
    const { session } = groundBench();
    expect(session.send('beacon.SetRate', { rate: 11 })).toEqual({
      ok: false,
      reason: 'rate: expected an integer from 1 to 10, got 11',
    });
    expect(session.send('beacon.Nothing', {})).toMatchObject({ ok: false });
    expect(session.send('beacon.SetRate', {})).toMatchObject({ ok: false });
    expect(session.send('beacon.SetRate', { rate: 1, more: 2 })).toMatchObject({ ok: false });
  });

  it('shows why the spacecraft refuses the same argument when it is sent raw', () => {
    const bench = groundBench();
    const record = settled(bench, tokenOf(bench.session.sendPacket(rawSetRate(11))));
    expect(record.status).toBe('failed');
    expect(record.stages.at(-1)).toMatchObject({ stage: 'acceptance failed', detail: 'argument out of range: rate' });
    expect(bench.alerts).toContain('verification.Failed');
  });

  it('sends a lost CLTU again', () => {
    const bench = groundBench();
    bench.until(() => bench.session.statistics()['uplink.mode'] === 'active');
    bench.session.loseNext(1);
    const sent = bench.session.send('beacon.SetRate', { rate: 7 });
    if (!sent.ok) throw new Error(sent.reason);
    const record = settled(bench, sent.token);
    expect(record.status).toBe('completed');
    expect(stages(record).filter((stage) => stage === 'sent')).toHaveLength(2);
    expect(bench.alerts).toContain('station.CltuLost');
    expect(bench.alerts).toContain('uplink.Retransmission');
    const [first, second] = record.stages.filter(({ stage }) => stage === 'radiated');
    expect(second!.atUs - first!.atUs).toBe(3_000_000);
    const arrived = record.stages.find(({ stage }) => stage === 'arrived');
    expect(arrived?.atUs).toBe(second!.atUs);
  });

  it('sees a lockout, unlocks and recovers', () => {
    const bench = groundBench();
    const { session } = bench;
    bench.until(() => session.statistics()['uplink.mode'] === 'active');
    const foreign = { service: 'AD', spacecraftId: 42, virtualChannelId: 0, sequence: 100 } as const;
    session.sendRaw('frame', encodeTcFrame({ ...foreign, data: rawSetRate(3) }));
    bench.until(() => session.statistics()['uplink.lockout'] === true);
    bench.until(() => session.statistics()['uplink.mode'] === 'initial');
    expect(bench.alerts).toContain('uplink.LockedOut');
    expect(bench.alerts).toContain('uplink.Alert');

    const lost = session.send('beacon.SetRate', { rate: 2 });
    if (!lost.ok) throw new Error(lost.reason);
    expect(settled(bench, lost.token).stages.at(-1)).toMatchObject({ stage: 'not delivered', detail: 'AD not open' });
    const urgent = session.send('beacon.SetRate', { rate: 9 }, { bypass: true });
    if (!urgent.ok) throw new Error(urgent.reason);
    expect(settled(bench, urgent.token).status).toBe('completed');

    const answers: string[] = [];
    session.directives.subscribe(({ state }) => answers.push(state));
    session.direct('initiateAdWithUnlock');
    bench.until(() => session.statistics()['uplink.mode'] === 'active');
    expect(answers).toEqual(['accepted', 'confirmed']);
    expect(bench.alerts).toContain('uplink.Unlocked');
    const again = session.send('beacon.SetRate', { rate: 4 });
    if (!again.ok) throw new Error(again.reason);
    expect(settled(bench, again.token).status).toBe('completed');
  });

  it('tells a command whose reports never come overdue, and mends the verdict when one comes late', () => {
    const bench = groundBench();
    const { session } = bench;
    bench.until(() => session.statistics()['uplink.mode'] === 'active');
    const outage = { fromUs: bench.graph.kernel.now, toUs: bench.graph.kernel.now + 30e6 };
    bench.graph.inject(bench.ground.ports('ground/').antenna.in.faults, {
      way: 'receive',
      faults: { outages: [outage] },
    });
    const sent = session.send('beacon.SetRate', { rate: 6 }, { bypass: true });
    if (!sent.ok) throw new Error(sent.reason);
    expect(settled(bench, sent.token).status).toBe('overdue');
    expect(bench.alerts).toContain('verification.Overdue');
    expect(bench.alerts).toContain('station.LinkDown');
  });

  it('reckons with the light time: arrival, acknowledgement and T1', () => {
    const lightTimeUs = 20_000_000;
    const path = { transmit: { delayUs: lightTimeUs }, receive: { delayUs: lightTimeUs } };
    const bench = groundBench({ path, ground: { lightTimeUs } });
    bench.until(() => bench.session.statistics()['uplink.mode'] === 'active', 500);
    const sent = bench.session.send('beacon.SetRate', { rate: 8 });
    if (!sent.ok) throw new Error(sent.reason);
    bench.until(() => bench.session.record(sent.token)?.status === 'completed', 1000);
    const { stages: seen } = bench.session.record(sent.token)!;
    const at = (name: string): number => seen.find(({ stage }) => stage === name)!.atUs;
    expect(at('arrived') - at('radiated')).toBe(lightTimeUs);
    expect(at('accepted') - at('arrived')).toBeGreaterThanOrEqual(lightTimeUs);
    expect(seen.filter(({ stage }) => stage === 'sent')).toHaveLength(1);
  });

  it('radiates at the bit rate of the uplink', () => {
    const bench = groundBench({ ground: { uplinkBitRateBps: 1000 } });
    const sent = bench.session.send('beacon.SetRate', { rate: 8 }, { bypass: true });
    if (!sent.ok) throw new Error(sent.reason);
    const record = settled(bench, sent.token);
    const at = (name: string): number => record.stages.find(({ stage }) => stage === name)!.atUs;
    // Packet 16 octets, frame 23, four code blocks, start and tail: 42 octets.
    expect(at('arrived') - at('radiated')).toBe(42 * 8 * 1000);
  });

  it('delivers every command once and in order over a bad link, or says that it did not', () => {
    const path = {
      transmit: { lossRatio: 0.1, bitErrorRatio: 1e-4 },
      receive: { lossRatio: 0.1, bitErrorRatio: 1e-6 },
    };
    const bench = groundBench({ path, seed: 'bad link' });
    const tokens: number[] = [];
    for (let i = 0; i < 60; i++) {
      const sent = bench.session.send('beacon.SetRate', { rate: 1 + (i % 10) });
      if (sent.ok) tokens.push(sent.token);
    }
    bench.until(() => tokens.every((token) => (bench.session.record(token)?.status ?? 'open') !== 'open'), 600);
    const acknowledged = tokens.filter((token) => stages(bench.session.record(token)).includes('acknowledged'));
    if (!bench.alerts.includes('uplink.Alert')) expect(acknowledged).toHaveLength(60);
    expect(bench.session.statistics()['uplink.framesRepeated']).toBeGreaterThan(0);
  });

  it('answers queries from its archive by kind, name and time', async () => {
    const bench = groundBench();
    const sent = bench.session.send('beacon.SetRate', { rate: 5 });
    if (!sent.ok) throw new Error(sent.reason);
    settled(bench, sent.token);
    const asked = bench.session.query({ kind: 'telemetry', name: 'beacon.*', limit: 4 });
    const events = bench.session.query({ kind: 'event', fromUs: 1 });
    bench.graph.kernel.runFor(1_000);
    expect((await asked).map(({ name }) => name)).toEqual([
      'beacon.rate',
      'beacon.ticks',
      'beacon.rate',
      'beacon.ticks',
    ]);
    expect((await events)[0]).toMatchObject({
      name: 'beacon.RateSet',
      data: { text: 'the beacon blinks 5 times a second' },
    });
  });

  it('is the same run again for the same seed and requests', () => {
    const run = (): string => {
      const bench = groundBench({ path: { transmit: { lossRatio: 0.3 } }, seed: 'twice' });
      for (let i = 0; i < 5; i++) bench.session.send('beacon.SetRate', { rate: 1 + i });
      bench.graph.runUntil(30_000_000);
      return bench.graph.kernel.digest.hex;
    };
    expect(run()).toBe(run());
  });
});
