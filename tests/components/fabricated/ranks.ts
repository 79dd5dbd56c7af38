import { rankSets } from "../../../src/lib/ranking/rank-sets.js";
import type { ReleasedRow } from "../../../src/lib/records/released-tables.js";
import { releasedRow } from "../released-row.js";

/** Ranks and comparisons of the invented scores, as if systems had no questions in common. */
export function ranksOf(
  overall: readonly ReleasedRow<"overall_scores">[],
  dimensions: readonly ReleasedRow<"dimension_scores">[],
) {
  const figures = [
    ...overall.map((row) => ({ row, scope: "overall" as const, name: "" })),
    ...dimensions.map((row) => ({ row, scope: "dimension" as const, name: row.dimension })),
  ];
  const identities = new Map(overall.map(({ run_id, identity }) => [run_id, identity]));
  const sets = new Map<string, typeof figures>();
  for (const figure of figures) {
    const { track, board, pool, run_id } = figure.row;
    const key = JSON.stringify([figure.scope, figure.name, track, board, pool, identities.get(run_id)]);
    sets.set(key, [...(sets.get(key) ?? []), figure]);
  }
  const ranks: ReleasedRow<"ranks">[] = [];
  const comparisons: ReleasedRow<"comparisons">[] = [];
  for (const set of sets.values()) {
    const scored = set.filter(({ row }) => row.estimate !== null && row.lower !== null && row.upper !== null);
    const error = ({ row }: (typeof set)[number]) => ((row.upper as number) - (row.lower as number)) / 3.92;
    const drawn = rankSets(
      scored.map(({ row }) => row.run_id),
      scored.map(({ row }) => row.estimate as number),
      scored.map((a, i) => scored.map((_, j) => (i === j ? error(a) ** 2 : 0))),
      { degreesOfFreedom: Number.POSITIVE_INFINITY },
    );
    for (const { row, scope, name } of set) {
      const { run_id, system, benchmark, track, board, pool } = row;
      const own = scored.length < 2 ? undefined : drawn.sets.find((one) => one.system === run_id);
      ranks.push(
        releasedRow("ranks", {
          ...{ run_id, system, benchmark, track, board, pool, scope, name, basis: "as_scored" },
          ...{ rank: own?.rank ?? null, rank_best: own?.best ?? null, rank_worst: own?.worst ?? null },
          ...{ n_ranked: scored.length, reason: own === undefined ? "incomplete-score" : null },
        }),
      );
    }
    for (const [i, a] of scored.entries()) {
      for (const [j, b] of scored.entries()) {
        const difference = (a.row.estimate as number) - (b.row.estimate as number);
        if (difference < 0 || (difference === 0 && i >= j)) continue;
        const half = 1.96 * Math.hypot(error(a), error(b));
        const { run_id, system, benchmark, track, board, pool } = a.row;
        comparisons.push(
          releasedRow("comparisons", {
            ...{
              run_id,
              system,
              benchmark,
              track,
              board,
              pool,
              scope: a.scope,
              name: a.name,
              basis: "as_scored",
            },
            ...{ other_run_id: b.row.run_id, other_system: b.row.system, difference },
            ...{ lower: difference - half, upper: difference + half, p_holm: drawn.adjusted[i]?.[j] ?? null },
            ...{ is_ordered: drawn.better[i]?.[j] ?? false, n_shared_groups: a.row.n_groups },
          }),
        );
      }
    }
  }
  return { "tables/ranks": ranks, "tables/comparisons": comparisons };
}
