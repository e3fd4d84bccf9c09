// The variables of FARM-1, CCSDS 232.1-B-2 section 6.1, and what its steps tell the world. One per virtual channel.
import type { Step } from '../../kernel/machine.ts';
import type { TcFrame } from '../tc-frame/tc-frame.ts';
import type { Each } from './each.ts';

/** S1, S2 and S3 in the words of the standard. */
export const farmModes = ['open', 'wait', 'lockout'] as const;

export type FarmMode = (typeof farmModes)[number];

export interface Farm {
  readonly mode: FarmMode;
  /** V(R): the next expected N(S), 0..255. */
  readonly vr: number;
  /** FARM-B counter, 0..3: bypass frames accepted. */
  readonly farmB: number;
  readonly lockout: boolean;
  readonly wait: boolean;
  readonly retransmit: boolean;
}

/** The standard leaves the first values open: this FARM starts open, with everything zero. */
export const farmReset: Farm = { mode: 'open', vr: 0, farmB: 0, lockout: false, wait: false, retransmit: false };

/** What reception makes of a frame: the row of the table and what its cells need. */
export type FarmEvent =
  | Each<'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'E6', { readonly frame: TcFrame }>
  | Each<'E7' | 'E10' | 'E11', unknown>
  | Each<'E8', { readonly vr: number }>
  | Each<'E9', { readonly reason: string }>;

export type FarmAction =
  /** The data field goes up. */
  | { readonly type: 'accept'; readonly frame: TcFrame }
  /** The reason is stable words, to be counted by. */
  | { readonly type: 'discard'; readonly reason: string }
  | { readonly type: 'lockedOut' }
  | { readonly type: 'unlocked' }
  | { readonly type: 'vrSet'; readonly vr: number }
  /** E11: the CLCW is to be sent now, from the state beside this action. */
  | { readonly type: 'report' };

export type FarmStep = Step<Farm, FarmAction>;
