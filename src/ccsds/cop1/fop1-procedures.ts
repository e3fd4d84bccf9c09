// The named actions of FOP-1, CCSDS 232.1-B-2 section 5.2: each takes a step under way and carries it further, so that
// the cells of the table read as the standard lists them.
import type { AlertCode, FopAction, FopStep } from './fop1-events.ts';
import type { Fdu, Fop, SentFrame } from './fop1-state.ts';

export const tell = (made: FopStep, ...actions: FopAction[]): FopStep => [...made, ...actions];

export const change = ([fop, ...actions]: FopStep, changes: Partial<Fop>): FopStep => [
  { ...fop, ...changes },
  ...actions,
];

export const startTimer = (made: FopStep): FopStep =>
  tell(change(made, { timerRunning: true }), { type: 'startTimer', delayUs: made[0].timerInitialUs });

export const cancelTimer = (made: FopStep): FopStep =>
  tell(change(made, { timerRunning: false }), { type: 'cancelTimer' });

/** Remove acknowledged frames: all before N(R) leave the queue, oldest first. */
export const removeAcknowledged = (made: FopStep, nr: number): FopStep => {
  const { sentQueue, nnr } = made[0];
  const count = (nr - nnr) & 255;
  const confirmed = sentQueue.slice(0, count).map(({ fdu }): FopAction => {
    return { type: 'confirmFdu', id: fdu.id, positive: true };
  });
  return tell(change(made, { sentQueue: sentQueue.slice(count), nnr: nr, transmissionCount: 1 }), ...confirmed);
};

const marked = (frames: readonly SentFrame[], service: 'AD' | 'BC'): readonly SentFrame[] =>
  frames.map((frame) => (frame.service === service ? { ...frame, toBeRetransmitted: true } : frame));

const initiateRetransmission = (made: FopStep, service: 'AD' | 'BC'): FopStep => {
  const { transmissionCount, sentQueue } = made[0];
  const counted = { transmissionCount: transmissionCount + 1, sentQueue: marked(sentQueue, service) };
  return startTimer(change(tell(made, { type: 'abort' }), counted));
};

/** Initiate AD retransmission. */
export const retransmitAd = (made: FopStep): FopStep => initiateRetransmission(made, 'AD');

/** Initiate BC retransmission. */
export const retransmitBc = (made: FopStep): FopStep => initiateRetransmission(made, 'BC');

/** The first marked frame of a service goes out again; T1 is not started anew by it. */
const repeatFirst = (made: FopStep, service: 'AD' | 'BC'): FopStep | undefined => {
  const { sentQueue } = made[0];
  const at = sentQueue.findIndex((frame) => frame.service === service && frame.toBeRetransmitted);
  if (at < 0) return undefined;
  const { sequence, fdu } = sentQueue[at]!;
  const queue = sentQueue.with(at, { ...sentQueue[at]!, toBeRetransmitted: false });
  const busy = service === 'AD' ? { adOutReady: false } : { bcOutReady: false };
  return tell(change(made, { sentQueue: queue, ...busy }), { type: 'transmit', service, sequence, fdu, repeat: true });
};

const transmitAd = (made: FopStep, fdu: Fdu): FopStep => {
  const { vs, sentQueue, transmissionCount } = made[0];
  const frame: SentFrame = { service: 'AD', sequence: vs, fdu, toBeRetransmitted: false };
  const changed = change(made, {
    vs: (vs + 1) & 255,
    transmissionCount: sentQueue.length === 0 ? 1 : transmissionCount,
    sentQueue: [...sentQueue, frame],
    adOutReady: false,
  });
  return tell(startTimer(changed), { type: 'transmit', service: 'AD', sequence: vs, fdu, repeat: false });
};

/** Look for FDU: one frame a call, a repeat before a new one; E41 calls for the next. */
export const lookForFdu = (made: FopStep): FopStep => {
  const { adOutReady, vs, nnr, windowWidth, waitQueue } = made[0];
  if (!adOutReady) return made;
  const repeated = repeatFirst(made, 'AD');
  if (repeated !== undefined) return repeated;
  if (waitQueue === null || ((vs - nnr) & 255) >= windowWidth) return made;
  const accepted = tell(change(made, { waitQueue: null }), { type: 'acceptFdu', id: waitQueue.id });
  return transmitAd(accepted, waitQueue);
};

/** Look for directive. */
export const lookForDirective = (made: FopStep): FopStep =>
  made[0].bcOutReady ? (repeatFirst(made, 'BC') ?? made) : made;

export const transmitBc = (made: FopStep, fdu: Fdu): FopStep => {
  const frame: SentFrame = { service: 'BC', sequence: 0, fdu, toBeRetransmitted: false };
  const changed = change(made, { sentQueue: [...made[0].sentQueue, frame], transmissionCount: 1, bcOutReady: false });
  return tell(startTimer(changed), { type: 'transmit', service: 'BC', sequence: 0, fdu, repeat: false });
};

export const transmitBd = (made: FopStep, fdu: Fdu): FopStep =>
  tell(change(made, { bdOutReady: false }), { type: 'transmit', service: 'BD', sequence: 0, fdu, repeat: false });

/**
 * Both queues are emptied and their users told. NN(R) follows V(S), without which an alert with frames on their way
 * would leave a window open that no frame is in. A control command is answered through its directive.
 */
const purge = (made: FopStep): FopStep => {
  const { sentQueue, waitQueue, vs } = made[0];
  const lost = sentQueue.filter((frame) => frame.service === 'AD');
  const answers = lost.map(({ fdu }): FopAction => ({ type: 'confirmFdu', id: fdu.id, positive: false }));
  if (waitQueue !== null) answers.push({ type: 'rejectFdu', id: waitQueue.id, reason: 'purged' });
  return tell(change(made, { sentQueue: [], waitQueue: null, nnr: vs }), ...answers);
};

/** Initialise. V(S), the out flags and the settings stay. */
export const initialise = (made: FopStep): FopStep => change(purge(made), { transmissionCount: 1, suspendState: 0 });

/** A pending Initiate directive is answered. */
export const confirmInitiate = (made: FopStep, positive: boolean): FopStep => {
  const id = made[0].pendingInitiate;
  if (id === null) return made;
  return tell(change(made, { pendingInitiate: null }), { type: 'confirmDirective', id, positive });
};

/** Alert. A suspension ends with it: the queues that Resume would serve are gone. */
export const alert = (made: FopStep, code: AlertCode): FopStep => {
  const purged = change(purge(cancelTimer(made)), { suspendState: 0 });
  return tell(confirmInitiate(purged, false), { type: 'alert', code });
};

export const suspend = (made: FopStep, suspendState: 1 | 2 | 3 | 4): FopStep =>
  tell(change(made, { suspendState, timerRunning: false }), { type: 'suspend', suspendState });

/** Resume. The transmission count stays, so that the next expiry suspends again unless something was acknowledged. */
export const resume = (made: FopStep): FopStep => startTimer(change(made, { suspendState: 0 }));
