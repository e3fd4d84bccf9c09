// The session as a console uses it: what it remembers, its streams on the kernel's time, and its end.
import { count, firstValueFrom, type Observable, takeUntil, throttleTime, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { groundBench } from '../../support/ground-bench.ts';

describe('session', () => {
  it('has observables that take timed operators on the time of the run', async () => {
    const { graph, session } = groundBench();
    const { telemetry, scheduler } = session;
    const ended = timer(10_050, scheduler);
    const all = firstValueFrom(telemetry.pipe(takeUntil(ended), count()));
    const throttled = firstValueFrom(telemetry.pipe(throttleTime(1000, scheduler), takeUntil(ended), count()));
    graph.runUntil(11_000_000);
    expect(await all).toBe(100);
    expect(await throttled).toBeGreaterThanOrEqual(9);
    expect(await throttled).toBeLessThanOrEqual(11);
  });

  it('remembers the newest values, with the time at which they came and the time on board', () => {
    const { graph, session } = groundBench();
    graph.runUntil(5_050_000);
    const ticks = session.latest('beacon.ticks');
    expect(ticks).toMatchObject({ name: 'beacon.ticks', value: 50, receivedUs: 5_000_000 });
    expect(session.allLatest().map(({ name }) => name)).toEqual(['beacon.rate', 'beacon.ticks']);
    expect(session.latest('beacon.none')).toBeUndefined();
  });

  it('settles with the record, at once for one that is settled already', async () => {
    const { session, until } = groundBench();
    const sent = session.send('beacon.SetRate', { rate: 2 });
    if (!sent.ok) throw new Error(sent.reason);
    const waiting = session.whenSettled(sent.token);
    until(() => session.record(sent.token)?.status === 'completed');
    expect((await waiting).status).toBe('completed');
    expect((await session.whenSettled(sent.token)).token).toBe(sent.token);
  });

  it('refuses what comes upon it all at once, and every command that it takes has a record', async () => {
    const { graph, session } = groundBench();
    const all = Array.from({ length: 1500 }, () => session.send('beacon.SetRate', { rate: 2 }));
    const taken = all.filter((sent) => sent.ok);
    expect(taken.length).toBeLessThan(1500);
    expect(all.at(-1)).toEqual({ ok: false, reason: 'too many requests at once' });
    const refusal = { ok: false, reason: 'too many requests at once' };
    expect(session.sendPacket(new Uint8Array(10))).toEqual(refusal);
    expect(session.sendRaw('cltu', new Uint8Array(10))).toEqual(refusal);
    expect(session.direct('terminateAd')).toEqual(refusal);
    expect(session.loseNext(1)).toBe(false);
    await expect(session.query({ kind: 'command' })).rejects.toThrow('too many requests at once');
    const told = new Set<number>();
    session.commands.subscribe(({ token }) => told.add(token));
    graph.runUntil(100_000);
    expect(told.size).toBe(taken.length);
    expect(session.send('beacon.SetRate', { rate: 2 }).ok).toBe(true);
  });

  it('tells alerts with their text and the severity of their declaration', () => {
    const { graph, session } = groundBench();
    const texts: string[] = [];
    session.alerts.subscribe(({ name, severity, text }) => texts.push(`${severity} ${name}: ${text}`));
    graph.runUntil(1_000_000);
    expect(texts).toContain('info uplink.Started: FOP-1 is active, the next frame is 0');
    session.direct('terminateAd');
    graph.runUntil(2_000_000);
    expect(texts.at(-1)).toMatch(/^high uplink\.Alert: FOP-1 alert: \S+; AD is closed until it is initiated anew$/);
  });

  it('is over when it is closed: streams complete, waiting promises are rejected, the run goes on', async () => {
    const { graph, session } = groundBench();
    let completed = 0;
    const streams: readonly Observable<unknown>[] = [
      session.telemetry,
      session.commands,
      session.alerts,
      session.events,
    ];
    for (const stream of streams) stream.subscribe({ complete: () => completed++ });
    const waiting = session.whenSettled(99);
    const asked = session.query({ kind: 'event' });
    session.close();
    session.close();
    expect(completed).toBe(4);
    await expect(waiting).rejects.toThrow('the session was closed');
    await expect(asked).rejects.toThrow('the session was closed');
    graph.runUntil(2_000_000);
    expect(session.latest('beacon.ticks')).toBeUndefined();
  });

  it('leaves the run as it is: watching or not, the digest is the same', () => {
    const watched = groundBench({ seed: 'watched' });
    watched.session.inspect();
    watched.session.telemetry.subscribe(() => watched.session.statistics());
    watched.graph.runUntil(10_000_000);
    const alone = groundBench({ seed: 'watched' });
    alone.session.close();
    alone.graph.runUntil(10_000_000);
    expect(watched.graph.kernel.digest.hex).toBe(alone.graph.kernel.digest.hex);
  });
});
