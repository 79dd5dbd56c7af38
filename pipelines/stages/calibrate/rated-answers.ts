import { designWeight, type SampledStratum } from "../../../src/lib/calibration/design-weight.js";
import { type RaterSeverity, raterSeverity } from "../../../src/lib/calibration/rater-severity.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { isPresent } from "../../../src/lib/util/indexing.js";
import type { Engine } from "../../warehouse/engine.js";
import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import type { JudgeVersion } from "./rated-units.js";

export const versionColumns = "benchmark, judge, rubric_version, prompt_hash";

export const versionKey = ({ benchmark, judge, rubric_version, prompt_hash }: JudgeVersion) =>
  [benchmark, judge, rubric_version, prompt_hash].join("\u001f");

/** One judged answer in a cluster with at least one rating; scores on the unit scale. */
export interface DetailedAnswer extends JudgeVersion, Row<"ratings", "run_id" | "pool"> {
  readonly dimension: string;
  readonly specialty: string;
  readonly cluster: string;
  readonly score: number;
  readonly human: number | null;
  readonly inclusion: number | null;
  /** Null where nobody rated the answer, as is `answer`. */
  readonly raters: readonly { readonly rater: string; readonly human: number }[] | null;
  readonly answer: Row<
    "rated_answers",
    "dataset" | "item_id" | "variant" | "condition" | "repeat" | "group_id"
  > | null;
}

/** The answers in rated clusters; for the others, moments do. Fills the temporary table `rated_clusters`. */
export async function answersInRatedClusters(engine: Engine): Promise<DetailedAnswer[]> {
  await engine.run(`CREATE OR REPLACE TEMP TABLE rated_clusters AS
    SELECT DISTINCT ${versionColumns}, run_id, cluster FROM judged_answers WHERE human IS NOT NULL`);
  return engine.rows<DetailedAnswer>(
    `SELECT * EXCLUDE (score_1e9), score_1e9 / 1e9 AS score FROM judged_answers SEMI JOIN rated_clusters USING (${versionColumns}, run_id, cluster)
     ORDER BY ${versionColumns}, run_id, cluster, dimension, specialty, score, human, answer`,
  );
}

/** Writes `rated_answers`, from which the composites of `aggregate` are corrected. */
export async function writeRatedAnswers(
  { engine, draft }: StageTools,
  answers: readonly DetailedAnswer[],
  weights: (answer: DetailedAnswer) => number,
): Promise<void> {
  const rows = answers.flatMap((row): Row<"rated_answers">[] => {
    const { answer, run_id, pool, benchmark, judge, rubric_version, prompt_hash, score, inclusion } = row;
    if (answer === null) return [];
    const shared = { run_id, benchmark, pool, ...answer, judge, rubric_version, prompt_hash };
    const design = { design_weight: weights(row), is_drawn: inclusion !== null };
    return (row.raters ?? []).map(({ rater, human }) => ({
      ...shared,
      rater,
      judge_score: score,
      human_score: human,
      ...design,
    }));
  });
  await writeRows(engine, "rated_answers", rows, draft.path("rated_answers", "0000.parquet"));
}

/** How much raters differ in severity, by judge version. */
export function severities(answers: readonly DetailedAnswer[]): ReadonlyMap<string, RaterSeverity | null> {
  const rated = answers.filter(({ raters }) => raters !== null);
  return new Map(
    [...groupBy(rated, versionKey)].map(([version, own]) => [
      version,
      raterSeverity(
        own.flatMap(({ raters, score }, i) =>
          (raters ?? []).map(({ rater, human }) => ({ answer: `${i}`, rater, difference: human - score })),
        ),
      ),
    ]),
  );
}

/** The design weight of each answer; a stratum is a primary specialty in its pool. */
export async function designWeights(engine: Engine): Promise<(answer: DetailedAnswer) => number> {
  const key = (row: JudgeVersion & { readonly pool: string; readonly specialty: string }) =>
    [versionKey(row), row.pool, row.specialty].join("\u001f");
  const rows = await engine.rows<JudgeVersion & SampledStratum & { pool: string; specialty: string }>(
    `SELECT ${versionColumns}, pool, specialty, count(*) AS judged, count(human) AS rated FROM judged_answers GROUP BY ALL`,
  );
  const strata = new Map(rows.map((row) => [key(row), row]));
  return (answer) =>
    designWeight(
      { isRated: answer.human !== null, inclusion: answer.inclusion },
      strata.get(key(answer)) ?? { judged: 0, rated: 0 },
    );
}

/** The people who rated some answers. */
export const ratersOf = (answers: readonly DetailedAnswer[]): ReadonlySet<string> =>
  new Set(
    answers
      .map(({ raters }) => raters)
      .filter(isPresent)
      .flatMap((raters) => raters.map(({ rater }) => rater)),
  );
