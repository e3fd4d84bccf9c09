// In tests nobody may change what was sent: plain objects are frozen, and because octets cannot be frozen the digest of
// each message is kept from sending to delivery.
import { digestOf } from './digest.ts';
import { freezePlain } from './plain.ts';

const seals = new WeakMap<object, string>();

/** At sending: freezes, and remembers what was sent. Sending the same octets again is allowed when nothing changed. */
export const seal = (payload: unknown): void => {
  if (typeof payload !== 'object' || payload === null) return;
  freezePlain(payload);
  seals.set(payload, digestOf(payload));
};

/** At delivery. */
export const checkSeal = (payload: unknown): void => {
  if (typeof payload !== 'object' || payload === null) return;
  const sealed = seals.get(payload);
  if (sealed !== undefined && sealed !== digestOf(payload))
    throw new Error('expected a message as it was sent, got one that was changed since');
};
