// Where fresh secrets come from: a source that is handed in, so that one seed is one run. The seeded source below is
// for simulations and tests; a host's own is `devices/real/host-entropy.ts`.
import { integerIn } from '../codec/assert.ts';
import { joinSecrets, type SecretKey, takeSecret } from './secret-key.ts';
import type { CryptoSuite } from './suite.ts';

export interface EntropySource {
  /** A secret of fresh octets. Throws a RangeError for a length outside 1..65536. */
  draw(lengthOctets: number): SecretKey;
}

const BLOCK_OCTETS = 32;

/** Octets that follow from the seed alone: HMAC-SHA-256 over a counter. The seed stays the caller's. */
export const seededEntropy = (suite: CryptoSuite, seed: SecretKey): EntropySource => {
  const mac = suite.hmacSha256(seed);
  const counter = new DataView(new ArrayBuffer(8));
  let drawn = 0;
  const block = (): SecretKey => {
    counter.setUint32(0, Math.floor(drawn / 2 ** 32));
    counter.setUint32(4, drawn++ % 2 ** 32);
    return takeSecret(mac.tag(new Uint8Array(counter.buffer)));
  };
  return {
    draw: (lengthOctets) => {
      integerIn('entropy octets', lengthOctets, 1, 65536);
      const blocks = Array.from({ length: Math.ceil(lengthOctets / BLOCK_OCTETS) }, block);
      const joined = joinSecrets(...blocks);
      for (const part of blocks) part.wipe();
      const secret = joined.reveal((octets) => takeSecret(octets.slice(0, lengthOctets)));
      joined.wipe();
      return secret;
    },
  };
};
