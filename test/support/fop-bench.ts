// A FOP-1 on the table: directives, data units, reports and expiries go in, and what it asked for is read back as short
// lines. The layer below answers each request at once, unless it is told to wait.
import type { Clcw } from '../../src/ccsds/cop1/clcw.ts';
import { fop1 } from '../../src/ccsds/cop1/fop1.ts';
import {
  classifyAnswer,
  classifyClcw,
  classifyDirective,
  classifyFdu,
  classifyTimer,
} from '../../src/ccsds/cop1/fop1-classify.ts';
import type { DirectiveName, FopAction, FopEvent } from '../../src/ccsds/cop1/fop1-events.ts';
import { type Fop, type FopSettings, fopReset } from '../../src/ccsds/cop1/fop1-state.ts';

export const VC = 0;

export const clean = (reportValue: number, changes: Partial<Clcw> = {}): Clcw => ({
  version: 0,
  status: 0,
  cop: 1,
  virtualChannelId: VC,
  reserved: 0,
  noRfAvailable: false,
  noBitLock: false,
  lockout: false,
  wait: false,
  retransmit: false,
  farmB: 0,
  reportValue,
  ...changes,
});

const line = (action: FopAction): string => {
  switch (action.type) {
    case 'transmit': {
      const what = action.service === 'AD' ? action.sequence : Buffer.from(action.fdu.octets).toString('hex');
      return `${action.service} ${what}${action.repeat ? ' again' : ''}`;
    }
    case 'startTimer':
      return 'start T1';
    case 'cancelTimer':
      return 'cancel T1';
    case 'acceptFdu':
    case 'acceptDirective':
      return `accept ${action.id}`;
    case 'rejectFdu':
    case 'rejectDirective':
      return `reject ${action.id}`;
    case 'confirmFdu':
    case 'confirmDirective':
      return `${action.positive ? '+' : '-'}${action.id}`;
    case 'alert':
      return `alert ${action.code}`;
    case 'suspend':
      return `suspend ${action.suspendState}`;
    case 'abort':
      return 'abort';
  }
};

export const fopBench = (settings: Partial<FopSettings> = {}, answers: 'at once' | 'by hand' = 'at once') => {
  let fop: Fop = fopReset({ windowWidth: 4, transmissionLimit: 3, timerInitialUs: 1_000_000, ...settings });
  let events: string[] = [];
  const step = (event: FopEvent | undefined): string[] => {
    if (event === undefined) return [];
    events.push(event.type);
    const [next, ...actions] = fop1.step(fop, event);
    fop = next;
    const lines = actions.map(line);
    if (answers === 'at once')
      for (const action of actions)
        if (action.type === 'transmit') lines.push(...step(classifyAnswer(action.service, true)));
    return lines;
  };
  const bench = {
    get fop(): Fop {
      return fop;
    },
    /** Puts the machine where a case begins. */
    put: (changes: Partial<Fop>): void => {
      fop = { ...fop, ...changes };
    },
    /** The rows that were entered since the last call. */
    rows: (): string[] => {
      const seen = events;
      events = [];
      return seen;
    },
    step,
    directive: (name: DirectiveName, value?: number, id = 900): string[] =>
      step(classifyDirective(fop, value === undefined ? { id, name } : { id, name, value })),
    ad: (id: number): string[] => step(classifyFdu(fop, 'AD', { id, octets: Uint8Array.of(id & 255) })),
    bd: (id: number): string[] => step(classifyFdu(fop, 'BD', { id, octets: Uint8Array.of(id & 255) })),
    report: (clcw: Clcw): string[] => step(classifyClcw(fop, clcw, VC)),
    timer: (): string[] => step(classifyTimer(fop)),
    answer: (service: 'AD' | 'BC' | 'BD', accepted = true): string[] => step(classifyAnswer(service, accepted)),
    /** AD service open without a check, `count` frames from `vs` on their way: the s[vs..] of the cases. */
    openWith: (vs: number, count: number): void => {
      bench.directive('setVs', vs);
      bench.directive('initiateAdWithoutClcwCheck');
      for (let index = 0; index < count; index++) bench.ad(vs + index);
      bench.rows();
    },
  };
  return bench;
};
