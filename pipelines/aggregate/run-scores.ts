import type { Engine } from "../warehouse/engine.js";
import { literal, literalList } from "../warehouse/sql.js";
import type { RunRow } from "./run-row.js";

const watched = ["run_id", "component", "repeat", "by_policy"] as const;

/** A file of `scores` with the columns that hold one and the same value in all its rows. */
export interface ScoreFile {
  readonly file: string;
  readonly constant: Readonly<Partial<Record<(typeof watched)[number], string>>>;
}

/**
 * Reads from the footers of the files of `scores` what is constant in them. Grouping the rows of a run costs half when its
 * file is known and constant columns need no hashing; a footer without statistics only costs that gain.
 */
export async function scoreFiles(engine: Engine, files: readonly string[]): Promise<readonly ScoreFile[]> {
  if (files.length === 0) return [];
  const constants = await engine.rows<{ file: string; column: string; value: string }>(
    `SELECT file_name AS file, path_in_schema AS column, min(stats_min_value) AS value
     FROM parquet_metadata(${literalList(files)}) WHERE path_in_schema IN (${watched.map(literal).join(", ")})
     GROUP BY file_name, path_in_schema
     HAVING min(stats_min_value) = max(stats_max_value) AND count(stats_min_value) = count(*) AND count(stats_max_value) = count(*)`,
  );
  return files.map((file) => ({
    file,
    constant: Object.fromEntries(
      constants.filter((row) => row.file === file).map(({ column, value }) => [column, value]),
    ),
  }));
}

/** What is known of a run's rows before they are read. */
export interface RunScoresFacts {
  /** Every group was asked once for one component: sums per group are all there is to know of it. */
  readonly isSimple: boolean;
}

/** Makes `run_scores` the rows of a run that enter means, with what is constant written as a constant. */
export async function selectRunScores(
  engine: Engine,
  { run_id }: RunRow,
  files: readonly ScoreFile[],
): Promise<RunScoresFacts> {
  const own = files.filter(({ constant }) => (constant.run_id ?? run_id) === run_id);
  const source = own.length > 0 ? `read_parquet(${literalList(own.map(({ file }) => file))})` : "scores";
  const always = (column: keyof ScoreFile["constant"], value: string) =>
    own.length > 0 && own.every(({ constant }) => constant[column] === value);
  const oneComponent = always("component", "0");
  const oneRepeat = always("repeat", "1");
  const pooled = await engine.rows<{ dataset: string }>(
    "SELECT DISTINCT dataset FROM kinds WHERE kind IN ('fields', 'f1') ORDER BY dataset",
  );
  // A literal list lets the engine skip whole parts of the file; a subquery would be joined to every row.
  const isPooled =
    pooled.length > 0 ? `dataset IN (${pooled.map(({ dataset }) => literal(dataset)).join(", ")})` : "FALSE";
  await engine.run(
    `CREATE OR REPLACE TEMP VIEW run_scores AS
     SELECT ${isPooled} AS pooled, group_no, score_1e9, tp, fp, fn, ${oneComponent ? "0::INTEGER AS component" : "component"},
            ${oneRepeat ? "1::INTEGER AS repeat" : "repeat"}, ${always("by_policy", "false") ? "FALSE AS by_policy" : "by_policy"}
     FROM ${source} WHERE run_id = ${literal(run_id)} AND node = '' AND condition = 'base'`,
  );
  return { isSimple: oneComponent && oneRepeat };
}
