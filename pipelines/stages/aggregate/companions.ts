import { choiceMetrics } from "../../../src/lib/metrics/index.js";
import { meanFromZero } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";
import { type MomentColumns, momentsOf } from "../../groups/moments.js";
import type { RunRow } from "../../groups/run-row.js";
import type { Versions } from "../../groups/task-groups.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery, runQueries } from "../../warehouse/sql-files.js";
import type { Companion } from "./companion.js";
import { meanColumns } from "./mean-columns.js";
import { tagRows } from "./tag-scores.js";

/** Companion metrics of tasks, by dataset. */
type Companions = ReadonlyMap<string, readonly Companion[]>;

/**
 * Companion metrics of the tasks for a batch of runs, by `run_no`: the share of correct rows and F1 over letters for choices,
 * each component of a composed metric, and each tag of weighted criteria.
 */
export async function companionRows(
  engine: Engine,
  {
    runs,
    versions,
    confidence,
  }: { readonly runs: readonly RunRow[]; readonly versions: Versions; readonly confidence: number },
): Promise<readonly Companions[]> {
  const byRun = runs.map(() => new Map<string, Companion[]>());
  const add = (runNo: number, dataset: string, row: Companion) => {
    const rows = byRun[runNo];
    rows?.set(dataset, [...(rows.get(dataset) ?? []), row]);
  };
  for (const row of await engine.rows<{ run_no: number; dataset: string; n: number; n_right: number }>(
    `SELECT run_no, dataset, sum(n * k)::BIGINT AS n, (sum(total::HUGEINT * k) // 1000000000)::BIGINT AS n_right
     FROM component_units JOIN kinds USING (dataset, component) WHERE kind = 'all_right'
     GROUP BY run_no, dataset ORDER BY run_no, dataset`,
  )) {
    const { estimate, lower, upper } = wilsonInterval(row.n_right, row.n, { confidence });
    add(row.run_no, row.dataset, {
      metric: "row_accuracy",
      estimate,
      lower,
      upper,
      interval_method: "wilson-rows",
    });
  }
  for (const [runNo, pairsOfRun] of (await majorityPairs(engine, runs)).entries()) {
    for (const [dataset, pairs] of pairsOfRun) {
      // F1 is over the letters that are the gold answer of some item; any other letter, or several letters, are always wrong.
      const { macro } = choiceMetrics(
        pairs.gold.map((gold, i) => ({ gold, answer: pairs.majority[i] as string | null })),
      );
      add(runNo, dataset, { metric: "macro_f1", estimate: macro?.f1 ?? null });
    }
  }
  const components = await engine.rows<
    MomentColumns & { run_no: number; dataset: string; component: number }
  >(
    `WITH sized AS (
       SELECT run_no, dataset, component, den, sum(k)::BIGINT AS n_clusters, sum(num::HUGEINT * k) AS sum_s,
              sum(num::HUGEINT * num * k) AS sum_ss
       FROM component_units
       WHERE den > 0 AND dataset IN (SELECT dataset FROM kinds GROUP BY dataset HAVING count(*) > 1)
       GROUP BY run_no, dataset, component, den
     )
     SELECT run_no, dataset, component,
            list({'size': den, 'n_clusters': n_clusters, 'sum_s': sum_s, 'sum_ss': sum_ss} ORDER BY den) AS by_size
     FROM sized GROUP BY run_no, dataset, component ORDER BY run_no, dataset, component`,
  );
  for (const row of components) {
    const component = versions.get(row.dataset)?.components?.[row.component];
    if (component === undefined) continue;
    const moments = meanFromZero(momentsOf(row));
    const found = groupMean([{ weight: 1, moments }], { confidence });
    const metric = component.part === undefined ? component.metric : `${component.part}/${component.metric}`;
    add(row.run_no, row.dataset, {
      metric,
      ...meanColumns(found),
    });
  }
  for (const [runNo, run] of runs.entries()) {
    for (const [dataset, rows] of await tagRows(engine, { run, versions, confidence }))
      for (const row of rows) add(runNo, dataset, row);
  }
  return byRun;
}

/** Gold letters and majority answers of one dataset, item by item. */
interface LetterPairs {
  readonly gold: string[];
  readonly majority: (string | null)[];
}

/** Per run of one place, by dataset; empty where no item has a gold letter. */
async function majorityPairs(
  engine: Engine,
  runs: readonly RunRow[],
): Promise<readonly ReadonlyMap<string, LetterPairs>[]> {
  const { benchmark, pool } = runs[0] as RunRow;
  await runQueries(engine, new URL("gold-letters.sql", import.meta.url), { benchmark, pool });
  const { n } = await engine.row<{ n: number }>("SELECT count(*) AS n FROM gold_letters");
  if (n === 0) return [];
  const byRun: Map<string, LetterPairs>[] = [];
  for (const { run_id } of runs) {
    const pairs = new Map<string, LetterPairs>();
    for (const { dataset, gold, answer, n } of await engine.rows<{
      dataset: string;
      gold: string;
      answer: string | null;
      n: number;
    }>(readQuery(new URL("choice-companions.sql", import.meta.url)), { run_id })) {
      const entry = pairs.get(dataset) ?? { gold: [], majority: [] };
      pairs.set(dataset, entry);
      for (let i = 0; i < n; i += 1) {
        entry.gold.push(gold);
        entry.majority.push(answer);
      }
    }
    byRun.push(pairs);
  }
  return byRun;
}
