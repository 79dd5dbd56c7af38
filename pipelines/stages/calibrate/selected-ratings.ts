import {
  type GradeShares,
  type RatableAnswer,
  type RatingSelection,
  ratingSelection,
  selectionLevel,
} from "../../../src/lib/calibration/rating-selection.js";
import type { Message } from "../../../src/lib/messages/codes.js";
import { message } from "../../../src/lib/messages/message.js";
import type { Row } from "../../../src/lib/records/tables.js";
import type { Engine } from "../../warehouse/engine.js";
import { versionColumns, versionKey } from "./rated-answers.js";
import type { JudgeVersion } from "./rated-units.js";

type RatedRun = JudgeVersion & Row<"judgments", "run_id">;

/** Whether the rated answers of a run look like a random sample of those that a judge version graded. */
export interface Selection {
  readonly p: number | null;
  /** Why its scores are not corrected; null if the ratings may be a random sample. */
  readonly reason: Message<"selected-ratings"> | null;
}

export const runKey = (row: RatedRun) => [versionKey(row), row.run_id].join("\u001f");

/**
 * Compares rated with other answers in every run with ratings of which nothing says how they were drawn. The accepted false
 * alarms are shared by the runs.
 */
export async function selections(engine: Engine): Promise<ReadonlyMap<string, Selection>> {
  const runs = await engine.rows<RatedRun>(
    `SELECT DISTINCT ${versionColumns}, run_id FROM judged_answers WHERE human IS NOT NULL AND inclusion IS NULL ORDER BY ALL`,
  );
  const found = new Map<string, Selection>();
  for (const run of runs) {
    const answers = await engine.rows<RatableAnswer>(
      `SELECT cluster, specialty AS stratum, score_1e9 / 1e9 AS score, human IS NOT NULL AS "isRated" FROM judged_answers
       WHERE inclusion IS NULL AND benchmark = $benchmark AND judge = $judge AND rubric_version = $rubric_version
         AND prompt_hash = $prompt_hash AND run_id = $run_id
       ORDER BY stratum, cluster, score, "isRated"`,
      { ...run },
    );
    found.set(runKey(run), verdictOn(ratingSelection(answers), selectionLevel / runs.length));
  }
  return found;
}

function verdictOn({ p, rated, others }: RatingSelection, level: number): Selection {
  if (p === null || p >= level) return { p, reason: null };
  const text = (shares: GradeShares) => shares.map((share) => Math.round(100 * share)).join("/");
  const evidence = { rated: text(rated), others: text(others), p: Number(Math.max(p, 1e-12).toPrecision(1)) };
  return { p, reason: message("selected-ratings", evidence) };
}
