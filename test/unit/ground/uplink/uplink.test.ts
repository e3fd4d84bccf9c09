// The uplink over FOP-1 as an operator meets it: directives, suspension, bounds, what it refuses and what it lets pass.
import { describe, expect, it } from 'vitest';
import { MAX_WAITING_COMMANDS } from '../../../../src/ground/uplink/declaration.ts';
import type { FaultChange } from '../../../../src/hal/space-link.ts';
import { groundBench } from '../../../support/ground-bench.ts';
import { tokenOf } from '../../../support/token-of.ts';

const opened = (options: Parameters<typeof groundBench>[0] = {}) => {
  const bench = groundBench(options);
  const { session } = bench;
  const answers: string[] = [];
  session.directives.subscribe(({ name, state }) => answers.push(`${name} ${state}`));
  const statistic = (name: string): unknown => session.statistics()[`uplink.${name}`];
  const change = (way: FaultChange['way'], lossRatio: number): void =>
    void bench.graph.inject(bench.ground.ports('ground/').antenna.in.faults, { way, faults: { lossRatio } });
  const send = (rate: number, bypass = false): number => {
    const sent = session.send('beacon.SetRate', { rate }, { bypass });
    if (!sent.ok) throw new Error(sent.reason);
    return sent.token;
  };
  const status = (token: number): string => session.record(token)?.status ?? 'open';
  const detail = (token: number): string | undefined => session.record(token)?.stages.at(-1)?.detail;
  return { ...bench, answers, statistic, change, send, status, detail };
};

describe('uplink', () => {
  it('suspends at the limit when it is told to, keeps what is on its way, and resumes', () => {
    const { session, until, answers, statistic, change, send, status, alerts } = opened();
    until(() => statistic('mode') === 'active');
    session.direct('setTimeoutType', 1);
    change('transmit', 1);
    const token = send(5);
    until(() => statistic('suspendState') === 1);
    expect(alerts).toContain('uplink.Suspended');
    expect(status(token)).toBe('open');
    change('transmit', 0);
    session.direct('setTransmissionLimit', 9);
    session.direct('resumeAd');
    until(() => status(token) === 'completed');
    expect(answers).toContain('resumeAd confirmed');
    expect(statistic('mode')).toBe('active');
  });

  it('alerts at the limit otherwise: what was on its way is not delivered, and says so', () => {
    const { until, statistic, change, send, status, detail, alerts } = opened();
    until(() => statistic('mode') === 'active');
    change('transmit', 1);
    const tokens = [send(1), send(2)];
    until(() => tokens.every((token) => status(token) === 'failed'));
    expect(tokens.map(detail)).toEqual(['not acknowledged', 'not acknowledged']);
    expect(alerts.filter((name) => name === 'uplink.Alert')).toHaveLength(1);
    expect(statistic('mode')).toBe('initial');
  });

  it('sets V(R) on board and goes on from there', () => {
    const { session, until, answers, statistic, send, status } = opened();
    until(() => statistic('mode') === 'active');
    session.direct('terminateAd');
    until(() => statistic('mode') === 'initial');
    session.direct('initiateAdWithSetVr', 200);
    until(() => statistic('mode') === 'active');
    const token = send(3);
    until(() => status(token) === 'completed');
    expect([statistic('nextSequence'), statistic('spacecraftExpects')]).toEqual([201, 201]);
    expect(answers.filter((answer) => answer.includes('SetVr'))).toEqual([
      'initiateAdWithSetVr accepted',
      'initiateAdWithSetVr confirmed',
    ]);
  });

  it('refuses directives that are none, with an event', () => {
    const { session, graph, answers, alerts } = opened();
    graph.runUntil(500_000);
    session.direct('setVs', 256);
    session.direct('setWindowWidth', 65);
    session.direct('resumeAd');
    session.direct('initiateAdWithUnlock');
    graph.kernel.runFor(1000);
    expect(answers.map((answer) => answer.split(' ')[1])).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    expect(alerts.filter((name) => name === 'uplink.DirectiveRefused')).toHaveLength(4);
  });

  it('keeps no more frames on their way than its window', () => {
    const { session, until, graph, statistic, change, send } = opened();
    until(() => statistic('mode') === 'active');
    session.direct('setWindowWidth', 4);
    change('receive', 1);
    for (let i = 0; i < 10; i++) send(1);
    graph.kernel.runFor(1_000_000);
    expect([statistic('framesInFlight'), statistic('commandsWaiting')]).toEqual([4, 5]);
  });

  it('holds so many commands and refuses the next', () => {
    const { graph, session, send, status, detail } = opened({ path: { receive: { lossRatio: 1 } } });
    const tokens = Array.from({ length: MAX_WAITING_COMMANDS + 2 }, () => {
      const token = send(1);
      graph.kernel.runFor(10);
      return token;
    });
    expect(tokens.slice(0, MAX_WAITING_COMMANDS).every((token) => status(token) === 'open')).toBe(true);
    expect(tokens.slice(MAX_WAITING_COMMANDS).map(detail)).toEqual([
      'too many commands wait',
      'too many commands wait',
    ]);
    expect(session.statistics()['uplink.commandsWaiting']).toBe(MAX_WAITING_COMMANDS);
  });

  it('refuses a packet that no frame holds', () => {
    const { session, graph, status, detail } = opened();
    const tokens = [1018, 0].map((length) => tokenOf(session.sendPacket(new Uint8Array(length))));
    graph.kernel.runFor(10);
    expect(tokens.map(status)).toEqual(['refused', 'refused']);
    expect(detail(tokens[0]!)).toBe('does not fit a frame');
  });

  it('fills the largest frame', () => {
    const { session, until, status, statistic } = opened();
    until(() => statistic('mode') === 'active');
    const token = tokenOf(session.sendPacket(new Uint8Array(1017).fill(0x18)));
    until(() => status(token) !== 'open');
    expect(session.record(token)!.stages.some(({ stage }) => stage === 'acknowledged')).toBe(true);
  });

  it('passes over control words of other channels and other kinds', () => {
    const { graph, statistic } = opened({ path: { receive: { lossRatio: 1 } } });
    const uplink = { instance: 'ground/uplink', port: 'controlWord' };
    for (const word of [0x0104_0000, 0x8100_0000, 0xffff_ffff]) graph.inject<number>(uplink, word);
    graph.kernel.runFor(1000);
    expect([statistic('controlWords'), statistic('mode')]).toEqual([0, 'initial']);
    graph.inject<number>(uplink, 0x0100_0007);
    graph.kernel.runFor(1000);
    expect([statistic('controlWords'), statistic('mode'), statistic('nextSequence')]).toEqual([1, 'active', 7]);
  });
});
