// A run again from its input log, in virtual time and without drivers: the same digest, or something hid its state.
import type { Graph } from './graph.ts';
import type { Micros } from './time.ts';
import type { Input } from './trace.ts';

/** The graph is fresh, or loaded from a snapshot whose `inputPosition` is where these inputs begin. */
export const replay = (graph: Graph, inputs: Iterable<Input>, untilUs: Micros): void => {
  const { kernel } = graph;
  for (const input of inputs) {
    // An input is handed in before its instant begins, so that no more than one instant of them is ever pending.
    if (input.time - 1 > kernel.now) kernel.runUntil(Math.min(input.time - 1, untilUs));
    kernel.input(input);
  }
  kernel.runUntil(untilUs);
};
