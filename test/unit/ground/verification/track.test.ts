// The tracker of commands as pure steps: stages in order of time, verdicts, time-outs, bounds.
import { describe, expect, it } from 'vitest';
import { everyAcknowledgement } from '../../../../src/ccsds/pus/telecommand.ts';
import type { CommandRecord } from '../../../../src/ground/verification/command-record.ts';
import { withStage } from '../../../../src/ground/verification/command-record.ts';
import {
  emptyTracker,
  expire,
  follow,
  MAX_TRACKED,
  nextDeadlineUs,
  type Tracker,
  type UplinkProgress,
  verify,
} from '../../../../src/ground/verification/track.ts';

const settings = { lightTimeUs: 1000, reportWithinUs: 10_000 };
const queued = { stage: 'queued', atUs: 0 } as const;
const silence = { acceptance: false, start: false, progress: false, completion: false };

const opening = (token: number, ack = everyAcknowledgement, service: 'AD' | 'BD' = 'AD'): CommandRecord => ({
  token,
  name: `command ${token}`,
  args: {},
  service,
  requestId: 1000 + token,
  ack,
  status: 'open',
  stages: [queued],
  newest: queued,
});

const afterWords = (...words: readonly UplinkProgress[]): Tracker =>
  words.reduce<Tracker>((tracker, word) => follow(tracker, word, settings)[0], emptyTracker);

const opened = (record: CommandRecord): UplinkProgress => ({ type: 'opened', record });
const radiated = (token: number, startUs: number, endUs: number): UplinkProgress => ({
  type: 'radiated',
  token,
  startUs,
  endUs,
});
const report = (token: number, stage: CommandRecord['newest']['stage'], receivedUs: number) => ({
  requestId: 1000 + token,
  stage,
  receivedUs,
  onboardUs: 0,
});
const names = (tracker: Tracker): string[] => tracker.tracked[0]!.record.stages.map(({ stage }) => stage);

describe('tracker of commands', () => {
  it('puts the arrival where the light time puts it, once an answer proves it', () => {
    const sent = afterWords(opened(opening(1)), radiated(1, 100, 200));
    const [tracker, ...told] = verify(sent, report(1, 'accepted', 2500), settings);
    expect(told.map(({ record }) => record.newest.stage)).toEqual(['arrived', 'accepted']);
    expect(tracker.tracked[0]!.record.stages).toContainEqual({ stage: 'arrived', atUs: 1200 });
  });

  it('takes the last radiation that can have caused the answer', () => {
    const sent = afterWords(opened(opening(1)), radiated(1, 0, 0), radiated(1, 3000, 3000), radiated(1, 6000, 6000));
    const [tracker] = verify(sent, report(1, 'accepted', 5500), settings);
    expect(tracker.tracked[0]!.record.stages).toContainEqual({ stage: 'arrived', atUs: 4000 });
  });

  it('keeps stages in order of time, and within an instant in the order of a life', () => {
    const [first] = verify(
      afterWords(opened(opening(1)), radiated(1, 100, 100)),
      report(1, 'accepted', 5000),
      settings,
    );
    const [second] = follow(first, { type: 'stage', token: 1, stage: { stage: 'acknowledged', atUs: 5000 } }, settings);
    expect(names(second)).toEqual(['queued', 'radiated', 'arrived', 'acknowledged', 'accepted']);
  });

  it('keeps the first and the latest of repeated stages, whatever their number', () => {
    let record = opening(1);
    for (let i = 1; i <= 1000; i++) record = withStage(record, { stage: 'sent', atUs: i });
    expect(record.stages.map(({ atUs }) => atUs)).toEqual([0, 1, 1000]);
  });

  it('tells a command overdue when its next report should have come, and mends the verdict later', () => {
    const sent = afterWords(opened(opening(1)), radiated(1, 100, 200));
    expect(nextDeadlineUs(sent)).toBe(200 + 2000 + 10_000);
    const [late, told] = expire(sent, 12_200);
    expect(told?.record.status).toBe('overdue');
    expect(nextDeadlineUs(late)).toBe(Infinity);
    const [mended] = verify(late, report(1, 'completed', 50_000), settings);
    expect(mended.tracked[0]!.record.status).toBe('completed');
  });

  it('gives each further report its own time', () => {
    const [started] = verify(afterWords(opened(opening(1)), radiated(1, 0, 0)), report(1, 'started', 5000), settings);
    expect(nextDeadlineUs(started)).toBe(15_000);
    const [done] = verify(started, report(1, 'completed', 9000), settings);
    expect(nextDeadlineUs(done)).toBe(Infinity);
  });

  it('settles a command that asks for nothing when it has left or was acknowledged', () => {
    const bypass = afterWords(opened(opening(1, silence, 'BD')), radiated(1, 0, 0));
    expect(bypass.tracked[0]!.record.status).toBe('completed');
    const controlled = afterWords(opened(opening(2, silence)), radiated(2, 0, 0));
    expect(controlled.tracked[0]!.record.status).toBe('open');
    const stage = { stage: 'acknowledged', atUs: 10 } as const;
    const [done] = follow(controlled, { type: 'stage', token: 2, stage }, settings);
    expect(done.tracked[0]!.record.status).toBe('completed');
  });

  it('settles on acceptance when no more than acceptance is asked for', () => {
    const ack = { ...silence, acceptance: true };
    const [done] = verify(
      afterWords(opened(opening(1, ack)), radiated(1, 0, 0)),
      report(1, 'accepted', 3000),
      settings,
    );
    expect(done.tracked[0]!.record.status).toBe('completed');
  });

  it('fails at any stage that fails', () => {
    for (const stage of ['acceptance failed', 'start failed', 'completion failed', 'routing failed'] as const) {
      const [failed] = verify(afterWords(opened(opening(1)), radiated(1, 0, 0)), report(1, stage, 3000), settings);
      expect(failed.tracked[0]!.record.status).toBe('failed');
    }
  });

  it('counts reports of commands that are not its own', () => {
    expect(verify(emptyTracker, report(7, 'accepted', 1), settings)[0].strangers).toBe(1);
  });

  it('gives a report to the newest command of its request id: sequence counts wrap', () => {
    const both = afterWords(opened(opening(1)), opened({ ...opening(2), requestId: 1001 }));
    const [tracker] = verify(both, report(1, 'accepted', 10), settings);
    expect(tracker.tracked.map(({ record }) => record.newest.stage)).toEqual(['queued', 'accepted']);
  });

  it('is bounded: settled commands make room first, then the oldest, which is counted', () => {
    let tracker = emptyTracker;
    for (let token = 1; token <= MAX_TRACKED; token++) [tracker] = follow(tracker, opened(opening(token)), settings);
    [tracker] = verify(tracker, report(9, 'completed', 10), settings);
    [tracker] = follow(tracker, opened(opening(5001)), settings);
    expect(tracker.evicted).toBe(0);
    expect(tracker.tracked.some(({ record }) => record.token === 9)).toBe(false);
    [tracker] = follow(tracker, opened(opening(5002)), settings);
    expect(tracker.evicted).toBe(1);
    expect(tracker.tracked).toHaveLength(MAX_TRACKED);
    expect(tracker.tracked[0]!.record.token).toBe(2);
  });
});
