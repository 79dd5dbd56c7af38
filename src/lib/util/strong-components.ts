import { at } from "./indexing.js";

/**
 * Whether every node of a directed graph can reach every other one. Maximum likelihood for paired comparisons and
 * for conditional Rasch models is finite exactly when the graph of "beat" relations has this property.
 *
 * @param edges edges[i] lists the nodes that i points to
 * @see Ford (1957), doi:10.2307/2308513
 */
export function isStronglyConnected(edges: readonly (readonly number[])[]): boolean {
  const reversed: number[][] = edges.map(() => []);
  edges.forEach((targets, from) => {
    for (const to of targets) at(reversed, to).push(from);
  });
  return reachesAll(edges) && reachesAll(reversed);
}

function reachesAll(edges: readonly (readonly number[])[]): boolean {
  const seen = new Set<number>([0]);
  const queue = [0];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const next of at(edges, node)) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return edges.length === 0 || seen.size === edges.length;
}
