// Table 5-1 of COP-1 ignores an expiry of T1 while FARM-1 waits, and starts no timer after it: whoever runs a FOP-1 has
// to see to it that the operator hears of frames that nobody watches.
import { describe, expect, it } from 'vitest';
import { packClcw } from '../../../../src/ccsds/cop1/clcw.ts';
import type { Cltu } from '../../../../src/ground/station/declaration.ts';
import { uplink } from '../../../../src/ground/uplink/behaviour.ts';
import type { UplinkProgress } from '../../../../src/ground/verification/track.ts';
import { componentBench } from '../../../support/component-bench.ts';

const channel = {
  spacecraftId: 42,
  apid: 101,
  virtualChannelId: 0,
  maximumFrameOctets: 1024,
  randomized: false,
  sourceId: 0,
};
const fop = {
  windowWidth: 8,
  windowMaximum: 64,
  timerInitialUs: 1_000_000,
  transmissionLimit: 3,
  timeoutType: 0 as const,
};
const clean = {
  version: 0,
  status: 0,
  cop: 1,
  virtualChannelId: 0,
  reserved: 0,
  noRfAvailable: false,
  noBitLock: false,
  lockout: false,
  wait: false,
  retransmit: false,
  farmB: 0,
  reportValue: 0,
};

const waiting = () => {
  const encode = () => ({ ok: true, value: { service: 17, subtype: 1, data: new Uint8Array(0) } }) as const;
  const b = componentBench(uplink({ channel, encode, fop, startsItself: true }));
  const report = (change: Partial<typeof clean> = {}): void => b.send('controlWord', packClcw({ ...clean, ...change }));
  const cltus = (): Cltu[] => b.out<Cltu>('cltu');
  const radiate = (): void => {
    const { id, kind } = cltus().at(-1)!;
    b.send('radiated', { id, kind, startUs: 0, endUs: 0 });
  };
  const ends = (): string[] =>
    b.out<UplinkProgress>('progress').flatMap((each) => (each.type === 'stage' ? [each.stage.stage] : []));
  report();
  const ack = { acceptance: true, start: true, progress: true, completion: true };
  b.send('request', { type: 'packet', token: 1, octets: Uint8Array.of(1, 2, 3), ack, bypass: false });
  radiate();
  report({ wait: true, retransmit: true });
  return { ...b, report, radiate, cltus, ends };
};

describe('frames that no timer watches', () => {
  it('are given up one T1 after the expiry that was ignored, and the operator is alerted', () => {
    const b = waiting();
    expect(b.value('mode')).toBe('retransmitWithWait');
    b.run(1_900_000);
    expect([b.value('mode'), b.ends()]).toEqual(['retransmitWithWait', ['sent']]);
    b.run(200_000);
    expect([b.value('mode'), b.ends()]).toEqual(['initial', ['sent', 'not delivered']]);
    expect(b.told.slice(-2)).toEqual(['Unattended', 'Alert']);
  });

  it('go on when the wait ends in time, under T1 again', () => {
    const b = waiting();
    b.run(1_500_000);
    b.report({ retransmit: true });
    expect([b.value('mode'), b.cltus().length]).toEqual(['retransmitWithoutWait', 2]);
    b.radiate();
    b.run(900_000);
    b.report({ reportValue: 1 });
    b.run(5_000_000);
    expect([b.value('mode'), b.ends()]).toEqual(['active', ['sent', 'sent', 'acknowledged']]);
    expect(b.told).not.toContain('Unattended');
  });
});
