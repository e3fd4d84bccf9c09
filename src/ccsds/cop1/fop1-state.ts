// The variables of FOP-1, CCSDS 232.1-B-2 section 5.1: plain data, so that an uplink can be saved, restored and drawn.
// One per virtual channel. The layers around it see it through the actions in fop1-events.ts.
import { integerIn } from '../../codec/assert.ts';

/** S1 to S6 in the words of the standard. */
export const fopModes = [
  'active',
  'retransmitWithoutWait',
  'retransmitWithWait',
  'initialisingWithoutBc',
  'initialisingWithBc',
  'initial',
] as const;

export type FopMode = (typeof fopModes)[number];

/** What the user gives to be carried in one frame. */
export interface Fdu {
  /** The user's own name for it: every answer carries it. */
  readonly id: number;
  /** The frame data field. */
  readonly octets: Uint8Array;
}

/** A master copy in the Sent_Queue. */
export interface SentFrame {
  readonly service: 'AD' | 'BC';
  /** N(S); 0 for the control command. */
  readonly sequence: number;
  /** Of a BC frame: its control command, under the id of the directive. */
  readonly fdu: Fdu;
  readonly toBeRetransmitted: boolean;
}

export interface Fop {
  readonly mode: FopMode;
  /** V(S): the N(S) of the next new AD frame. */
  readonly vs: number;
  /** NN(R): the oldest N(S) without acknowledgement; V(S) while there is none. */
  readonly nnr: number;
  /** Wait_Queue: one AD FDU that is not yet accepted. */
  readonly waitQueue: Fdu | null;
  readonly sentQueue: readonly SentFrame[];
  /** Whether the layer below has answered the last request of that service. */
  readonly adOutReady: boolean;
  readonly bcOutReady: boolean;
  readonly bdOutReady: boolean;
  readonly timerRunning: boolean;
  /** T1_Initial. */
  readonly timerInitialUs: number;
  /** TL: how often the first queued frame is sent at most. */
  readonly transmissionLimit: number;
  /** TC */
  readonly transmissionCount: number;
  /** TT: what the last expiry does. 0 alerts, 1 suspends. */
  readonly timeoutType: 0 | 1;
  /** SS: 0, or the column (1 to 4) that Resume returns to. */
  readonly suspendState: 0 | 1 | 2 | 3 | 4;
  /** K: AD frames on their way at most. */
  readonly windowWidth: number;
  /** PW of the FARM: what K may not exceed. */
  readonly windowMaximum: number;
  /** The id of an Initiate directive that was accepted and is not confirmed yet. */
  readonly pendingInitiate: number | null;
}

export interface FopSettings {
  /** Default 10. */
  readonly windowWidth?: number;
  /** PW of the FARM, default 127: K is never larger, so that this FOP cannot lock its FARM out (6.1.8). */
  readonly windowMaximum?: number;
  readonly timerInitialUs: number;
  /** Default 3. */
  readonly transmissionLimit?: number;
  /** Default 0. */
  readonly timeoutType?: 0 | 1;
  /** V(S) kept from an earlier run; default 0. */
  readonly vs?: number;
}

/** The state before the first directive. Throws a RangeError for settings that the directives would refuse. */
export const fopReset = (settings: FopSettings): Fop => {
  const { windowMaximum = 127, vs = 0 } = settings;
  return {
    mode: 'initial',
    vs: integerIn('V(S)', vs, 0, 255),
    nnr: vs,
    waitQueue: null,
    sentQueue: [],
    adOutReady: true,
    bcOutReady: true,
    bdOutReady: true,
    timerRunning: false,
    timerInitialUs: integerIn('T1_Initial', settings.timerInitialUs, 1, Number.MAX_SAFE_INTEGER),
    transmissionLimit: integerIn('Transmission_Limit', settings.transmissionLimit ?? 3, 1, 255),
    transmissionCount: 1,
    timeoutType: settings.timeoutType ?? 0,
    suspendState: 0,
    windowMaximum: integerIn('PW', windowMaximum, 1, 255),
    windowWidth: integerIn('K', settings.windowWidth ?? Math.min(10, windowMaximum), 1, windowMaximum),
    pendingInitiate: null,
  };
};
