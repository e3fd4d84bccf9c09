// FARM-1, the receiving end of COP-1: the state table of CCSDS 232.1-B-2 section 6.3, laid out as it is printed there.
// E1 in S2 cannot happen, because a buffer becomes free by E10 alone. Unlock never moves V(R).
import { type Cell, machine, type Row } from '../../kernel/machine.ts';
import type { Clcw } from './clcw.ts';
import type { Farm, FarmAction, FarmEvent, FarmMode, FarmStep } from './farm1-state.ts';

type Of<T extends FarmEvent['type']> = Extract<FarmEvent, { readonly type: T }>;
type WithFrame = Of<'E1' | 'E6'>;

const discarded = (farm: Farm, reason: string): FarmStep => [farm, { type: 'discard', reason }];
const counted = (farm: Farm): Farm => ({ ...farm, farmB: (farm.farmB + 1) & 3 });

const accept = (farm: Farm, event: WithFrame): FarmStep => [
  { ...farm, vr: (farm.vr + 1) & 255, retransmit: false },
  { type: 'accept', frame: event.frame },
];
const askToWait = (farm: Farm): FarmStep => discarded({ ...farm, retransmit: true, wait: true }, 'no buffer free');
const askAgain = (farm: Farm): FarmStep => discarded({ ...farm, retransmit: true }, 'out of sequence');
const discardRepeat = (farm: Farm): FarmStep => discarded(farm, 'repeated frame');
const discardWaiting = (farm: Farm): FarmStep => discarded(farm, 'no buffer free');
const discardLocked = (farm: Farm): FarmStep => discarded(farm, 'in lockout');
const discardInvalid = (farm: Farm, event: Of<'E9'>): FarmStep => discarded(farm, event.reason);
const lockOut = (farm: Farm): FarmStep => [
  { ...farm, lockout: true },
  { type: 'discard', reason: 'outside the window' },
  { type: 'lockedOut' },
];
const acceptBypass = (farm: Farm, event: WithFrame): FarmStep => [
  counted(farm),
  { type: 'accept', frame: event.frame },
];
const unlock = (farm: Farm): FarmStep => [
  { ...counted(farm), lockout: false, wait: false, retransmit: false },
  { type: 'unlocked' },
];
const setVr = (farm: Farm, event: Of<'E8'>): FarmStep => [
  { ...counted(farm), vr: event.vr, wait: false, retransmit: false },
  { type: 'vrSet', vr: event.vr },
];
const onlyCount = (farm: Farm): FarmStep => discarded(counted(farm), 'Set V(R) in lockout');
const ignore = (farm: Farm): FarmStep => [farm];
const endWait = (farm: Farm): FarmStep => [{ ...farm, wait: false }];
const report = (farm: Farm): FarmStep => [farm, { type: 'report' }];

const row = <E>(
  is: string,
  open: Cell<Farm, FarmMode, E, FarmAction>,
  wait: Cell<Farm, FarmMode, E, FarmAction>,
  lockout: Cell<Farm, FarmMode, E, FarmAction>,
): Row<Farm, E, FarmAction> => ({ is, open, wait, lockout });

const S1 = 'open';
const S2 = 'wait';
const S3 = 'lockout';
const NA = 'impossible';

// biome-ignore format: laid out as the standard prints it
export const farm1 = machine<Farm, FarmEvent, FarmAction>('FARM-1', {
  //                                            S1                    S2                    S3
  E1:  row('AD, N(S) = V(R), a buffer is free', [accept, S1],         NA,                   [discardLocked, S3]),
  E2:  row('AD, N(S) = V(R), no buffer free',   [askToWait, S2],      [discardWaiting, S2], [discardLocked, S3]),
  E3:  row('AD in the positive window',         [askAgain, S1],       [discardWaiting, S2], [discardLocked, S3]),
  E4:  row('AD in the negative window',         [discardRepeat, S1],  [discardRepeat, S2],  [discardLocked, S3]),
  E5:  row('AD in the lockout area',            [lockOut, S3],        [lockOut, S3],        [discardLocked, S3]),
  E6:  row('BD',                                [acceptBypass, S1],   [acceptBypass, S2],   [acceptBypass, S3]),
  E7:  row('Unlock',                            [unlock, S1],         [unlock, S1],         [unlock, S1]),
  E8:  row('Set V(R)',                          [setVr, S1],          [setVr, S1],          [onlyCount, S3]),
  E9:  row('invalid frame',                     [discardInvalid, S1], [discardInvalid, S2], [discardInvalid, S3]),
  E10: row('a buffer is released',              [ignore, S1],         [endWait, S1],        [endWait, S3]),
  E11: row('the CLCW is due',                   [report, S1],         [report, S2],         [report, S3]),
});

/** The control word that a FARM-1 reports; the flags of the physical channel are the receiver's. */
export const clcwOf = (
  farm: Farm,
  virtualChannelId: number,
  channel: { readonly noRfAvailable?: boolean; readonly noBitLock?: boolean; readonly status?: number } = {},
): Clcw => ({
  version: 0,
  status: channel.status ?? 0,
  cop: 1,
  virtualChannelId,
  reserved: 0,
  noRfAvailable: channel.noRfAvailable ?? false,
  noBitLock: channel.noBitLock ?? false,
  lockout: farm.lockout,
  wait: farm.wait,
  retransmit: farm.retransmit,
  farmB: farm.farmB,
  reportValue: farm.vr,
});
