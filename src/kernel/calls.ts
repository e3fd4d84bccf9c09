// A call of a command and the reply to it, as they travel along edges. How a call gets its one outcome stands in
// outcomes.ts.
import type { Outcome, Progress } from './declare.ts';

/** A call finds its command by absolute opcode. The token is the caller's own, and comes back with the outcome. */
export interface Call {
  readonly opcode: number;
  readonly token: number;
  readonly args: unknown;
}

/** One with a final outcome for every call; before it, for a deferred command, any number with progress. */
export interface Reply {
  readonly token: number;
  readonly opcode: number;
  readonly outcome: Outcome | Progress;
}

/** The reply to whoever called with that token. */
export const reply = (
  { token, opcode }: { readonly token: number; readonly opcode: number },
  outcome: Reply['outcome'],
): Reply => ({
  token,
  opcode,
  outcome,
});
