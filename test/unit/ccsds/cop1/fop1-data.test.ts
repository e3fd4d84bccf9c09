import { describe, expect, it } from 'vitest';
import { classifyClcw } from '../../../../src/ccsds/cop1/fop1-classify.ts';
import { masterCopy, noMasterCopies } from '../../../../src/ccsds/cop1/master-copies.ts';
import { clean, fopBench, VC } from '../../../support/fop-bench.ts';

const repeating = { retransmit: true };
const again = (...sequences: number[]): string[] => sequences.map((sequence) => `AD ${sequence} again`);
const only = (lines: string[], start: string): string[] => lines.filter((line) => line.startsWith(start));

describe('FOP-1 data', () => {
  it('C26 sends as many as the window holds, keeps one and rejects the next', () => {
    const b = fopBench();
    b.directive('initiateAdWithoutClcwCheck');
    const sent = [0, 1, 2, 3].flatMap((id) => b.ad(id));
    expect(only(sent, 'AD')).toEqual(['AD 0', 'AD 1', 'AD 2', 'AD 3']);
    expect(b.ad(4)).toEqual([]);
    expect(b.ad(5)).toEqual(['reject 5']);
    expect(b.report(clean(1))).toEqual(['+0', 'accept 4', 'start T1', 'AD 4']);
  });

  it('C27 confirms across the wrap of V(S)', () => {
    const b = fopBench();
    b.openWith(254, 4);
    expect(b.fop.sentQueue.map((frame) => frame.sequence)).toEqual([254, 255, 0, 1]);
    expect(only(b.report(clean(0)), '+')).toEqual(['+254', '+255']);
    expect(b.report(clean(2))).toEqual(['+256', '+257', 'cancel T1']);
    expect([b.rows(), b.fop.timerRunning]).toEqual([['E6', 'E2'], false]);
  });

  it('C28 knows which N(R) can be, for all NN(R), V(S) and N(R)', () => {
    const b = fopBench();
    b.openWith(254, 4);
    for (const [nr, row] of [
      [253, 'E13'],
      [3, 'E13'],
      [254, 'E5'],
      [0, 'E6'],
      [2, 'E2'],
    ] as const)
      expect(classifyClcw(b.fop, clean(nr), VC)?.type, `N(R) ${nr}`).toBe(row);
    let wrong = 0;
    const word = { ...clean(0), retransmit: false };
    for (let nnr = 0; nnr < 256; nnr++)
      for (let vs = 0; vs < 256; vs += 5) {
        const fop = { ...b.fop, nnr, vs };
        // The values that can be are those met on the way round from NN(R) to V(S).
        const possible = new Uint8Array(256);
        for (let value = nnr; value !== vs; value = value === 255 ? 0 : value + 1) possible[value] = 1;
        possible[vs] = 1;
        for (let nr = 0; nr < 256; nr++) {
          const type = classifyClcw(fop, { ...word, reportValue: nr }, VC)?.type;
          if ((type !== 'E13') !== (possible[nr] === 1)) wrong += 1;
        }
      }
    expect(wrong).toBe(0);
  });

  it('C29 is not moved by the same clean report', () => {
    const b = fopBench();
    b.openWith(3, 2);
    const before = b.fop;
    for (let count = 0; count < 100; count++) expect(b.report(clean(3))).toEqual([]);
    expect(b.fop).toEqual(before);
  });

  it('C30 C31 C32 repeats once for a request, again for a new one, and ends when all is acknowledged', () => {
    const b = fopBench();
    b.openWith(3, 4);
    const first = b.report(clean(3, repeating));
    expect(only(first, 'AD')).toEqual(again(3, 4, 5, 6));
    expect(first.slice(0, 2)).toEqual(['abort', 'start T1']);
    expect([b.fop.mode, b.fop.transmissionCount]).toEqual(['retransmitWithoutWait', 2]);
    expect(b.report(clean(3, repeating))).toEqual([]);
    const second = b.report(clean(5, repeating));
    expect(only(second, '+')).toEqual(['+3', '+4']);
    expect(only(second, 'AD')).toEqual(again(5, 6));
    expect(b.fop.transmissionCount).toBe(2);
    expect(b.report(clean(7))).toEqual(['+5', '+6', 'cancel T1']);
    expect(b.fop.mode).toBe('active');
  });

  it('C33 alerts when a repeat was asked for and is suddenly not', () => {
    const b = fopBench();
    b.openWith(3, 4);
    b.report(clean(3, repeating));
    expect(b.report(clean(3))).toContain('alert synch');
  });

  it('C34 alerts when a repeat is asked for of nothing', () => {
    const b = fopBench();
    b.openWith(3, 0);
    expect(b.report(clean(3, repeating))).toContain('alert synch');
  });

  it('C35 alerts for Wait without Retransmit', () => {
    const b = fopBench();
    b.openWith(3, 2);
    expect(b.report(clean(3, { wait: true }))).toContain('alert CLCW');
  });

  it('C36 holds everything while the FARM waits and repeats before it goes on', () => {
    const b = fopBench({}, 'by hand');
    b.openWith(3, 1);
    for (const id of [4, 5, 6]) {
      b.answer('AD');
      b.ad(id);
    }
    expect(b.report(clean(4, { retransmit: true, wait: true }))).toEqual(['+3']);
    expect(b.fop.mode).toBe('retransmitWithWait');
    expect(b.ad(7)).toEqual([]);
    expect(b.answer('AD')).toEqual([]);
    expect(b.report(clean(4, repeating))).toEqual(['abort', 'start T1', 'AD 4 again']);
    expect(b.fop.mode).toBe('retransmitWithoutWait');
    expect([b.answer('AD'), b.answer('AD')].flat()).toEqual(again(5, 6));
    expect(b.answer('AD')).toEqual(['accept 7', 'start T1', 'AD 7']);
  });

  it('C37 in retransmission with wait an early expiry does nothing and the last one ends it', () => {
    const waiting = { retransmit: true, wait: true };
    const early = fopBench();
    early.openWith(3, 4);
    early.report(clean(3, waiting));
    expect(early.timer()).toEqual([]);
    expect(early.fop.mode).toBe('retransmitWithWait');
    for (const [timeoutType, line] of [
      [0, 'alert T1'],
      [1, 'suspend 3'],
    ] as const) {
      const b = fopBench({ timeoutType, transmissionLimit: 1 });
      b.openWith(3, 4);
      b.put({ transmissionLimit: 2, transmissionCount: 2 });
      b.report(clean(3, waiting));
      expect(b.timer()).toContain(line);
    }
  });

  it.each([{}, repeating, { retransmit: true, wait: true }])('C38 a lockout ends it, from state %#', (flags) => {
    const b = fopBench();
    b.openWith(3, 4);
    b.ad(7);
    b.report(clean(3, flags));
    const lines = b.report(clean(3, { lockout: true }));
    expect(lines).toEqual(['cancel T1', '-3', '-4', '-5', '-6', 'reject 7', 'alert lockout']);
    expect(b.fop.mode).toBe('initial');
    expect(b.bd(8)).toEqual(['accept 8', 'BD 08']);
  });

  it('C39 with a limit of one a request for repeats is an alert', () => {
    const nothing = fopBench({ transmissionLimit: 1 });
    nothing.openWith(3, 4);
    expect(nothing.report(clean(3, repeating))).toContain('alert limit');
    const some = fopBench({ transmissionLimit: 1 });
    some.openWith(3, 4);
    const lines = some.report(clean(4, repeating));
    expect(lines.filter((line) => /^[+-]/.test(line))).toEqual(['+3', '-4', '-5', '-6']);
    expect(lines).toContain('alert limit');
  });

  it('C40 at the limit a request sends nothing, and the expiry alerts', () => {
    const b = fopBench();
    b.openWith(3, 4);
    b.timer();
    b.timer();
    expect(b.fop.transmissionCount).toBe(3);
    expect(b.report(clean(3, repeating))).toEqual([]);
    expect(b.fop.mode).toBe('retransmitWithoutWait');
    expect(b.timer()).toContain('alert T1');
  });

  it('C41 an expiry below the limit repeats all and keeps the state', () => {
    const b = fopBench();
    b.openWith(3, 4);
    expect(only(b.timer(), 'AD')).toEqual(again(3, 4, 5, 6));
    expect(b.fop.mode).toBe('active');
    b.report(clean(3, repeating));
    expect(only(b.timer(), 'AD')).toEqual([]);
    expect(b.fop.mode).toBe('initial');
  });

  it('counts transmissions anew for the first frame of an empty queue', () => {
    const b = fopBench();
    b.directive('initiateAdWithUnlock');
    b.timer();
    b.timer();
    b.report(clean(0));
    expect([b.fop.mode, b.fop.transmissionCount]).toEqual(['active', 3]);
    b.ad(0);
    expect(b.fop.transmissionCount).toBe(1);
    expect(only(b.timer(), 'AD')).toEqual(again(0));
  });

  it('sends nothing while the FARM waits, also when the layer below is ready', () => {
    const b = fopBench();
    b.openWith(3, 1);
    b.report(clean(3, { retransmit: true, wait: true }));
    expect([b.fop.mode, b.fop.adOutReady]).toEqual(['retransmitWithWait', true]);
    expect(b.ad(4)).toEqual([]);
  });

  it('reads Retransmit before Wait when nothing is on its way', () => {
    const b = fopBench();
    b.openWith(3, 0);
    expect(b.report(clean(3, { retransmit: true, wait: true }))).toContain('alert synch');
  });

  it('C50 a repeat waits for the layer below and goes before the waiting one', () => {
    const b = fopBench({ windowWidth: 2 }, 'by hand');
    b.openWith(3, 1);
    b.answer('AD');
    b.ad(4);
    b.ad(5);
    expect(b.report(clean(3, repeating))).toEqual(['abort', 'start T1']);
    expect(b.answer('AD')).toEqual(again(3));
    b.report(clean(4, repeating));
    expect(b.answer('AD')).toEqual(again(4));
    expect(b.answer('AD')).toEqual(['accept 5', 'start T1', 'AD 5']);
  });

  it('C51 a smaller window does not make reports invalid', () => {
    for (const nr of [3, 4, 5, 6, 7]) {
      const b = fopBench();
      b.openWith(3, 4);
      b.directive('setWindowWidth', 1);
      expect(only(b.report(clean(nr)), 'alert'), `N(R) ${nr}`).toEqual([]);
    }
  });

  it('C53 repeats the octets that were sent, however the frame was made', () => {
    let sealed = 0;
    const build = () => Uint8Array.of(++sealed);
    const first = { type: 'transmit', service: 'AD', sequence: 255, repeat: false } as const;
    const fdu = { id: 1, octets: Uint8Array.of(1) };
    const [copies, frame] = masterCopy(noMasterCopies, { ...first, fdu }, build);
    const [, repeat] = masterCopy(copies, { ...first, fdu, repeat: true }, build);
    expect(repeat).toBe(frame);
    const unlock = { ...first, service: 'BC', sequence: 0, fdu } as const;
    const [withControl, control] = masterCopy(copies, unlock, build);
    expect(masterCopy(withControl, { ...unlock, repeat: true }, build)[1]).toBe(control);
    expect(() => masterCopy(copies, { ...unlock, repeat: true }, build)).toThrow('sent before');
    expect(masterCopy(copies, { ...first, service: 'BD', fdu }, build)[0]).toBe(copies);
    expect(sealed).toBe(3);
  });
});
