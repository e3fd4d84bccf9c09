// The life of a key as extended procedures see it, CCSDS 355.1-B-1: the states are those of the keyring, and none where
// the ring holds nothing. Of a key there is here what may be shown: its id, its use, its state; never an octet of it.
import { machine, type Step } from '../../../kernel/machine.ts';

/** After `none` in the order of their codes 0 to 4. */
export const keyModes = ['none', 'preActive', 'active', 'deactivated', 'destroyed', 'corrupted'] as const;
export type KeyMode = (typeof keyModes)[number];

/** Master keys carry keys and never a frame; the others are for the frames of one direction. */
export type KeyUse = 'master' | 'transmit' | 'receive';

export interface KeyEntry {
  /** 0..65535 */
  readonly id: number;
  readonly use: KeyUse;
  readonly mode: KeyMode;
  /** An association has let go of it: its counters ran, so that no association may start them again. */
  readonly spent: boolean;
  /** Of a master key: the IV of the last upload that was taken, 12 octets; empty before the first. */
  readonly lastIv: readonly number[];
}

export type KeyProcedureEvent =
  | { readonly type: 'upload'; readonly use: KeyUse }
  | { readonly type: 'activate' | 'deactivate' | 'destroy' | 'corrupt' };

export type KeyProcedureAction =
  | { readonly type: 'moved' }
  | { readonly type: 'refused'; readonly reason: 'illegal key transition' | 'key id in use' };

type Made = Step<KeyEntry, KeyProcedureAction>;

const moved = { type: 'moved' } as const;

/** A fresh key under the id: nothing of what stood there before applies to it. */
const takeIn = (key: KeyEntry, event: { readonly use: KeyUse }): Made => [
  { id: key.id, use: event.use, mode: 'preActive', spent: false, lastIv: [] },
  moved,
];
const move = (key: KeyEntry): Made => [key, moved];
const deny = (key: KeyEntry): Made => [key, { type: 'refused', reason: 'illegal key transition' }];
const keep = (key: KeyEntry): Made => [key, { type: 'refused', reason: 'key id in use' }];

/**
 * A pre-active key may be destroyed, because an epoch that was never confirmed is discarded; an active one must be
 * deactivated first. An upload takes a free id, or that of a destroyed key, and never replaces a key that is held.
 */
export const keyMachine = machine<KeyEntry, KeyProcedureEvent, KeyProcedureAction>('Key', {
  upload: {
    is: 'a key comes under a master key',
    none: [takeIn, 'preActive'],
    preActive: [keep, 'preActive'],
    active: [keep, 'active'],
    deactivated: [keep, 'deactivated'],
    destroyed: [takeIn, 'preActive'],
    corrupted: [keep, 'corrupted'],
  },
  activate: {
    is: 'associations may use it',
    none: [deny, 'none'],
    preActive: [move, 'active'],
    active: [deny, 'active'],
    deactivated: [deny, 'deactivated'],
    destroyed: [deny, 'destroyed'],
    corrupted: [deny, 'corrupted'],
  },
  deactivate: {
    is: 'associations may no longer use it',
    none: [deny, 'none'],
    preActive: [deny, 'preActive'],
    active: [move, 'deactivated'],
    deactivated: [deny, 'deactivated'],
    destroyed: [deny, 'destroyed'],
    corrupted: [deny, 'corrupted'],
  },
  destroy: {
    is: 'its octets are overwritten',
    none: [deny, 'none'],
    preActive: [move, 'destroyed'],
    active: [deny, 'active'],
    deactivated: [move, 'destroyed'],
    destroyed: [deny, 'destroyed'],
    corrupted: [move, 'destroyed'],
  },
  corrupt: {
    is: 'a check of its octets failed',
    none: [deny, 'none'],
    preActive: [move, 'corrupted'],
    active: [move, 'corrupted'],
    deactivated: [move, 'corrupted'],
    destroyed: [deny, 'destroyed'],
    corrupted: [deny, 'corrupted'],
  },
});

/** An id under which nothing is held. */
export const noKey = (id: number): KeyEntry => ({ id, use: 'receive', mode: 'none', spent: false, lastIv: [] });
