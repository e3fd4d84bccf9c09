// What extended procedures work on, as data: the keys by id and state, the associations, the log and the security
// report; what the mission fixes beforehand; and what comes with each command. Secrets are of a type of their own that
// nothing here looks into: they pass from the cipher that opened them to the keyring.
import type { Result } from '../../../codec/result.ts';
import type { FrameAead } from '../frame-algorithm.ts';
import type { FrameSecurityReport } from '../frame-security-report.ts';
import type { SecuredChannel } from '../security-association.ts';
import type { HeldAssociation } from '../verify-frame.ts';
import type { KeyEntry, KeyUse } from './key-machine.ts';
import type { ProcedureLog } from './procedure-log.ts';
import type { ProcedureReply } from './procedure-pdu.ts';
import type { ProcedureName } from './procedure-table.ts';

/** Keys with lower ids are master keys: they are loaded before launch, never uploaded and never moved. */
export const MASTER_KEY_END = 128;

/** IVs that start with these four octets are for answers to key verification, and for nothing else. */
export const ANSWER_FIXED_FIELD = 0xffffffff;

/** Ciphers by the octets that name them in a request: encryption with its own authentication, or authentication. */
export type CipherName = 'AES-GCM' | 'AES-CMAC' | 'HMAC-SHA-256' | 'HMAC-SHA-512';

export interface ManagedAssociation extends HeldAssociation {
  readonly cipher: CipherName;
  /** The tag of the last request that changed it; 0 before the first. */
  readonly lastTag: number;
}

export interface ProcedureState {
  /** In the order of their ids, each once. */
  readonly keys: readonly KeyEntry[];
  /** Each SPI once. One that was deleted stays, in mode none. */
  readonly associations: readonly ManagedAssociation[];
  readonly log: ProcedureLog;
  readonly report: FrameSecurityReport;
}

/** An association that may be created: what a telecommand does not decide. */
export interface AssociationSlot {
  readonly spi: number;
  readonly direction: 'transmit' | 'receive';
  readonly channel: SecuredChannel;
  readonly ciphers: readonly CipherName[];
  /** Octets of a frame before its security header, and the SPI: every bit that a mask has to cover at least. */
  readonly leastMask: Uint8Array;
  /** How many counters behind the last are told apart, as in a replay rule. */
  readonly depth: number;
}

export interface ProcedurePolicy {
  /** The associations that may carry extended procedures. */
  readonly carriers: readonly number[];
  readonly slots: readonly AssociationSlot[];
  /** Ids that an upload may fill, and what for; the first range that holds the id counts. */
  readonly keyRanges: readonly {
    readonly first: number;
    readonly last: number;
    readonly use: 'transmit' | 'receive';
  }[];
  /** Entries in `keys`, whatever their state. */
  readonly keyMaximum: number;
  /** Keys in one upload, activation, deactivation, destruction. */
  readonly listMaximum: number;
  /** Keys in one verification. */
  readonly verifyMaximum: number;
  /** Keys that one inventory may report. */
  readonly inventoryMaximum: number;
  readonly windowOctets: number;
  readonly windowMaximum: number;
  readonly macLeastOctets: number;
}

export interface UploadedKey<K> {
  readonly keyId: number;
  readonly secret: K;
}

/** What the crypto room does for the procedures. `K` is its handle of a secret. */
export interface KeyOperations<K> {
  /** The keys of an upload under an active master key, or 'bad MAC', 'bad key list', 'key not active' ... */
  openUpload(masterKeyId: number, iv: Uint8Array, sealed: Uint8Array): Result<readonly UploadedKey<K>[]>;
  same(a: K, b: K): boolean;
  /** Whether the ring has these octets already, under any id. */
  isHeld(secret: K): boolean;
  /** The AES-GCM of an active key, for an answer to its verification. */
  aeadOf(keyId: number): Result<FrameAead>;
}

export interface ProcedureContext<K> {
  /** The association and key that the frame with the command was verified under. */
  readonly carrier: { readonly spi: number; readonly keyId: number };
  readonly operations: KeyOperations<K>;
  /** Eight octets each that were never given here before; one is used up by each key that is verified. */
  readonly freshOctets: readonly Uint8Array[];
  /** Known-answer tests of the ciphers in use. */
  selfTest(): boolean;
}

/** For the keyring, in this order; the checks before them leave no reason to refuse one. */
export type KeyringAction<K> =
  | { readonly type: 'forget'; readonly keyId: number }
  | { readonly type: 'install'; readonly keyId: number; readonly use: KeyUse; readonly secret: K }
  | { readonly type: 'move'; readonly keyId: number; readonly event: 'activate' | 'deactivate' | 'destroy' };

export interface SecurityEvent {
  readonly word: 'SEC-OTAR' | 'SEC-KEY' | 'SEC-SA' | 'SEC-OP' | 'SEC-MC';
  /** The counter of refusals that it belongs to; absent where the procedure was carried out. */
  readonly counter?: 'rej.otar' | 'rej.key' | 'rej.sa' | 'rej.op' | 'rej.mc';
  readonly procedure?: ProcedureName;
  readonly reason?: string;
}

export interface ProcedureDone<K> {
  readonly ok: true;
  readonly state: ProcedureState;
  readonly reply?: ProcedureReply;
  readonly actions: readonly KeyringAction<K>[];
  readonly event: SecurityEvent;
}

export interface ProcedureRefused<K> {
  readonly ok: false;
  /** The state that was given, the same object. */
  readonly state: ProcedureState;
  readonly reason: string;
  /** Of the octets, where it was they that were refused; else 0. */
  readonly at: number;
  /** Secrets that were opened before the refusal: to be wiped. */
  readonly discarded: readonly K[];
  readonly event: SecurityEvent;
}

export type ProcedureOutcome<K> = ProcedureDone<K> | ProcedureRefused<K>;
