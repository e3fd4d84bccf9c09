// The verbs of the program, in the order in which help lists them. A registration only describes its options: the
// modules that do the work are imported by the action, so that every verb starts quickly.
import type { Command } from 'commander';
import { registerBench } from './bench/register.ts';
import { registerConsole } from './console/register.ts';
import { registerExport } from './export/register.ts';
import { registerInspect } from './inspect/register.ts';
import { registerOrbiter } from './orbiter/register.ts';
import { registerStart } from './start/register.ts';

export type Register = (program: Command) => void;

export const verbs: readonly Register[] = [
  registerStart,
  registerOrbiter,
  registerConsole,
  registerInspect,
  registerExport,
  registerBench,
];
