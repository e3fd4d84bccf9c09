import { describe, expect, it } from 'vitest';
import { classifyClcw } from '../../../../src/ccsds/cop1/fop1-classify.ts';
import type { DirectiveName } from '../../../../src/ccsds/cop1/fop1-events.ts';
import { fopModes, fopReset } from '../../../../src/ccsds/cop1/fop1-state.ts';
import { clean, fopBench, VC } from '../../../support/fop-bench.ts';

const suspended = () => {
  const b = fopBench({ timeoutType: 1 });
  b.openWith(3, 4);
  b.timer();
  b.timer();
  expect(b.timer()).toEqual(['suspend 1']);
  b.rows();
  return b;
};

describe('FOP-1 suspension', () => {
  it('C42 at the limit alerts, or suspends and keeps its queues', () => {
    const alerting = fopBench();
    alerting.openWith(3, 4);
    alerting.timer();
    alerting.timer();
    expect(alerting.timer()).toEqual(['cancel T1', '-3', '-4', '-5', '-6', 'alert T1']);
    const b = suspended();
    expect([b.fop.mode, b.fop.suspendState, b.fop.sentQueue.length]).toEqual(['initial', 1, 4]);
  });

  it('C43 suspended it hears nothing but directives; Resume goes on where it was', () => {
    const b = suspended();
    expect(b.report(clean(7))).toEqual([]);
    expect(b.ad(8)).toEqual(['reject 8']);
    expect(b.directive('setVs', 9)).toEqual(['reject 900']);
    expect(b.directive('terminateAd', undefined, 901)).toEqual(['accept 901', '+901']);
    expect(b.fop.suspendState).toBe(1);
    expect(b.directive('resumeAd', undefined, 902)).toEqual(['accept 902', 'start T1', '+902']);
    expect(b.fop.mode).toBe('active');
    expect(b.report(clean(7))).toEqual(['+3', '+4', '+5', '+6', 'cancel T1']);
    const silent = suspended();
    silent.directive('resumeAd');
    expect(silent.timer()).toEqual(['suspend 1']);
  });

  it('C44 an Initiate ends the suspension and answers what was queued', () => {
    const b = suspended();
    expect(b.directive('initiateAdWithoutClcwCheck')).toEqual(['accept 900', '-3', '-4', '-5', '-6', '+900']);
    expect([b.fop.mode, b.fop.suspendState, b.fop.nnr]).toEqual(['active', 0, 7]);
  });

  it('C45 refuses Resume when nothing is suspended', () => {
    expect(fopBench().directive('resumeAd')).toEqual(['reject 900']);
  });

  it('C46 sends the limit and no more when all reports are lost, and ignores a late one', () => {
    const b = fopBench();
    b.directive('initiateAdWithoutClcwCheck');
    const sent = [b.ad(0), b.timer(), b.timer(), b.timer()].flat().filter((line) => line.startsWith('AD'));
    expect(sent).toEqual(['AD 0', 'AD 0 again', 'AD 0 again']);
    expect(b.fop.mode).toBe('initial');
    expect(b.report(clean(1))).toEqual([]);
  });

  it('ends with an alert: nothing is left that Resume could serve', () => {
    const b = suspended();
    expect(b.answer('BD', false)).toEqual(['cancel T1', '-3', '-4', '-5', '-6', 'alert LLIF']);
    expect(b.fop.suspendState).toBe(0);
    expect(b.directive('resumeAd')).toEqual(['reject 900']);
  });

  it('resumes into each of the four states', () => {
    for (const [place, mode] of fopModes.slice(0, 4).entries()) {
      const b = fopBench();
      b.put({ suspendState: (place + 1) as 1 | 2 | 3 | 4 });
      b.directive('resumeAd');
      expect(b.fop.mode).toBe(mode);
    }
  });
});

describe('FOP-1 reports of others', () => {
  it('C47 passes over other channels and alerts for another COP on its own', () => {
    const b = fopBench();
    b.openWith(3, 1);
    expect(classifyClcw(b.fop, clean(3, { virtualChannelId: 1, lockout: true }), VC)).toBeUndefined();
    expect(b.fop.timerRunning).toBe(true);
    for (const changes of [{ version: 1 }, { cop: 2 }, { cop: 0 }, { reserved: 1 }]) {
      const spoken = fopBench();
      spoken.openWith(3, 1);
      expect(spoken.report(clean(3, changes))).toContain('alert CLCW');
    }
  });
});

describe('FOP-1 and the layer below', () => {
  it('C48 a refusal alerts in every state and does not block the service', () => {
    for (const service of ['AD', 'BC', 'BD'] as const)
      for (const mode of fopModes) {
        const b = fopBench({}, 'by hand');
        b.put({ mode, adOutReady: false, bcOutReady: false, bdOutReady: false });
        expect(b.answer(service, false), `${service} in ${mode}`).toContain('alert LLIF');
        expect(b.fop.mode).toBe('initial');
        const ready = { AD: b.fop.adOutReady, BC: b.fop.bcOutReady, BD: b.fop.bdOutReady };
        expect(ready[service]).toBe(true);
      }
  });

  it('C49 takes one BD frame at a time and accepts each once', () => {
    const b = fopBench({}, 'by hand');
    expect(b.bd(1)).toEqual(['accept 1', 'BD 01']);
    expect(b.bd(2)).toEqual(['reject 2']);
    expect(b.answer('BD')).toEqual([]);
    expect(b.bd(3)).toEqual(['accept 3', 'BD 03']);
  });
});

describe('FOP-1 settings', () => {
  it.each<[DirectiveName, number | undefined]>([
    ['setWindowWidth', 0],
    ['setWindowWidth', 65],
    ['setTransmissionLimit', 0],
    ['setTimeoutType', 2],
    ['setVs', 256],
    ['setVs', undefined],
    ['setTimerInitial', 0],
    ['setTimerInitial', 1.5],
    ['initiateAdWithSetVr', -1],
    ['initiateAdWithSetVr', undefined],
  ])('C52 refuses %s %s', (name, value) => {
    const b = fopBench({ windowMaximum: 64 });
    expect(b.directive(name, value)).toEqual(['reject 900']);
    expect(b.rows()).toEqual(['E40']);
  });

  it('takes values at both ends of their range', () => {
    const b = fopBench({ windowMaximum: 64 });
    for (const [name, value] of [
      ['setWindowWidth', 64],
      ['setTransmissionLimit', 255],
      ['setTimeoutType', 1],
      ['setVs', 255],
      ['setTimerInitial', 1],
    ] as const)
      expect(b.directive(name, value)).toEqual(['accept 900', '+900']);
    expect(b.fop).toMatchObject({
      windowWidth: 64,
      transmissionLimit: 255,
      timeoutType: 1,
      vs: 255,
      nnr: 255,
      timerInitialUs: 1,
    });
  });

  it('does not hear an expiry after T1 was cancelled', () => {
    const b = fopBench();
    expect(b.timer()).toEqual([]);
    expect(b.rows()).toEqual([]);
  });

  it('refuses to begin with settings that no directive would take', () => {
    expect(() => fopReset({ timerInitialUs: 0 })).toThrow(RangeError);
    expect(() => fopReset({ timerInitialUs: 1, windowWidth: 65, windowMaximum: 64 })).toThrow(RangeError);
    expect(() => fopReset({ timerInitialUs: 1, vs: 256 })).toThrow(RangeError);
  });
});
