// Files that import each other in a circle, also by types alone: none of them can be read or moved without the rest.
import { importsOf } from './imports.ts';
import type { SourceFile, Violation } from './source-file.ts';

/** By path: the files that one imports. */
type Graph = ReadonlyMap<string, readonly string[]>;

const graphOf = (files: readonly SourceFile[]): Graph => {
  const known = new Set(files.map((file) => file.path));
  const targets = (file: SourceFile): string[] =>
    importsOf(file).flatMap(({ target }) => (target !== undefined && known.has(target) ? [target] : []));
  return new Map(files.map((file) => [file.path, targets(file)]));
};

/** The shortest way from the file back to itself, breadth first; undefined when there is none. */
const circleFrom = (start: string, graph: Graph): readonly string[] | undefined => {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue)
    for (const next of graph.get(file) ?? []) {
      if (next === start) {
        const way = [file];
        while (way[0] !== start) way.unshift(cameFrom.get(way[0]!)!);
        return [...way, start];
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, file);
        queue.push(next);
      }
    }
  return undefined;
};

/** One violation for each circle: the shortest one of every file that is in any. */
export const circleViolations = (files: readonly SourceFile[]): Violation[] => {
  const graph = graphOf(files);
  const seen = new Set<string>();
  return files.flatMap(({ path }) => {
    const circle = circleFrom(path, graph);
    if (circle === undefined) return [];
    const members = [...circle.slice(1)].sort().join(' ');
    if (seen.has(members)) return [];
    seen.add(members);
    return [`${path}:1: in a circle, ${circle.join(' -> ')}: move what both need into a file of its own`];
  });
};
