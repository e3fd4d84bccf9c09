import { describe, expect, it } from 'vitest';
import { adoptReport } from '../../../../src/ccsds/cop1/fop1-classify.ts';
import { clean, fopBench, VC } from '../../../support/fop-bench.ts';

describe('FOP-1 start', () => {
  it('C14 ignores every report before a directive', () => {
    const b = fopBench();
    const before = b.fop;
    for (const lockout of [false, true])
      for (const wait of [false, true])
        for (const retransmit of [false, true])
          for (const nr of [0, 1, 255]) expect(b.report(clean(nr, { lockout, wait, retransmit }))).toEqual([]);
    expect(b.fop).toEqual(before);
  });

  it('C15 is active at once without a check', () => {
    const b = fopBench();
    expect(b.directive('initiateAdWithoutClcwCheck')).toEqual(['accept 900', '+900']);
    expect(b.fop.mode).toBe('active');
  });

  it('C16 is active after a clean report with N(R) = V(S)', () => {
    const b = fopBench();
    expect(b.directive('initiateAdWithClcwCheck')).toEqual(['accept 900', 'start T1']);
    expect(b.report(clean(0))).toEqual(['cancel T1', '+900']);
    expect([b.fop.mode, b.fop.timerRunning]).toEqual(['active', false]);
  });

  it('C17 alerts for another N(R) and confirms negatively', () => {
    const b = fopBench();
    b.directive('initiateAdWithClcwCheck');
    expect(b.report(clean(5))).toEqual(['cancel T1', '-900', 'alert NN(R)']);
    expect(b.fop.mode).toBe('initial');
  });

  it.each([
    ['lockout', { lockout: true }],
    ['synch', { retransmit: true }],
    ['CLCW', { wait: true }],
  ])('C18 alerts %s while it waits for the first report', (code, flags) => {
    const b = fopBench();
    b.directive('initiateAdWithClcwCheck');
    expect(b.report(clean(0, flags))).toContain(`alert ${code}`);
  });

  it('C19 at the expiry alerts or suspends, and Resume waits again', () => {
    const alerting = fopBench();
    alerting.directive('initiateAdWithClcwCheck');
    expect(alerting.timer()).toContain('alert T1');
    const suspending = fopBench({ timeoutType: 1 });
    suspending.directive('initiateAdWithClcwCheck');
    expect(suspending.timer()).toEqual(['suspend 4']);
    expect([suspending.fop.mode, suspending.fop.suspendState]).toEqual(['initial', 4]);
    expect(suspending.directive('resumeAd', undefined, 901)).toEqual(['accept 901', 'start T1', '+901']);
    expect(suspending.fop.mode).toBe('initialisingWithoutBc');
    expect(suspending.report(clean(0))).toContain('+900');
  });

  it.each([0, 1] as const)('C20 sends Unlock up to the limit and then alerts, with TT = %i', (timeoutType) => {
    const b = fopBench({ timeoutType });
    expect(b.directive('initiateAdWithUnlock')).toEqual(['accept 900', 'start T1', 'BC 00']);
    expect(b.report(clean(0, { lockout: true }))).toEqual([]);
    for (const count of [2, 3]) {
      expect(b.timer()).toEqual(['abort', 'start T1', 'BC 00 again']);
      expect(b.fop.transmissionCount).toBe(count);
    }
    expect(b.timer()).toEqual(['cancel T1', '-900', 'alert T1']);
    expect(b.fop.mode).toBe('initial');
  });

  it('C21 sends Set V(R) and is active when the report has it', () => {
    const b = fopBench();
    expect(b.directive('initiateAdWithSetVr', 0x40)).toEqual(['accept 900', 'start T1', 'BC 820040']);
    expect(b.report(clean(0x3f))).toEqual([]);
    expect(b.report(clean(0x40))).toEqual(['cancel T1', '+900']);
    expect([b.fop.mode, b.fop.vs, b.fop.nnr, b.fop.sentQueue]).toEqual(['active', 0x40, 0x40, []]);
  });

  it('C22 refuses control commands while the layer below has one', () => {
    const b = fopBench({}, 'by hand');
    b.directive('initiateAdWithUnlock');
    b.directive('terminateAd', undefined, 901);
    expect(b.directive('initiateAdWithUnlock', undefined, 902)).toEqual(['reject 902']);
    expect(b.directive('initiateAdWithSetVr', 1, 903)).toEqual(['reject 903']);
    b.answer('BC');
    expect(b.directive('initiateAdWithUnlock', undefined, 904)[0]).toBe('accept 904');
  });

  it.each(['initiateAdWithClcwCheck', 'initiateAdWithUnlock'] as const)('C23 while %s runs', (start) => {
    const b = fopBench();
    b.directive(start);
    expect(b.ad(1)).toEqual(['reject 1']);
    for (const name of ['initiateAdWithoutClcwCheck', 'initiateAdWithClcwCheck', 'initiateAdWithUnlock'] as const)
      expect(b.directive(name, undefined, 901)).toEqual(['reject 901']);
    expect(b.directive('initiateAdWithSetVr', 3, 901)).toEqual(['reject 901']);
    expect(b.directive('setVs', 3, 901)).toEqual(['reject 901']);
    expect(b.bd(2)).toEqual(['accept 2', 'BD 02']);
    for (const name of ['setWindowWidth', 'setTimerInitial', 'setTransmissionLimit', 'setTimeoutType'] as const)
      expect(b.directive(name, 1, 902)).toEqual(['accept 902', '+902']);
    expect(b.directive('terminateAd', undefined, 903)).toEqual([
      'accept 903',
      'cancel T1',
      '-900',
      'alert term',
      '+903',
    ]);
  });

  it('C24 alerts for Wait alone while a control command is on its way', () => {
    const b = fopBench();
    b.directive('initiateAdWithUnlock');
    expect(b.report(clean(0, { wait: true }))).toContain('alert CLCW');
  });

  it('C25 starts cleanly after an alert with frames on their way', () => {
    const b = fopBench();
    b.openWith(3, 3);
    b.report(clean(3, { lockout: true }));
    b.directive('initiateAdWithClcwCheck');
    expect(b.report(clean(6))).toContain('+900');
    expect(b.fop.mode).toBe('active');
  });

  it('takes V(S) from the first clean report where the extension is asked for', () => {
    const b = fopBench();
    b.directive('initiateAdWithClcwCheck');
    expect(adoptReport(b.fop, clean(77, { retransmit: true }), VC).vs).toBe(0);
    expect(adoptReport(b.fop, clean(77, { virtualChannelId: 1 }), VC).vs).toBe(0);
    b.put(adoptReport(b.fop, clean(77), VC));
    expect(b.report(clean(77))).toContain('+900');
    expect([b.fop.vs, adoptReport(b.fop, clean(80), VC).vs]).toEqual([77, 77]);
  });
});
