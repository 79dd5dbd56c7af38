import type { MetricVersion } from "../../src/lib/catalogue/schema.js";
import { classificationMetrics } from "../../src/lib/metrics/index.js";
import { compositeFromMoments } from "../../src/lib/stats/cluster-moments.js";
import { wilsonInterval } from "../../src/lib/stats/wilson.js";
import type { Engine } from "../warehouse/engine.js";
import { query } from "../warehouse/queries.js";
import { momentsOf } from "./moments.js";
import type { RunRow } from "./run-row.js";

/** Metrics beside the task: rows right and F1 over letters for choices, each component of a composed metric. */
export async function companionRows(
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
): Promise<ReadonlyMap<string, object[]>> {
  const rows = new Map<string, object[]>();
  const add = (dataset: string, row: object) => rows.set(dataset, [...(rows.get(dataset) ?? []), row]);
  for (const row of await engine.rows<{ dataset: string; n: number; n_right: number }>(
    `SELECT g.dataset, sum(g.n * g.k)::BIGINT AS n, (sum(g.total::HUGEINT * g.k) // 1000000000)::BIGINT AS n_right
     FROM component_units AS g JOIN kinds AS k USING (dataset, component) WHERE k.kind = 'all_right'
     GROUP BY g.dataset ORDER BY g.dataset`,
  )) {
    const { estimate, lower, upper } = wilsonInterval(row.n_right, row.n, { confidence });
    add(row.dataset, {
      metric: "row_accuracy",
      estimate,
      lower,
      upper,
      interval_method: "Wilson over rows, as if independent",
    });
  }
  for (const [dataset, pairs] of await majorityPairs(engine, run)) {
    // F1 is over the letters that are right somewhere; any other letter, or several, is right nowhere.
    const letters = [...new Set(pairs.gold)].sort();
    const majority = pairs.majority.map((answer) =>
      answer !== null && letters.includes(answer) ? answer : null,
    );
    const { macro } = classificationMetrics(pairs.gold, majority, letters);
    add(dataset, { metric: "macro_f1", estimate: macro?.f1 ?? null });
  }
  const components = await engine.rows<Record<string, number> & { dataset: string; component: number }>(
    `SELECT dataset, component, sum(k)::BIGINT AS n_clusters, sum(num::HUGEINT * k) AS sum_s, sum(den::HUGEINT * k) AS sum_n,
            sum(num::HUGEINT * num * k) AS sum_ss, sum(num::HUGEINT * den * k) AS sum_sn, sum(den::HUGEINT * den * k) AS sum_nn
     FROM component_units WHERE dataset IN (SELECT dataset FROM kinds GROUP BY dataset HAVING count(*) > 1)
     GROUP BY dataset, component ORDER BY dataset, component`,
  );
  for (const row of components) {
    const component = versions.get(row.dataset)?.components?.[row.component];
    if (component === undefined || row["sum_n"] === 0) continue;
    const { estimate, lower, upper, standardError } = compositeFromMoments(
      [{ moments: momentsOf(row), weight: 1 }],
      { confidence },
    );
    const metric = component.part === undefined ? component.metric : `${component.part}/${component.metric}`;
    add(row.dataset, {
      metric,
      estimate,
      lower,
      upper,
      standard_error: standardError,
      interval_method: "cluster-robust CR1, t",
    });
  }
  return rows;
}

async function majorityPairs(
  engine: Engine,
  run: RunRow,
): Promise<ReadonlyMap<string, { gold: string[]; majority: (string | null)[] }>> {
  const pairs = new Map<string, { gold: string[]; majority: (string | null)[] }>();
  const parameters = { run_id: run.run_id, benchmark: run.benchmark, pool: run.pool };
  for (const { dataset, gold, answer, n } of await engine.rows<{
    dataset: string;
    gold: string;
    answer: string | null;
    n: number;
  }>(query("choice-companions"), parameters)) {
    const entry = pairs.get(dataset) ?? { gold: [], majority: [] };
    for (let i = 0; i < n; i += 1) {
      entry.gold.push(gold);
      entry.majority.push(answer);
    }
    pairs.set(dataset, entry);
  }
  return pairs;
}
