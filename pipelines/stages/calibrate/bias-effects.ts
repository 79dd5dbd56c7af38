import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import { kendallTauB } from "../../../src/lib/agreement/index.js";
import { altTest } from "../../../src/lib/calibration/index.js";
import type { EffectReason, EffectSubject, Message } from "../../../src/lib/messages/codes.js";
import { message, messageColumns } from "../../../src/lib/messages/message.js";
import { clusteredSlope } from "../../../src/lib/stats/clustered-slope.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { mean } from "../../../src/lib/util/sum.js";
import type { Engine } from "../../warehouse/engine.js";
import { clusterId, type JudgeVersion, type RatedUnit } from "./rated-units.js";
import { categoriesOf } from "./slices.js";

/** One effect on a judge's verdicts that has nothing to do with the quality of the answer. */
export interface BiasRow extends JudgeVersion {
  readonly criterion: string;
  readonly effect:
    | "self_preference"
    | "length"
    | "position"
    | "self_consistency"
    | "panel"
    | "alt_test"
    | "alt_test_rater";
  /** What the effect is measured on: a family, another judge, a rater. */
  readonly subject: EffectSubject;
  readonly subject_parameters: string | null;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly p_value: number | null;
  readonly holds: boolean | null;
  readonly n_answers: number;
  readonly n_groups: number;
  readonly reason: EffectReason | null;
  readonly reason_parameters: string | null;
}

type VersionOnCriterion = Pick<BiasRow, keyof JudgeVersion | "criterion">;

export interface BiasOptions {
  readonly confidence: number;
  readonly epsilon: number;
}

const residual = ({ verdict, ratings }: RatedUnit) => verdict - mean(ratings.map(({ value }) => value));

/** Effects of one judge version on one criterion, from the answers that people rated. */
export function ratedEffects(units: readonly RatedUnit[], { confidence, epsilon }: BiasOptions): BiasRow[] {
  const [first] = units;
  if (first === undefined) return [];
  const { benchmark, judge, rubric_version, prompt_hash, criterion } = first;
  const identity = { benchmark, judge, rubric_version, prompt_hash, criterion };
  const regressed = (
    effect: BiasRow["effect"],
    subject: Message<EffectSubject>,
    x: (unit: RatedUnit) => number | null,
    none: Message<EffectReason>,
  ): BiasRow => {
    const points = units.flatMap((unit) => {
      const value = x(unit);
      return value === null ? [] : [{ x: value, y: residual(unit), cluster: unit.cluster }];
    });
    const { estimate, lower, upper, n, nClusters, reason } = clusteredSlope(points, { confidence });
    return {
      ...{ ...identity, effect, ...messageColumns("subject", subject) },
      ...{ estimate, lower, upper, p_value: null },
      holds: lower === null || upper === null ? null : lower > 0 || upper < 0,
      ...{ n_answers: n, n_groups: nClusters, ...messageColumns("reason", n === 0 ? none : reason) },
    };
  };
  const families = [...new Set(units.map(({ family }) => family))].sort();
  return [
    // Compared with all other families: a judge that is harsh or lenient everywhere shows no self-preference; one that is kinder to its own family does.
    ...families.map((name) =>
      regressed(
        "self_preference",
        message(isOwnFamily(judge, name) ? "own-family" : "family", { family: name }),
        ({ family }) => Number(family === name),
        message("no-rated-answer"),
      ),
    ),
    regressed(
      "length",
      message("length-doubling"),
      ({ answer_length }) => (answer_length ? Math.log2(answer_length) : null),
      message("answers-not-stored"),
    ),
    regressed(
      "position",
      message("list-place"),
      ({ position }) => position,
      message("no-numbered-criterion"),
    ),
    ...alternative(units, identity, epsilon),
  ];
}

/** Whether a system's family is the judge's own: the judge's name begins with it. */
export function isOwnFamily(judge: string, family: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const name = bare(family);
  return name !== "" && bare(judge.split("/").at(-1) ?? judge).startsWith(name);
}

function alternative(units: readonly RatedUnit[], identity: VersionOnCriterion, epsilon: number): BiasRow[] {
  const raters = [...new Set(units.flatMap(({ ratings }) => ratings.map(({ rater }) => rater)))].sort();
  const result = altTest(
    units.map(({ ratings }) =>
      raters.map((name) => ratings.find(({ rater }) => rater === name)?.value ?? null),
    ),
    units.map(({ verdict }) => verdict),
    { epsilon, clusters: units.map(({ cluster }) => cluster) },
  );
  const shared = { ...identity, lower: null, upper: null };
  return [
    {
      ...{
        ...shared,
        effect: "alt_test" as const,
        ...messageColumns("subject", message("all-raters", { epsilon })),
        n_groups: new Set(units.map(({ cluster }) => cluster)).size,
      },
      ...{ estimate: result.winningRate, p_value: null, holds: result.passed, n_answers: units.length },
      ...messageColumns("reason", result.reason),
    },
    ...result.raters.map((rater) => ({
      ...{ ...shared, effect: "alt_test_rater" as const },
      ...messageColumns("subject", message("rater", { rater: raters[rater.rater] as string })),
      ...{
        estimate: rater.judgeWins,
        p_value: rater.pAdjusted,
        holds: rater.p === null ? null : rater.rejected,
      },
      ...{ n_answers: rater.n, n_groups: rater.nItems, ...messageColumns("reason", rater.reason) },
    })),
  ];
}

interface RepeatedVerdict {
  readonly [column: string]: unknown;
  readonly verdict: number;
  readonly again: number;
  readonly cluster: string;
  readonly scale_min: number;
  readonly scale_max: number;
}

/** Kappa of a judge with itself: the same answer graded again by the same version. */
export async function selfConsistency(engine: Engine, confidence: number): Promise<BiasRow[]> {
  const { repeats } = await engine.row<{ repeats: number }>(
    "SELECT max(judge_repeat) AS repeats FROM judgments",
  );
  if (repeats <= 1) return [];
  await engine.run(`
    CREATE OR REPLACE TEMP TABLE graded_again AS
    SELECT a.benchmark, a.judge, a.rubric_version, coalesce(a.prompt_hash, '') AS prompt_hash,
           regexp_replace(a.criterion, '/[0-9]+$', '') AS criterion, ${clusterId("a", "i.group_id")} AS cluster,
           a.value AS verdict, b.value AS again, a.scale_min, a.scale_max
    FROM judgments AS a
    JOIN judgments AS b USING (run_id, benchmark, dataset, pool, item_id, variant, condition, repeat, judge, rubric_version, criterion)
    LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (a.benchmark, a.dataset, a.pool, a.item_id, a.variant)
    WHERE a.judge_repeat = 1 AND b.judge_repeat > 1 AND a.status = 'ok' AND b.status = 'ok'
      AND a.prompt_hash IS NOT DISTINCT FROM b.prompt_hash`);
  const graded = await engine.rows<VersionOnCriterion>(
    "SELECT DISTINCT benchmark, judge, rubric_version, prompt_hash, criterion FROM graded_again ORDER BY ALL",
  );
  const rows: BiasRow[] = [];
  // One criterion at a time: together they have millions of rows.
  for (const identity of graded) {
    const own = await engine.rows<RepeatedVerdict>(
      `SELECT cluster, verdict, again, scale_min, scale_max FROM graded_again
       WHERE (benchmark, judge, rubric_version, prompt_hash, criterion) = ($benchmark, $judge, $rubric_version, $prompt_hash, $criterion)
       ORDER BY ALL`,
      identity,
    );
    const kappa = clusteredKappa(
      own.map(({ verdict, again, cluster }) => ({ left: verdict, right: again, cluster })),
      {
        categories: categoriesOf(own.map((pair) => ({ ...pair, ratings: [{ value: pair.again }] }))),
        ...{ symmetric: true, confidence },
      },
    );
    const { estimate, lower, upper, n, nClusters, reason } = kappa;
    rows.push({
      ...{ ...identity, effect: "self_consistency", ...messageColumns("subject", message("judge-itself")) },
      ...{ estimate, lower, upper, p_value: null, holds: null, n_answers: n, n_groups: nClusters },
      ...messageColumns("reason", reason),
    });
  }
  await engine.run("DROP TABLE graded_again");
  return rows;
}

interface SystemMean extends JudgeVersion {
  readonly [column: string]: unknown;
  readonly place: string;
  readonly system: string;
  readonly other: string;
  readonly ours: number;
  readonly theirs: number;
  readonly n: number;
}

/** How much the order of systems depends on the judge: each pair of versions on the answers that both graded. */
export async function panelEffects(engine: Engine): Promise<BiasRow[]> {
  // With a single judge the join would pair millions of verdicts with themselves for nothing.
  const { versions } = await engine.row<{ versions: number }>(
    "SELECT count(*) AS versions FROM (SELECT DISTINCT judge, rubric_version, coalesce(prompt_hash, '') FROM judgments)",
  );
  if (versions < 2) return [];
  const rows = await engine.rows<SystemMean>(`
    WITH graded AS (
      SELECT benchmark, pool, judge, rubric_version, coalesce(prompt_hash, '') AS prompt_hash, run_id, criterion,
             dataset, item_id, variant, condition, repeat, value / scale_max AS score
      FROM judgments WHERE judge_repeat = 1 AND status = 'ok' AND scale_max > 0
    )
    SELECT a.benchmark, a.judge, a.rubric_version, a.prompt_hash,
           concat_ws(' ', r.track, r.board, a.pool) AS place, a.run_id AS system,
           concat_ws(' | ', b.judge, b.rubric_version, nullif(b.prompt_hash, '')) AS other,
           avg(a.score) AS ours, avg(b.score) AS theirs, count(*) AS n
    FROM graded AS a JOIN graded AS b USING (benchmark, pool, run_id, criterion, dataset, item_id, variant, condition, repeat)
    LEFT JOIN runs AS r ON r.run_id = a.run_id
    WHERE (a.judge, a.rubric_version, a.prompt_hash) < (b.judge, b.rubric_version, b.prompt_hash)
    GROUP BY ALL ORDER BY ALL`);
  const key = ({ benchmark, judge, rubric_version, prompt_hash, place, other }: SystemMean) =>
    [benchmark, judge, rubric_version, prompt_hash, place, other].join("\u001f");
  return [...groupBy(rows, key).values()].map((own) => {
    const { benchmark, judge, rubric_version, prompt_hash, place, other } = own[0] as SystemMean;
    const tau = kendallTauB(
      own.map(({ ours }) => ours),
      own.map(({ theirs }) => theirs),
    );
    return {
      ...{ benchmark, judge, rubric_version, prompt_hash, criterion: "all", effect: "panel" as const },
      ...{
        ...messageColumns("subject", message("other-judge", { judge: other, place })),
        estimate: tau.estimate,
        lower: null,
        upper: null,
        p_value: tau.pValue,
      },
      holds: null,
      n_answers: own.reduce((total, { n }) => total + n, 0),
      n_groups: own.length,
      ...messageColumns("reason", panelReason(own.length, tau.estimate)),
    };
  });
}

function panelReason(nSystems: number, tau: number | null): Message<EffectReason> | null {
  if (tau !== null) return null;
  return message(nSystems < 2 ? "too-few-systems" : "systems-tied");
}
