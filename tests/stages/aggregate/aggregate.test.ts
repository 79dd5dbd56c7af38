import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileConstants } from "../../../pipelines/groups/file-constants.js";
import { describeGroups } from "../../../pipelines/groups/item-groups.js";
import type { RunRow } from "../../../pipelines/groups/run-row.js";
import { watchedScoreColumns } from "../../../pipelines/groups/run-scores.js";
import { groupScores, preparePlace, versionsOf } from "../../../pipelines/groups/task-groups.js";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { compareRuns } from "../../../pipelines/tools/compare/compare.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { builtInCatalogue } from "../../../pipelines/warehouse/catalogue.js";
import { withEngine } from "../../../pipelines/warehouse/engine.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { attachTables, tableFiles } from "../../../pipelines/warehouse/views.js";
import { mean } from "../../../src/lib/util/sum.js";
import { ownSampleWorkspace, sample } from "../../sample.js";
import { writeTinyWarehouse } from "../../tiny-warehouse.js";

const aggregated = [
  "task_scores",
  "dimension_scores",
  "overall_scores",
  "specialty_scores",
  "specialty_coverage",
  "score_distributions",
  "ranks",
  "comparisons",
] as const;

interface Truth {
  readonly runs: readonly {
    readonly run_id: string;
    readonly overall: number | null;
    readonly datasets: Readonly<Record<string, { readonly expectedByPhysicians: number } | null>>;
  }[];
}

describe("aggregating the bundled sample", () => {
  let workspace: string;
  const hashes = async () => {
    const version = await currentVersion(join(workspace, "warehouse"));
    return aggregated.map((table) =>
      tableFiles(version, table).map((file) => createHash("sha256").update(readFileSync(file)).digest("hex")),
    );
  };

  const queried = async <T>(sql: string) =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];

  beforeAll(async () => {
    workspace = await ownSampleWorkspace();
  });

  it("covers the physicians' score in at least 13 of the corrected runs once the judge's error is included", async () => {
    const rows = await queried<Record<string, unknown> & { run_id: string }>(
      "SELECT * FROM overall_scores WHERE corrected IS NOT NULL",
    );
    const { runs } = JSON.parse(readFileSync(join(sample, "truth", "truth.json"), "utf8")) as Truth;
    const catalogue = await builtInCatalogue();
    const byPhysicians = new Map(
      runs.map(({ run_id, datasets }) => {
        const dimensions = new Map<string, number[]>();
        for (const { id, dimension } of catalogue.datasets) {
          const expected = datasets[id]?.expectedByPhysicians;
          if (expected !== undefined)
            dimensions.set(dimension, [...(dimensions.get(dimension) ?? []), expected]);
        }
        return [run_id, mean([...dimensions.values()].map(mean))];
      }),
    );
    const covered = rows.filter(({ run_id, corrected_lower, corrected_upper }) => {
      const value = byPhysicians.get(run_id) as number;
      return Number(corrected_lower) <= value && value <= Number(corrected_upper);
    });
    expect(rows.length).toBeGreaterThanOrEqual(13);
    expect(covered.length).toBeGreaterThanOrEqual(13);
    const width = (row: Record<string, unknown>, lower: string, upper: string) =>
      Number(row[upper]) - Number(row[lower]);
    for (const row of rows) {
      expect(width(row, "corrected_lower", "corrected_upper")).toBeGreaterThan(width(row, "lower", "upper"));
    }
  });

  it("gives no score to a specialty with items of a dataset that the run never submitted, and counts those items", async () => {
    const rows = await queried<{ incomplete: boolean; open: number; withScore: number; found: boolean }>(
      `WITH missing AS (SELECT run_id, pool, dataset FROM task_scores WHERE metric = 'task' AND status = 'not_submitted'),
       wanted AS (
         SELECT m.run_id, code AS specialty, count(DISTINCT item_id) AS n
         FROM missing AS m JOIN items AS i USING (pool, dataset), unnest(string_split(i.specialty_primary, '|')) AS t (code)
         GROUP BY ALL
       )
       SELECT w.specialty IS NOT NULL AS incomplete, count(*) FILTER (s.n_not_submitted > 0) AS open,
              count(s.estimate) AS withScore, bool_and(s.n_not_submitted = coalesce(w.n, 0)) AS found
       FROM specialty_scores AS s LEFT JOIN wanted AS w USING (run_id, specialty)
       WHERE s.level = 'primary' GROUP BY 1 ORDER BY 1`,
    );
    const [complete, incomplete] = rows;
    expect(complete).toMatchObject({ incomplete: false, open: 0, found: true });
    expect(incomplete).toMatchObject({ incomplete: true, withScore: 0, found: true });
    expect(complete!.withScore).toBeGreaterThan(0);
    expect(incomplete!.open).toBeGreaterThan(0);
  });

  it("has a pooled score for every specialty with an estimate, inside its interval and pulled by the other cells", async () => {
    const [row] = await queried<Record<string, number>>(
      `SELECT count(*) AS n, count(*) FILTER ((estimate IS NULL) <> (pooled IS NULL)) AS unmatched,
              count(*) FILTER (NOT pooled BETWEEN pooled_lower AND pooled_upper) AS outside,
              count(*) FILTER (NOT shrinkage BETWEEN 0.01 AND 0.9999) AS unpulled,
              count(*) FILTER (board = 'upload' AND track = 'llm' AND n_pooled_runs <> 5) AS elsewhere
       FROM specialty_scores`,
    );
    expect(row?.["n"]).toBeGreaterThan(500);
    expect(row).toMatchObject({ unmatched: 0, outside: 0, unpulled: 0, elsewhere: 0 });
  });

  it("ranks systems by the corrected scores that it prints, and compares them by their difference", async () => {
    const rows = await queried<{ printed: number; ranked: number }>(
      `SELECT r.estimate AS ranked, s.corrected AS printed FROM ranks AS r
       JOIN (SELECT run_id, 'overall' AS scope, '' AS name, corrected FROM overall_scores
             UNION ALL SELECT run_id, 'dimension', dimension, corrected FROM dimension_scores) AS s USING (run_id, scope, name)
       WHERE r.basis = 'corrected' AND s.corrected IS NOT NULL`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { printed, ranked } of rows) expect(ranked).toBe(printed);
    const pairs = await queried<{ difference: number; between: number }>(
      `SELECT c.difference, a.corrected - b.corrected AS between FROM comparisons AS c
       JOIN overall_scores AS a ON a.run_id = c.run_id JOIN overall_scores AS b ON b.run_id = c.other_run_id
       WHERE c.basis = 'corrected' AND c.scope = 'overall' AND a.corrected IS NOT NULL AND b.corrected IS NOT NULL`,
    );
    expect(pairs.length).toBeGreaterThan(10);
    for (const { difference, between } of pairs) expect(difference).toBeCloseTo(between, 12);
  });

  it("says of every corrected score whose grades its interval is about, and shows that of these raters next to it", async () => {
    const rows = await queried<Record<string, number | string>>(
      "SELECT * FROM overall_scores WHERE corrected IS NOT NULL",
    );
    // Three physicians rated.
    for (const row of rows) {
      expect(row["corrected_raters"]).toBe("raters like them");
      expect(row["corrected_same_lower"]).toBeGreaterThanOrEqual(row["corrected_lower"] as number);
      expect(row["corrected_same_upper"]).toBeLessThanOrEqual(row["corrected_upper"] as number);
      expect(row["corrected_unrated_share"]).toBeLessThan(0.75);
    }
  });

  it("covers the true overall score in at least 13 of the complete runs", async () => {
    const rows = await queried<{ run_id: string; lower: number; upper: number }>(
      "SELECT * FROM overall_scores WHERE status = 'complete'",
    );
    const { runs } = JSON.parse(readFileSync(join(sample, "truth", "truth.json"), "utf8")) as Truth;
    const truth = new Map(runs.map(({ run_id, overall }) => [run_id, overall]));
    expect(rows.length).toBeGreaterThanOrEqual(13);
    const covered = rows.filter(({ run_id, lower, upper }) => {
      const value = truth.get(run_id) ?? Number.NaN;
      return lower <= value && value <= upper;
    });
    expect(covered.length).toBeGreaterThanOrEqual(13);
  });

  it("includes the true rank of every complete run in its rank set", async () => {
    const rows = await queried<{
      run_id: string;
      track: string;
      identity: string;
      rank_best: number;
      rank_worst: number;
    }>(
      "SELECT * FROM ranks WHERE scope = 'overall' AND basis = 'as_scored' AND rank IS NOT NULL ORDER BY run_id",
    );
    const { runs } = JSON.parse(readFileSync(join(sample, "truth", "truth.json"), "utf8")) as Truth;
    const truth = new Map(runs.map(({ run_id, overall }) => [run_id, overall as number]));
    expect(rows.length).toBeGreaterThan(8);
    for (const row of rows) {
      const others = rows.filter(({ identity, track }) => identity === row.identity && track === row.track);
      const value = truth.get(row.run_id) as number;
      const rank = 1 + others.filter((other) => (truth.get(other.run_id) as number) > value).length;
      expect([row.run_id, row.rank_best <= rank && rank <= row.rank_worst]).toEqual([row.run_id, true]);
    }
  });

  it("compares only runs of one identity, each pair of ranked runs once in a composite", async () => {
    const [pairs] = await queried<{
      n: number;
      n_distinct: number;
      n_unequal: number;
    }>(`SELECT count(*) AS n, count(DISTINCT least(c.run_id, other_run_id) || greatest(c.run_id, other_run_id) || scope || name || basis) AS n_distinct,
                count(*) FILTER (a.identity <> b.identity OR a.board <> b.board OR a.pool <> b.pool) AS n_unequal
         FROM comparisons AS c JOIN overall_scores AS a ON a.run_id = c.run_id JOIN overall_scores AS b ON b.run_id = c.other_run_id`);
    const sizes = await queried<{ n: number }>(
      `SELECT count(*) FILTER (rank IS NOT NULL) AS n FROM ranks GROUP BY identity, track, board, pool, scope, name, basis`,
    );
    expect(pairs?.n_unequal).toBe(0);
    expect(pairs?.n_distinct).toBe(pairs?.n);
    expect(pairs?.n).toBe(sizes.reduce((sum, { n }) => sum + (n * (n - 1)) / 2, 0));
  });

  it("gives the same difference of two runs as `medbench compare`, which pairs the groups independently", async () => {
    const [pair] = await queried<{
      run_id: string;
      other_run_id: string;
      difference: number;
      lower: number;
      upper: number;
    }>(
      "SELECT * FROM comparisons WHERE scope = 'overall' AND basis = 'as_scored' ORDER BY run_id, other_run_id LIMIT 1",
    );
    if (pair === undefined) throw new Error("the sample has no pair of runs");
    const { overall, datasets } = await compareRuns({
      workspace,
      first: pair.run_id,
      second: pair.other_run_id,
    });
    expect(overall?.difference).toBeCloseTo(pair.difference, 9);
    expect(overall?.lower).toBeCloseTo(pair.lower, 9);
    expect(overall?.upper).toBeCloseTo(pair.upper, 9);
    for (const { p, p_holm } of datasets) expect(p_holm ?? 1).toBeGreaterThanOrEqual(p ?? 0);
  });

  it("makes `medbench compare` refuse two runs of different pools and name the field", async () => {
    const [runs] = await queried<{ first: string; second: string }>(
      "SELECT a.run_id AS first, b.run_id AS second FROM runs AS a JOIN runs AS b ON a.track = b.track AND a.pool <> b.pool ORDER BY ALL LIMIT 1",
    );
    if (runs === undefined) throw new Error("the sample has one pool only");
    await expect(compareRuns({ workspace, ...runs })).rejects.toThrow(/pool/);
  });

  it("writes the same bytes when it is forced to run again", async () => {
    const before = await hashes();
    expect(before.flat()).toHaveLength(aggregated.length);
    await runAggregate({ workspace, force: true });
    expect(await hashes()).toEqual(before);
  });
});

describe("units of equal values", () => {
  const workspace = mkdtempSync(join(tmpdir(), "medbench-units-"));
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it("give the same moments as the groups themselves", async () => {
    const run = {
      ...{ run_id: "r", system: "s", benchmark: "medbench-v4", pool: "p", board: "upload", track: "llm" },
      ...{ temperature: null, max_tokens: null, context: null },
    } satisfies RunRow;
    // One component and one repetition: all right (choice), a mean, and labels that are pooled; a group by policy.
    const kinds = { MedExam: "choice", MedHC: "key_points", SMDoc: "label_set" };
    const rows = Object.entries(kinds).flatMap(([dataset, metric], place) =>
      Array.from({ length: 24 }, (_, n) => {
        const right = n % 5 === 0 || (n + place) % 3 === 0 ? 1 : 0;
        const group = Math.floor(n / 2);
        return {
          ...{
            run_id: "r",
            benchmark: "medbench-v4",
            pool: "p",
            dataset,
            metric,
            condition: "base",
            node: "",
          },
          ...{
            item_id: String(group),
            group_id: String(group).padStart(2, "0"),
            variant: (n % 2) + 1,
            repeat: 1,
            attempt: 1,
            n_attempts: 1,
          },
          ...{ group_no: place * 12 + group, component: 0, by_policy: n === 7, track: "llm" },
          ...{ value: right, score_1e9: right * 1e9, tp: right, fp: n % 2, fn: 1 + (n % 3) },
          specialty_primary: n % 8 < 4 ? "01" : "02",
        };
      }),
    );
    const only = (names: readonly string[]) =>
      rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name as keyof typeof row]])));
    const key = ["benchmark", "dataset", "pool", "item_id", "variant", "group_id"];
    await writeTinyWarehouse(workspace, {
      items: only([...key, "track", "specialty_primary"]),
      scores: only([
        ...[...key, "run_id", "metric", "condition", "node", "repeat", "group_no", "component", "by_policy"],
        ...["attempt", "n_attempts"],
        ...["value", "score_1e9", "tp", "fp", "fn"],
      ]),
    });
    const version = await currentVersion(join(workspace, "warehouse"));
    await withEngine(async (engine) => {
      await attachTables(engine, version);
      await describeGroups(engine);
      const place = await preparePlace(engine, run, versionsOf(await builtInCatalogue(), "llm", null));
      const files = await fileConstants(engine, tableFiles(version, "scores"), watchedScoreColumns);
      const cellsUpTo = async (unitsUpTo: number) => {
        await groupScores(engine, place, [run], { files, unitsUpTo });
        const { n, k } = await engine.row<{ n: number; k: number }>(
          "SELECT count(*) AS n, sum(k)::BIGINT AS k FROM task_units",
        );
        const cells = await engine.rows("SELECT * FROM group_cells ORDER BY dataset, stratum, mix, den");
        return { n, k, cells };
      };
      const groups = await cellsUpTo(1000);
      const values = await cellsUpTo(0);
      expect(groups).toMatchObject({ n: 36, k: 36 });
      expect(values.k).toBe(36);
      expect(values.n).toBeLessThan(36);
      expect(values.cells).toEqual(groups.cells);
    });
  });
});
