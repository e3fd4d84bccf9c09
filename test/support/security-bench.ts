// One party's end of link security for tests: associations by SPI, all under keys of one suite, and what became of the
// frames. It commits what verification gives back, as a receiver does, and keeps the state of what it protects.
import {
  type AssociationKey,
  type AssociationState,
  operationalAssociation,
} from '../../src/ccsds/sdls/association-machine.ts';
import type { FrameAlgorithm } from '../../src/ccsds/sdls/frame-algorithm.ts';
import type { FrameKind } from '../../src/ccsds/sdls/frame-kind.ts';
import { protectFrame } from '../../src/ccsds/sdls/protect-frame.ts';
import { checkAssociation, type SecurityAssociation } from '../../src/ccsds/sdls/security-association.ts';
import {
  type HeldAssociation,
  type SecurityRefusal,
  type SecurityTable,
  type Verified,
  verifyFrame,
} from '../../src/ccsds/sdls/verify-frame.ts';
import { ok, type Result } from '../../src/codec/result.ts';
import { type SecretKey, takeSecret } from '../../src/crypto/secret-key.ts';
import type { CryptoSuite } from '../../src/crypto/suite.ts';
import { nativeSuite } from '../../src/devices/real/native-suite.ts';

export type MacName = 'aesCmac' | 'hmacSha256' | 'hmacSha512';

/** 00 01 02 ... 1f */
export const countingKey = (): SecretKey => takeSecret(Uint8Array.from({ length: 32 }, (_, at) => at));

export const algorithmFor = (
  association: Pick<SecurityAssociation, 'service'>,
  key: SecretKey,
  mac: MacName = 'aesCmac',
  suite: CryptoSuite = nativeSuite,
): FrameAlgorithm =>
  association.service === 'authentication'
    ? { service: 'authentication', mac: suite[mac](key) }
    : { service: 'authenticated encryption', aead: suite.aesGcm(key) };

export interface SecurityBenchOptions {
  readonly key?: SecretKey;
  readonly mac?: MacName;
  readonly suite?: CryptoSuite;
  readonly fixed?: number;
  /** The first counter. */
  readonly counter?: number;
}

export class SecurityBench implements SecurityTable {
  readonly #held = new Map<number, HeldAssociation>();
  readonly #algorithms = new Map<number, FrameAlgorithm>();
  nowUs = 0;

  add(association: SecurityAssociation, options: SecurityBenchOptions = {}): this {
    const { key = countingKey(), mac, suite, fixed = 0, counter = 0 } = options;
    checkAssociation(association);
    const state = operationalAssociation(association, { id: association.spi, fixed }, counter);
    this.#held.set(association.spi, { association, state });
    this.#algorithms.set(association.spi, algorithmFor(association, key, mac, suite));
    return this;
  }

  find(spi: number): HeldAssociation | undefined {
    return this.#held.get(spi);
  }

  algorithmOf(_: SecurityAssociation, key: AssociationKey): Result<FrameAlgorithm> {
    return ok(this.#algorithms.get(key.id)!);
  }

  stateOf(spi: number): AssociationState {
    return this.#held.get(spi)!.state;
  }

  change(spi: number, state: Partial<AssociationState>): void {
    const held = this.#held.get(spi)!;
    this.#held.set(spi, { ...held, state: { ...held.state, ...state } });
  }

  protect<F extends { readonly data: Uint8Array }>(kind: FrameKind<F>, frame: F, spi: number): Uint8Array {
    const { association, state } = this.#held.get(spi)!;
    const made = protectFrame(kind, frame, association, state, this.#algorithms.get(spi)!);
    if (!made.ok) throw new Error(`bench: ${made.reason}`);
    this.change(spi, made.value.state);
    return made.value.octets;
  }

  receive<F extends { readonly data: Uint8Array }>(
    kind: FrameKind<F>,
    octets: Uint8Array,
  ): Verified<F> | SecurityRefusal {
    const outcome = verifyFrame(kind, octets, this, this.nowUs);
    if (outcome.ok) this.change(outcome.spi, outcome.state);
    return outcome;
  }

  /** The word for what became of a frame: 'accepted', or the reason. */
  judge<F extends { readonly data: Uint8Array }>(kind: FrameKind<F>, octets: Uint8Array): string {
    const outcome = this.receive(kind, octets);
    return outcome.ok ? 'accepted' : outcome.reason;
  }
}

/** The same association seen from the other end. */
export const otherEnd = (association: SecurityAssociation): SecurityAssociation => ({
  ...association,
  direction: association.direction === 'transmit' ? 'receive' : 'transmit',
});
