import { clusterMean, sumByCluster } from "../../src/lib/stats/index.js";
import type { Engine } from "../warehouse/engine.js";
import { clusterId, type JudgeVersion, responseId } from "./rated-units.js";
import { weightedPpiMean } from "./weighted-ppi.js";

/** One judged answer with its score on the unit scale, by judge and, where rated, by people. */
interface JudgedAnswer extends JudgeVersion {
  readonly run_id: string;
  readonly system: string;
  readonly track: string;
  readonly board: string;
  readonly pool: string;
  readonly dimension: string;
  readonly specialty: string;
  readonly stratum: string;
  readonly cluster: string;
  readonly score: number;
  readonly human: number | null;
  readonly inclusion: number | null;
}

export interface CorrectionOptions {
  readonly confidence: number;
  /** Rated items below which a cell gets no corrected score. */
  readonly minimumRated: number;
}

/** Means of a rubric's graded criteria, as the scorer takes them: value over the scale's top. Points of an item are no grades. */
const answersSql = `
  WITH verdicts AS (
    SELECT benchmark, judge, rubric_version, coalesce(prompt_hash, '') AS prompt_hash, run_id, dataset, pool, item_id, variant,
           condition, repeat, avg(value / scale_max) AS score, count(*) AS n_criteria, list(criterion ORDER BY criterion) AS criteria
    FROM judgments
    WHERE judge_repeat = 1 AND status = 'ok' AND NOT regexp_matches(criterion, '^(key_point|criterion)/') AND scale_max > 0
    GROUP BY ALL
  ), by_rater AS (
    SELECT run_id, benchmark, dataset, pool, item_id, variant, condition, repeat, rater,
           avg(value / scale_max) AS human, list(criterion ORDER BY criterion) AS criteria,
           any_value(inclusion_probability) AS inclusion
    FROM ratings WHERE value IS NOT NULL AND NOT regexp_matches(criterion, '^(key_point|criterion)/') AND scale_max > 0
    GROUP BY ALL
  ), people AS (
    SELECT v.judge, v.rubric_version, v.prompt_hash, v.benchmark, v.run_id, v.dataset, v.pool, v.item_id, v.variant, v.condition, v.repeat,
           avg(human) AS human, any_value(inclusion) AS inclusion
    FROM by_rater AS b JOIN verdicts AS v USING (run_id, benchmark, dataset, pool, item_id, variant, condition, repeat)
    -- A rater who left a criterion open would compare a mean of four with a mean of five.
    WHERE b.criteria = v.criteria
    GROUP BY ALL
  )
  SELECT v.benchmark, v.judge, v.rubric_version, v.prompt_hash, v.run_id, coalesce(r.system, v.run_id) AS system,
         coalesce(r.track, '') AS track, coalesce(r.board, 'upload') AS board, v.pool, coalesce(i.dimension, '') AS dimension,
         coalesce(i.specialty_primary, '') AS specialty, coalesce(i.specialty_primary, '') AS stratum,
         ${clusterId("v", "i.group_id")} AS cluster, v.score, p.human, p.inclusion, ${responseId("v")} AS response
  FROM verdicts AS v
  LEFT JOIN people AS p USING (judge, rubric_version, prompt_hash, benchmark, run_id, dataset, pool, item_id, variant, condition, repeat)
  LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (v.benchmark, v.dataset, v.pool, v.item_id, v.variant)
  LEFT JOIN runs AS r ON r.run_id = v.run_id
  ORDER BY v.benchmark, v.judge, v.rubric_version, v.prompt_hash, v.run_id, response`;

/**
 * What people would have given each system on the judged answers: overall, per dimension and per specialty, beside what
 * the judge gave. A cell without its own rated answers by this judge version is refused with the reason, never filled
 * from another system's, pool's or version's ratings.
 */
export async function correctedScores(engine: Engine, { confidence, minimumRated }: CorrectionOptions) {
  const answers = (await engine.rows(answersSql)) as unknown as JudgedAnswer[];
  const weights = designWeights(answers);
  const refusals = refusalsOf(answers, await ratedRuns(engine));
  const cells = new Map<string, { scope: string; name: string; rows: JudgedAnswer[] }>();
  for (const answer of answers) {
    const version = [
      answer.benchmark,
      answer.judge,
      answer.rubric_version,
      answer.prompt_hash,
      answer.run_id,
    ];
    for (const [scope, name] of [
      ["overall", ""],
      ["dimension", answer.dimension],
      ...answer.specialty.split("|").map((code) => ["specialty", code]),
    ] as [string, string][]) {
      const key = [...version, scope, name].join("\u001f");
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, { scope, name, rows: [answer] });
      else cell.rows.push(answer);
    }
  }
  return [...cells.values()].map(({ scope, name, rows }) => {
    const first = rows[0] as JudgedAnswer;
    const clusters = sumByCluster(
      rows.map(({ score }) => score),
      rows.map(({ cluster }) => cluster),
    );
    const judge = clusterMean(clusters.sums, clusters.sizes, { confidence });
    const corrected = weightedPpiMean(
      rows.map(({ cluster, score, human, ...row }) => ({
        cluster,
        judge: score,
        human,
        weight: weights({ ...row, cluster, score, human }),
      })),
      { confidence, minimum: minimumRated },
    );
    const {
      benchmark,
      judge: judgeName,
      rubric_version,
      prompt_hash,
      run_id,
      system,
      track,
      board,
      pool,
    } = first;
    return {
      ...{
        benchmark,
        judge: judgeName,
        rubric_version,
        prompt_hash,
        run_id,
        system,
        track,
        board,
        pool,
        scope,
        name,
      },
      n_judged: corrected.n,
      n_rated: corrected.nRated,
      n_rated_groups: corrected.nRatedClusters,
      judge_estimate: judge.estimate,
      judge_lower: judge.lower,
      judge_upper: judge.upper,
      estimate: corrected.estimate,
      lower: corrected.lower,
      upper: corrected.upper,
      standard_error: corrected.standardError,
      judge_weight: corrected.lambda,
      rectifier: corrected.rectifier,
      rectifier_se: corrected.rectifierError,
      status: corrected.estimate === null ? "refused" : "corrected",
      reason: corrected.reason === null ? null : (refusals(first) ?? corrected.reason),
    };
  });
}

/**
 * One over the chance of being rated: as the rating sheet says, else the rated share of the stratum (primary specialty in
 * its pool and track), which is what a stratified draw comes to.
 */
function designWeights(answers: readonly JudgedAnswer[]): (answer: JudgedAnswer) => number {
  const stratum = ({ benchmark, judge, rubric_version, prompt_hash, pool, stratum: name }: JudgedAnswer) =>
    [benchmark, judge, rubric_version, prompt_hash, pool, name].join("\u001f");
  const counts = new Map<string, { all: number; rated: number }>();
  for (const answer of answers) {
    const count = counts.get(stratum(answer)) ?? { all: 0, rated: 0 };
    count.all += 1;
    if (answer.human !== null) count.rated += 1;
    counts.set(stratum(answer), count);
  }
  return (answer) => {
    if (answer.human === null) return 1;
    if (answer.inclusion !== null) return 1 / answer.inclusion;
    const { all, rated } = counts.get(stratum(answer)) as { all: number; rated: number };
    return all / rated;
  };
}

interface RatedRun {
  readonly [column: string]: unknown;
  readonly run_id: string;
  readonly pool: string;
}

const ratedRuns = (engine: Engine) =>
  engine.rows<RatedRun>("SELECT DISTINCT run_id, pool FROM ratings WHERE value IS NOT NULL ORDER BY ALL");

/** Why a cell without enough ratings has none: from another judge version, another system, or another pool. */
function refusalsOf(answers: readonly JudgedAnswer[], rated: readonly RatedRun[]) {
  const used = new Set(
    answers
      .filter(({ human }) => human !== null)
      .map(({ run_id, judge, prompt_hash }) => `${run_id}\u001f${judge}\u001f${prompt_hash}`),
  );
  const runs = new Set(rated.map(({ run_id }) => run_id));
  const pools = new Set(rated.map(({ pool }) => pool));
  return ({ run_id, judge, prompt_hash, pool }: JudgedAnswer): string | null => {
    if (used.has(`${run_id}\u001f${judge}\u001f${prompt_hash}`)) return null;
    if (runs.has(run_id)) return "the rated answers were graded by another version of the judge";
    if (pools.has(pool)) return "the ratings are of other systems' answers: another population";
    return rated.length === 0 ? "no ratings" : "the ratings are of another pool: another population";
  };
}
