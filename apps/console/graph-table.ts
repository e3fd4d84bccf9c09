// The components of a graph as a table that fits a narrow terminal, and what was lost between them.
import type { GraphState } from '../../src/kernel/inspect.ts';
import type { Style } from './style.ts';
import { clip } from './text-width.ts';
import { clockText } from './time-text.ts';

const heads = ['waiting', 'most', 'held', 'resets', 'load', 'calls'] as const;

/** One row a component; losses below it, each with who sent what to whom. */
export const graphTable = (state: GraphState, width: number, style: Style): string[] => {
  const names = Math.max(9, ...state.instances.map(({ name }) => name.length));
  const rows = state.instances.map((each) => {
    const most = Math.max(0, ...each.inlets.map(({ highWater }) => highWater));
    const counts = [
      each.waiting,
      most,
      each.heldBack,
      each.resets,
      `${Math.round(each.load * 100)} %`,
      each.openCalls.length,
    ];
    const cells = counts.map((count, column) => String(count).padStart(heads[column]!.length)).join('  ');
    return `${style.name(each.name.padEnd(names))}  ${each.resets > 0 ? style.bad(cells) : cells}`;
  });
  const lost = state.edges.filter(({ dropped }) => dropped > 0);
  return [
    `${clockText(state.timeUs)}, ${state.deliveries} deliveries, digest ${state.digest}`,
    style.bold(`${'component'.padEnd(names)}  ${heads.join('  ')}`),
    ...rows,
    ...lost.map(({ from, to, sent, dropped }) => style.bad(`${dropped} of ${sent} dropped: ${from} -> ${to}`)),
  ].map((line) => clip(line, width));
};
