import { alarmLevel, driftChart } from "../../../src/lib/calibration/index.js";
import { poolDrift } from "../../../src/lib/calibration/pool-drift.js";
import { messageColumns } from "../../../src/lib/messages/message.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { requireKnown } from "../../../src/lib/util/known-names.js";
import type { Engine } from "../../warehouse/engine.js";
import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import type { CriterionUnits } from "./criteria.js";
import { clusterId, type RatedUnit, residualMean, responseId } from "./rated-units.js";

export interface DriftOptions {
  /** Probability of any alarm on any chart of a benchmark, now or later, while nothing drifts. */
  readonly falseAlarmRate: number;
  /** Version to compare with, as `judge | rubric | prompt`; default that of the judge of record, of several the one with the most verdicts. */
  readonly baseline: string | null;
  /** Hash of the list of answers in the table `anchor`, which comparisons of versions are limited to; null: all answers that both graded. */
  readonly anchor: string | null;
}

const answerKey = "run_id, benchmark, dataset, pool, item_id, variant, condition, repeat";

interface Verdict extends Row<"judgments", "benchmark" | "criterion"> {
  readonly version: string;
  readonly response: string;
  readonly cluster: string;
  readonly value: number;
}

/** Writes `drift`. @returns how many alarms it raises */
export async function writeDrift(
  { engine, draft }: StageTools,
  criteria: readonly CriterionUnits[],
  options: DriftOptions,
) {
  const rows = await driftRows(
    engine,
    criteria.flatMap(({ units }) => units),
    options,
  );
  await writeRows(engine, "drift", rows, draft.path("drift", "0000.parquet"));
  return { drift_alarms: rows.filter(({ alarm }) => alarm === true).length };
}

/** One chart of the panel: a version or pool after the other, compared with the same baseline on one criterion. */
interface Chart {
  readonly benchmark: string;
  /** Its rows, given how many charts share the false-alarm rate. */
  readonly rows: (charts: number) => Row<"drift">[];
}

/**
 * Has the judge changed? Versions (another model, rubric or prompt hash) are compared on the frozen anchor set: the answers
 * on the given list, otherwise all that both graded. Pools have no answers in common, so the judge's distance from people is compared.
 * All charts of a benchmark share the false-alarm rate.
 */
async function driftRows(engine: Engine, units: readonly RatedUnit[], options: DriftOptions) {
  const charts = [...(await versionCharts(engine, options)), ...poolCharts(units, options)];
  return charts.flatMap(({ benchmark, rows }) =>
    rows(charts.filter((chart) => chart.benchmark === benchmark).length),
  );
}

async function versionCharts(
  engine: Engine,
  { falseAlarmRate, baseline, anchor }: DriftOptions,
): Promise<Chart[]> {
  // The items' own `prompt_hash` is that of the question, not of the judge's prompt.
  const versionSql = "concat_ws(' | ', j.judge, j.rubric_version, nullif(coalesce(j.prompt_hash, ''), ''))";
  const versions = await engine.rows<{ benchmark: string; version: string }>(
    `WITH versions AS (
       SELECT j.benchmark, ${versionSql} AS version, count(*) AS n
       FROM judgments AS j WHERE judge_repeat = 1 AND status = 'ok' GROUP BY ALL
     ),
     of_record AS (
       SELECT DISTINCT j.benchmark, ${versionSql} AS version, TRUE AS scored FROM judge_versions AS j WHERE of_record
     )
     SELECT benchmark, version FROM versions LEFT JOIN of_record USING (benchmark, version)
     ORDER BY benchmark, scored NULLS LAST, n DESC, version`,
  );
  if (baseline !== null)
    requireKnown(
      [baseline],
      versions.map(({ version }) => version),
      {
        ...{ where: "calibrate --baseline", what: "judge version" },
        remedy: "Without --baseline, drift is measured from the version with the most verdicts.",
      },
    );
  const found: Chart[] = [];
  for (const benchmark of new Set(versions.map((row) => row.benchmark))) {
    const own = versions.filter((row) => row.benchmark === benchmark).map(({ version }) => version);
    const base = own.find((version) => version === baseline) ?? own[0];
    if (own.length < 2 || base === undefined) continue;
    const verdicts = await engine.rows<Verdict>(
      `WITH graded AS (
         SELECT j.*, ${versionSql} AS version FROM judgments AS j
         WHERE j.benchmark = $benchmark AND judge_repeat = 1 AND status = 'ok'${anchor === null ? "" : ` AND (${answerKey}) IN (SELECT (${answerKey}) FROM anchor)`}
       ),
       base AS (SELECT * FROM graded WHERE version = $base),
       other AS (SELECT * FROM graded WHERE version <> $base),
       -- Only what both graded leaves the engine: a version alone has millions of verdicts to compare with nothing.
       shared AS (
         SELECT * FROM base SEMI JOIN other USING (${answerKey}, criterion)
         UNION ALL SELECT * FROM other SEMI JOIN base USING (${answerKey}, criterion)
       )
       SELECT j.benchmark, j.version, criterion, ${responseId("j")} AS response, ${clusterId("j", "i.group_id")} AS cluster, j.value
       FROM shared AS j
       LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (j.benchmark, j.dataset, j.pool, j.item_id, j.variant)
       ORDER BY criterion, response, version`,
      { benchmark, base },
    );
    // In the order of their names: how many verdicts each has may change, and with it the level of every look.
    const others = own.filter((version) => version !== base).sort();
    for (const [criterion, list] of groupBy(verdicts, (row) => row.criterion.replace(/\/\d+$/, ""))) {
      const anchors = list.filter(({ version }) => version === base);
      const place = new Map(anchors.map((row, i) => [`${row.response}\u001f${row.criterion}`, i]));
      const periods = others.map((name) => {
        const scores: (number | null)[] = anchors.map(() => null);
        for (const row of list) {
          const i = row.version === name ? place.get(`${row.response}\u001f${row.criterion}`) : undefined;
          if (i !== undefined) scores[i] = row.value;
        }
        return { name, scores };
      });
      const baseScores = anchors.map(({ value }) => value);
      const graded = periods.filter(({ scores }) => scores.some((score) => score !== null));
      if (graded.length === 0) continue;
      const clusters = anchors.map(({ cluster }) => cluster);
      found.push({
        benchmark,
        rows: (charts) =>
          driftChart(baseScores, graded, { falseAlarmRate, charts, clusters }).points.map((point, i) => ({
            ...{ benchmark, criterion, kind: "version" as const, baseline: base, period: point.name, anchor },
            ...{ change: point.change, standard_error: point.standardError },
            ...{ control_limit: point.limit, alarm: point.alarm },
            ...{ n_answers: point.n, n_groups: point.nClusters },
            ...{ look: i + 1, charts, level: point.level, false_alarm_rate: falseAlarmRate },
            ...messageColumns("reason", point.reason),
          })),
      });
    }
  }
  return found;
}

/** Mean of judge minus people in each pool, compared with the pool with the most ratings, by judge version. */
function poolCharts(units: readonly RatedUnit[], { falseAlarmRate }: DriftOptions): Chart[] {
  const version = ({ benchmark, judge, rubric_version, prompt_hash, criterion }: RatedUnit) =>
    [benchmark, [judge, rubric_version, prompt_hash].filter(Boolean).join(" | "), criterion].join("\u001f");
  return [...groupBy(units, version)].flatMap(([key, own]): Chart[] => {
    const [benchmark = "", name = "", criterion = ""] = key.split("\u001f");
    const pools = [...groupBy(own, ({ pool }) => pool)].sort(
      ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
    );
    const [base, ...rest] = pools.map(([pool, members]) => ({
      pool,
      nAnswers: members.length,
      ...residualMean(members),
    }));
    if (base === undefined || rest.length === 0) return [];
    const others = rest.sort((a, b) => (a.pool < b.pool ? -1 : 1));
    const rows = (charts: number) =>
      others.map((other, i) => {
        const level = alarmLevel(i + 1, { falseAlarmRate, charts });
        const { change, standardError, limit, alarm, reason } = poolDrift(base, other, level);
        const kind = "pool" as const;
        return {
          ...{ benchmark, criterion, kind, baseline: `${name} | ${base.pool}`, period: other.pool },
          ...{ change, standard_error: standardError, control_limit: limit, alarm },
          ...{ n_answers: other.nAnswers, n_groups: other.nClusters, anchor: null },
          ...{ look: i + 1, charts, level, false_alarm_rate: falseAlarmRate },
          ...messageColumns("reason", reason),
        };
      });
    return [{ benchmark, rows }];
  });
}
