// The topology as a Mermaid flowchart: the instances of each composed part in a box of their own, the groups of the
// page as comments. The boring wires, which go to everyone, are drawn only when asked for.
import { Graph } from './graph.ts';
import type { Edge } from './instance.ts';
import type { Topology } from './topology.ts';

export interface DiagramOptions {
  /** Groups that are left out; by default `boring`. */
  readonly without?: readonly string[];
}

const nodeId = (name: string): string => name.replaceAll('/', '__');

const partOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));

const label = ({ from, target, slot }: Edge): string => {
  const port = from.slice(from.lastIndexOf('.') + 1);
  const { name } = target.slots[slot]!;
  return port === name ? port : `${port} to ${name}`;
};

const node = ({ name, seat }: Graph['all'][number]): string =>
  `${nodeId(name)}["${name.slice(name.lastIndexOf('/') + 1)}<br/>${seat.component.declared.name}"]`;

/** Deterministic: the order of the page. */
export const mermaid = (topology: Topology, { without = ['boring'] }: DiagramOptions = {}): string => {
  const { all, kernel, groups } = new Graph(topology, { seed: 'diagram' });
  const parts = [...new Set(all.map(({ name }) => partOf(name)))];
  const boxes = parts.flatMap((part) => {
    const nodes = all.filter(({ name }) => partOf(name) === part).map(node);
    if (part === '') return nodes.map((line) => `  ${line}`);
    return [`  subgraph ${nodeId(part)}["${part}"]`, ...nodes.map((line) => `    ${line}`), '  end'];
  });
  const drawn = [...new Set(groups)].filter((group) => !without.includes(group));
  const wires = drawn.flatMap((group) => [
    `  %% ${group}`,
    ...new Set(
      kernel.edges
        .filter(({ id }) => groups[id] === group)
        .map((edge) => `  ${nodeId(origin(edge))} -->|${label(edge)}| ${nodeId(edge.target.name)}`),
    ),
  ]);
  return ['flowchart LR', ...boxes, ...wires].join('\n');
};

/** A pattern's own wires start at the instance that it serves. */
const origin = ({ from, sender }: Edge): string => sender?.name ?? from.slice(0, from.lastIndexOf('.'));
