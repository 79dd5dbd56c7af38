import { type RaterSeverity, raterSeverity } from "../../../src/lib/calibration/rater-severity.js";
import type { CorrectionReason, Message } from "../../../src/lib/messages/codes.js";
import { readMessage } from "../../../src/lib/messages/message.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { mean } from "../../../src/lib/util/sum.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery } from "../../warehouse/sql-files.js";

type Version = Row<"rated_answers", "benchmark" | "judge" | "rubric_version" | "prompt_hash">;

/** A rated answer with what its item is called; see `JudgedPart` for its part, the dataset. */
export interface RatedResponse extends Row<"rated_answers", "dataset" | "group_id"> {
  /** Judged answers that it represents. */
  readonly weight: number;
  /** People minus judge. */
  readonly difference: number;
  readonly raters: readonly string[];
  readonly isDrawn: boolean;
}

/** What people said about the answers of a run. */
export interface RunRatings {
  readonly answers: readonly RatedResponse[];
  readonly severity: RaterSeverity | null;
  /** Why they correct none of its scores. */
  readonly refusal: Message<CorrectionReason> | null;
}

/** The ratings of each run, by the judge version that its scores use. */
export async function ratingsByRun(engine: Engine): Promise<ReadonlyMap<string, RunRatings>> {
  const rows = await engine.rows<
    Version &
      Row<"rated_answers", "run_id" | "dataset" | "group_id"> & {
        readonly judge: string;
        readonly judge_score: number;
        readonly ratings: readonly { readonly rater: string; readonly human: number }[];
        readonly weight: number;
        readonly isDrawn: boolean;
      }
  >(readQuery(new URL("rated-answers.sql", import.meta.url)));
  const refusals = await refusalsByRun(engine);
  const severity = await severities(engine);
  const rated = new Map(
    [...groupBy(rows, ({ run_id }) => run_id)].map(([runId, own]): [string, RunRatings] => {
      const answers = own.map(({ dataset, group_id, judge_score, ratings, weight, isDrawn }) => ({
        ...{ dataset, group_id, weight, isDrawn },
        difference: mean(ratings.map(({ human }) => human)) - judge_score,
        raters: ratings.map(({ rater }) => rater),
      }));
      const [most] = [...groupBy(own, versionKey)].sort(([, a], [, b]) => b.length - a.length);
      return [
        runId,
        {
          answers,
          severity: severity.get(most?.[0] ?? "") ?? null,
          refusal: refusals.get(runId) ?? null,
        },
      ];
    }),
  );
  const unrated = [...refusals]
    .filter(([runId]) => !rated.has(runId))
    .map(([runId, refusal]): [string, RunRatings] => [runId, { answers: [], severity: null, refusal }]);
  return new Map([...rated, ...unrated]);
}

const versionKey = ({ benchmark, judge, rubric_version, prompt_hash }: Version) =>
  JSON.stringify([benchmark, judge, rubric_version, prompt_hash]);

/** How much raters differ, by judge version: over all answers that they rated, of whatever run. */
async function severities(engine: Engine): Promise<ReadonlyMap<string, RaterSeverity | null>> {
  const rows = await engine.rows<
    Version & { readonly answer: string; readonly rater: string; readonly difference: number }
  >(
    `SELECT benchmark, judge, rubric_version, prompt_hash, rater, human_score - judge_score AS difference,
            concat_ws(chr(31), run_id, dataset, pool, item_id, variant, condition, repeat) AS answer
     FROM rated_answers ORDER BY benchmark, judge, rubric_version, prompt_hash, answer, rater`,
  );
  return new Map([...groupBy(rows, versionKey)].map(([version, own]) => [version, raterSeverity(own)]));
}

/** Reasons that hold for all scores of a run: calibration found its ratings selected, or about something else. */
async function refusalsByRun(engine: Engine): Promise<ReadonlyMap<string, Message<CorrectionReason>>> {
  const rows = await engine.rows<Row<"corrected_scores", "run_id" | "reason" | "reason_parameters">>(
    `SELECT run_id, reason, reason_parameters FROM corrected_scores
     SEMI JOIN scored_verdicts USING (run_id, judge, rubric_version, prompt_hash)
     WHERE scope = 'overall' AND (reason = 'selected-ratings' OR n_rated = 0) AND reason IS NOT NULL
     QUALIFY row_number() OVER (PARTITION BY run_id ORDER BY reason = 'selected-ratings' DESC, n_rated DESC, rubric_version, prompt_hash) = 1`,
  );
  return new Map(
    rows.map(({ run_id, reason, reason_parameters }) => [
      run_id,
      readMessage(reason ?? "no-ratings", reason_parameters) as Message<CorrectionReason>,
    ]),
  );
}
