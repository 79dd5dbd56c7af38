import { type WeightedPpiMean, weightedPpiMean } from "../../../src/lib/calibration/ppi-weighted.js";
import type { CorrectionReason, Message } from "../../../src/lib/messages/codes.js";
import { message, messageColumns } from "../../../src/lib/messages/message.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { type ClusterMoments, withCluster } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { type MomentColumns, momentsOf } from "../../groups/moments.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery, withParts } from "../../warehouse/sql-files.js";
import { defineVerdictKind } from "../../warehouse/verdict-kind.js";
import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import {
  answersInRatedClusters,
  type DetailedAnswer,
  designWeights,
  ratersOf,
  severities,
  versionKey,
  writeRatedAnswers,
} from "./rated-answers.js";
import { clusterId, type JudgeVersion } from "./rated-units.js";
import { runKey, selections } from "./selected-ratings.js";

/** A mean over some judged answers of a run, and the clusters in it that only the judge graded. */
type Cell = Row<
  "corrected_scores",
  keyof JudgeVersion | "run_id" | "system" | "track" | "board" | "pool" | "scope" | "name"
>;

export interface CorrectionOptions {
  readonly confidence: number;
  /** A cell with fewer rated items than this gets no corrected score. */
  readonly minimumRated: number;
}

/** Writes `corrected_scores` and `rated_answers`. @returns how many cells could be corrected, and runs whose ratings were selected */
export async function writeCorrectedScores(tools: StageTools, options: CorrectionOptions) {
  const { engine, draft } = tools;
  await defineVerdictKind(engine);
  const judgedAnswers = readQuery(new URL("judged-answers.sql", import.meta.url));
  await engine.run(withParts(judgedAnswers, { cluster: clusterId("v", "i.group_id") }));
  const answers = await answersInRatedClusters(engine);
  const weights = await designWeights(engine);
  await writeRatedAnswers(tools, answers, weights);
  const selected = await selections(engine);
  const rows = await correctedScores(engine, { answers, weights, selected }, options);
  await writeRows(engine, "corrected_scores", rows, draft.path("corrected_scores", "0000.parquet"));
  const suspect = [...selected.values()].filter(({ reason }) => reason !== null).length;
  return {
    corrected_scores: rows.filter(({ status }) => status === "corrected").length,
    ...(suspect === 0 ? {} : { runs_with_selected_ratings: suspect }),
  };
}

interface Ratings {
  readonly answers: readonly DetailedAnswer[];
  readonly weights: (answer: DetailedAnswer) => number;
  readonly selected: Awaited<ReturnType<typeof selections>>;
}

/**
 * The score that people would have given each system on the judged answers (overall, per dimension and per specialty),
 * next to the judge's. A cell needs rated answers of its own by this judge version, drawn at random or with known
 * probabilities; otherwise it gets a reason instead of a score, and is never filled from another system's, pool's or version's
 * ratings. Only answers in rated clusters leave the engine; for the others it returns moments.
 */
async function correctedScores(
  engine: Engine,
  { answers, weights, selected }: Ratings,
  { confidence, minimumRated }: CorrectionOptions,
) {
  const refusals = refusalsOf(answers, await ratedRuns(engine));
  const severity = severities(answers);
  const near = groupBy(
    answers.flatMap((answer) => cellsOf(answer).map((cell) => ({ ...answer, ...cell }))),
    cellKey,
  );
  const rows: Row<"corrected_scores">[] = [];
  for (const { run_id } of await engine.rows<Row<"judgments", "run_id">>(
    "SELECT DISTINCT run_id FROM judged_answers ORDER BY run_id",
  )) {
    for (const { moments, cell } of await cellMoments(engine, run_id)) {
      const own = near.get(cellKey(cell)) ?? [];
      const selection = selected.get(runKey(cell));
      const corrected = weightedPpiMean(
        own.map((answer) => ({
          ...answer,
          judge: answer.score,
          weight: weights(answer),
          raters: (answer.raters ?? []).map(({ rater }) => rater),
        })),
        {
          ...{ confidence, others: moments, severity: severity.get(versionKey(cell)) ?? null },
          // Ratings that were selected are as good as none.
          minimum: selection?.reason ? Number.POSITIVE_INFINITY : minimumRated,
        },
      );
      const graded = withAnswers(moments, own);
      const judge = groupMean([{ weight: 1, moments: graded }], { confidence });
      const reason = corrected.reason && (refusals(cell) ?? selection?.reason ?? corrected.reason);
      rows.push({
        ...cell,
        n_judged: corrected.n,
        n_rated: corrected.nRated,
        n_rated_groups: corrected.nRatedClusters,
        judge_estimate: judge.estimate,
        judge_lower: judge.lower,
        judge_upper: judge.upper,
        ...withinScale(corrected),
        raters: corrected.raters,
        n_raters: ratersOf(own).size,
        standard_error: corrected.standardError,
        judge_weight: corrected.lambda,
        rectifier: corrected.rectifier,
        rectifier_se: corrected.rectifierError,
        selection_p: selection?.p ?? null,
        status: corrected.estimate === null ? "refused" : "corrected",
        ...messageColumns("reason", reason),
      });
    }
  }
  return rows;
}

/** A difference estimator may leave the scale of scores; a score may not. */
function withinScale({ estimate, lower, upper, sameRaters }: WeightedPpiMean) {
  const clip = (value: number | null) => (value === null ? null : clamp(value));
  return {
    ...{ estimate: clip(estimate), lower: clip(lower), upper: clip(upper) },
    ...{ same_raters_lower: clip(sameRaters.lower), same_raters_upper: clip(sameRaters.upper) },
  };
}

const cellKey = (cell: Pick<Cell, keyof JudgeVersion | "run_id" | "scope" | "name">) =>
  [runKey(cell), cell.scope, cell.name].join("\u001f");

/** The means that an answer enters; an answer that belongs to two specialties enters both. */
function cellsOf({ dimension, specialty }: DetailedAnswer): Pick<Cell, "scope" | "name">[] {
  return [
    { scope: "overall", name: "" },
    { scope: "dimension", name: dimension },
    ...specialty.split("|").map((name) => ({ scope: "specialty" as const, name })),
  ];
}

/** Every cell of a run with the moments of its clusters without a rating. */
async function cellMoments(engine: Engine, runId: string) {
  const query = readQuery(new URL("cell-moments.sql", import.meta.url));
  const cells = await engine.rows<Cell & MomentColumns>(query, { run_id: runId });
  return cells.map(({ by_size, ...cell }) => ({ cell, moments: momentsOf({ by_size }) }));
}

/** Moments, with those of the clusters that were read in detail added. */
function withAnswers(moments: ClusterMoments, answers: readonly DetailedAnswer[]): ClusterMoments {
  return [...groupBy(answers, ({ cluster }) => cluster).values()].reduce(
    (total, own) =>
      withCluster(total, { sum: own.reduce((sum, { score }) => sum + score, 0), size: own.length }),
    moments,
  );
}

type RatedRun = Row<"ratings", "run_id" | "pool">;

const ratedRuns = (engine: Engine): Promise<RatedRun[]> =>
  engine.table("ratings", ["run_id", "pool"], {
    distinct: true,
    where: "value IS NOT NULL",
    orderBy: ["run_id", "pool"],
  });

/** Why a cell lacks ratings: they are about another judge version, another system, or another pool. */
function refusalsOf(answers: readonly DetailedAnswer[], rated: readonly RatedRun[]) {
  const used = new Set(
    answers
      .filter(({ human }) => human !== null)
      .map(({ run_id, judge, prompt_hash }) => `${run_id}\u001f${judge}\u001f${prompt_hash}`),
  );
  const runs = new Set(rated.map(({ run_id }) => run_id));
  const pools = new Set(rated.map(({ pool }) => pool));
  return ({ run_id, judge, prompt_hash, pool }: Cell): Message<CorrectionReason> | null => {
    if (used.has(`${run_id}\u001f${judge}\u001f${prompt_hash}`)) return null;
    if (runs.has(run_id)) return message("other-judge-version");
    if (pools.has(pool)) return message("other-systems-rated");
    return message(rated.length === 0 ? "no-ratings" : "other-pool-rated");
  };
}
