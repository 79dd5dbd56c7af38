import type { RankSets } from "./rank-sets.js";

/** One tier of systems. */
export interface Tier {
  /** 1 is the best tier. */
  readonly tier: number;
  /** The system that defines the tier: the best estimate that is not in a higher tier. */
  readonly anchor: string;
  /** The anchor, then the systems not shown to be worse than it, by descending estimate. */
  readonly members: readonly string[];
}

/**
 * Tiers with fixed anchors: the best system starts a tier with all systems not shown to be worse than it; the best of
 * the rest starts the next. "Not shown to be worse" is not transitive, so a chain of close neighbors could merge a
 * whole board into one group; the fixed anchor prevents that. Members of one tier may still differ from each other, and
 * a system just below a border need not differ from one just above it: read tiers together with the rank sets.
 *
 * @param ranks joint rank sets, so that the confidence covers all tier borders together
 * @example tiers(rankSets(["a", "b"], [0.9, 0.1], [[0.0001, 0], [0, 0.0001]], { degreesOfFreedom: 29 })).length // 2
 */
export function tiers({ sets, better }: RankSets): Tier[] {
  let waiting = sets.map((_, i) => i).sort((i, j) => sets[j]!.estimate - sets[i]!.estimate || i - j);
  const result: Tier[] = [];
  for (let anchor = waiting[0]; anchor !== undefined; anchor = waiting[0]) {
    const worse = better[anchor]!;
    const name = (i: number) => sets[i]!.system;
    const members = waiting.filter((i) => !worse[i]);
    result.push({ tier: result.length + 1, anchor: name(anchor), members: members.map(name) });
    waiting = waiting.filter((i) => worse[i]);
  }
  return result;
}
