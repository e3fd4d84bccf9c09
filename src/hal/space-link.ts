// A byte link with its far side in reach: two more ports, which a scenario, a world or a socket is joined to.
import { declare, inlet, outlet, timer } from '../kernel/declare.ts';
import type { LinkStatus } from './byte-link.ts';

/** One outage, in time of the run: from inclusive, to exclusive. */
export interface Outage {
  readonly fromUs: number;
  readonly toUs: number;
}

/** What one direction of a path does to units. Ratios lie in [0, 1]; a ratio of 0 draws no random number. */
export interface LinkFaults {
  readonly delayUs: number;
  /** Up to this much more delay, drawn evenly: more than the spacing of units reorders them. */
  readonly jitterUs: number;
  readonly lossRatio: number;
  readonly bitErrorRatio: number;
  readonly duplicationRatio: number;
  /** Units that are held back by `reorderDelayUs`, so that later ones overtake them. */
  readonly reorderRatio: number;
  readonly reorderDelayUs: number;
  /** Longer units are dropped whole. */
  readonly mtuOctets: number;
  readonly outages: readonly Outage[];
}

/** New options for one direction while the graph runs. What is left out stays as it is. */
export interface FaultChange {
  readonly way: 'transmit' | 'receive';
  readonly faults: Partial<LinkFaults>;
}

/** The near side is a byte link (see there for its contract), the far side is what has left and what comes in. */
export const SpaceLink = declare('SpaceLink', {
  inlets: {
    transmit: inlet<Uint8Array>({ depth: 64, full: 'dropNewest' }),
    fromSpace: inlet<Uint8Array>({ depth: 64, full: 'dropNewest' }),
    faults: inlet<FaultChange>({ depth: 8, full: 'dropOldest' }),
  },
  outlets: { received: outlet<Uint8Array>(), toSpace: outlet<Uint8Array>(), status: outlet<LinkStatus>() },
  timers: { due: timer(), outage: timer() },
});
