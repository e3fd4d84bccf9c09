// Counters that survive a reset: a mark is stored before any counter reaches it, so that after a reset everything below
// the mark counts as used. A reboot can skip counters, and can never use or accept one twice. The caller stores a mark
// that differs from the one before, and uses the counter only once that has succeeded.
import { integerIn } from '../codec/assert.ts';
import { COUNTER_LIMIT, type ReplayRule, type ReplayState, replayFrom } from './replay-window.ts';

/**
 * The mark that must be in store before `counter` is used: the one given while the counter is below it, else a block
 * further. A larger block is stored less often and skips more; a receiver's window must be larger than the sum of both
 * ends' blocks, or a reset of either locks the link out.
 */
export const markFor = (mark: number, counter: number, block: number): number => {
  integerIn('stored mark', mark, 0, COUNTER_LIMIT);
  integerIn('counter', counter, 0, COUNTER_LIMIT - 1);
  integerIn('block of counters', block, 1, COUNTER_LIMIT);
  return counter < mark ? mark : Math.min(counter + block, COUNTER_LIMIT);
};

/** What a receiver starts from after a reset: nothing below the mark is taken any more. */
export const replayFromMark = (rule: ReplayRule, mark: number): ReplayState => replayFrom(rule, mark - 1);
