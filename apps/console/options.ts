// What the verb `console` is told, besides what every ground station is.
import type { GroundVerbOptions } from '../ground/options.ts';

export interface ConsoleVerbOptions extends GroundVerbOptions {
  /** The host of the orbiter. */
  readonly connect: string;
  /** Where CLTUs go, if not to that host. */
  readonly tcHost?: string;
  readonly tcp?: boolean;
}
