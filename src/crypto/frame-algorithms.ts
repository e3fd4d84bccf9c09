// The ciphers of a keyring, as link security asks for them: by association and key id, only for a key that is active
// and only in the direction that the key is for. The key itself stays a handle.
import { ok, type Result } from '../codec/result.ts';
import type { Keyring } from './keyring.ts';
import type { SecretKey } from './secret-key.ts';
import type { Aead, CryptoSuite, Mac } from './suite.ts';

export type FrameCipher =
  | { readonly service: 'authenticated encryption'; readonly aead: Aead }
  | { readonly service: 'authentication'; readonly mac: Mac };

interface Asked {
  readonly service: FrameCipher['service'];
  readonly direction: 'transmit' | 'receive';
}

/** Authentication alone is AES-CMAC. Refuses what `Keyring.use` refuses. */
export const frameAlgorithms = (keyring: Keyring, suite: CryptoSuite) => {
  const made = new WeakMap<SecretKey, FrameCipher>();
  return ({ service, direction }: Asked, key: { readonly id: number }): Result<FrameCipher> => {
    const secret = keyring.use(key.id, direction);
    if (!secret.ok) return secret;
    const known = made.get(secret.value);
    if (known?.service === service) return ok(known);
    const cipher: FrameCipher =
      service === 'authentication'
        ? { service, mac: suite.aesCmac(secret.value) }
        : { service, aead: suite.aesGcm(secret.value) };
    made.set(secret.value, cipher);
    return ok(cipher);
  };
};
