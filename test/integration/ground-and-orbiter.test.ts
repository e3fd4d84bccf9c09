// Both halves on one kernel in virtual time, joined by a simulated path: what an operator does, also over bad links.
import { describe, expect, it } from 'vitest';
import { misfitText } from '../../src/dictionary/encode.ts';
import { parseCommandLine } from '../../src/dictionary/parse-arguments.ts';
import { Random } from '../../src/kernel/random.ts';
import { load, save } from '../../src/kernel/snapshot.ts';
import { bothHalves as bench } from '../support/both-halves.ts';
import { active, flows, settled } from '../support/flows.ts';

describe('ground and orbiter in virtual time', () => {
  for (const { name, run } of flows) it(name, () => run(bench()));

  it('decodes all that the orbiter tells: nothing is refused, nothing missing', () => {
    const { graph, session } = bench();
    graph.runUntil(40_000_000);
    expect(session.statistics()).toMatchObject({ 'downlink.refused': 0, 'downlink.framesMissing': 0 });
    const structures = session.dictionary.structures.all.flatMap(({ channels }) => channels);
    expect(
      session
        .allLatest()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...new Set(structures)].sort());
  });

  it('reads the reports of a structure that a command has created, without asking for its definition', async () => {
    const operated = bench();
    const { session, until } = operated;
    const done = async (line: string): Promise<void> => {
      const parsed = parseCommandLine(session.dictionary, line);
      if (!parsed.ok) throw new Error(misfitText(parsed.misfit));
      const sent = session.send(parsed.value.entry.name, parsed.value.values);
      if (!sent.ok) throw new Error(sent.reason);
      expect((await settled(operated, sent.token)).status).toBe('completed');
    };
    await active(operated);
    await done('housekeeping.Create 40 2 oscillator.counts parameters.underWay');
    await done('housekeeping.Enable 40');
    await until(() => session.latest('oscillator.counts') !== undefined, 'a report of the new structure');
    await done('housekeeping.Disable 40');
    await done('housekeeping.Delete 40');
    await done('housekeeping.Create 40 2 housekeeping.sweeps health.rounds frames.timeRate');
    await done('housekeeping.OneShot 40');
    await until(() => session.latest('frames.timeRate') !== undefined, 'a report of another structure with its id');
    expect(session.statistics()).toMatchObject({ 'downlink.refused': 0 });
  });

  it('tells events and reports with the names of what their ids stand for', async () => {
    const operated = bench();
    const { session, until } = operated;
    const texts: string[] = [];
    session.events.subscribe(({ text }) => texts.push(text));
    session.reports.subscribe(({ text = '' }) => texts.push(text));
    await active(operated);
    const parsed = parseCommandLine(session.dictionary, 'parameters.SetParameters health.missingAfter=7');
    if (!parsed.ok) throw new Error(misfitText(parsed.misfit));
    session.send(parsed.value.entry.name, parsed.value.values);
    session.send('eventLog.ReportDisabled', {});
    await until(() => texts.includes('disabled events: none'), 'TM(5,8) in words');
    expect(texts).toContain('parameter health.missingAfter set');
  });

  it('reads on-board time to the fraction of the time code', () => {
    const { graph, session } = bench();
    const offsets: number[] = [];
    session.times.subscribe(({ offsetUs }) => offsets.push(offsetUs));
    graph.runUntil(60_000_000);
    expect(offsets.length).toBeGreaterThan(3);
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThanOrEqual(16);
  });

  it('works with light time: FOP-1 waits for its answers, and nothing is sent twice', async () => {
    const lightTimeUs = 30_000_000;
    const delay = { delayUs: lightTimeUs };
    const operated = bench({ path: { transmit: delay, receive: delay }, lightTimeUs });
    await flows[0]!.run(operated);
    expect(operated.session.statistics()['uplink.framesRepeated']).toBe(0);
  });

  it('brings commands through a path that loses, corrupts, repeats and reorders, once each', async () => {
    const faults = { lossRatio: 0.05, bitErrorRatio: 1e-5, duplicationRatio: 0.05, delayUs: 1_000, jitterUs: 1_000 };
    const operated = bench({ path: { transmit: faults, receive: faults }, seed: 'storm' });
    const { session } = operated;
    const tokens: number[] = [];
    for (let i = 0; i < 40; i++) {
      const sent = session.send('dispatcher.Noop', {});
      if (sent.ok) tokens.push(sent.token);
    }
    const has = (token: number, stage: string): boolean =>
      session.record(token)?.stages.some((each) => each.stage === stage) ?? false;
    const ended = (token: number): boolean => has(token, 'acknowledged') || has(token, 'not delivered');
    await operated.until(() => tokens.every(ended), 'the end of every command');
    const acknowledged = tokens.filter((token) => has(token, 'acknowledged')).length;
    const executed = Number(operated.graph.find('orbiter/dispatcher').readings.get('noops')!());
    expect(executed).toBeGreaterThanOrEqual(acknowledged);
    expect(executed).toBeLessThanOrEqual(40);
    if (!operated.alerts.includes('uplink.Alert')) expect([acknowledged, executed]).toEqual([40, 40]);
    expect(session.statistics()['uplink.framesRepeated']).toBeGreaterThan(0);
  });

  it('goes on from its snapshots at any instant: nothing is hidden', () => {
    const path = { transmit: { lossRatio: 0.2, delayUs: 300_000 }, receive: { lossRatio: 0.1, delayUs: 300_000 } };
    const operated = bench({ path, lightTimeUs: 300_000 });
    for (let i = 0; i < 8; i++) operated.session.send('dispatcher.Noop', {});
    const endUs = 15_000_000;
    let { graph } = operated;
    const random = new Random('instants');
    for (let i = 0; i < 25; i++) {
      graph.runUntil(Math.min(endUs, graph.kernel.now + random.below(1_000_000)));
      const next = operated.fresh();
      load(next, save(graph));
      graph = next;
    }
    graph.runUntil(endUs);
    const whole = bench({ path, lightTimeUs: 300_000 });
    for (let i = 0; i < 8; i++) whole.session.send('dispatcher.Noop', {});
    whole.graph.runUntil(endUs);
    expect(graph.kernel.digest.hex).toBe(whole.graph.kernel.digest.hex);
  });

  it('one seed is one run', async () => {
    const digest = async (seed: string): Promise<string> => {
      const operated = bench({ path: { transmit: { lossRatio: 0.2 }, receive: { lossRatio: 0.2 } }, seed });
      for (let i = 0; i < 5; i++) operated.session.send('dispatcher.Noop', {});
      operated.graph.runUntil(20_000_000);
      return operated.graph.kernel.digest.hex;
    };
    expect(await digest('one')).toBe(await digest('one'));
    expect(await digest('one')).not.toBe(await digest('two'));
  });
});
