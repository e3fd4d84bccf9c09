// What moves FOP-1 and what it asks for, CCSDS 232.1-B-2 section 5.3 and the service definitions of section 3. The
// names E101 to E104 are the later additions of the standard between E7 and E18.
import type { Step } from '../../kernel/machine.ts';
import type { Each } from './each.ts';
import type { Fdu, Fop } from './fop1-state.ts';

export const directiveNames = [
  'initiateAdWithoutClcwCheck',
  'initiateAdWithClcwCheck',
  'initiateAdWithUnlock',
  'initiateAdWithSetVr',
  'terminateAd',
  'resumeAd',
  'setVs',
  'setWindowWidth',
  'setTimerInitial',
  'setTransmissionLimit',
  'setTimeoutType',
] as const;

export type DirectiveName = (typeof directiveNames)[number];

export interface Directive {
  readonly id: number;
  readonly name: DirectiveName;
  /** V(R) of initiateAdWithSetVr, V(S), K, T1_Initial in microseconds, TL or TT; the others have none. */
  readonly value?: number;
}

interface WithReport {
  /** N(R) */
  readonly nr: number;
}
interface WithDirective {
  readonly id: number;
}
interface WithValue extends WithDirective {
  readonly value: number;
}
interface WithFdu {
  readonly fdu: Fdu;
}

type ClcwEvent = Each<
  'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'E6' | 'E7' | 'E101' | 'E102' | 'E8' | 'E9' | 'E10' | 'E11' | 'E12' | 'E103',
  WithReport
>;

export type FopEvent =
  | ClcwEvent
  | Each<'E13' | 'E14' | 'E15' | 'E16' | 'E104' | 'E17' | 'E18', unknown>
  | Each<'E19' | 'E20' | 'E21' | 'E22', WithFdu>
  | Each<'E23' | 'E24' | 'E25' | 'E26' | 'E28' | 'E29' | 'E30' | 'E31' | 'E32' | 'E33' | 'E34' | 'E40', WithDirective>
  | Each<'E27' | 'E35' | 'E36' | 'E37' | 'E38' | 'E39', WithValue>
  | Each<'E41' | 'E42' | 'E43' | 'E44' | 'E45' | 'E46', unknown>;

/** The reasons of the Alert indication, table 4-4. */
export type AlertCode = 'limit' | 'T1' | 'lockout' | 'synch' | 'NN(R)' | 'CLCW' | 'LLIF' | 'term';

export type FopAction =
  /** A frame for the layer below, which answers each with E41 to E46, also when it was aborted. */
  | {
      readonly type: 'transmit';
      readonly service: 'AD' | 'BC' | 'BD';
      readonly sequence: number;
      readonly fdu: Fdu;
      /** The same frame went out before: its octets must be the same ones (see master-copies.ts). */
      readonly repeat: boolean;
    }
  /** Frames of AD or BC that still wait below are not to be sent any more. */
  | { readonly type: 'abort' }
  | { readonly type: 'startTimer'; readonly delayUs: number }
  | { readonly type: 'cancelTimer' }
  | { readonly type: 'acceptFdu'; readonly id: number }
  | { readonly type: 'rejectFdu'; readonly id: number; readonly reason: string }
  | { readonly type: 'confirmFdu'; readonly id: number; readonly positive: boolean }
  | { readonly type: 'acceptDirective'; readonly id: number }
  | { readonly type: 'rejectDirective'; readonly id: number; readonly reason: string }
  | { readonly type: 'confirmDirective'; readonly id: number; readonly positive: boolean }
  | { readonly type: 'alert'; readonly code: AlertCode }
  | { readonly type: 'suspend'; readonly suspendState: number };

export type FopStep = Step<Fop, FopAction>;
