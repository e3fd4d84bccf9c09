// The options that every verb with a ground station has: how it runs, and who sits at it.
import type { Command } from 'commander';
import { integerOption } from '../options.ts';

/** As commander gives them. */
export interface GroundVerbOptions {
  readonly bind: string;
  readonly tcPort: number;
  readonly tmPort: number;
  /** One way, in microseconds. */
  readonly lightTime: number;
  readonly speed: number;
  readonly seed: string;
  /** Of the uplink, in bits a second; 0 is no limit. */
  readonly bitRate: number;
  /** The key file; left out: clear mode. */
  readonly keys?: string;
  readonly script?: string;
  readonly headless?: boolean;
  readonly json?: boolean;
}

/** Those whose words are the same for all of them; where to listen and how fast to run each verb says itself. */
export const groundOptions = (command: Command): Command =>
  command
    .option('--seed <text>', 'one seed is one run', 'tharsis')
    .option('--bit-rate <bps>', 'of the uplink; 0 is no limit', integerOption(0, 1_000_000_000), 0)
    .option('--keys <file>', 'protects the link with the keys and associations of a file; left out: clear mode')
    .option('--script <file>', 'a console script to run; exit code 1 when it fails')
    .option('--headless', 'no console, even on a terminal: events and commands as lines')
    .option('--json', 'without a console: one JSON object a line');
