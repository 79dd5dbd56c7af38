import type { MetricVersion } from "../../../src/lib/catalogue/schema.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { hasTags } from "../../../src/lib/scorers/index.js";
import { meanFromZero } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { type MomentColumns, momentsOf } from "../../groups/moments.js";
import type { RunRow } from "../../groups/run-row.js";
import type { Engine } from "../../warehouse/engine.js";
import type { Companion } from "./companion.js";
import { meanColumns } from "./mean-columns.js";

/**
 * Scores by tag of weighted criteria (axis, theme), one metric each such as `criteria/axis:accuracy`: the mean over the items
 * that have such criteria, clipped to [0, 1] like the task. Rows of `task_scores` by dataset.
 */
export async function tagRows(
  engine: Engine,
  {
    run,
    versions,
    confidence,
  }: {
    readonly run: RunRow;
    readonly versions: ReadonlyMap<string, MetricVersion | undefined>;
    readonly confidence: number;
  },
): Promise<ReadonlyMap<string, Companion[]>> {
  const rows = new Map<string, Companion[]>();
  const anyTags = [...versions.values()].some((version) =>
    version?.components?.some(({ scorer }) => hasTags(scorer)),
  );
  if (!anyTags) return rows;
  const cells = await engine.rows<
    MomentColumns & Row<"scores", "dataset" | "metric" | "node"> & { n_items: number; n_groups: number }
  >(
    `WITH prompts AS (
       SELECT dataset, metric, node, group_no, item_id, (sum(score_1e9) // count(*))::BIGINT AS score_1e9
       FROM scores
       WHERE run_id = $run_id AND node <> '' AND condition = 'base'
       GROUP BY dataset, metric, node, group_no, item_id, variant
     ),
     tag_groups AS (
       SELECT dataset, metric, node, group_no, sum(score_1e9)::HUGEINT AS s, count(*)::HUGEINT AS n,
              count(DISTINCT item_id) AS n_items
       FROM prompts
       GROUP BY dataset, metric, node, group_no
     ),
     sized AS (
       SELECT dataset, metric, node, n, count(*) AS n_clusters, sum(s) AS sum_s, sum(s * s) AS sum_ss, sum(n_items) AS n_items
       FROM tag_groups GROUP BY dataset, metric, node, n
     )
     SELECT dataset, metric, node, sum(n_clusters)::BIGINT AS n_groups, sum(n_items)::BIGINT AS n_items,
            list({'size': n, 'n_clusters': n_clusters, 'sum_s': sum_s, 'sum_ss': sum_ss} ORDER BY n) AS by_size
     FROM sized GROUP BY dataset, metric, node ORDER BY dataset, metric, node`,
    { run_id: run.run_id },
  );
  for (const cell of cells) {
    const moments = meanFromZero(momentsOf(cell));
    const found = groupMean([{ weight: 1, moments }], { confidence });
    rows.set(cell.dataset, [
      ...(rows.get(cell.dataset) ?? []),
      {
        metric: `${cell.metric}/${cell.node}`,
        ...meanColumns(found),
        n_items: cell.n_items,
        n_groups: cell.n_groups,
      },
    ]);
  }
  return rows;
}
