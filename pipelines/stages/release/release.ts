import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { isTrial } from "../../../src/lib/records/judge-kind.js";
import { type ReleasedName, releasedNames } from "../../../src/lib/records/released-tables.js";
import { scoredJudges } from "../../groups/judge-of-record.js";
import { cataloguesOf } from "../../warehouse/catalogue.js";
import { type Engine, type PlainRow, withEngine } from "../../warehouse/engine.js";
import { hashFile, hashJson } from "../../warehouse/hash.js";
import { identifier } from "../../warehouse/sql.js";
import { recordOf, type StageRecord } from "../../warehouse/stage-record.js";
import { beginDraft, currentVersion, type Draft, type Version } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { codeVersion, doneBefore, type StageOutcome } from "../stage.js";
import { dataDictionary } from "./dictionary.js";
import { checkGatesAreCurrent } from "./gates-are-current.js";
import { textColumnsOf, withTexts } from "./readable-texts.js";
import { releaseQueries } from "./release-queries.js";
import { taxonomyFor } from "./taxonomy.js";
import { withoutWithheld } from "./withhold.js";

export interface ReleaseOptions {
  readonly workspace: string;
  readonly force?: boolean;
  /** Specialty cells with fewer independent groups than this are withheld and counted. */
  readonly minimumGroups?: number;
}

/**
 * Writes the public subset of the warehouse: aggregated tables as JSON, CSV and Parquet, with a data dictionary and a
 * record of their provenance. Figures that the gate withholds have no value there. Nothing under `release` carries
 * item text, gold, answers, rationales or raters: the released tables are defined from tables that are not confidential.
 */
export async function runRelease({
  workspace,
  force = false,
  minimumGroups = 5,
}: ReleaseOptions): Promise<StageOutcome> {
  const paths = workspacePaths(workspace);
  const warehouse = await currentVersion(paths.warehouse);
  if (warehouse?.manifest.stages["aggregate"] === undefined) {
    throw new InputError(`release: ${paths.warehouse} contains no aggregated scores`, {
      hint: "Run `medbench aggregate` first, or `medbench run`.",
    });
  }
  checkGatesAreCurrent(warehouse);
  const parameters = { minimumGroups };
  const inputs = { warehouse: warehouse.id, code: codeVersion() };
  const key = hashJson({ stage: "release", parameters, inputs });
  const done = doneBefore(await currentVersion(paths.release), "release", key);
  if (done !== null && !force) return done;
  const draft = await beginDraft(paths.release);
  try {
    const counts = await withEngine(
      async (engine) => {
        await attachTables(engine, warehouse);
        return writeRelease(engine, draft, warehouse, minimumGroups);
      },
      { workspace },
    );
    const version = await draft.commit({
      release: { key, parameters, inputs, counts } satisfies StageRecord,
    });
    return { stage: "release", skipped: false, version: version.id, counts };
  } catch (error) {
    await draft.abandon();
    throw error;
  }
}

async function writeRelease(engine: Engine, draft: Draft, warehouse: Version, minimumGroups: number) {
  const written: Record<string, { rows: number; withheld: number; files: Record<string, string> }> = {};
  const taxonomy = await taxonomyFor(engine);
  const names = new Map(taxonomy.map(({ code, name }) => [code, name.en]));
  const context = { minimumGroups, specialtyName: (code: string) => names.get(code) ?? code };
  for (const name of releasedNames) written[name] = await writeReleased(engine, draft, name, context);
  const benchmarks = await engine.table("runs", ["benchmark"], { distinct: true, orderBy: ["benchmark"] });
  const known = await cataloguesOf(
    warehouse,
    benchmarks.map(({ benchmark }) => benchmark),
  );
  const catalogues = [...known.catalogues.values()];
  await writeJson(draft, "catalogue.json", { benchmarks: catalogues });
  await writeJson(draft, "taxonomy.json", taxonomy);
  await writeJson(draft, "dictionary.json", dataDictionary());
  const judges = scoredJudges(recordOf(warehouse, "score"));
  const stages = Object.entries(warehouse.manifest.stages as Record<string, StageRecord>).filter(
    // Which judge was asked last says nothing about the figures if it is a trial.
    ([name, { counts }]) =>
      name !== "judge" ||
      !isTrial(
        String(counts["judge"]),
        judges.map(({ judge }) => judge),
      ),
  );
  await writeJson(draft, "release.json", {
    schema: "medbench-release/1",
    warehouse: warehouse.id,
    benchmarks: catalogues.map(({ id, name, source }) => ({ id, name, source })),
    pools: await engine.rows(
      "SELECT benchmark, pool, board, count(*) AS n_runs FROM runs GROUP BY ALL ORDER BY ALL",
    ),
    judges,
    stages: Object.fromEntries(
      stages.map(([name, { key, parameters, counts }]) => [
        name,
        { key, parameters: publicParameters(name, parameters), counts: publicCounts(name, counts) },
      ]),
    ),
    minimumGroups,
    tables: written,
  });
  const total = (of: "rows" | "withheld") =>
    Object.values(written).reduce((sum, table) => sum + table[of], 0);
  return { tables: releasedNames.length, rows: total("rows"), small_cells_left_out: total("withheld") };
}

/** Leaves out the paths of sources and anchor lists, which mean nothing on another machine; `drift` identifies a list by its hash. */
export function publicParameters(
  stage: string,
  parameters: StageRecord["parameters"],
): StageRecord["parameters"] {
  if (stage === "ingest") return {};
  const { anchor: _path, ...others } = parameters;
  return stage === "calibrate" ? others : parameters;
}

/** Leaves out where the sources are, which `source_files` names, and the judges that were only tried. */
export function publicCounts(stage: string, counts: StageRecord["counts"]): StageRecord["counts"] {
  const { sources: _sources, judge_sources: _judges, trials: _trials, ...others } = counts;
  return stage === "ingest" || stage === "calibrate" ? others : counts;
}

interface ReleaseContext {
  readonly minimumGroups: number;
  /** English name of a specialty, by its code. */
  readonly specialtyName: (code: string) => string;
}

async function writeReleased(
  engine: Engine,
  draft: Draft,
  name: ReleasedName,
  { minimumGroups, specialtyName }: ReleaseContext,
) {
  const { select, order, smallCells } = releaseQueries[name];
  const { stored, texts } = textColumnsOf(name, specialtyName);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE stored AS
     SELECT ${stored.map(identifier).join(", ")} FROM (${withoutWithheld(name, select)}) ORDER BY ${order}`,
  );
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE released AS ${await withTexts(engine, name, "stored", texts)}`,
  );
  const keep = smallCells === undefined ? "TRUE" : `${smallCells} >= ${minimumGroups}`;
  const { rows, withheld } = await engine.row<{ rows: number; withheld: number }>(
    `SELECT count(*) FILTER (${keep}) AS rows, count(*) FILTER (NOT (${keep})) AS withheld FROM released`,
  );
  const source = `(SELECT * FROM released WHERE ${keep})`;
  const files: Record<string, string> = {};
  const path = (extension: string) => draft.path("tables", `${name}.${extension}`);
  await writeJson(draft, `tables/${name}.json`, await engine.rows(`FROM ${source}`));
  const kept = `FROM ${source}`;
  await engine.run(engine.files.write(kept, path("csv"), "FORMAT csv, HEADER"));
  await engine.run(engine.files.write(kept, path("parquet"), "FORMAT parquet, COMPRESSION snappy"));
  for (const extension of ["json", "csv", "parquet"]) files[extension] = hashFile(path(extension)).sha256;
  return { rows, withheld, files };
}

async function writeJson(draft: Draft, file: string, value: unknown): Promise<void> {
  const path = draft.path(...file.split("/"));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    path,
    Array.isArray(value) ? rowsAsJson(value as PlainRow[]) : `${JSON.stringify(value, null, 1)}\n`,
  );
}

/** One row per line: compact, and readable in a diff of two releases. */
function rowsAsJson(rows: readonly PlainRow[]): string {
  return `[${rows.map((row) => `\n${JSON.stringify(row)}`).join(",")}\n]\n`;
}
