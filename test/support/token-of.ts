// The token of a request that the session takes, for tests that are about what comes after.
import type { Sent } from '../../src/ground/session.ts';

export const tokenOf = (sent: Sent): number => {
  if (!sent.ok) throw new Error(sent.reason);
  return sent.token;
};
