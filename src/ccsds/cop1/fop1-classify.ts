// Which row of the FOP-1 table something is, CCSDS 232.1-B-2 section 5.3: reports, expiries, data units, directives and
// answers of the layer below. All arithmetic is modulo 256. What concerns another channel is no event at all.
import type { Clcw } from './clcw.ts';
import type { Directive, FopEvent } from './fop1-events.ts';
import type { Fdu, Fop } from './fop1-state.ts';

/** Rows for a report that asks for repeats of more than one transmission (TL > 1), nothing acknowledged. */
const repeatRow = (fop: Fop, wait: boolean): 'E10' | 'E11' | 'E12' | 'E103' => {
  if (fop.transmissionCount < fop.transmissionLimit) return wait ? 'E11' : 'E10';
  return wait ? 'E103' : 'E12';
};

type ReportRow = Extract<FopEvent, { readonly nr: number }>['type'] | 'E13' | 'E14';

const reportRow = (fop: Fop, clcw: Clcw): ReportRow => {
  const { lockout, wait, retransmit, reportValue } = clcw;
  if (lockout) return 'E14';
  const nothingNew = reportValue === fop.nnr;
  if (reportValue === fop.vs) {
    if (retransmit) return 'E4';
    if (wait) return 'E3';
    return nothingNew ? 'E1' : 'E2';
  }
  if (((reportValue - fop.nnr) & 255) > ((fop.vs - fop.nnr) & 255)) return 'E13';
  if (!retransmit) {
    if (wait) return 'E7';
    return nothingNew ? 'E5' : 'E6';
  }
  if (fop.transmissionLimit === 1) return nothingNew ? 'E102' : 'E101';
  if (!nothingNew) return wait ? 'E9' : 'E8';
  return repeatRow(fop, wait);
};

/**
 * The event of a control word, or undefined for one of another virtual channel. A word of this channel that is of
 * another version, of another COP or has spare bits set is E15: somebody else is speaking.
 */
export const classifyClcw = (fop: Fop, clcw: Clcw, virtualChannelId: number): FopEvent | undefined => {
  if (clcw.virtualChannelId !== virtualChannelId) return undefined;
  if (clcw.version !== 0 || clcw.cop !== 1 || clcw.reserved !== 0) return { type: 'E15' };
  const type = reportRow(fop, clcw);
  return type === 'E13' || type === 'E14' ? { type } : { type, nr: clcw.reportValue };
};

/**
 * An extension for grounds that do not know V(S): while initiateAdWithClcwCheck waits, V(S) is taken from the first
 * clean report. The standard only compares. Use before classifyClcw.
 */
export const adoptReport = (fop: Fop, clcw: Clcw, virtualChannelId: number): Fop => {
  if (fop.mode !== 'initialisingWithoutBc' || clcw.virtualChannelId !== virtualChannelId) return fop;
  if (clcw.version !== 0 || clcw.cop !== 1 || clcw.reserved !== 0) return fop;
  if (clcw.lockout || clcw.wait || clcw.retransmit) return fop;
  return { ...fop, vs: clcw.reportValue, nnr: clcw.reportValue };
};

/** The event of an expiry, or undefined for one that came after T1 was cancelled. */
export const classifyTimer = (fop: Fop): FopEvent | undefined => {
  if (!fop.timerRunning) return undefined;
  if (fop.transmissionCount < fop.transmissionLimit) return { type: fop.timeoutType === 0 ? 'E16' : 'E104' };
  return { type: fop.timeoutType === 0 ? 'E17' : 'E18' };
};

export const classifyFdu = (fop: Fop, service: 'AD' | 'BD', fdu: Fdu): FopEvent => {
  if (service === 'BD') return { type: fop.bdOutReady ? 'E21' : 'E22', fdu };
  return { type: fop.waitQueue === null ? 'E19' : 'E20', fdu };
};

const within = (value: number | undefined, minimum: number, maximum: number): value is number =>
  value !== undefined && Number.isInteger(value) && value >= minimum && value <= maximum;

const resumeRows = ['E30', 'E31', 'E32', 'E33', 'E34'] as const;

/** The directives that set a value: their row and their range. */
const settingOf = (fop: Fop, name: Directive['name']) => {
  switch (name) {
    case 'initiateAdWithSetVr':
      return { row: fop.bcOutReady ? 'E27' : 'E28', minimum: 0, maximum: 255 } as const;
    case 'setVs':
      return { row: 'E35', minimum: 0, maximum: 255 } as const;
    case 'setWindowWidth':
      return { row: 'E36', minimum: 1, maximum: fop.windowMaximum } as const;
    case 'setTimerInitial':
      return { row: 'E37', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const;
    case 'setTransmissionLimit':
      return { row: 'E38', minimum: 1, maximum: 255 } as const;
    case 'setTimeoutType':
      return { row: 'E39', minimum: 0, maximum: 1 } as const;
    default:
      return undefined;
  }
};

export const classifyDirective = (fop: Fop, directive: Directive): FopEvent => {
  const { id, name, value } = directive;
  switch (name) {
    case 'initiateAdWithoutClcwCheck':
      return { type: 'E23', id };
    case 'initiateAdWithClcwCheck':
      return { type: 'E24', id };
    case 'initiateAdWithUnlock':
      return { type: fop.bcOutReady ? 'E25' : 'E26', id };
    case 'terminateAd':
      return { type: 'E29', id };
    case 'resumeAd':
      return { type: resumeRows[fop.suspendState], id };
    default: {
      const setting = settingOf(fop, name);
      if (setting === undefined || !within(value, setting.minimum, setting.maximum)) return { type: 'E40', id };
      return setting.row === 'E28' ? { type: 'E28', id } : { type: setting.row, id, value };
    }
  }
};

const acceptedRows = { AD: 'E41', BC: 'E43', BD: 'E45' } as const;
const rejectedRows = { AD: 'E42', BC: 'E44', BD: 'E46' } as const;

/** The layer below has answered one transmit action. */
export const classifyAnswer = (service: 'AD' | 'BC' | 'BD', accepted: boolean): FopEvent => ({
  type: accepted ? acceptedRows[service] : rejectedRows[service],
});

/**
 * Frames are on their way and no timer watches them: table 5-1 ignores an early expiry in S3 and nothing starts T1
 * again, so that a lost report can leave the service open for ever. Whoever runs a FOP-1 has to watch for it.
 */
export const isUnattended = (fop: Fop): boolean =>
  fop.mode !== 'initial' && fop.sentQueue.length > 0 && !fop.timerRunning;
