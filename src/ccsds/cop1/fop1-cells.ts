// What the cells of the FOP-1 table do, CCSDS 232.1-B-2 table 5-1: named functions of state and event, composed of the
// actions in fop1-procedures.ts. The state that follows stands in the table beside them.
import { controlCommand } from '../tc-frame/control-command.ts';
import type { FopEvent, FopStep } from './fop1-events.ts';
import {
  alert,
  cancelTimer,
  change,
  confirmInitiate,
  initialise,
  lookForDirective,
  lookForFdu,
  removeAcknowledged,
  resume as resumeSending,
  retransmitAd,
  retransmitBc,
  startTimer,
  suspend,
  tell,
  transmitBc,
  transmitBd,
} from './fop1-procedures.ts';
import type { Fdu, Fop } from './fop1-state.ts';

type WithReport = Extract<FopEvent, { readonly nr: number }>;
interface OfFdu {
  readonly fdu: Fdu;
}
interface OfDirective {
  readonly id: number;
}
interface OfValue extends OfDirective {
  readonly value: number;
}

export const ignore = (fop: Fop): FopStep => [fop];
/** T1 has expired and nothing is done about it: it runs no more, and `isUnattended` is there to see that. */
export const timerOver = (fop: Fop): FopStep => [{ ...fop, timerRunning: false }];
/** Nothing is done but the change of state. */
export const moveOn = (fop: Fop): FopStep => [fop];

// Reports.
export const opened = (fop: Fop): FopStep => confirmInitiate(cancelTimer([fop]), true);
export const commandDone = (fop: Fop): FopStep => opened({ ...fop, sentQueue: [] });
export const allAcknowledged = (fop: Fop, { nr }: WithReport): FopStep =>
  lookForFdu(cancelTimer(removeAcknowledged([fop], nr)));
export const acknowledged = (fop: Fop, { nr }: WithReport): FopStep => lookForFdu(removeAcknowledged([fop], nr));
export const acknowledgedThenLimit = (fop: Fop, { nr }: WithReport): FopStep =>
  alert(removeAcknowledged([fop], nr), 'limit');
export const acknowledgedThenRepeat = (fop: Fop, { nr }: WithReport): FopStep =>
  lookForFdu(retransmitAd(removeAcknowledged([fop], nr)));
export const acknowledgedThenWait = (fop: Fop, { nr }: WithReport): FopStep => removeAcknowledged([fop], nr);
export const repeat = (fop: Fop): FopStep => lookForFdu(retransmitAd([fop]));
export const repeatCommand = (fop: Fop): FopStep => lookForDirective(retransmitBc([fop]));

// Alerts and suspensions.
export const alertLimit = (fop: Fop): FopStep => alert([fop], 'limit');
export const alertTimer = (fop: Fop): FopStep => alert([fop], 'T1');
export const alertLockout = (fop: Fop): FopStep => alert([fop], 'lockout');
export const alertSynch = (fop: Fop): FopStep => alert([fop], 'synch');
export const alertReport = (fop: Fop): FopStep => alert([fop], 'NN(R)');
export const alertClcw = (fop: Fop): FopStep => alert([fop], 'CLCW');
// A refusal is an answer too: the next request of that service may be made, or a new start would wait for ever.
export const alertAdRefused = (fop: Fop): FopStep => alert([{ ...fop, adOutReady: true }], 'LLIF');
export const alertBcRefused = (fop: Fop): FopStep => alert([{ ...fop, bcOutReady: true }], 'LLIF');
export const alertBdRefused = (fop: Fop): FopStep => alert([{ ...fop, bdOutReady: true }], 'LLIF');
export const suspendActive = (fop: Fop): FopStep => suspend([fop], 1);
export const suspendRepeating = (fop: Fop): FopStep => suspend([fop], 2);
export const suspendWaiting = (fop: Fop): FopStep => suspend([fop], 3);
export const suspendStarting = (fop: Fop): FopStep => suspend([fop], 4);

// Data units.
const queued = (fop: Fop, { fdu }: OfFdu): FopStep => [{ ...fop, waitQueue: fdu }];
export const queue = (fop: Fop, event: OfFdu): FopStep => queued(fop, event);
export const queueAndLook = (fop: Fop, event: OfFdu): FopStep => lookForFdu(queued(fop, event));
export const sendBypass = (fop: Fop, { fdu }: OfFdu): FopStep =>
  transmitBd([fop, { type: 'acceptFdu', id: fdu.id }], fdu);
const refusedFdu = (fop: Fop, { fdu }: OfFdu, reason: string): FopStep => [
  fop,
  { type: 'rejectFdu', id: fdu.id, reason },
];
export const refuseClosed = (fop: Fop, event: OfFdu): FopStep => refusedFdu(fop, event, 'AD service not open');
export const refuseFull = (fop: Fop, event: OfFdu): FopStep => refusedFdu(fop, event, 'wait queue full');
export const refuseBusy = (fop: Fop, event: OfFdu): FopStep => refusedFdu(fop, event, 'BD request not answered yet');

// Directives.
const taken = (fop: Fop, { id }: OfDirective): FopStep => [fop, { type: 'acceptDirective', id }];
const done = (made: FopStep, { id }: OfDirective): FopStep =>
  tell(made, { type: 'confirmDirective', id, positive: true });
const refused = (fop: Fop, { id }: OfDirective, reason: string): FopStep => [
  fop,
  { type: 'rejectDirective', id, reason },
];
const begun = (fop: Fop, event: OfDirective): FopStep => initialise(taken(fop, event));
const pending = (made: FopStep, { id }: OfDirective): FopStep => change(made, { pendingInitiate: id });

export const open = (fop: Fop, event: OfDirective): FopStep => done(begun(fop, event), event);
export const awaitClcw = (fop: Fop, event: OfDirective): FopStep => startTimer(pending(begun(fop, event), event));
export const sendUnlock = (fop: Fop, event: OfDirective): FopStep =>
  transmitBc(pending(begun(fop, event), event), {
    id: event.id,
    octets: controlCommand.encode({ name: 'unlock' }),
  });
export const sendSetVr = (fop: Fop, event: OfValue): FopStep =>
  transmitBc(change(pending(begun(fop, event), event), { vs: event.value, nnr: event.value }), {
    id: event.id,
    octets: controlCommand.encode({ name: 'setVr', vr: event.value }),
  });
export const terminate = (fop: Fop, event: OfDirective): FopStep => done(alert(taken(fop, event), 'term'), event);
export const confirmOnly = (fop: Fop, event: OfDirective): FopStep => done(taken(fop, event), event);
export const resume = (fop: Fop, event: OfDirective): FopStep => done(resumeSending(taken(fop, event)), event);
export const setVs = (fop: Fop, event: OfValue): FopStep =>
  fop.suspendState === 0
    ? done(change(taken(fop, event), { vs: event.value, nnr: event.value }), event)
    : refused(fop, event, 'suspended');
export const setWindow = (fop: Fop, event: OfValue): FopStep =>
  done(change(taken(fop, event), { windowWidth: event.value }), event);
export const setTimer = (fop: Fop, event: OfValue): FopStep =>
  done(change(taken(fop, event), { timerInitialUs: event.value }), event);
export const setLimit = (fop: Fop, event: OfValue): FopStep =>
  done(change(taken(fop, event), { transmissionLimit: event.value }), event);
export const setTimeoutType = (fop: Fop, event: OfValue): FopStep =>
  done(change(taken(fop, event), { timeoutType: event.value === 0 ? 0 : 1 }), event);
export const refuseState = (fop: Fop, event: OfDirective): FopStep => refused(fop, event, 'not in the initial state');
export const refuseCommand = (fop: Fop, event: OfDirective): FopStep =>
  refused(fop, event, 'BC request not answered yet');
export const refuseResume = (fop: Fop, event: OfDirective): FopStep => refused(fop, event, 'not suspended');
export const refuseInvalid = (fop: Fop, event: OfDirective): FopStep => refused(fop, event, 'invalid directive');

// Answers of the layer below.
export const adReady = (fop: Fop): FopStep => [{ ...fop, adOutReady: true }];
export const adReadyAndLook = (fop: Fop): FopStep => lookForFdu(adReady(fop));
export const bcReady = (fop: Fop): FopStep => [{ ...fop, bcOutReady: true }];
export const bcReadyAndLook = (fop: Fop): FopStep => lookForDirective(bcReady(fop));
export const bdReady = (fop: Fop): FopStep => [{ ...fop, bdOutReady: true }];
