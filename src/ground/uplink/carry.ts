// Drives FOP-1: one event in, its actions carried out. The machine is pure (src/ccsds/cop1); here its words become
// CLTUs, answers and stages of commands. 'abort' is not obeyed: the station holds one frame of each service at most,
// and a frame that is being radiated cannot be called back.
import { encodeCltu } from '../../ccsds/cltu/cltu.ts';
import { fop1 } from '../../ccsds/cop1/fop1.ts';
import { classifyAnswer, classifyFdu } from '../../ccsds/cop1/fop1-classify.ts';
import type { FopAction, FopEvent } from '../../ccsds/cop1/fop1-events.ts';
import { type MasterCopies, masterCopy } from '../../ccsds/cop1/master-copies.ts';
import { tcKind } from '../../ccsds/sdls/frame-kind.ts';
import { type SecurityState, sealFrame } from '../../ccsds/sdls/link-security.ts';
import { encodeTcFrame } from '../../ccsds/tc-frame/tc-frame.ts';
import { ok, type Result } from '../../codec/result.ts';
import type { StageName } from '../verification/command-record.ts';
import type { DirectiveAnswer } from './request.ts';
import {
  change,
  tell,
  type UplinkAction,
  type UplinkChannel,
  type UplinkState,
  type UplinkStep,
} from './uplink-state.ts';

const staged = (token: number, stage: StageName, atUs: number, detail: string): UplinkAction => ({
  type: 'progress',
  progress: { type: 'stage', token, stage: { stage, atUs, ...(detail === '' ? {} : { detail }) } },
});

/** The data unit has left FOP-1, one way or the other. */
const released = (made: UplinkStep, id: number, stage: StageName, nowUs: number, detail = ''): UplinkStep => {
  const carried = made[0].carried.find((each) => each.id === id);
  if (carried === undefined) return made;
  const rest = made[0].carried.filter((each) => each.id !== id);
  return tell(change(made, { carried: rest }), staged(carried.token, stage, nowUs, detail));
};

type Transmit = Extract<FopAction, { readonly type: 'transmit' }>;

interface Built {
  readonly octets: Uint8Array;
  readonly copies: MasterCopies;
  readonly security: SecurityState | undefined;
}

/**
 * The frame: a new one is protected here, once; a repeat is the octets of the first time. Control commands carry no
 * security fields (355.0-B-2 6.2).
 */
const built = (state: UplinkState, action: Transmit, channel: UplinkChannel): Result<Built> => {
  const { service, sequence, fdu, repeat } = action;
  const { spacecraftId, virtualChannelId, maximumFrameOctets: maximumOctets, security: keys } = channel;
  const { security, copies } = state;
  const frame = { service, spacecraftId, virtualChannelId, sequence, data: fdu.octets };
  const kept = (octets: () => Uint8Array, after = security): Result<Built> => {
    const [next, copy] = masterCopy(copies, action, octets);
    return ok({ octets: copy, copies: next, security: after });
  };
  if (repeat || service === 'BC' || security === undefined || keys === undefined)
    return kept(() => encodeTcFrame(frame, true, maximumOctets));
  const kind = tcKind({ spacecraftId, virtualChannels: [virtualChannelId], maximumOctets }, []);
  const sealed = sealFrame(kind, frame, security, keys);
  return sealed.ok ? kept(() => sealed.value.octets, sealed.value.state) : sealed;
};

/** FOP-1 hears that the layer below has not taken the frame, and tells the operator. Nothing goes out in clear. */
const notSealed = (made: UplinkStep, action: Transmit, reason: string, channel: UplinkChannel, nowUs: number) =>
  driven(tell(made, { type: 'notSealed', reason }), classifyAnswer(action.service, false), channel, nowUs);

const transmitted = (made: UplinkStep, action: Transmit, channel: UplinkChannel, nowUs: number): UplinkStep => {
  const { service, sequence, fdu, repeat } = action;
  const [state] = made;
  const frame = built(state, action, channel);
  if (!frame.ok) return notSealed(made, action, frame.reason, channel, nowUs);
  const { copies, security } = frame.value;
  const token = state.carried.find(({ id }) => id === fdu.id)?.token;
  const cltu = {
    id: state.nextId,
    kind: service,
    octets: encodeCltu(frame.value.octets, channel.randomized),
  };
  const counted = change(made, {
    nextId: state.nextId + 1,
    copies,
    security,
    below: [...state.below, { cltu: cltu.id, kind: service, token }],
    framesSent: state.framesSent + 1,
    framesRepeated: state.framesRepeated + (repeat ? 1 : 0),
    // An expedited frame is answered by nobody: what becomes of it is told by the spacecraft alone.
    carried: service === 'BD' ? state.carried.filter(({ id }) => id !== fdu.id) : state.carried,
  });
  const sent = tell(counted, { type: 'cltu', cltu }, ...(repeat ? [{ type: 'repeat' as const, sequence }] : []));
  if (token === undefined) return sent;
  const words = service === 'AD' ? `frame ${sequence}${repeat ? ' again' : ''}` : 'bypass';
  return tell(sent, staged(token, 'sent', nowUs, words));
};

const answered = (made: UplinkStep, id: number, state: DirectiveAnswer['state'], reason: string): UplinkStep => {
  const directive = made[0].directives.find((each) => each.id === id);
  if (directive === undefined) return made;
  const { token, name } = directive;
  const left = state === 'accepted' ? made[0].directives : made[0].directives.filter((each) => each.id !== id);
  const told = tell(change(made, { directives: left }), { type: 'answer', answer: { token, name, state, reason } });
  return state === 'rejected' ? tell(told, { type: 'directiveRefused', directive: name, reason }) : told;
};

const carriedOut = (made: UplinkStep, action: FopAction, channel: UplinkChannel, nowUs: number): UplinkStep => {
  switch (action.type) {
    case 'transmit':
      return transmitted(made, action, channel, nowUs);
    case 'rejectFdu':
      return released(made, action.id, 'not delivered', nowUs, action.reason);
    case 'confirmFdu':
      return action.positive
        ? released(made, action.id, 'acknowledged', nowUs)
        : released(made, action.id, 'not delivered', nowUs, 'not acknowledged');
    case 'acceptDirective':
      return answered(made, action.id, 'accepted', '');
    case 'rejectDirective':
      return answered(made, action.id, 'rejected', action.reason);
    case 'confirmDirective':
      return answered(
        made,
        action.id,
        action.positive ? 'confirmed' : 'failed',
        action.positive ? '' : 'see the alert',
      );
    case 'startTimer':
      return tell(made, { type: 'arm', setting: action.delayUs });
    case 'cancelTimer':
      return tell(made, { type: 'arm', setting: 'cancel' });
    case 'alert':
      return tell(made, { type: 'alert', code: action.code });
    case 'suspend':
      return tell(made, { type: 'suspended', state: action.suspendState });
    case 'abort':
    case 'acceptFdu':
      return made;
  }
};

/** One event of FOP-1 and all that follows from it. `undefined` is no event. */
export const driven = (
  made: UplinkStep,
  event: FopEvent | undefined,
  channel: UplinkChannel,
  nowUs: number,
): UplinkStep => {
  if (event === undefined) return made;
  const before = made[0].fop.mode;
  const [fop, ...actions] = fop1.step(made[0].fop, event);
  let after = change(made, { fop });
  for (const action of actions) after = carriedOut(after, action, channel, nowUs);
  const starting = before.startsWith('initial') && fop.mode === 'active';
  return starting ? tell(after, { type: 'started', vs: fop.vs }) : after;
};

const isOpen = ({ mode }: UplinkState['fop']): boolean =>
  mode === 'active' || mode === 'retransmitWithoutWait' || mode === 'retransmitWithWait';

/** Nothing is under way that could open the AD service: what waits for it would wait for ever. */
const isClosed = ({ fop, startsItself }: UplinkState): boolean =>
  fop.mode === 'initial' && fop.suspendState === 0 && !startsItself;

/** Gives FOP-1 what it can take. Each turn moves one data unit out of a bounded queue. */
export const fed = (made: UplinkStep, channel: UplinkChannel, nowUs: number): UplinkStep => {
  let after = made;
  for (;;) {
    const [{ fop, waiting, bypass }] = after;
    const urgent = bypass[0];
    const next = waiting[0];
    if (urgent !== undefined && fop.bdOutReady)
      after = driven(change(after, { bypass: bypass.slice(1) }), classifyFdu(fop, 'BD', urgent), channel, nowUs);
    else if (next !== undefined && isClosed(after[0]))
      after = released(change(after, { waiting: waiting.slice(1) }), next.id, 'not delivered', nowUs, 'AD not open');
    else if (next !== undefined && fop.waitQueue === null && isOpen(fop))
      after = driven(change(after, { waiting: waiting.slice(1) }), classifyFdu(fop, 'AD', next), channel, nowUs);
    else return after;
  }
};
