import { meanFromZero } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { sliceBounds } from "../../../src/lib/stats/outcome-bounds.js";
import { momentsOf } from "../../groups/moments.js";
import { type RunRow, runColumnsOf } from "../../groups/run-row.js";
import type { Engine } from "../../warehouse/engine.js";
import { literal } from "../../warehouse/sql.js";
import { readQuery } from "../../warehouse/sql-files.js";
import type { RunScores } from "./composites.js";

/** Fewer items than this make a cell thin: shown, and marked. */
const thinBelow = 30;

export interface SpecialtyRow {
  readonly level: string;
  readonly specialty: string;
  readonly estimate: number | null;
}

/** Mean item score of each run of a batch inside each specialty; items weigh equally whatever their dataset. */
export async function specialtyRows(
  engine: Engine,
  runs: readonly RunRow[],
  scores: readonly RunScores[],
  { confidence }: { readonly confidence: number },
): Promise<SpecialtyRow[]> {
  const pending = scores.flatMap(({ tasks }, runNo) =>
    tasks
      .filter(
        ({ metric, status }) => metric === "task" && status !== "complete" && status !== "not_submitted",
      )
      .map(({ dataset }) => `(${runNo}, ${literal(dataset)})`),
  );
  await engine.run("CREATE OR REPLACE TEMP TABLE pending (run_no INTEGER, dataset VARCHAR)");
  if (pending.length > 0) await engine.run(`INSERT INTO pending VALUES ${pending.join(", ")}`);
  const rows = await engine.rows<
    Record<string, number> & { run_no: number; level: string; specialty: string }
  >(readQuery(new URL("specialty-cells.sql", import.meta.url)));
  return rows.map((row) => {
    const nItems = row["n_items"] as number;
    const moments = meanFromZero(momentsOf(row));
    const waits = (row["n_pending"] as number) > 0;
    const isBinary = row["n_between"] === 0 && moments.sumN === moments.nClusters;
    const absent = nItems - moments.sumN;
    const { estimate, lower, upper, method } = groupMean([{ moments, weight: 1, isBinary }], { confidence });
    const interval = { estimate, lower, upper, interval_method: lower === null ? null : method };
    const shown = waits ? { estimate: null, lower: null, upper: null, interval_method: null } : interval;
    return {
      ...runColumnsOf(runs[row.run_no] as RunRow),
      level: row.level,
      specialty: row.specialty,
      ...shown,
      ...sliceBounds(
        { sumMean: moments.sumS, sumBest: (row["sum_best"] as number) / 1e9 },
        nItems,
        shown.estimate,
      ),
      n_items: nItems,
      n_groups: row["n_groups"] as number,
      n_expected: row["n_expected"] as number,
      n_scored: row["n_scored"] as number,
      thin: nItems - absent < thinBelow,
      identity: (scores[row.run_no] as RunScores).overall.identity,
    };
  });
}
