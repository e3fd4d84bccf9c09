// A spacecraft's end of the extended procedures for tests: a real keyring and cipher suite behind the engine, a state,
// and the actions of each command carried out. After every command the ring and the state have to tell the same.
import { expect } from 'vitest';
import { operationalAssociation } from '../../src/ccsds/sdls/association-machine.ts';
import { receiveProcedure } from '../../src/ccsds/sdls/extended-procedures/apply-procedure.ts';
import {
  checkProcedurePolicy,
  checkProcedureState,
} from '../../src/ccsds/sdls/extended-procedures/check-procedures.ts';
import type { CreateBody } from '../../src/ccsds/sdls/extended-procedures/create-body.ts';
import type { KeyEntry, KeyMode, KeyUse } from '../../src/ccsds/sdls/extended-procedures/key-machine.ts';
import { emptyLog } from '../../src/ccsds/sdls/extended-procedures/procedure-log.ts';
import {
  type ProcedureRequest,
  procedurePdu,
  type RequestBodies,
} from '../../src/ccsds/sdls/extended-procedures/procedure-pdu.ts';
import type {
  KeyOperations,
  KeyringAction,
  ManagedAssociation,
  ProcedureOutcome,
  ProcedurePolicy,
  ProcedureState,
} from '../../src/ccsds/sdls/extended-procedures/procedure-state.ts';
import type { ProcedureName } from '../../src/ccsds/sdls/extended-procedures/procedure-table.ts';
import { readPlainKeys, writePlainKeys } from '../../src/ccsds/sdls/extended-procedures/upload-keys.ts';
import { noSecurityReport } from '../../src/ccsds/sdls/frame-security-report.ts';
import { cmacLayout, gcmLayout, type SecurityAssociation } from '../../src/ccsds/sdls/security-association.ts';
import { ok, refuse } from '../../src/codec/result.ts';
import { Keyring } from '../../src/crypto/keyring.ts';
import { type SecretKey, takeSecret } from '../../src/crypto/secret-key.ts';
import { nativeSuite } from '../../src/devices/real/native-suite.ts';

export const tc = (virtualChannelId: number) => ({ frame: 'TC', spacecraftId: 42, virtualChannelId }) as const;
const tm = { frame: 'TM', spacecraftId: 42, virtualChannelId: 0 } as const;
const replay = { window: 10, depth: 0 };

/** Channel, MAP and SPI of a TC frame without segment header. */
const tcMask = Uint8Array.of(0x03, 0xff, 0xfc, 0, 0, 0xff, 0xff);
const tmMask = Uint8Array.of(0x3f, 0xfe, 0, 0, 0, 0, 0xff, 0xff);

export const policy: ProcedurePolicy = checkProcedurePolicy({
  carriers: [1, 2],
  slots: [
    { spi: 1, direction: 'receive', channel: tc(0), ciphers: ['AES-GCM'], leastMask: tcMask, depth: 0 },
    { spi: 10, direction: 'receive', channel: tc(1), ciphers: ['AES-GCM', 'AES-CMAC'], leastMask: tcMask, depth: 0 },
    { spi: 11, direction: 'transmit', channel: tm, ciphers: ['AES-GCM'], leastMask: tmMask, depth: 0 },
    { spi: 12, direction: 'receive', channel: tc(2), ciphers: ['AES-CMAC'], leastMask: tcMask, depth: 32 },
  ],
  keyRanges: [
    { first: 200, last: 299, use: 'receive' },
    { first: 300, last: 399, use: 'transmit' },
  ],
  keyMaximum: 20,
  listMaximum: 8,
  verifyMaximum: 4,
  inventoryMaximum: 16,
  windowOctets: 2,
  windowMaximum: 1000,
  macLeastOctets: 16,
});

export const carrier = { spi: 1, keyId: 200 };

const entry = (id: number, mode: KeyMode, use: KeyUse): KeyEntry => ({ id, use, mode, spent: false, lastIv: [] });

const held = (spi: number, keyId: number, more: Partial<SecurityAssociation> = {}, counter = 5): ManagedAssociation => {
  const association: SecurityAssociation = {
    ...gcmLayout,
    spi,
    direction: 'receive',
    channel: tc(0),
    replay,
    ...more,
  };
  const state = operationalAssociation(association, { id: keyId, fixed: association.ivOctets > 0 ? 7 : 0 }, counter);
  return { association, state, cipher: association.ivOctets > 0 ? 'AES-GCM' : 'AES-CMAC', lastTag: 0 };
};

/** 1: carrier; 2: another that may carry; 3: replies; 4: authentication alone. Keys in every state. */
export const startState = (): ProcedureState =>
  checkProcedureState(policy, {
    keys: [
      entry(1, 'active', 'master'),
      entry(2, 'deactivated', 'master'),
      entry(200, 'active', 'receive'),
      entry(201, 'active', 'receive'),
      entry(202, 'active', 'receive'),
      entry(210, 'preActive', 'receive'),
      entry(211, 'active', 'receive'),
      entry(212, 'deactivated', 'receive'),
      entry(213, 'destroyed', 'receive'),
      entry(214, 'corrupted', 'receive'),
      entry(300, 'active', 'transmit'),
      entry(310, 'active', 'transmit'),
    ],
    associations: [
      held(1, 200),
      held(2, 201),
      held(3, 300, { direction: 'transmit', channel: tm }),
      held(4, 202, { ...cmacLayout, channel: tc(3) }),
    ],
    log: emptyLog(4),
    report: { ...noSecurityReport, alarm: true, badMac: true, spi: 9, sequence: 8 },
  });

export const keyOctets = (id: number): Uint8Array => new Uint8Array(32).fill(id & 0xff).with(0, id >> 8);
const secretOf = (id: number): SecretKey => takeSecret(keyOctets(id));

/** A ring that tells the same as the state; keys that are destroyed or corrupted went there by their moves. */
const ringOf = (state: ProcedureState): Keyring => {
  const ring = new Keyring(64);
  const moves = {
    none: [],
    preActive: [],
    active: ['activate'],
    deactivated: ['activate', 'deactivate'],
    destroyed: ['destroy'],
    corrupted: ['corrupt'],
  } as const;
  for (const { id, mode, use } of state.keys) {
    ring.add(id, use, secretOf(id));
    for (const event of moves[mode]) ring.move(id, event);
  }
  return ring;
};

export type Outcome = ProcedureOutcome<SecretKey>;

export class ProceduresBench {
  state = startState();
  readonly ring = ringOf(this.state);
  carrier = carrier;
  selfTestIsGood = true;
  #fresh = 0;

  readonly operations: KeyOperations<SecretKey> = {
    openUpload: (masterKeyId, iv, sealed) => {
      const master = this.ring.use(masterKeyId, 'master');
      if (!master.ok) return master;
      const plain = nativeSuite.aesGcm(master.value).open(iv, new Uint8Array(0), sealed);
      if (plain === undefined) return refuse('bad MAC');
      const keys = readPlainKeys(plain);
      return keys.ok ? ok(keys.value.map(({ keyId, octets }) => ({ keyId, secret: takeSecret(octets) }))) : keys;
    },
    same: (a, b) => a.equals(b),
    isHeld: (secret) => this.ring.holds(secret),
    aeadOf: (keyId) => {
      const record = this.ring.inventory(keyId, keyId)[0];
      const key = this.ring.use(keyId, record?.purpose ?? 'receive');
      return key.ok ? ok(nativeSuite.aesGcm(key.value)) : key;
    },
  };

  fresh(): Uint8Array[] {
    return Array.from({ length: 4 }, () => new Uint8Array(new BigUint64Array([BigInt(++this.#fresh)]).buffer));
  }

  receive(octets: Uint8Array): Outcome {
    const context = {
      carrier: this.carrier,
      operations: this.operations,
      freshOctets: this.fresh(),
      selfTest: () => this.selfTestIsGood,
    };
    const outcome = receiveProcedure(policy, this.state, octets, context);
    if (outcome.ok) for (const action of outcome.actions) this.#act(action);
    else for (const secret of outcome.discarded) secret.wipe();
    this.state = outcome.state;
    return outcome;
  }

  #act(action: KeyringAction<SecretKey>): void {
    const { keyId } = action;
    const done =
      action.type === 'install'
        ? this.ring.add(keyId, action.use, action.secret)
        : action.type === 'move'
          ? this.ring.move(keyId, action.event)
          : this.ring.forget(keyId);
    expect(done, `${action.type} ${keyId}`).toMatchObject({ ok: true });
  }

  send<N extends ProcedureName>(procedure: N, body: RequestBodies[N]): Outcome {
    return this.receive(procedurePdu.encode({ type: 'request', procedure, body } as ProcedureRequest));
  }

  /** The word for what became of a command: 'done', or the reason. */
  judge<N extends ProcedureName>(procedure: N, body: RequestBodies[N]): string {
    const outcome = this.send(procedure, body);
    return outcome.ok ? 'done' : outcome.reason;
  }

  /** The ring has the keys of the state, in the same states and for the same use. */
  expectAgreement(): void {
    expect(this.ring.inventory().map(({ id, purpose, state }) => [id, purpose, state])).toEqual(
      this.state.keys.map(({ id, use, mode }) => [id, use, mode]),
    );
  }
}

/** An IV of uploads that rises with `n`. */
export const uploadIv = (n: number): Uint8Array => new Uint8Array(12).with(11, n & 0xff).with(10, n >> 8);

/** Keys sealed under a master key, as the ground does it. */
export const upload = (ids: readonly number[], { n = 1, masterKeyId = 1, octets = keyOctets } = {}) => {
  const plain = writePlainKeys(ids.map((keyId) => ({ keyId, octets: octets(keyId) })));
  const sealed = new Uint8Array(plain.length + 16);
  nativeSuite.aesGcm(secretOf(masterKeyId)).sealInto(sealed, 0, uploadIv(n), new Uint8Array(0), plain);
  return { masterKeyId, iv: uploadIv(n), sealed };
};

const none = new Uint8Array(0);

/** A request for SPI 10 that is taken. */
export const creation: CreateBody = {
  spi: 10,
  encryption: true,
  authentication: true,
  ivOctets: 12,
  sequenceOctets: 0,
  padLengthOctets: 0,
  macOctets: 16,
  encryptionCipher: Uint8Array.of(1),
  iv: new Uint8Array(12),
  authenticationCipher: none,
  mask: none,
  counter: none,
  window: Uint8Array.of(0, 64),
};

export const cmacCreation: CreateBody = {
  ...creation,
  encryption: false,
  ivOctets: 0,
  sequenceOctets: 2,
  encryptionCipher: none,
  iv: none,
  authenticationCipher: Uint8Array.of(1),
};

/** The IV with fixed field and counter, as requests carry it. */
export const ivOf = (fixed: number, last: number): Uint8Array => {
  const octets = new Uint8Array(12);
  new DataView(octets.buffer).setUint32(0, fixed);
  new DataView(octets.buffer).setBigUint64(4, BigInt(last));
  return octets;
};
