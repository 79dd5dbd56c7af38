import type { Engine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import type { FileConstants } from "./file-constants.js";

/** Columns of `scores` that save work if they are constant in a file; see `scoreRows`. */
export const watchedScoreColumns = [
  "run_id",
  "node",
  "condition",
  "component",
  "attempt",
  "n_attempts",
  "by_policy",
] as const;

/** The rows of a run that enter means, as parts of the SQL in component-groups.sql; known values are constants. */
export interface ScoreRows {
  /** A table or a read of files, with the condition on its rows. */
  readonly rows: string;
  readonly component: string;
  readonly attempt: string;
  /** Counts rows whose value the outcome policy set. */
  readonly nPolicy: string;
  /** No prompt was repeated. */
  readonly isOnce: boolean;
  /** Every prompt was asked equally often, as far as the footers show. */
  readonly isEven: boolean;
  /** Every group was asked once for one component, so one sum per group is enough. */
  readonly isSimple: boolean;
}

/** Which responses of a run enter. */
export interface ScoreSelection {
  /** Default: `base`. */
  readonly condition?: string;
  /** Limits the responses to the prompts that also have a score in this run (default: the same) under this condition. */
  readonly pairedWith?: { readonly runId?: string; readonly condition: string };
  /**
   * A temporary table of dataset, item_id, variant and group_no: only these prompts enter, each in the group of this number.
   * Two runs of different pools are compared by the numbers of one of them.
   */
  readonly prompts?: string;
}

/** Columns that footers show to be constant in all files of the run are neither read, compared nor hashed. */
export function scoreRows(
  engine: Engine,
  runId: string,
  files: readonly FileConstants[],
  { condition = "base", pairedWith, prompts }: ScoreSelection = {},
): ScoreRows {
  const own = filesOf(files, runId);
  const isOnce = isAlways(own, "attempt", "1");
  const [first] = own;
  const isEven =
    isOnce || (first !== undefined && isAlways(own, "n_attempts", first.constant["n_attempts"] ?? ""));
  const oneComponent = isAlways(own, "component", "0");
  const answers = rowsUnder(engine, files, runId, condition);
  const paired =
    pairedWith === undefined
      ? answers
      : `(FROM ${answers} AS own SEMI JOIN ${rowsUnder(engine, files, pairedWith.runId ?? runId, pairedWith.condition)} AS other USING (dataset, item_id, variant, component))`;
  return {
    rows:
      prompts === undefined
        ? paired
        : `(SELECT own.* REPLACE (shared.group_no AS group_no) FROM ${paired} AS own JOIN ${prompts} AS shared USING (dataset, item_id, variant))`,
    component: oneComponent ? "0::INTEGER" : "component",
    attempt: isOnce ? "1::INTEGER" : "attempt",
    nPolicy: isAlways(own, "by_policy", "false") ? "0::BIGINT" : "count(*) FILTER (by_policy)",
    isOnce,
    isEven,
    isSimple: oneComponent && isOnce,
  };
}

function filesOf(files: readonly FileConstants[], runId: string): readonly FileConstants[] {
  return files.filter(({ constant }) => (constant["run_id"] ?? runId) === runId);
}

function isAlways(
  files: readonly FileConstants[],
  column: (typeof watchedScoreColumns)[number],
  value: string,
): boolean {
  return files.length > 0 && files.every(({ constant }) => constant[column] === value);
}

/** The rows of a run under a condition. */
function rowsUnder(
  engine: Engine,
  files: readonly FileConstants[],
  runId: string,
  condition: string,
): string {
  const own = filesOf(files, runId);
  const paths = own.map(({ file }) => file);
  const source = paths.length > 0 ? engine.files.read("read_parquet", paths) : "scores";
  const wanted = { run_id: runId, node: "", condition };
  const conditions = (["run_id", "node", "condition"] as const)
    .filter((column) => !isAlways(own, column, wanted[column]))
    .map((column) => `${column} = ${literal(wanted[column])}`);
  return conditions.length > 0 ? `(FROM ${source} WHERE ${conditions.join(" AND ")})` : source;
}
