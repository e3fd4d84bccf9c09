// The host's monotonic clock and timers, for pacing: the only place that reads them.
import { performance } from 'node:perf_hooks';
import type { Host } from '../../kernel/host.ts';

/** Below this, a timer of node (whole milliseconds) would sleep too long. */
const MIN_TIMER_US = 1000;

export const nodeHost = (): Host => ({
  nowUs: () => performance.now() * 1000,
  wake: (delayUs, work) => {
    if (delayUs < MIN_TIMER_US) setImmediate(work);
    else setTimeout(work, Math.floor(delayUs / 1000));
  },
});
