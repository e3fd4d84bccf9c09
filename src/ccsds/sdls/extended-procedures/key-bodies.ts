// The bodies of key management, CCSDS 355.1-B-1: requests and replies as they stand on the wire. Keys of an
// upload stay sealed here: who opens them is `upload-keys.ts`, behind the cipher.
import type { Codec } from '../../../codec/codec.ts';
import { Cursor } from '../../../codec/cursor.ts';
import { ok, refuse } from '../../../codec/result.ts';
import { Writer } from '../../../codec/writer.ts';
import { exactly, list, named, record, sized } from './body-codecs.ts';
import { type KeyMode, keyModes } from './key-machine.ts';

export const EP_IV_OCTETS = 12;
export const EP_MAC_OCTETS = 16;
export const CHALLENGE_OCTETS = 16;
/** A key identifier of two octets and a key of 256 bits. */
export const UPLOAD_KEY_OCTETS = 32;
export const UPLOAD_ITEM_OCTETS = 2 + UPLOAD_KEY_OCTETS;
const ANSWER_OCTETS = CHALLENGE_OCTETS + EP_MAC_OCTETS;

export interface OtarBody {
  readonly masterKeyId: number;
  /** 12 octets */
  readonly iv: Uint8Array;
  /** Key identifiers and keys, encrypted under the master key, and the MAC. */
  readonly sealed: Uint8Array;
}

/** Refuses 'length mismatch' for anything but whole keys, one at least. */
export const otarBody: Codec<OtarBody> = {
  name: 'OTAR',
  encode: ({ masterKeyId, iv, sealed }) => {
    const keys = (sealed.length - EP_MAC_OCTETS) / UPLOAD_ITEM_OCTETS;
    if (!Number.isInteger(keys) || keys < 1)
      throw new RangeError(`sealed keys: expected whole keys and a MAC, got ${sealed.length} octets`);
    return new Writer(2 + EP_IV_OCTETS + sealed.length)
      .u16(masterKeyId, 'master key id')
      .octets(exactly('IV', iv, EP_IV_OCTETS))
      .octets(sealed)
      .finish();
  },
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const masterKeyId = cursor.u16();
    const iv = cursor.octets(EP_IV_OCTETS);
    const sealed = cursor.rest();
    const keyOctets = sealed.length - EP_MAC_OCTETS;
    if (cursor.short || keyOctets < UPLOAD_ITEM_OCTETS || keyOctets % UPLOAD_ITEM_OCTETS !== 0)
      return refuse('length mismatch', octets.length);
    return ok({ masterKeyId, iv, sealed });
  },
};

export interface KeyIdsBody {
  readonly keyIds: readonly number[];
}

const keyId = record<number>(
  'key id',
  2,
  (writer, id) => writer.u16(id, 'key id'),
  (cursor) => cursor.u16(),
);

/** Of activation, deactivation and destruction. */
export const keyIdsBody: Codec<KeyIdsBody> = named('keyIds', list(sized(keyId)));

export interface KeyChallenge {
  readonly keyId: number;
  /** 16 octets */
  readonly challenge: Uint8Array;
}

export const verifyBody: Codec<{ readonly challenges: readonly KeyChallenge[] }> = named(
  'challenges',
  list(
    sized(
      record<KeyChallenge>(
        'challenge',
        2 + CHALLENGE_OCTETS,
        (writer, value) =>
          writer.u16(value.keyId, 'key id').octets(exactly('challenge', value.challenge, CHALLENGE_OCTETS)),
        (cursor) => ({ keyId: cursor.u16(), challenge: cursor.octets(CHALLENGE_OCTETS) }),
      ),
    ),
  ),
);

export interface KeyAnswer {
  readonly keyId: number;
  /** 12 octets */
  readonly iv: Uint8Array;
  /** The challenge encrypted under the key, 16 octets, and the MAC, 16. */
  readonly sealed: Uint8Array;
}

export const verifyReplyBody: Codec<{ readonly answers: readonly KeyAnswer[] }> = named(
  'answers',
  list(
    sized(
      record<KeyAnswer>(
        'answer',
        2 + EP_IV_OCTETS + ANSWER_OCTETS,
        (writer, value) =>
          writer
            .u16(value.keyId, 'key id')
            .octets(exactly('IV', value.iv, EP_IV_OCTETS))
            .octets(exactly('sealed challenge', value.sealed, ANSWER_OCTETS)),
        (cursor) => ({
          keyId: cursor.u16(),
          iv: cursor.octets(EP_IV_OCTETS),
          sealed: cursor.octets(ANSWER_OCTETS),
        }),
      ),
    ),
  ),
);

export interface InventoryBody {
  readonly first: number;
  readonly last: number;
}

/** A range that runs backwards is for the engine to refuse. */
export const inventoryBody: Codec<InventoryBody> = record(
  'inventory',
  4,
  (writer, { first, last }) => writer.u16(first, 'first key id').u16(last, 'last key id'),
  (cursor) => ({ first: cursor.u16(), last: cursor.u16() }),
);

export interface InventoryItem {
  readonly keyId: number;
  readonly state: Exclude<KeyMode, 'none'>;
}

/** In the order of their codes 0 to 4. */
const coded = keyModes.filter((mode) => mode !== 'none');

/** Refuses 'length mismatch', 'bad count' and 'bad key state'. */
export const inventoryReplyBody: Codec<{ readonly keys: readonly InventoryItem[] }> = {
  name: 'inventory reply',
  encode: ({ keys }) => {
    const writer = new Writer(2 + 3 * keys.length).u16(keys.length, 'number of keys');
    for (const { keyId: id, state } of keys) writer.u16(id, 'key id').u8(coded.indexOf(state), 'key state');
    return writer.finish();
  },
  decode: (octets) => {
    const cursor = new Cursor(octets);
    const count = cursor.u16();
    if (cursor.short || cursor.left % 3 !== 0) return refuse('length mismatch', octets.length);
    if (cursor.left !== 3 * count) return refuse('bad count', 0);
    const keys: InventoryItem[] = [];
    for (let k = 0; k < count; k++) {
      const id = cursor.u16();
      const state = coded[cursor.u8()];
      if (state === undefined) return refuse('bad key state', cursor.at - 1);
      keys.push({ keyId: id, state });
    }
    return ok({ keys });
  },
};
