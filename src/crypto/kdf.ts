// The key schedule of a rekey by store and forward: two encapsulated secrets, a pre-shared key and the exporter of the
// epoch before go in, and keys for each association and direction, for confirmation and for the next epoch come out.
// HKDF with SHA-256 (RFC 5869); every output is bound to its label, epoch and the transcript of all messages.
import { integerIn } from '../codec/assert.ts';
import { Writer } from '../codec/writer.ts';
import { joinSecrets, type SecretKey } from './secret-key.ts';
import type { CryptoSuite } from './suite.ts';

export const ASSOCIATION_KEY_OCTETS = 32;
/** SHA-384 over all octets of the messages. */
export const TRANSCRIPT_OCTETS = 48;

export interface EpochInputs {
  readonly preSharedKey: SecretKey;
  /** Of the epoch before; of the first epoch a secret that was loaded before launch. */
  readonly exporter: SecretKey;
  /** Encapsulated to a one-time prekey; absent once those are used up, which gives up forward secrecy. */
  readonly prekeySecret?: SecretKey;
  /** Encapsulated to the static key. */
  readonly staticSecret: SecretKey;
}

/** One epoch of keys. */
export interface Epoch {
  readonly number: number;
  /** 48 octets. */
  readonly transcript: Uint8Array;
  readonly secret: SecretKey;
}

export type Direction = 'uplink' | 'downlink';
export type Side = 'space' | 'ground';

/** The secret that everything of an epoch follows from. The inputs stay as they are: their owner wipes them. */
export const epochOf = (suite: CryptoSuite, number: number, transcript: Uint8Array, inputs: EpochInputs): Epoch => {
  integerIn('epoch', number, 0, 0xffffffff);
  integerIn('transcript octets', transcript.length, TRANSCRIPT_OCTETS, TRANSCRIPT_OCTETS);
  const { preSharedKey, exporter, prekeySecret, staticSecret } = inputs;
  const salt = joinSecrets(preSharedKey, exporter);
  const material = prekeySecret === undefined ? joinSecrets(staticSecret) : joinSecrets(prekeySecret, staticSecret);
  const secret = suite.hkdfExtract(salt, material);
  salt.wipe();
  material.wipe();
  return { number, transcript: Uint8Array.from(transcript), secret };
};

/** Label and details each behind its length, so that no two derivations have the same octets. */
const infoOf = (epoch: Epoch, label: string, details: Uint8Array): Uint8Array => {
  const name = Uint8Array.from(`tharsis ${label}`, (letter) => letter.charCodeAt(0));
  const info = new Writer(64 + TRANSCRIPT_OCTETS).u8(name.length).octets(name).u8(details.length).octets(details);
  return info.u32(epoch.number).octets(epoch.transcript).finish();
};

/** The traffic key of one association (SPI, 16 bits) and direction. */
export const associationKey = (suite: CryptoSuite, epoch: Epoch, spi: number, direction: Direction): SecretKey => {
  const details = Uint8Array.of(integerIn('SPI', spi, 1, 0xfffe) >> 8, spi & 0xff, direction === 'uplink' ? 0 : 1);
  return suite.hkdfExpand(epoch.secret, infoOf(epoch, 'association', details), ASSOCIATION_KEY_OCTETS);
};

/** The key with which one side shows that it has the epoch. */
export const confirmationKey = (suite: CryptoSuite, epoch: Epoch, side: Side): SecretKey =>
  suite.hkdfExpand(epoch.secret, infoOf(epoch, 'confirmation', Uint8Array.of(side === 'space' ? 0 : 1)), 32);

/** What the next epoch mixes in. */
export const exporterOf = (suite: CryptoSuite, epoch: Epoch): SecretKey =>
  suite.hkdfExpand(epoch.secret, infoOf(epoch, 'exporter', new Uint8Array(0)), 32);
