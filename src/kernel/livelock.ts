// Too many deliveries in one instant: time stands still while messages run in a circle. The run stops with the names of
// those who take part.
import type { Core } from './core.ts';
import { deliver } from './delivery.ts';
import type { Instance } from './instance.ts';
import { KernelStop } from './kernel-stop.ts';

/** So many more are delivered to see who takes part. */
const WATCHED_DELIVERIES = 256;
const MAX_NAMES = 8;
const suspects = new WeakMap<Core, Set<string>>();

/** A delivery beyond the bound of one instant; `beyond` counts them. */
export const watchLivelock = (kernel: Core, instance: Instance, beyond: number): void => {
  const names = (beyond === 0 ? undefined : suspects.get(kernel)) ?? new Set<string>();
  suspects.set(kernel, names.add(instance.name));
  if (beyond < WATCHED_DELIVERIES) {
    deliver(kernel, instance);
    return;
  }
  const shown = [...names].slice(0, MAX_NAMES).join(', ');
  const cause = new Error(`more than ${kernel.maxPerInstant} deliveries in one instant, between ${shown}`);
  throw new KernelStop(instance.name, kernel.now, kernel.options.seed, cause);
};
