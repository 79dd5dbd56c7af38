import type { Row } from "../../../src/lib/records/tables.js";
import { meanFromZero } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { sliceBounds } from "../../../src/lib/stats/outcome-bounds.js";
import { type MomentColumns, momentsOf } from "../../groups/moments.js";
import { type RunRow, runColumnsOf } from "../../groups/run-row.js";
import type { Engine } from "../../warehouse/engine.js";
import { literal } from "../../warehouse/sql.js";
import { readQuery, runQueries } from "../../warehouse/sql-files.js";
import type { RunScores } from "./composites.js";
import { meanColumns } from "./mean-columns.js";
import type { SpecialtyScore } from "./pooled-specialties.js";

/** A cell with fewer items than this is thin: it is shown, but marked. */
const thinBelow = 30;

type SpecialtyCell = MomentColumns &
  Row<"specialty_scores", "level" | "specialty" | "n_items" | "n_groups" | "n_expected" | "n_scored"> & {
    readonly run_no: number;
    readonly n_pending: number;
    readonly n_not_submitted: number;
    readonly sum_best: number;
  };

/** Lists the datasets of a batch's runs whose task has one of the statuses, as a table of `run_no` and `dataset`. */
async function defineDatasets(
  engine: Engine,
  name: string,
  scores: readonly RunScores[],
  statuses: readonly RunScores["tasks"][number]["status"][],
) {
  const rows = scores.flatMap(({ tasks }, runNo) =>
    tasks
      .filter(({ metric, status }) => metric === "task" && statuses.includes(status))
      .map(({ dataset }) => `(${runNo}, ${literal(dataset)})`),
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${name} (run_no INTEGER, dataset VARCHAR)`);
  if (rows.length > 0) await engine.run(`INSERT INTO ${name} VALUES ${rows.join(", ")}`);
}

/**
 * Mean item score of each run of a batch inside each specialty; every item has the same weight, whatever its dataset. There is
 * no estimate where an answer waits for gold or a judge, or a dataset with items of the specialty was never submitted.
 */
export async function specialtyRows(
  engine: Engine,
  runs: readonly RunRow[],
  scores: readonly RunScores[],
  { confidence }: { readonly confidence: number },
): Promise<SpecialtyScore[]> {
  await defineDatasets(engine, "pending", scores, ["awaiting_gold", "awaiting_judgment"]);
  await defineDatasets(engine, "unsubmitted", scores, ["not_submitted"]);
  await runQueries(engine, new URL("repeated-responses.sql", import.meta.url));
  const rows = await engine.rows<SpecialtyCell>(readQuery(new URL("specialty-cells.sql", import.meta.url)));
  return rows.map((row) => {
    const { level, specialty, n_items, n_groups, n_expected, n_scored, n_not_submitted } = row;
    const moments = meanFromZero(momentsOf(row));
    // Answers that were never submitted are neither wrong nor right; a mean over the others would be about other questions.
    const isOpen = row.n_pending > 0 || n_not_submitted > 0;
    const absent = n_items - moments.sumN;
    const found = isOpen ? null : groupMean([{ moments, weight: 1 }], { confidence });
    const { standard_error: _, ...shown } = meanColumns(found);
    const cell = {
      ...runColumnsOf(runs[row.run_no] as RunRow),
      level,
      specialty,
      ...shown,
      ...sliceBounds({ sumMean: moments.sumS, sumBest: row.sum_best / 1e9 }, n_items, shown.estimate),
      n_items,
      n_groups,
      n_expected,
      n_scored,
      n_not_submitted,
      thin: n_items - absent < thinBelow,
      identity: (scores[row.run_no] as RunScores).overall.identity,
    };
    return { row: cell, moments: shown.estimate === null ? null : moments };
  });
}
