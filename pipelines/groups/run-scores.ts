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
  /** Limits the responses to the prompts that also have a score under this condition. */
  readonly pairedWith?: string;
}

/** Columns that footers show to be constant in all files of the run are neither read, compared nor hashed. */
export function scoreRows(
  engine: Engine,
  runId: string,
  files: readonly FileConstants[],
  { condition = "base", pairedWith }: ScoreSelection = {},
): ScoreRows {
  const own = files.filter(({ constant }) => (constant["run_id"] ?? runId) === runId);
  const paths = own.map(({ file }) => file);
  const source = paths.length > 0 ? engine.files.read("read_parquet", paths) : "scores";
  const always = (column: (typeof watchedScoreColumns)[number], value: string) =>
    own.length > 0 && own.every(({ constant }) => constant[column] === value);
  const rowsUnder = (wantedCondition: string) => {
    const wanted = { run_id: runId, node: "", condition: wantedCondition };
    const conditions = (["run_id", "node", "condition"] as const)
      .filter((column) => !always(column, wanted[column]))
      .map((column) => `${column} = ${literal(wanted[column])}`);
    return conditions.length > 0 ? `(FROM ${source} WHERE ${conditions.join(" AND ")})` : source;
  };
  const isOnce = always("attempt", "1");
  const [first] = own;
  const isEven = isOnce || (first !== undefined && always("n_attempts", first.constant["n_attempts"] ?? ""));
  const oneComponent = always("component", "0");
  return {
    rows:
      pairedWith === undefined
        ? rowsUnder(condition)
        : `(FROM ${rowsUnder(condition)} AS own SEMI JOIN ${rowsUnder(pairedWith)} AS other USING (dataset, item_id, variant, component))`,
    component: oneComponent ? "0::INTEGER" : "component",
    attempt: isOnce ? "1::INTEGER" : "attempt",
    nPolicy: always("by_policy", "false") ? "0::BIGINT" : "count(*) FILTER (by_policy)",
    isOnce,
    isEven,
    isSimple: oneComponent && isOnce,
  };
}
