// Fresh secrets from the host's generator.
import { randomFillSync } from 'node:crypto';
import type { EntropySource } from '../../crypto/entropy-source.ts';
import { takeSecret } from '../../crypto/secret-key.ts';

export const hostEntropy: EntropySource = {
  draw: (lengthOctets) => {
    if (!Number.isInteger(lengthOctets) || lengthOctets < 1 || lengthOctets > 65536)
      throw new RangeError(`entropy octets: expected an integer from 1 to 65536, got ${lengthOctets}`);
    return takeSecret(randomFillSync(new Uint8Array(lengthOctets)));
  },
};
