// The plaintext of an upload, CCSDS 355.1-B-1: key identifiers and keys of 256 bits, one behind the other.
// Secret octets: whoever opens an upload makes handles of the views and overwrites the plaintext, and whoever makes one
// overwrites what it was sealed from.
import { ok, type Result, refuse } from '../../../codec/result.ts';
import { exactly } from './body-codecs.ts';
import { UPLOAD_ITEM_OCTETS, UPLOAD_KEY_OCTETS } from './key-bodies.ts';

export interface PlainKey {
  readonly keyId: number;
  /** 32 octets, in what is read a view. */
  readonly octets: Uint8Array;
}

/** Refuses 'bad key list' for anything but whole keys, one at least. */
export const readPlainKeys = (plain: Uint8Array): Result<readonly PlainKey[]> => {
  if (plain.length === 0 || plain.length % UPLOAD_ITEM_OCTETS !== 0) return refuse('bad key list', plain.length);
  const keys: PlainKey[] = [];
  for (let at = 0; at < plain.length; at += UPLOAD_ITEM_OCTETS)
    keys.push({
      keyId: (plain[at]! << 8) | plain[at + 1]!,
      octets: plain.subarray(at + 2, at + UPLOAD_ITEM_OCTETS),
    });
  return ok(keys);
};

/** In one array of its own, so that no growing buffer leaves copies behind. Throws a RangeError for other lengths. */
export const writePlainKeys = (keys: readonly PlainKey[]): Uint8Array => {
  const plain = new Uint8Array(keys.length * UPLOAD_ITEM_OCTETS);
  for (const [k, { keyId, octets }] of keys.entries()) {
    const at = k * UPLOAD_ITEM_OCTETS;
    plain[at] = keyId >> 8;
    plain[at + 1] = keyId & 0xff;
    plain.set(exactly('key', octets, UPLOAD_KEY_OCTETS), at + 2);
  }
  return plain;
};
