import { join } from "node:path";
import { CheckError, InputError } from "../../src/lib/errors.js";
import { tableNames } from "../../src/lib/records/tables.js";
import { leakCheck } from "../stages/release/leak-check.js";
import { hasCatalogue } from "../warehouse/catalogue.js";
import { type Engine, withEngine } from "../warehouse/engine.js";
import { hashFile } from "../warehouse/hash.js";
import { currentVersion, type Version } from "../warehouse/versioned-folder.js";
import { attachTables, tableFiles } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";
import { checkTable } from "../warehouse/writer.js";
import { countWrongGold } from "./gold-law.js";
import { freshness } from "./next-steps/freshness.js";

export interface Verification {
  readonly warehouse: string;
  readonly release: string | null;
  readonly files: number;
  readonly checks: readonly { readonly check: string; readonly ok: boolean; readonly detail: string }[];
}

/** Laws that hold once every response was scored: not after an ingest, until the next score. */
const lawsOfScoring: ReadonlySet<string> = new Set(["every response has exactly one outcome"]);

/** Laws that every warehouse must satisfy: each query counts the rows that break one. */
const laws: Readonly<Record<string, string>> = {
  "rows in = rows out + quarantined, in every file": `SELECT count(*) AS n FROM source_files WHERE rows_in <> rows_out + rows_quarantined`,
  "every quarantined line is counted by its file": `
    SELECT count(*) AS n FROM (
      SELECT source, file, count(*) FILTER (line > 0) AS n FROM quarantine GROUP BY source, file
    ) AS q LEFT JOIN source_files AS f USING (source, file)
    WHERE f.rows_quarantined IS NULL OR q.n > f.rows_quarantined`,
  "every response has exactly one outcome": `
    SELECT count(*) AS n FROM (FROM responses WHERE benchmark NOT IN (SELECT benchmark FROM without_catalogue))
    ANTI JOIN outcomes USING (run_id, dataset, item_id, variant, condition, repeat)`,
  "outcome counts match the outcomes": `
    SELECT count(*) AS n FROM (
      (SELECT run_id, dataset, condition, outcome, policy, count(*) AS n FROM outcomes GROUP BY ALL)
      EXCEPT (SELECT run_id, dataset, condition, outcome, policy, n FROM outcome_counts)
    )`,
  "every response belongs to a known item": `
    SELECT count(*) AS n FROM responses AS r ANTI JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)`,
  "every score belongs to an outcome that counts": `
    SELECT count(*) AS n FROM scores AS s LEFT JOIN outcomes AS o USING (run_id, dataset, item_id, variant, condition, repeat)
    WHERE o.policy IS NULL OR o.policy NOT IN ('answer', 'wrong')`,
  "outcome counts of tasks add up to the expected responses": `
    SELECT count(*) AS n FROM task_scores WHERE metric = 'task'
      AND n_expected <> n_scored + n_refused + n_empty + n_unparsed + n_conflict + n_truncated + n_judge_failed + n_errored + n_missing
                        + n_awaiting_gold + n_awaiting_judgment + n_excluded`,
  "every interval contains its estimate": `
    SELECT count(*) AS n FROM (
      SELECT estimate, lower, upper FROM task_scores UNION ALL SELECT estimate, lower, upper FROM dimension_scores
      UNION ALL SELECT estimate, lower, upper FROM overall_scores UNION ALL SELECT estimate, lower, upper FROM specialty_scores
      UNION ALL SELECT estimate, lower, upper FROM condition_scores UNION ALL SELECT drop, drop_lower, drop_upper FROM condition_scores
    ) WHERE estimate NOT BETWEEN lower - 1e-12 AND upper + 1e-12`,
  "every pair of bounds contains its estimate": `
    SELECT count(*) AS n FROM (
      SELECT estimate, worst, best FROM task_scores UNION ALL SELECT estimate, worst, best FROM dimension_scores
      UNION ALL SELECT estimate, worst, best FROM overall_scores UNION ALL SELECT estimate, worst, best FROM specialty_scores
    ) WHERE estimate NOT BETWEEN worst - 1e-9 AND best + 1e-9`,
};

/** Checks a workspace: hashes of every file, every table against its definition, and the laws between tables. */
export async function verifyWorkspace(workspace: string): Promise<Verification> {
  const paths = workspacePaths(workspace);
  const warehouse = await currentVersion(paths.warehouse);
  if (warehouse === null)
    throw new InputError(`${paths.warehouse}: there is no warehouse yet`, {
      hint: "Run `medbench run` first.",
    });
  const release = await currentVersion(paths.release);
  const checks: { check: string; ok: boolean; detail: string }[] = [];
  for (const version of [warehouse, release]) if (version !== null) checks.push(hashCheck(version));
  await withEngine(
    async (engine) => {
      await attachTables(engine, warehouse);
      for (const name of tableNames) {
        const files = tableFiles(warehouse, name);
        if (files.length === 0) continue;
        const detail = await checkTable(engine, name, files).then(
          (rows) => ({ ok: true, detail: `${rows} rows` }),
          (error: unknown) => {
            if (!(error instanceof CheckError)) throw error;
            return { ok: false, detail: error.message };
          },
        );
        checks.push({ check: `table ${name} matches its definition`, ...detail });
      }
      await nameBenchmarksWithoutCatalogue(engine, warehouse);
      for (const [check, sql] of Object.entries(laws)) {
        const scored = freshness(warehouse, "score");
        if (lawsOfScoring.has(check) && scored !== "current") {
          const detail =
            scored === "missing" ? "not scored yet" : "not scored since the last ingest or judge run";
          checks.push({ check, ok: true, detail: `${detail}: medbench run` });
          continue;
        }
        const { n } = await engine.row<{ n: number }>(sql);
        checks.push({ check, ok: n === 0, detail: n === 0 ? "satisfied" : `${n} rows break it` });
      }
      const wrongGold = await countWrongGold(engine, warehouse);
      checks.push({
        check: "every gold answer is an option of its item, or of the form that its scorer compares with",
        ok: wrongGold === 0,
        detail: wrongGold === 0 ? "satisfied" : `${wrongGold} items break it`,
      });
      if (release !== null) checks.push(await leakCheck(engine, release));
    },
    { workspace },
  ).catch((error: Error) => {
    // A file that has changed may be unreadable; the checks before it say which one.
    if (checks.every(({ ok }) => ok)) throw error;
    checks.push({ check: "every table can be read", ok: false, detail: error.message.split("\n")[0] ?? "" });
  });
  return {
    warehouse: warehouse.id,
    release: release?.id ?? null,
    files: warehouse.manifest.files.length + (release?.manifest.files.length ?? 0),
    checks,
  };
}

/** Temp table `without_catalogue`: benchmarks that no stage scores. */
async function nameBenchmarksWithoutCatalogue(engine: Engine, version: Version): Promise<void> {
  await engine.run("CREATE OR REPLACE TEMP TABLE without_catalogue (benchmark VARCHAR)");
  for (const { benchmark } of await engine.table("runs", ["benchmark"], { distinct: true }))
    if (!(await hasCatalogue(version, benchmark)))
      await engine.run("INSERT INTO without_catalogue VALUES ($benchmark)", { benchmark });
}

function hashCheck(version: Version) {
  const broken = version.manifest.files.filter(({ file, sha256, bytes }) => {
    try {
      const found = hashFile(join(version.folder, ...file.split("/")));
      return found.sha256 !== sha256 || found.bytes !== bytes;
    } catch {
      return true;
    }
  });
  return {
    check: `every file of ${version.id} matches the hash in its manifest`,
    ok: broken.length === 0,
    detail:
      broken.length === 0
        ? `${version.manifest.files.length} files`
        : `${broken.length} differ, first ${broken[0]?.file}`,
  };
}
